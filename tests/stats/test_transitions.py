import pandas as pd
import pytest
from hypothesis import given, settings
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from cxmethod.stats.event_log import event_log
from cxmethod.stats.routes import directly_follows
from cxmethod.stats.transitions import transitions
from tests.stats.journeys import events, told, words


def test_the_unit_of_a_transition_is_the_journey():
    table = transitions(told("abab", "ac", "ab", "acc", "ab", outcome="ssffo"))
    to_b = table.set_index(["source", "target"]).loc[("a", "b")]
    assert to_b[["success_n", "success_p", "success_count"]].tolist() == [2, 0.5, 2]
    assert to_b[["failure_n", "failure_p", "failure_count"]].tolist() == [2, 0.5, 1]
    assert to_b["difference"] == 0


def test_differences_have_the_newcombe_intervals_of_statsmodels():
    table = transitions(told("abab", "ac", "ab", "ab", "acc", "ad", "da", outcome="sssffff"))
    compared = table[(table["success_n"] > 0) & (table["failure_n"] > 0)]
    assert len(compared) >= 4
    for row in compared.itertuples():
        limits = confint_proportions_2indep(
            row.success_p * row.success_n,
            row.success_n,
            row.failure_p * row.failure_n,
            row.failure_n,
            compare="diff",
            method="newcomb",
        )
        assert (row.low, row.high) == pytest.approx(limits)


def test_p_values_are_adjusted_over_the_moves():
    log = told("abab", "ac", "ab", "acc", "ab", "ab", outcome="ssffss")
    table = transitions(log)
    pooled = (table["success_p"] * table["success_n"] + table["failure_p"] * table["failure_n"]) / (
        table["success_n"] + table["failure_n"]
    )
    error = (pooled * (1 - pooled) * (1 / table["success_n"] + 1 / table["failure_n"])) ** 0.5
    p = 2 * stats.norm.sf((table["difference"] / error).abs()[error > 0])
    known = table["p_adjusted"][error > 0]
    assert known.tolist() == pytest.approx(stats.false_discovery_control(p))


def test_a_source_that_an_outcome_never_visits_has_no_share():
    table = transitions(told("ab", "ab", "cb", "cb", outcome="ssff")).set_index("source")
    assert table.loc["c", "success_n"] == 0
    assert table.loc["c", ["success_p", "difference", "low", "p_adjusted"]].isna().all()
    assert table.loc["c", "failure_p"] == 1


def test_open_journeys_and_those_without_outcome_are_left_out():
    assert transitions(told("ab", "ab", "xy", "uv", outcome="sfo "))["source"].tolist() == ["a"]


def test_without_outcomes_there_are_no_transitions():
    table = transitions(told("ab"))
    assert table.empty
    assert {"success_n", "failure_p", "difference", "p_adjusted"} <= set(table.columns)


def test_one_outcome_alone_has_shares_and_no_difference():
    table = transitions(told("ab", "ac", outcome="ss"))
    assert table["success_p"].tolist() == [0.5, 0.5]
    assert table[["failure_p", "difference", "p_adjusted"]].isna().all(axis=None)


def test_a_persona_has_transitions_of_its_own():
    table = transitions(told("ab", "ab", "ac", "ac", outcome="sfsf", persona="xxyy").where(persona="x"))
    assert table[["target", "success_n", "failure_n"]].to_numpy().tolist() == [["b", 1, 1]]


@settings(max_examples=20)
@given(words)
def test_event_counts_of_both_outcomes_add_up_to_directly_follows(journeys):
    log = told(*journeys, outcome="".join("sf"[i % 2] for i in range(len(journeys))))
    table = transitions(log)
    added = table.assign(count=table["success_count"] + table["failure_count"])[["source", "target", "count"]]
    assert sorted(added.to_numpy().tolist()) == sorted(directly_follows(log).to_numpy().tolist())


@settings(max_examples=20)
@given(words)
def test_pandas_finds_the_same_journeys(journeys):
    frame = events(*journeys)
    ended = pd.Series(["sf"[i % 2] for i in range(len(journeys))]).map({"s": "success", "f": "failure"})
    table = transitions(event_log(frame, ended))
    frame["target"] = frame.groupby("journey")["touchpoint"].shift(-1)
    frame["outcome"] = frame["journey"].map(ended)
    visitors = frame.groupby(["touchpoint", "outcome"])["journey"].nunique()
    made = frame.dropna().groupby(["touchpoint", "target", "outcome"])["journey"].nunique()
    for row in table.itertuples():
        for name in ("success", "failure"):
            n = visitors.get((row.source, name), 0)
            assert getattr(row, f"{name}_n") == n
            if n:
                assert getattr(row, f"{name}_p") == made.get((row.source, row.target, name), 0) / n
