"""The engagement's events as a log: the same from CSV and from Parquet, and refused for the same reasons."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.engagement import Engagement, InputProblems
from cxmethod.intake import take_in
from cxmethod.stats.routes import journey_traces, variants
from cxmethod.stats.transitions import transitions
from cxmethod.steps import obtain
from cxmethod.steps.events import log_of

EVENTS = pd.DataFrame(
    {
        "journey": ["NA", "NA", "2", "2", "2", "3"],
        "touchpoint": ["a", "b", "NA", "c", "a", "a"],
        "timestamp": pd.to_datetime(
            [
                "2026-01-01T10:00-05:00",
                "2026-01-01T14:00Z",
                "2026-01-02",
                "2026-01-02",
                "2026-01-01",
                "2026-01-01",
            ],
            utc=True,
            format="ISO8601",
        ),
        "respondent": ["r1", "r1", None, "r2", "r2", None],
        "failed": [True, False, False, False, False, False],
    }
)
JOURNEYS = pd.DataFrame({"journey": ["NA", "2", "3"], "outcome": ["success", "failure", "open"]})


@pytest.fixture(params=["csv", "parquet"])
def made(request, engagement):
    """An engagement whose events and journeys lie in files of one kind."""

    def make(
        events: pd.DataFrame = EVENTS, journeys: pd.DataFrame | None = JOURNEYS, **tables: str
    ) -> Engagement:
        if request.param == "csv":
            return engagement(events=events, journeys=journeys, **tables)
        client = engagement(**tables)
        for name, frame in (("events", events), ("journeys", journeys)):
            if frame is not None:
                frame.to_parquet(client.inputs / f"{name}.parquet", index=False)
        return client

    return make


def test_journeys_in_order_of_time_and_file_with_their_outcomes(made):
    traces = journey_traces(log_of(made()), 3).set_index("journey")
    assert traces["route"].to_dict() == {"NA": "b > a", "2": "a > NA > c", "3": "a"}
    assert traces["outcome"].to_dict() == {"NA": "success", "2": "failure", "3": "open"}


def test_a_persona_follows_from_membership_else_from_the_events(made):
    log = log_of(made(EVENTS.assign(persona=["x", "x", "y", "y", "y", "z"])), pd.Series({"r2": "gold"}))
    assert {p: log.where(persona=p).n_journeys for p in ("x", "y", "z", "gold")} == {
        "x": 1, "y": 0, "z": 1, "gold": 1,
    }  # fmt: skip


def test_membership_without_a_column_of_respondents_says_nothing(made):
    log = log_of(made(EVENTS.drop(columns="respondent")), pd.Series({"r2": "gold"}))
    assert log.where(persona="gold").n_journeys == 0


def test_events_without_journeys_have_no_outcome(made):
    log = log_of(made(journeys=None))
    assert (log.n_journeys, len(variants(log)), len(transitions(log))) == (3, 3, 0)


def test_failed_events_are_known(made):
    steps = log_of(made()).steps
    assert steps.filter(steps.failed).touchpoint.to_pyarrow().to_pylist() == ["a"]


def test_headings_in_spanish(made):
    spanish = {"journey": "Recorrido", "touchpoint": "Punto de contacto", "timestamp": "Marca de tiempo"}
    log = log_of(made(EVENTS.rename(columns=spanish), JOURNEYS.rename(columns={"outcome": "resultado"})))
    assert log.where(outcome="success").n_events == 2


def test_an_event_without_a_time_follows_the_row_before_it(made):
    events = pd.DataFrame(
        {
            "journey": "1",
            "touchpoint": list("abc"),
            "timestamp": [EVENTS["timestamp"][0], pd.NaT, EVENTS["timestamp"][1]],
        }
    )
    assert journey_traces(log_of(made(events, journeys=None)), 1)["route"].tolist() == ["c > a > b"]


def test_no_table_is_an_empty_log(engagement):
    assert log_of(engagement()).n_journeys == 0


# --- what does not hold


def problems(client: Engagement) -> list[tuple[str, str, int, str]]:
    with pytest.raises(InputProblems) as caught:
        log_of(client)
    return sorted((p.rule, p.column, p.row, p.value) for p in caught.value.problems)


def test_a_blank_journey_or_touchpoint_is_named_by_row(made):
    events = EVENTS.copy()
    events.loc[1, "journey"] = None
    events.loc[3, "touchpoint"] = None
    assert problems(made(events)) == [
        ("engagement.rule_filled", "journey", 3, ""),
        ("engagement.rule_filled", "touchpoint", 5, ""),
    ]


def test_a_touchpoint_that_reads_like_a_route_is_named(made):
    events = EVENTS.copy()
    events.loc[1, "touchpoint"] = "a > b"
    assert ("engagement.rule_parting", "touchpoint", 3, "a > b") in problems(made(events))


def test_a_missing_column_is_named(made):
    assert ("engagement.rule_column_missing", "touchpoint", 0, "") in problems(
        made(EVENTS.drop(columns="touchpoint"))
    )


def test_an_unknown_persona_is_named(made):
    personas = "persona,name,evidence\nx,X,assumed"
    events = EVENTS.assign(persona=["x", "x", "q", "x", "all", "x"])
    assert problems(made(events, personas=personas)) == [
        ("engagement.rule_reference", "persona", 4, "q"),
        ("engagement.rule_reference", "persona", 6, "all"),
        ("engagement.rule_reserved", "persona", 6, "all"),
    ]


def test_a_journey_twice_or_with_another_outcome_is_named(made):
    journeys = pd.DataFrame({"journey": ["NA", "NA", "2"], "outcome": ["success", "failure", "lost"]})
    assert problems(made(journeys=journeys)) == [
        ("engagement.rule_allowed", "outcome", 4, "lost"),
        ("engagement.rule_unique", "journey", 3, "NA"),
    ]


# --- Parquet written in ways of its own


def test_parquet_that_is_not_plain_is_read_whole(engagement):
    client = engagement()
    odd = EVENTS.assign(
        timestamp=EVENTS["timestamp"].map(pd.Timestamp.isoformat), journey=" " + EVENTS["journey"]
    )
    odd.to_parquet(client.inputs / "events.parquet", index=False)
    JOURNEYS.to_csv(client.inputs / "journeys.csv", index=False)
    traces = journey_traces(log_of(client), 3).set_index("journey")["route"]
    assert traces.to_dict() == {"NA": "b > a", "2": "a > NA > c", "3": "a"}


def test_a_file_that_is_no_parquet_is_named(engagement):
    client = engagement()
    (client.inputs / "events.parquet").write_bytes(b"PAR1 and nothing more")
    assert problems(client) == [("engagement.rule_parquet", "", 0, "")]


def test_a_folder_with_a_bracket_in_its_name_is_no_pattern(engagement, tmp_path):
    client = engagement(journeys=JOURNEYS)
    EVENTS.to_parquet(client.inputs / "events.parquet", index=False)
    moved = client.folder.rename(tmp_path / "acme [2026]")
    assert log_of(Engagement.open(moved)).n_journeys == 3


def test_outcomes_in_spanish_are_understood(engagement):
    client = engagement()
    EVENTS.to_parquet(client.inputs / "events.parquet", index=False)
    said = JOURNEYS.assign(outcome=["Éxito", "fracaso", "en curso"])
    said.to_parquet(client.inputs / "journeys.parquet", index=False)
    assert log_of(client).where(outcome="success").n_journeys == 1


def test_a_blank_number_of_a_journey_is_named(engagement):
    client = engagement()
    EVENTS.assign(journey=[1, 1, None, 2, 2, 3]).to_parquet(client.inputs / "events.parquet", index=False)
    assert problems(client) == [("engagement.rule_filled", "journey", 4, "")]


def test_whole_numbers_are_keys(engagement):
    client = engagement()
    numbered = EVENTS.assign(journey=[1, 1, 2, 2, 2, 3])
    numbered.to_parquet(client.inputs / "events.parquet", index=False)
    JOURNEYS.assign(journey=["1", "2", "3"]).to_csv(client.inputs / "journeys.csv", index=False)
    assert log_of(client).where(outcome="success").n_events == 2


# --- from the client's file to the saved result


def test_a_case_and_a_touchpoint_called_na_reach_the_saved_result(engagement, tmp_path):
    log = {"kind": "event_log", "file": "log.csv", "case": "case", "activity": "step", "timestamp": "at"}
    client = engagement(
        settings={
            "sources": [{**log, "success": {"reached": "paid"}}],
            "thresholds": {"suppress_below": 1},
        }
    )
    (tmp_path / "log.csv").write_text(
        "case,step,at\nNA,NA,2026-01-01\nNA,paid,2026-01-02\nnull,NA,2026-01-01\nNaN,NA,2026-01-01\n"
    )
    take_in(client, [tmp_path / "log.csv"])
    obtain(client, "02_relationship")
    saved = obtain(client, "02_relationship")
    assert (saved.facts["journeys"], saved.facts["success"], saved.facts["failure"]) == (3, 1, 2)
    assert set(saved.routes["route"]) == {"NA > paid", "NA"}
    assert set(saved.visits["touchpoint"]) == {"NA", "paid"}
