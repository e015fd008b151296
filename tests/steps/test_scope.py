"""Before the steps: which method, how big the map, and what to cut."""

from __future__ import annotations

import pytest

from cxmethod.steps import check_thread, persona, scope
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.method_table import method_table
from cxmethod.steps.work_plan import calendar, holds, weeks_for

from .reading import by, finding, found, row

CARDS = "persona,name,share,evidence\n"


def scoped(client):
    return scope.run(client, persona.run(client))


def methods(engagement, tables=None, **settings):
    return scoped(engagement(settings=settings, **(tables or {}))).methods


def reasons(frame, method: str, sign: str) -> set[str]:
    text = row(frame, method=method)[f"reasons_{sign}"]
    return set(text.split(";")) if isinstance(text, str) else set()


# --- how many answers


@pytest.mark.parametrize(
    ("scoping", "needed"),
    [
        ({}, 385),
        ({"margin_of_error": 0.05}, 385),
        ({"margin_of_error": 0.03}, 1068),
        ({"margin_of_error": 0.1}, 97),
        ({"population": 1000}, 278),
        ({"population": 10_000}, 370),
    ],
)
def test_answers_needed_are_those_of_the_survey_textbooks(engagement, scoping, needed):
    assert scoped(engagement(settings={"scope": scoping})).facts["responses_needed"] == needed


def test_interviews_are_six_to_twelve_for_each_persona_that_is_kept(engagement):
    facts = scoped(engagement(personas=CARDS + "a,A,0.5,assumed\nb,B,0.4,assumed\nc,C,0.1,assumed")).facts
    assert (facts["personas_kept"], facts["interviews_from"], facts["interviews_to"]) == (2, 12, 24)


# --- the cut


@pytest.mark.parametrize(
    ("shares", "kept"),
    [
        ([0.5, 0.3, 0.2], ["a", "b"]),
        ([0.2, 0.3, 0.5], ["c", "b"]),
        ([0.4, 0.35, 0.25], ["a", "b", "c"]),
        ([0.9, 0.1], ["a"]),
        (["", ""], ["a", "b"]),
    ],
    ids=["exactly 80 %", "largest first", "75 % is short", "one is enough", "unknown shares"],
)
def test_the_fewest_personas_that_cover_80_percent_of_customers_are_kept(engagement, shares, kept):
    cards = "\n".join(
        f"{key},{key.upper()},{share},assumed" for key, share in zip("abc", shares, strict=False)
    )
    cut = scoped(engagement(personas=CARDS + cards)).cut
    assert list(cut.loc[cut["kept"], "persona"]) == kept


def test_the_cut_looks_at_all_personas_whatever_was_decided(engagement):
    cards = CARDS + "a,A,0.5,assumed\nb,B,0.3,assumed\nc,C,0.2,assumed"
    result = scoped(engagement(personas=cards, decisions={"scope": {"cut": {"personas": ["a"]}}}))
    assert by(result.cut, "persona", "kept") == {"a": True, "b": True, "c": False}


def test_what_is_covered_is_told(engagement):
    result = scoped(engagement(personas=CARDS + "a,A,0.5,assumed\nb,B,0.3,assumed\nc,C,0.2,assumed"))
    assert result.facts["share_covered"] == pytest.approx(0.8)


# --- the size


def test_cells_multiply_personas_touchpoints_variables_and_sources(engagement):
    client = engagement(
        internal={"web": [1], "desk": [1]},
        after={"web": [1], "desk": [1]},
        personas=CARDS + "a,A,0.5,assumed\nb,B,0.3,assumed\nc,C,0.2,assumed",
        variables="respondent,touchpoint,variable,score\nc1,web,speed,3\nc1,web,tone,3",
    )
    result = scoped(client)
    assert by(result.size, "dimension", "count") == {
        "personas": 3,
        "phases": 1,
        "touchpoints": 2,
        "variables": 2,
        "sources": 2,
        "cells": 3 * 2 * 2 * 2,
    }
    assert by(result.size, "dimension", "product") == {
        "personas": 3,
        "phases": 3 * 1,
        "touchpoints": 3 * 2,
        "variables": 3 * 2 * 2,
        "sources": 24,
        "cells": 24,
    }
    assert result.facts["cells"] == 24


def test_touchpoints_take_the_place_of_the_phases_that_they_lie_in(engagement):
    points = "touchpoint,name,phase,order\na,A,p,1\nb,B,p,2\nc,C,q,3"
    result = scoped(engagement(touchpoints=points, personas=CARDS + "a,A,0.5,assumed\nb,B,0.5,assumed"))
    product = by(result.size, "dimension", "product")
    assert (product["phases"], product["touchpoints"]) == (2 * 2, 2 * 3)


def test_what_is_not_known_counts_as_one(engagement):
    result = scoped(engagement(touchpoints="touchpoint,name,phase,order\na,A,p,1\nb,B,p,2"))
    assert by(result.size, "dimension", "count")["personas"] == 0
    assert result.facts["cells"] == 1 * 2 * 1 * 3


def test_before_anybody_rated_the_three_sources_are_planned(engagement):
    result = scoped(engagement(touchpoints="touchpoint,name,phase,order\na,A,p,1"))
    assert by(result.size, "dimension", "count")["sources"] == 3


def test_a_decided_cut_makes_the_map_smaller(engagement):
    answers = {"web": [1], "desk": [1]}
    whole = scoped(engagement(after=answers)).facts["cells"]
    cut = scoped(engagement(after=answers, decisions={"scope": {"cut": {"touchpoints": ["web"]}}}))
    assert (cut.facts["cells"], cut.facts["cells_kept"]) == (whole, whole / 2)


@pytest.mark.parametrize(("n", "too_many"), [(20, False), (21, True)])
def test_more_than_twenty_touchpoints_nobody_reads(engagement, n, too_many):
    points = "\n".join(f"t{number},T,p,{number}" for number in range(n))
    result = scoped(engagement(touchpoints="touchpoint,name,phase,order\n" + points))
    assert (("scope.too_many_touchpoints", "") in found(result)) is too_many
    if too_many:
        assert finding(result, "scope.too_many_touchpoints").values == {"n": 21, "most": 20}


# --- the method


def test_the_objective_speaks_for_the_methods_that_serve_it(engagement):
    frame = methods(engagement, objective="reduce_cost")
    assert "objective" in reasons(frame, "process_mining", "for")
    assert "objective" in reasons(frame, "empathy_map", "against")


LOG = "journey,touchpoint,timestamp\n1,a,2026-01-01"


@pytest.mark.parametrize(
    ("tables", "data", "column"),
    [
        ({"events": LOG}, {}, "reasons_for"),
        ({}, {"events": True}, "reasons_for"),
        ({}, {"events": False}, "reasons_against"),
        ({}, {}, "unknown"),
    ],
    ids=["here", "promised", "not to be had", "nobody said"],
)
def test_data_speak_by_whether_they_can_be_had(engagement, tables, data, column):
    frame = methods(engagement, tables, scope={"data": data})
    assert "table_events" in str(row(frame, method="process_mining")[column]).split(";")


def score(frame, method: str) -> float:
    return float(row(frame, method=method)["score"])


def test_data_that_nobody_spoke_of_cost_a_method_nothing(engagement):
    unknown = methods(engagement, objective="reduce_cost")
    refused = methods(engagement, objective="reduce_cost", scope={"data": {"events": False}})
    assert score(refused, "process_mining") < score(unknown, "process_mining")
    assert score(unknown, "process_mining") == score(unknown, "service_blueprint")


def test_a_method_whose_fruits_are_here_already_adds_less(engagement):
    ratings = "respondent,touchpoint,source,emotion\nc1,a,after,1"
    outcomes = "respondent,outcome\nc1,9"
    frame = methods(engagement, {"ratings": ratings, "outcomes": outcomes}, objective="retain")
    assert "collected" in reasons(frame, "voice_of_customer_survey", "against")


@pytest.mark.parametrize(("budget", "column"), [(8000, "reasons_for"), (7999, "reasons_against")])
def test_the_budget_of_the_study_is_held_against_consultant_days(engagement, budget, column):
    scope_ = {"study_budget": budget, "day_rate": 1000}
    assert "budget" in str(row(methods(engagement, scope=scope_), method="service_blueprint")[column]).split(
        ";"
    )


def test_a_budget_without_the_price_of_a_day_is_not_turned_into_days(engagement):
    frame = methods(engagement, scope={"study_budget": 1})
    assert all("budget" in text.split(";") for text in frame["unknown"])


def test_of_equals_the_method_with_fewer_days_comes_first(engagement):
    frame = methods(engagement, objective="new_offer")
    equal = frame[frame["score"] == frame["score"].iloc[0]]
    assert equal["days_least"].is_monotonic_increasing


def test_the_method_decided_on_stands_whatever_its_rank(engagement):
    client = engagement(decisions={"plan": {"method": "diary_study"}})
    facts = scoped(client).facts
    assert (facts["method"], facts["method_decided"]) == ("diary_study", True)
    assert facts["runner_up"] == scoped(engagement()).facts["method"]


def test_a_decision_for_a_method_that_is_not_there_is_told(engagement):
    result = scoped(engagement(decisions={"plan": {"method": "tarot"}}))
    assert ("scope.method_unknown", "tarot") in found(result)
    assert result.facts["method"] == "customer_journey_map"


@pytest.mark.parametrize(("weeks", "sign"), [(4, "for"), (3, "against")])
def test_weeks_speak_for_or_against_by_what_a_method_takes(engagement, weeks, sign):
    assert "weeks" in reasons(methods(engagement, scope={"weeks": weeks}), "customer_journey_map", sign)


@pytest.mark.parametrize(("customers", "sign"), [(12, "for"), (11, "against")])
def test_customers_to_talk_to_speak_for_or_against(engagement, customers, sign):
    frame = methods(engagement, scope={"interviewable_customers": customers})
    assert "customers" in reasons(frame, "customer_journey_map", sign)


def test_what_is_not_known_is_no_reason_either_way(engagement):
    frame = methods(engagement)
    told = ";".join(frame["reasons_for"].fillna("") + ";" + frame["reasons_against"].fillna(""))
    assert not {"weeks", "customers"} & set(told.split(";"))


def test_the_method_that_the_objective_and_the_data_speak_for_is_first(engagement):
    frame = methods(engagement, {"events": LOG}, objective="reduce_cost", scope={"weeks": 10})
    assert frame["method"].iloc[0] == "process_mining"
    assert frame["rank"].is_monotonic_increasing


def test_every_method_cites_its_source(engagement):
    frame = methods(engagement)
    assert len(frame) == 9
    assert frame["source"].str.contains(r"\(\d{4}\)").all()


def test_without_personas_and_touchpoints_their_tables_are_asked_for(engagement):
    assert found(scoped(engagement())) == {
        ("missing.personas", "personas"),
        ("missing.touchpoints", "touchpoints"),
    }


def test_a_list_of_names_is_told_to_be_one(engagement):
    result = scoped(engagement(touchpoints="name\nWebsite\nDesk"))
    assert ("scope.names_only", "touchpoints") in found(result)
    assert list(result.points["touchpoint"]) == ["website", "desk"]
    assert result.facts["phases_assumed"]
    assert result.facts["order_assumed"]


# --- value


def valued(engagement, values: list[str], column: str = "spent", **thresholds: int):
    """Two rich customers of persona a, six poor ones of b."""
    people = "respondent,persona,spent\n" + "\n".join(
        f"c{n},{'a' if n < 2 else 'b'},{value}" for n, value in enumerate(values)
    )
    settings = {"scope": {"value": column}, "thresholds": {"suppress_below": 2, **thresholds}}
    return scoped(
        engagement(personas=CARDS + "a,A,,assumed\nb,B,,assumed", respondents=people, settings=settings)
    )


def test_where_customers_have_a_value_the_cut_covers_value(engagement):
    result = valued(engagement, ["450", "450", *["10"] * 6])
    assert by(result.cut, "persona", "value_share") == {"a": 900 / 960, "b": 60 / 960}
    assert by(result.cut, "persona", "kept") == {"a": True, "b": False}
    assert (result.facts["cut_by"], result.facts["share_covered"]) == ("value", 900 / 960)


def test_by_number_of_customers_the_same_cut_would_keep_the_others(engagement):
    result = valued(engagement, ["450", "450", *["10"] * 6], column="nowhere")
    assert result.cut["persona"].iloc[0] == "b"
    assert ("scope.value_unread", "nowhere") in found(result)


def test_the_value_of_few_customers_is_not_shown(engagement):
    result = valued(engagement, ["450", "450", *["10"] * 6], suppress_below=5)
    assert by(result.cut, "persona", "value_share")["a"] is None


# --- touchpoints


def crowd(**columns: str) -> str:
    rows = [f"t{n},T{n},{'pq'[n // 3]},{n},{columns.get(f't{n}', 'no')}" for n in range(6)]
    return "touchpoint,name,phase,order,business_critical\n" + "\n".join(rows)


FEW = {"thresholds": {"touchpoints_per_map": 3, "suppress_below": 2}}


def proposed(result) -> list[str]:
    return list(result.points.loc[result.points["proposed"], "touchpoint"])


def test_without_events_the_critical_come_first_and_then_each_phase_in_turn(engagement):
    result = scoped(engagement(touchpoints=crowd(t5="yes"), settings=FEW))
    assert proposed(result) == ["t0", "t3", "t5"]
    assert "visits_share" not in result.facts


def test_what_lies_on_the_routes_comes_before_what_is_critical(engagement):
    events = "\n".join(
        f"{journey},{point},2026-01-01T0{hour}:00:00"
        for journey in range(4)
        for hour, point in enumerate(["t1", "t2" if journey < 2 else "t4"])
    )
    result = scoped(
        engagement(
            touchpoints=crowd(t5="yes"),
            events="journey,touchpoint,timestamp\n" + events,
            journeys="journey,outcome\n0,success\n1,success\n2,failure\n3,failure",
            settings=FEW,
        )
    )
    assert proposed(result) == ["t1", "t2", "t4"]
    assert result.facts["visits_share"] == 1.0
    assert by(result.points, "touchpoint", "reach")["t2"] == 0.5


def test_what_was_not_decided_is_not_cut(engagement):
    client = engagement(touchpoints=crowd(), settings=FEW)
    assert scoped(client).points["kept"].all()
    assert len(touchpoints_in_order(client)) == 6


def test_a_decided_cut_is_what_later_steps_see(engagement):
    client = engagement(
        touchpoints=crowd(), settings=FEW, decisions={"scope": {"cut": {"touchpoints": ["t1", "t2"]}}}
    )
    assert list(touchpoints_in_order(client)["touchpoint"]) == ["t1", "t2"]
    assert len(touchpoints_in_order(client, whole=True)) == 6
    assert scoped(client).facts["n_left_out"] == 4


def test_the_thread_asks_nothing_of_touchpoints_that_are_left_out(engagement):
    client = engagement(
        after={"web": [1]},
        phases=None,
        touchpoints=crowd() + "\nweb,Web,p,9,no",
        decisions={"scope": {"cut": {"touchpoints": ["web", "t1"]}}},
    )
    assert {item for code, item in found(check_thread(client)) if code == "thread.unrated"} == {"t1"}


# --- people and weeks


def test_a_persona_of_a_known_size_needs_fewer_answers_than_an_endless_one(engagement):
    cards = CARDS + "a,A,0.9,assumed\nb,B,0.1,assumed"
    result = scoped(engagement(personas=cards, settings={"scope": {"population": 1000}}))
    assert by(result.people, "persona", "responses") == {"all": 278, "a": 270}


@pytest.mark.parametrize(
    ("scoping", "verdict"),
    [
        ({}, "unknown"),
        ({"interviewable_customers": 24}, "saturated"),
        ({"interviewable_customers": 23}, "least"),
        ({"interviewable_customers": 11}, "cut"),
        ({"interviewable_customers": 5}, "none"),
        ({"interviewable_customers": 24, "weeks": 2}, "least"),
    ],
)
def test_interviews_fit_or_not_by_the_scarcer_of_weeks_and_customers(engagement, scoping, verdict):
    cards = CARDS + "a,A,0.5,assumed\nb,B,0.5,assumed"
    facts = scoped(engagement(personas=cards, settings={"scope": scoping})).facts
    assert facts["verdict"] == verdict


def test_where_interviews_do_not_fit_the_cut_that_fits_is_told(engagement):
    cards = CARDS + "a,A,0.5,assumed\nb,B,0.4,assumed\nc,C,0.1,assumed"
    result = scoped(engagement(personas=cards, settings={"scope": {"interviewable_customers": 7}}))
    assert (result.facts["personas_fit"], result.facts["share_fit"]) == (1, 0.5)
    assert ("scope.interviews_customers", "") in found(result)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (10, [(1, 2), (3, 6), (7, 9), (9, 10)]),
        (20, [(1, 4), (5, 12), (13, 17), (18, 20)]),
        (1, [(1, 1)] * 4),
    ],
)
def test_the_weeks_are_shared_out_without_a_gap(engagement, weeks, expected):
    plan = scoped(engagement(settings={"scope": {"weeks": weeks}})).calendar
    assert list(zip(plan["first_week"], plan["last_week"], strict=True)) == expected


def test_without_weeks_those_usual_for_the_method_are_assumed(engagement):
    facts = scoped(engagement()).facts
    assert (facts["weeks"], facts["weeks_agreed"]) == (8, False)


@pytest.mark.parametrize(("weeks", "told_apart"), [(1, False), (2, False), (3, True), (8, True)])
def test_few_weeks_do_not_tell_the_stages_apart(weeks, told_apart):
    assert holds(calendar(weeks, method_table().calendar)) is told_apart


@pytest.mark.parametrize(
    ("interviews", "least", "weeks"), [(0, 1, 1), (7, 1, 2), (18, 1, 4), (18, 5, 6), (24, 4, 7)]
)
def test_the_fewest_weeks_that_leave_room_for_the_interviews(interviews, least, weeks):
    assert weeks_for(interviews, 6, method_table().calendar, least) == weeks


def test_without_touchpoints_there_are_no_cells(engagement):
    facts = scoped(engagement()).facts
    assert (facts["cells"], facts["cells_kept"]) == (0, 0)
