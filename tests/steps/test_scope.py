"""Before the steps: which method, how big the map, and what to cut."""

from __future__ import annotations

import pytest

from cxmethod.steps import persona, scope

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
    assert result.facts["cells"] == 24


def test_before_anybody_rated_the_three_sources_are_planned(engagement):
    result = scoped(engagement(touchpoints="touchpoint,name,phase,order\na,A,p,1"))
    assert by(result.size, "dimension", "count")["sources"] == 3


def test_a_decided_cut_makes_the_map_smaller(engagement):
    answers = {"web": [1], "desk": [1]}
    whole = scoped(engagement(after=answers)).facts["cells"]
    cut = scoped(engagement(after=answers, decisions={"scope": {"cut": {"touchpoints": ["web"]}}}))
    assert cut.facts["cells"] == whole / 2


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


def test_the_tables_at_hand_speak_for_and_those_that_lack_against(engagement):
    log = "journey,touchpoint,timestamp\n1,a,2026-01-01"
    assert "table_events" in reasons(methods(engagement, {"events": log}), "process_mining", "for")
    assert "table_events" in reasons(methods(engagement), "process_mining", "against")


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
    log = "journey,touchpoint,timestamp\n1,a,2026-01-01"
    frame = methods(engagement, {"events": log}, objective="reduce_cost", scope={"weeks": 10})
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
