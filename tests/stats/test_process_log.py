"""Waiting, work, rework, hand-overs and cycle time, held against sums done by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.stats.process_log import executions, moves, per_activity, per_case, per_process


def log(*rows: tuple[str, str, int | None, int, str | None], process: str = "p") -> pd.DataFrame:
    """Rows of case, activity, start and end in minutes, resource."""
    frame = pd.DataFrame(rows, columns=["case", "activity", "start", "end", "resource"])
    day = pd.Timestamp("2026-01-01", tz="UTC")
    times = {
        name: day + pd.to_timedelta(frame[name].astype("float64"), unit="min") for name in ("start", "end")
    }
    return frame.assign(process=process, resource=frame["resource"].astype("string"), **times)


ONE = (("1", "a", 0, 10, "Ana"), ("1", "b", 25, 30, "Ana"), ("1", "a", 30, 40, "Luis"))


def test_waiting_runs_from_the_end_before_to_the_start():
    steps = executions(log(*ONE))
    assert steps["waiting"].tolist()[1:] == [15, 0]
    assert math.isnan(steps["waiting"][0])


def test_work_runs_from_start_to_end():
    assert executions(log(*ONE))["working"].tolist() == [10, 5, 10]


def test_while_another_activity_runs_nobody_waits():
    steps = executions(log(("1", "a", 0, 60, None), ("1", "b", 10, 20, None), ("1", "c", 30, 40, None)))
    assert steps["waiting"].tolist()[1:] == [0, 0]
    assert steps["overlaps"].tolist() == [False, True, True]


def test_without_starts_only_waiting_and_work_together_are_known():
    steps = executions(log(("1", "a", None, 10, None), ("1", "b", None, 25, None)))
    assert steps["elapsed"].tolist()[1:] == [15]
    assert steps[["waiting", "working"]].isna().all(axis=None)
    case = per_case(steps).iloc[0]
    assert case["cycle"] == 15
    assert math.isnan(case["waiting"])


def test_an_activity_that_comes_again_is_rework():
    steps = executions(log(*ONE, ("2", "a", 0, 5, "Ana"), ("2", "b", 5, 6, "Ana")))
    process = per_process(per_case(steps)).iloc[0]
    assert (process["rework_share"], process["extra"]) == (0.5, 1)
    own = per_activity(steps).set_index("activity")
    assert own.loc["a", ["cases", "executions", "extra", "rework_share"]].tolist() == [2, 3, 1, 0.5]


def test_a_hand_over_is_a_change_of_hands_that_are_known():
    steps = executions(log(*ONE))
    assert steps["handover"].tolist()[1:] == [False, True]
    assert per_case(steps)["handovers"].tolist() == [1]


def test_unknown_hands_are_no_hand_over():
    steps = executions(log(("1", "a", 0, 1, "Ana"), ("1", "b", 1, 2, None), ("1", "c", 2, 3, "Luis")))
    assert steps["handover"].isna().all()
    assert per_case(steps)["handovers"].isna().all()


def test_cycle_time_runs_from_first_start_to_last_end_whatever_the_order_of_rows():
    case = per_case(executions(log(*ONE[::-1]))).iloc[0]
    assert (case["cycle"], case["waiting"], case["working"]) == (40, 15, 25)


def test_zones_do_not_matter_once_moments_are_known():
    frame = log(*ONE)
    moved = frame.assign(**{name: frame[name].dt.tz_convert("America/Bogota") for name in ("start", "end")})
    assert executions(moved)["waiting"].tolist()[1:] == executions(frame)["waiting"].tolist()[1:]


def test_a_case_of_one_process_is_not_that_of_another():
    both = pd.concat([log(*ONE), log(*ONE, process="q")], ignore_index=True)
    assert per_case(executions(both))["executions"].tolist() == [3, 3]


def test_cases_a_month_need_four_weeks():
    weeks = log(*((str(n), "a", n * 10_080, n * 10_080 + 5, None) for n in range(9)))
    (monthly,) = per_process(per_case(executions(weeks)))["cases_per_month"]
    assert monthly == pytest.approx(9 / (56 / (365.25 / 12)))
    short = per_process(per_case(executions(weeks.head(3))))["cases_per_month"]
    assert short.isna().all()


def test_a_move_tells_how_long_cases_wait_and_whether_hands_change():
    table = moves(executions(log(*ONE))).set_index(["source", "target"])
    assert table.loc[("a", "b"), ["n", "waiting_mean", "handover_share"]].tolist() == [1, 15, 0]
    assert table.loc[("b", "a"), ["n", "waiting_mean", "handover_share"]].tolist() == [1, 0, 1]


def test_an_end_before_its_start_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        executions(log(("1", "a", 10, 5, None)))


def test_a_missing_end_is_refused():
    with pytest.raises(ValueError, match="needs an end"):
        executions(log(("1", "a", 1, 5, None)).assign(end=pd.NaT))


def test_no_events_give_no_rows():
    steps = executions(log())
    assert [len(frame) for frame in (steps, per_case(steps), per_activity(steps), moves(steps))] == [
        0,
        0,
        0,
        0,
    ]


SPANS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 50), st.integers(0, 20)), min_size=1, max_size=8
)


@given(SPANS)
def test_waiting_and_work_add_up_to_the_cycle(spans):
    rows = [("1", activity, start, start + length, None) for activity, start, length in spans]
    case = per_case(executions(log(*rows))).iloc[0]
    minutes = set().union(*(range(start, start + length) for _, start, length in spans))
    assert case["working"] == pytest.approx(len(minutes))
    assert case["waiting"] + case["working"] == pytest.approx(case["cycle"])
