import json
from collections import Counter
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from cxmethod.stats.event_log import event_log
from cxmethod.stats.intervals import wilson
from cxmethod.stats.routes import (
    directly_follows,
    drop_off,
    journey_traces,
    loops,
    most_probable_route,
    reach,
    start_end,
    variants,
)
from tests.stats.journeys import events, told, words

# --- counts


def test_directly_follows_counts_events_within_journeys():
    counts = directly_follows(told("aab", "ab", "ba"))
    assert counts.to_numpy().tolist() == [["a", "b", 2], ["a", "a", 1], ["b", "a", 1]]


def test_starts_and_ends_count_journeys():
    starts, ends = start_end(told("aab", "ab", "bc"))
    assert starts.to_dict() == {"a": 2, "b": 1}
    assert ends.to_dict() == {"b": 2, "c": 1}


@settings(max_examples=20)
@given(words)
def test_every_event_but_the_last_of_a_journey_is_followed(journeys):
    assert directly_follows(told(*journeys))["count"].sum() == sum(len(word) - 1 for word in journeys)


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
    names = dict(zip(columns, ("journey", "touchpoint", "timestamp"), strict=True))
    found = event_log(raw[list(columns)].rename(columns=names))
    if "dfg" in keys:
        counts = directly_follows(found)
        assert sorted(counts.to_numpy().tolist()) == sorted(oracle["dfg"])
    if "ends" in keys:
        starts, ends = start_end(found)
        assert starts.to_dict() == oracle["start"]
        assert ends.to_dict() == oracle["end"]
    if "variants" in keys:
        table = variants(found)
        counted = dict(zip(table["route"].map(" > ".join), table["n"], strict=True))
        assert len(table) == oracle["n_variants"]
        assert all(counted[route] == n for n, route in oracle["top_variants"])


# --- whole routes, returns, ends


def test_variants_come_by_frequency_then_by_route():
    table = variants(told("b", "ab", "aa", "ab"))
    assert table["route"].tolist() == [("a", "b"), ("a", "a"), ("b",)]
    assert table["n"].tolist() == [2, 1, 1]
    assert table["share"].tolist() == [0.5, 0.25, 0.25]


def test_reach_is_a_share_of_all_journeys():
    table = reach(told("aab", "a", "b", "bc")).set_index("touchpoint")
    assert table.loc["c", ["journeys", "n", "share"]].tolist() == [4, 1, 0.25]
    assert table.loc["c", ["low", "high"]].tolist() == pytest.approx(np.ravel(wilson(1, 4)))


def test_loops_count_journeys_that_return_at_once_or_later():
    table = loops(told("aab", "aba", "ab", "b")).set_index("touchpoint")
    assert table.loc["a", ["journeys", "n", "share"]].tolist() == pytest.approx([3, 2, 2 / 3])
    assert table.loc["b", ["journeys", "n", "share"]].tolist() == [4, 0, 0]


def test_drop_off_is_a_share_of_the_journeys_that_visit():
    table = drop_off(told("ab", "aba", "b")).set_index("touchpoint")
    assert table.loc["b", ["journeys", "n", "share"]].tolist() == pytest.approx([3, 2, 2 / 3])
    assert table.loc["a", ["journeys", "n", "share"]].tolist() == [2, 1, 0.5]


# --- the likeliest way


def probability(route: tuple[str, ...], journeys: list[str]) -> float:
    moves = Counter(move for word in journeys for move in pairwise(f"^{word}$"))
    leaving = Counter(source for word in journeys for source in f"^{word}")
    return float(np.prod([moves[move] / leaving[move[0]] for move in pairwise(["^", *route, "$"])]))


def test_the_likeliest_route_may_be_one_that_nobody_took():
    journeys = ["abc"] * 3 + ["xbd", "ybd", "zbd"] * 2
    assert most_probable_route(told(*journeys)) == ("a", "b", "d")


def test_certain_steps_are_kept():
    assert most_probable_route(told("abc", "abc")) == ("a", "b", "c")


@settings(max_examples=20)
@given(words)
def test_no_loop_free_route_is_likelier(journeys):
    found = most_probable_route(told(*journeys))
    letters = sorted(set("".join(journeys)))
    every = (route for size in range(1, len(letters) + 1) for route in permutations(letters, size))
    assert len(set(found)) == len(found)
    assert probability(found, journeys) == pytest.approx(max(probability(route, journeys) for route in every))


def test_no_events_give_empty_tables_and_no_route():
    nothing = event_log(events("a")[:0])
    assert most_probable_route(nothing) == ()
    assert all(table(nothing).empty for table in (directly_follows, variants, reach, loops, drop_off))


# --- the same by another way


@settings(max_examples=20)
@given(words)
def test_pandas_counts_the_same(journeys):
    log, frame = told(*journeys), events(*journeys)
    own = frame.groupby("journey")["touchpoint"]
    follows = pd.crosstab(frame["touchpoint"], own.shift(-1)).stack()
    counted = directly_follows(log).set_index(["source", "target"])["count"]
    assert counted.to_dict() == follows[follows > 0].to_dict()
    starts, ends = start_end(log)
    assert starts.to_dict() == own.first().value_counts().to_dict()
    assert ends.to_dict() == own.last().value_counts().to_dict()
    times = pd.crosstab(frame["journey"], frame["touchpoint"])
    assert reach(log).set_index("touchpoint")["n"].to_dict() == (times > 0).sum().to_dict()
    assert loops(log).set_index("touchpoint")["n"].to_dict() == (times > 1).sum().to_dict()
    whole = Counter(tuple(word) for word in journeys)
    assert dict(variants(log)[["route", "n"]].to_numpy()) == whole


# --- by hand


def test_the_first_journeys_can_be_followed_by_hand():
    table = journey_traces(told("ab", "c", "aba", outcome="sf "), 2)
    assert table.to_numpy().tolist() == [[0, "success", "a > b"], [1, "failure", "c"]]


def test_the_commonest_routes_alone_when_asked():
    table = variants(told("a", "b", "b"), limit=1)
    assert table["route"].tolist() == [("b",)]
    assert table["share"].tolist() == [2 / 3]
