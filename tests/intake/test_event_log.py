from __future__ import annotations

import pytest

from cxmethod.intake import take_in
from tests.intake.conftest import LOG

LINES = """case,step,at,state
1,Visita web,2026-01-01 10:00,ok
1,Pago,2026-01-01 10:05,ok
2,Visita web,2026-01-01 11:00,open
3,Llamada,2026-01-01 12:00,lost
"""


@pytest.fixture
def taken(engage, sent):
    def make(text=LINES, **source):
        engagement = engage({**LOG, **source})
        return engagement, take_in(engagement, [sent("log.csv", text)])

    return make


def outcomes(engagement) -> dict[str, str]:
    journeys = engagement.table("journeys")
    return dict(zip(journeys["journey"], journeys["outcome"], strict=True))


def test_labels_become_touchpoints(taken):
    engagement, _ = taken(activities={"visita WEB": "website", "Pago": "payment"})
    assert engagement.table("events")["touchpoint"].tolist() == ["website", "payment", "website", "Llamada"]


def test_other_labels_are_listed_as_ad_hoc(taken):
    engagement, intake = taken(activities={"Visita web": "website", "Pago": "payment"})
    assert any(
        "1 activity is no touchpoint of the map" in line and "Llamada" in line
        for line in intake.sentences(engagement.words)
    )


def test_a_mapped_label_that_never_occurs_is_said(taken):
    engagement, intake = taken(activities={"Pogo": "payment"})
    assert any("never occurs: Pogo" in line for line in intake.sentences(engagement.words))


def test_without_success_every_journey_is_open(taken):
    engagement, _ = taken()
    assert outcomes(engagement) == {"1": "open", "2": "open", "3": "open"}


@pytest.mark.parametrize("reached", ["Pago", "pago", "payment"])
def test_success_by_what_is_reached(taken, reached):
    engagement, _ = taken(activities={"Pago": "payment"}, success={"reached": reached})
    assert outcomes(engagement) == {"1": "success", "2": "failure", "3": "failure"}


def test_success_and_open_by_a_column(taken):
    engagement, intake = taken(
        success={"column": "state", "value": "OK"}, open={"column": "state", "value": "open"}
    )
    assert outcomes(engagement) == {"1": "success", "2": "open", "3": "failure"}
    assert "3 journeys: 1 ended in success, 1 in failure, 1 are open." in intake.sentences(engagement.words)


def test_success_outweighs_open(taken):
    engagement, _ = taken(success={"reached": "Pago"}, open={"reached": "Visita web"})
    assert outcomes(engagement)["1"] == "success"


def test_nobody_may_succeed_at_a_touchpoint_that_the_map_has(taken):
    engagement, _ = taken(success={"reached": "booking"})
    assert set(outcomes(engagement).values()) == {"failure"}


def test_the_files_order_stays(taken):
    engagement, _ = taken("case,step,at\n1,b,2026-01-01\n1,a,2026-01-01\n1,c,2025-01-01\n")
    assert engagement.table("events")["touchpoint"].tolist() == ["b", "a", "c"]


def test_the_case_na_survives(taken):
    engagement, _ = taken("case,step,at\nNA,a,2026-01-01\nnull,a,2026-01-01\n")
    assert engagement.table("events")["journey"].tolist() == ["NA", "null"]
    assert engagement.table("journeys")["journey"].tolist() == ["NA", "null"]


def test_times_end_in_utc_and_those_without_a_zone_are_counted(taken):
    engagement, intake = taken("case,step,at\n1,a,2026-01-01T10:00-05:00\n1,b,2026-01-01T10:00Z\n")
    assert engagement.table("events")["timestamp"].map(lambda time: time.isoformat()).tolist() == [
        "2026-01-01T15:00:00+00:00",
        "2026-01-01T10:00:00+00:00",
    ]
    engagement, intake = taken("case,step,at\n1,a,2026-01-01T10:00\n")
    assert any("1 time has no time zone" in line for line in intake.sentences(engagement.words))


def test_respondent_and_persona_are_carried(taken):
    engagement, _ = taken("case,step,at,who,plan\n1,a,2026-01-01,R1,gold\n", respondent="who", persona="plan")
    events = engagement.table("events")
    assert (events["respondent"].tolist(), events["persona"].tolist()) == (["R1"], ["gold"])


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("case,step\n1,a\n", {}, [("intake.rule_column_missing", "at", 0, "")]),
        ("case,step,at\n,a,2026-01-01\n1,,2026-01-01\n1,a,\n", {},
         [("engagement.rule_filled", "case", 2, ""), ("engagement.rule_filled", "step", 3, ""),
          ("engagement.rule_filled", "at", 4, "")]),
        ("case,step,at\n1,a,tomorrow\n", {}, [("intake.rule_timestamp", "at", 2, "tomorrow")]),
        ("case,step,at\n1,a,2026-01-01\n1,a,03/04/2026\n2,a,05/04/2026\n", {},
         [("intake.rule_day_or_month", "at", 3, "03/04/2026")]),
        ("case,step,at\n1,a,2026-01-01\n", {"activities": {"a": "nowhere"}},
         [("intake.rule_label_touchpoint", "", 0, "")]),
        ("case,step,at\n1,a,2026-01-01\n", {"success": {"reached": "payd"}},
         [("intake.rule_success_absent", "step", 0, "")]),
        ("case,step,at,end\n1,a,2026-01-01,ok\n", {"success": {"column": "end", "value": "done"}},
         [("intake.rule_success_absent", "end", 0, "")]),
        ("case,step,at\n1,a,2026-01-01\n", {"success": {"column": "state", "value": "ok"}},
         [("intake.rule_column_missing", "state", 0, "")]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named(engage, sent, rules, text, source, expected):
    assert rules(engage({**LOG, **source}), sent("log.csv", text)) == expected


# --- start and end


def times(engagement) -> list[tuple[str, str, str]]:
    """Touchpoint, start and end (hours and minutes) of each event."""
    events = engagement.table("events")
    clock = {name: events[name].dt.strftime("%H:%M").fillna("") for name in ("timestamp", "end")}
    return list(zip(events["touchpoint"], clock["timestamp"], clock["end"], strict=True))


def test_an_end_stands_beside_the_start(taken):
    text = "case,step,at,done\n1,a,2026-01-01T10:00Z,2026-01-01T12:00+01:00\n1,b,2026-01-01T10:30Z,\n"
    assert times(taken(text, end="done")[0]) == [("a", "10:00", "11:00"), ("b", "10:30", "")]


CYCLE = """case,step,at,phase,id
1,a,2026-01-01T10:00Z,START,x
1,b,2026-01-01T10:10Z,start,y
1,b,2026-01-01T10:20Z,complete,y
1,a,2026-01-01T10:30Z,complete,x
1,c,2026-01-01T10:40Z,complete,z
1,d,2026-01-01T10:50Z,start,w
1,a,2026-01-01T10:55Z,suspend,x
"""


def test_starts_and_ends_in_rows_of_their_own_are_one_event(taken):
    engagement, intake = taken(CYCLE, lifecycle={"column": "phase", "instance": "id"})
    assert times(engagement) == [
        ("a", "10:00", "10:30"),
        ("b", "10:10", "10:20"),
        ("c", "10:40", "10:40"),
        ("d", "10:50", ""),
    ]
    said = intake.sentences(engagement.words)
    assert any("2 events have a start or an end but not both" in line for line in said)
    assert any("1 row is neither start nor end" in line for line in said)


def test_without_an_instance_the_first_start_goes_with_the_first_end(taken):
    text = """case,step,at,phase
1,a,2026-01-01T10:30Z,start
1,a,2026-01-01T10:00Z,start
1,a,2026-01-01T10:10Z,complete
1,a,2026-01-01T10:40Z,complete
"""
    assert times(taken(text, lifecycle={"column": "phase"})[0]) == [
        ("a", "10:30", "10:40"),
        ("a", "10:00", "10:10"),
    ]


def test_success_may_stand_in_the_row_of_the_end(taken):
    text = (
        "case,step,at,phase,state\n1,a,2026-01-01,start,\n1,a,2026-01-02,complete,ok\n2,a,2026-01-01,start,\n"
    )
    engagement, _ = taken(text, lifecycle={"column": "phase"}, success={"column": "state", "value": "ok"})
    assert outcomes(engagement) == {"1": "success", "2": "failure"}


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("case,step,at,done\n1,a,2026-01-02,2026-01-01\n", {"end": "done"},
         [("intake.rule_end_before_start", "done", 2, "2026-01-01")]),
        ("case,step,at,done\n1,a,2026-01-02,soon\n", {"end": "done"},
         [("intake.rule_timestamp", "done", 2, "soon")]),
        ("case,step,at,phase\n1,a,2026-01-02,start\n1,a,2026-01-01,complete\n", {"lifecycle": {"column": "phase"}},
         [("intake.rule_end_before_start", "phase", 2, "start")]),
        ("case,step,at,phase\n1,a,2026-01-02,begin\n", {"lifecycle": {"column": "phase"}},
         [("intake.rule_lifecycle_absent", "phase", 0, "")]),
        ("case,step,at\n1,a,2026-01-02\n", {"lifecycle": {"column": "phase", "instance": "id"}},
         [("intake.rule_column_missing", "phase", 0, ""), ("intake.rule_column_missing", "id", 0, "")]),
    ],
)  # fmt: skip
def test_times_that_do_not_hold_are_named(engage, sent, rules, text, source, expected):
    assert rules(engage({**LOG, **source}), sent("log.csv", text)) == expected
