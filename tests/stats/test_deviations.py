from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from cxmethod.stats.deviations import conforming, deviations
from cxmethod.stats.event_log import event_log
from cxmethod.stats.intervals import wilson
from tests.stats.journeys import events, told, words

PLAN = pd.DataFrame({"touchpoint": list("abcd"), "phase_order": [1, 2, 2, 3]})


def found(log) -> dict[tuple[str, str], tuple[int, int]]:
    table = deviations(log, PLAN)
    keys = zip(table["kind"], table["touchpoint"], strict=True)
    return dict(zip(keys, zip(table["n"], table["journeys"], strict=True), strict=True))


def test_a_journey_by_the_plan_deviates_nowhere():
    assert found(told("abcd", "acbd", "abbcd", "a")) == {}


def test_a_touchpoint_off_the_plan_is_ad_hoc_among_all_journeys():
    assert found(told("axb", "a", "xx"))["ad_hoc", "x"] == (2, 3)


def test_going_back_to_an_earlier_phase_is_irregular_where_it_leads():
    assert found(told("abca", "abc"))["irregular_sequence", "a"] == (1, 2)


def test_what_is_off_the_plan_does_not_hide_a_return():
    assert found(told("abcdxb"))["irregular_sequence", "b"] == (1, 1)


def test_touchpoints_of_one_phase_may_come_in_any_order():
    assert found(told("acb", "abc")) == {}


def test_a_touchpoint_is_missing_where_a_later_phase_was_visited():
    table = found(told("abd", "a", "bd", "abcd"))
    assert table["missing", "c"] == (2, 3)
    assert table["missing", "a"] == (1, 3)


def test_a_touchpoint_that_nobody_visits_is_missing_too():
    assert found(told("ad"))["missing", "b"] == (1, 1)


def test_failures_are_shares_of_the_journeys_that_visit():
    log = event_log(events("ab", "aab", "b").assign(failed=[True, False, True, True, False, False]))
    assert found(log)["failure", "a"] == (2, 2)


def test_shares_have_wilsons_interval():
    row = deviations(told("axb", "a", "xx"), PLAN).iloc[0]
    assert row["share"] == 2 / 3
    assert row[["low", "high"]].tolist() == pytest.approx(np.ravel(wilson(2, 3)))


def test_the_kinds_stand_in_their_order_and_the_most_frequent_first():
    table = deviations(told("xya", "xba", "ad"), PLAN)
    assert list(dict.fromkeys(table["kind"])) == ["ad_hoc", "irregular_sequence", "missing"]
    assert table["touchpoint"].tolist()[:2] == ["x", "y"]


def test_a_touchpoint_twice_in_the_plan_is_refused():
    with pytest.raises(ValueError, match="more than once"):
        deviations(told("a"), pd.concat([PLAN, PLAN]))


def test_conforming_journeys_show_no_deviation():
    assert conforming(told("abcd", "acbd", "a", "abd", "xa", "abca", "d"), PLAN) == 3


def test_groups_of_journeys_deviate_on_their_own():
    log = told("axb", "a", "xx", "ba", outcome="sfsf")
    assert found(log.where("success"))["ad_hoc", "x"] == (2, 2)
    assert ("ad_hoc", "x") not in found(log.where("failure"))
    assert (conforming(log.where("failure"), PLAN), conforming(log, PLAN)) == (1, 1)


def test_another_plan_is_another_count():
    log = told("ab")
    assert found(log) == {}
    assert set(deviations(log, PLAN[:1])["kind"]) == {"ad_hoc"}


def test_no_events_deviate_nowhere():
    nothing = event_log(events("a")[:0])
    assert deviations(nothing, PLAN).empty
    assert conforming(nothing, PLAN) == 0


def strays(word: str) -> set[tuple[str, str]]:
    """The deviations of one journey, by reading it."""
    order = dict(zip(PLAN["touchpoint"], PLAN["phase_order"], strict=True))
    planned = [letter for letter in word if letter in order]
    back = {b for a, b in pairwise(planned) if order[b] < order[a]}
    furthest = max((order[letter] for letter in planned), default=0)
    missing = {letter for letter in order if order[letter] < furthest and letter not in word}
    return (
        {("ad_hoc", letter) for letter in set(word) - set(order)}
        | {("irregular_sequence", letter) for letter in back}
        | {("missing", letter) for letter in missing}
    )


@settings(max_examples=20)
@given(words)
def test_reading_each_journey_finds_the_same(journeys):
    journeys = [word.replace("c", "x") for word in journeys]
    log = told(*journeys)
    each = [strays(word) for word in journeys]
    counted = pd.Series([stray for one in each for stray in one], dtype=object).value_counts()
    assert {place: n for place, (n, _) in found(log).items()} == counted.to_dict()
    assert conforming(log, PLAN) == sum(not one for one in each)
