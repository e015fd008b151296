import json
from collections import Counter
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxmethod.stats.intervals import newcombe, wilson
from cxmethod.stats.routes import (
    directly_follows,
    drop_off,
    loops,
    most_probable_route,
    order_events,
    reach,
    start_end,
    transitions,
    variants,
)


def events(*journeys: str) -> pd.DataFrame:
    """One journey a word, one event a letter, in the order of time."""
    rows = [(i, letter, t) for i, word in enumerate(journeys) for t, letter in enumerate(word)]
    return order_events(pd.DataFrame(rows, columns=["journey", "touchpoint", "timestamp"]))


words = st.lists(st.text("abcd", min_size=1, max_size=7), min_size=1, max_size=12)


# --- order


def test_events_are_sorted_by_journey_and_time_and_ties_keep_their_order():
    log = pd.DataFrame({"case": [2, 1, 1, 1], "step": list("abcd"), "at": [1, 5, 3, 3], "note": list("wxyz")})
    ordered = order_events(log, "case", "step", "at")
    assert list(ordered.columns) == ["journey", "touchpoint", "timestamp", "note"]
    assert ordered["touchpoint"].tolist() == ["c", "d", "b", "a"]
    assert ordered["note"].tolist() == ["y", "z", "x", "w"]


def test_a_missing_time_is_refused():
    log = pd.DataFrame({"journey": [1], "touchpoint": ["a"], "at": [pd.NaT]})
    with pytest.raises(ValueError, match="values are missing in at"):
        order_events(log, timestamp="at")


def test_a_column_in_the_way_is_refused():
    log = pd.DataFrame({"case": [1], "journey": ["x"], "touchpoint": ["a"], "timestamp": [1]})
    with pytest.raises(ValueError, match="already called"):
        order_events(log, journey="case")


# --- counts


def test_directly_follows_counts_events_within_journeys():
    counts = directly_follows(events("aab", "ab", "ba"))
    assert counts.to_numpy().tolist() == [["a", "b", 2], ["a", "a", 1], ["b", "a", 1]]


def test_starts_and_ends_count_journeys():
    starts, ends = start_end(events("aab", "ab", "bc"))
    assert starts.to_dict() == {"a": 2, "b": 1}
    assert ends.to_dict() == {"b": 2, "c": 1}


def test_touchpoints_that_never_occur_do_not_appear():
    log = events("ab").assign(touchpoint=pd.Categorical(["a", "b"], list("abz")))
    assert start_end(order_events(log))[0].to_dict() == {"a": 1}


@given(words)
def test_every_event_but_the_last_of_a_journey_is_followed(journeys):
    assert directly_follows(events(*journeys))["count"].sum() == sum(len(word) - 1 for word in journeys)


@pytest.mark.parametrize(
    ("log", "file", "columns", "keys"),
    [
        (
            "running-example",
            "event_logs/running-example.csv",
            ("case:concept:name", "concept:name", "time:timestamp"),
            ("dfg", "ends", "variants"),
        ),
        (
            "roadtraffic100",
            "event_logs/roadtraffic100traces.csv",
            ("case:concept:name", "concept:name", "time:timestamp"),
            ("dfg", "ends", "variants"),
        ),
        # The oracle orders this log by its start for what follows what, and by its completion for the rest.
        (
            "interval_event_log",
            "event_logs/interval_event_log.csv",
            ("case:concept:name", "concept:name", "start_timestamp"),
            ("dfg",),
        ),
        (
            "interval_event_log",
            "event_logs/interval_event_log.csv",
            ("case:concept:name", "concept:name", "time:timestamp"),
            ("ends", "variants"),
        ),
        (
            "simple_shop",
            "simple_shop/simple-onlineshop.csv",
            ("client_id", "event", "timestamp"),
            ("dfg", "ends", "variants"),
        ),
    ],
)
def test_counts_are_those_of_pm4py(shared, log, file, columns, keys):
    oracle = json.loads(shared("oracles/pm4py_oracle_given.json").read_text())[log]
    raw = pd.read_csv(shared(f"data/{file}"))
    ordered = order_events(raw.assign(**{columns[2]: pd.to_datetime(raw[columns[2]], utc=True)}), *columns)
    if "dfg" in keys:
        counts = directly_follows(ordered)
        assert sorted(counts.to_numpy().tolist()) == sorted(oracle["dfg"])
    if "ends" in keys:
        starts, ends = start_end(ordered)
        assert starts.to_dict() == oracle["start"]
        assert ends.to_dict() == oracle["end"]
    if "variants" in keys:
        found = variants(ordered)
        counted = dict(zip(found["route"].map(" > ".join), found["n"], strict=True))
        assert len(found) == oracle["n_variants"]
        assert all(counted[route] == n for n, route in oracle["top_variants"])


# --- success and failure

OUTCOMES = pd.Series({0: "success", 1: "success", 2: "failure", 3: "failure", 4: "open"})


def test_the_unit_of_a_transition_is_the_journey():
    table = transitions(events("abab", "ac", "ab", "acc", "ab"), OUTCOMES).set_index(["source", "target"])
    to_b = table.loc[("a", "b")]
    assert to_b[["success_n", "success_p", "success_count"]].tolist() == [2, 0.5, 2]
    assert to_b[["failure_n", "failure_p", "failure_count"]].tolist() == [2, 0.5, 1]
    assert to_b["difference"] == 0


def test_transitions_have_newcombe_intervals_and_adjusted_p_values():
    table = transitions(events("abab", "ac", "ab", "acc"), OUTCOMES)
    n = [table["success_n"], table["failure_n"]]
    expected = newcombe(table["success_p"] * n[0], n[0], table["failure_p"] * n[1], n[1])
    pd.testing.assert_frame_equal(
        table[["difference", "low", "high"]], expected[["difference", "low", "high"]]
    )
    known = expected["p_value"].dropna()
    assert table["p_adjusted"].dropna().tolist() == pytest.approx(stats.false_discovery_control(known))


def test_a_source_that_an_outcome_never_visits_has_no_share():
    table = transitions(events("ab", "ab", "cb", "cb"), OUTCOMES).set_index("source")
    assert table.loc["c", "success_n"] == 0
    assert table.loc["c", ["success_p", "difference", "low", "p_adjusted"]].isna().all()
    assert table.loc["c", "failure_p"] == 1


def test_open_journeys_are_left_out():
    assert transitions(events("ab", "ab", "ab", "ab", "xy"), OUTCOMES)["source"].tolist() == ["a"]


def test_without_outcomes_there_are_no_transitions():
    table = transitions(events("ab"), OUTCOMES[:0])
    assert table.empty
    assert {"success_n", "failure_p", "difference", "p_adjusted"} <= set(table.columns)


def test_other_columns_of_the_events_do_not_interfere():
    log = events("ab", "ab", "ab", "ab").assign(source="web", target="x", outcome="open")
    assert transitions(log, OUTCOMES)[["source", "target"]].to_numpy().tolist() == [["a", "b"]]


def test_two_outcomes_for_one_journey_are_refused():
    with pytest.raises(ValueError, match="more than one outcome"):
        transitions(events("ab"), pd.Series(["success", "failure"], index=[0, 0]))


@given(words)
def test_event_counts_of_both_outcomes_add_up_to_directly_follows(journeys):
    log = events(*journeys)
    group = pd.Series(["success" if i % 2 else "failure" for i in range(len(journeys))])
    table = transitions(log, group)
    added = table.assign(count=table["success_count"] + table["failure_count"])[["source", "target", "count"]]
    assert sorted(added.to_numpy().tolist()) == sorted(directly_follows(log).to_numpy().tolist())


# --- whole routes, returns, ends


def test_variants_come_by_frequency_then_by_route():
    table = variants(events("b", "ab", "aa", "ab"))
    assert table["route"].tolist() == [("a", "b"), ("a", "a"), ("b",)]
    assert table["n"].tolist() == [2, 1, 1]
    assert table["share"].tolist() == [0.5, 0.25, 0.25]


def test_reach_is_a_share_of_all_journeys():
    table = reach(events("aab", "a", "b", "bc")).set_index("touchpoint")
    assert table.loc["c", ["journeys", "n", "share"]].tolist() == [4, 1, 0.25]
    assert table.loc["c", ["low", "high"]].tolist() == pytest.approx(np.ravel(wilson(1, 4)))


def test_loops_count_journeys_that_return_at_once_or_later():
    table = loops(events("aab", "aba", "ab", "b")).set_index("touchpoint")
    assert table.loc["a", ["journeys", "n", "share"]].tolist() == pytest.approx([3, 2, 2 / 3])
    assert table.loc["b", ["journeys", "n", "share"]].tolist() == [4, 0, 0]


def test_drop_off_is_a_share_of_the_journeys_that_visit():
    table = drop_off(events("ab", "aba", "b")).set_index("touchpoint")
    assert table.loc["b", ["journeys", "n", "share"]].tolist() == pytest.approx([3, 2, 2 / 3])
    assert table.loc["a", ["journeys", "n", "share"]].tolist() == [2, 1, 0.5]


# --- the likeliest way


def probability(route: tuple[str, ...], journeys: list[str]) -> float:
    moves = Counter(move for word in journeys for move in pairwise(f"^{word}$"))
    leaving = Counter(source for word in journeys for source in f"^{word}")
    return float(np.prod([moves[move] / leaving[move[0]] for move in pairwise(["^", *route, "$"])]))


def test_the_likeliest_route_may_be_one_that_nobody_took():
    journeys = ["abc"] * 3 + ["xbd", "ybd", "zbd"] * 2
    assert most_probable_route(events(*journeys)) == ("a", "b", "d")


def test_certain_steps_are_kept():
    assert most_probable_route(events("abc", "abc")) == ("a", "b", "c")


@given(words)
def test_no_loop_free_route_is_likelier(journeys):
    found = most_probable_route(events(*journeys))
    letters = sorted(set("".join(journeys)))
    every = (route for size in range(1, len(letters) + 1) for route in permutations(letters, size))
    assert len(set(found)) == len(found)
    assert probability(found, journeys) == pytest.approx(max(probability(route, journeys) for route in every))


def test_no_events_give_empty_tables_and_no_route():
    nothing = events("a")[:0]
    assert most_probable_route(nothing) == ()
    assert all(table(nothing).empty for table in (directly_follows, variants, reach, loops, drop_off))
