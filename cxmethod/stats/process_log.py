"""Process logs: waiting, work, rework, hand-overs and cycle time of cases, told from start and end of each activity."""

from __future__ import annotations

import numpy as np
import pandas as pd

CASE = ["process", "case"]
_DAYS_A_MONTH = 365.25 / 12
_SECONDS_A_DAY = 86_400
_FEWEST_DAYS = 28
_UPPER = 0.90


def executions(events: pd.DataFrame) -> pd.DataFrame:
    """Each execution of an activity, in the order of its case, with what went before it.

    A case is followed in the order of the starts, of the ends where no start is known; ties keep the order of
    the ends, then the given one. What went before an activity ended when the last of the earlier-begun ones of
    its case did. Where that one is still running at the start, the two overlap and nobody waits: waiting is 0, so that
    in every case waiting and the time in which something runs add up to the cycle time.

    Parameters
    ----------
    events : DataFrame
        `process`, `case`, `activity`, `start`, `end` (moments of one zone; `start` may be missing), `resource` (may
        be missing).

    Returns
    -------
    DataFrame
        One row an execution: `process`, `case`, `activity`, `resource`, `start`, `end`, `previous` (activity, missing
        for the first), and in minutes `waiting` and `working` (known where the start is), `elapsed` (since
        the end of what went before; waiting and working together, only where the start is unknown); `overlaps`,
        `repeated` (the case has had this activity before), `handover` (other hands than before; missing where
        either are unknown).

    Raises
    ------
    ValueError
        When an end is missing, or before its start.
    """
    if events["end"].isna().any():
        raise ValueError("every execution needs an end")
    if (events["end"] < events["start"]).any():
        raise ValueError("an execution ends before it starts")
    begun = events["start"].fillna(events["end"])
    ordered = events.assign(_begun=begun).sort_values([*CASE, "_begun", "end"], kind="stable")
    ordered = ordered.reset_index(drop=True)
    cases = ordered.groupby(CASE, sort=False)
    start, end = _minutes(ordered["start"]), _minutes(ordered["end"])
    case = cases.ngroup()
    before = end.groupby(case).cummax().groupby(case).shift()
    hands, before_hands = ordered["resource"], cases["resource"].shift()
    known = hands.notna() & before_hands.notna()
    return ordered.drop(columns="_begun").assign(
        previous=cases["activity"].shift(),
        waiting=(start - before).clip(lower=0),
        working=end - start,
        elapsed=(end - before).clip(lower=0).where(start.isna()),
        overlaps=(_minutes(ordered["_begun"]) < before).fillna(False).astype(bool),
        repeated=ordered.groupby([*CASE, "activity"], sort=False).cumcount() > 0,
        handover=(hands != before_hands).astype("boolean").where(known),
    )


def _minutes(moments: pd.Series) -> pd.Series:
    epoch = pd.Timestamp("1970-01-01", tz=moments.dt.tz)
    return (moments - epoch).dt.total_seconds() / 60


def per_case(steps: pd.DataFrame) -> pd.DataFrame:
    """Each case in one row.

    Parameters
    ----------
    steps : DataFrame
        What `executions` gives.

    Returns
    -------
    DataFrame
        `process`, `case`, `executions`, `first` and `last` (moments), and in minutes `cycle` (first start, or the first end
        where no start is known, to last end), `waiting` and `working` (in which something runs; both known where
        every start of the case is); `extra` (executions beyond the first of each activity), `handovers` (known
        where all hands are).
    """
    begun = steps["start"].fillna(steps["end"])
    cases = steps.assign(
        _begun=begun, _started=steps["start"].notna(), _handed=steps["resource"].notna()
    ).groupby(CASE, sort=True)
    frame = cases.agg(
        executions=("activity", "size"),
        first=("_begun", "min"),
        last=("end", "max"),
        waiting=("waiting", "sum"),
        extra=("repeated", "sum"),
        handovers=("handover", "sum"),
        _started=("_started", "all"),
        _handed=("_handed", "all"),
    ).reset_index()
    cycle = (frame["last"] - frame["first"]).dt.total_seconds() / 60
    waiting = frame["waiting"].where(frame["_started"])
    known = frame.assign(
        cycle=cycle,
        waiting=waiting,
        working=cycle - waiting,
        handovers=frame["handovers"].astype("float64").where(frame["_handed"]),
    )
    return known.drop(columns=["_started", "_handed"])


def per_process(cases: pd.DataFrame) -> pd.DataFrame:
    """Each process in one row.

    Parameters
    ----------
    cases : DataFrame
        What `per_case` gives.

    Returns
    -------
    DataFrame
        `process`, `cases`, `executions`, `first`, `last`, in minutes a case `cycle_median`, `cycle_p90` (linear between
        ranks), `cycle_mean`, `waiting_mean`, `working_mean` (over the `timed` cases whose starts are all known),
        `handovers_mean` (over the `handed` cases whose hands are all known), `rework_share` (cases with an activity
        twice), `extra` (executions), `cases_per_month` (by the days between the first and the last begin; missing
        below four weeks).
    """
    again = cases.assign(_again=cases["extra"] > 0)
    frame = (
        again.groupby("process", sort=True)
        .agg(
            cases=("case", "size"),
            executions=("executions", "sum"),
            first=("first", "min"),
            last=("last", "max"),
            cycle_median=("cycle", "median"),
            cycle_p90=("cycle", _p90),
            cycle_mean=("cycle", "mean"),
            waiting_mean=("waiting", "mean"),
            working_mean=("working", "mean"),
            timed=("waiting", "count"),
            handovers_mean=("handovers", "mean"),
            handed=("handovers", "count"),
            rework_share=("_again", "mean"),
            extra=("extra", "sum"),
            _latest=("first", "max"),
        )
        .reset_index()
    )
    days = (frame["_latest"] - frame["first"]).dt.total_seconds() / _SECONDS_A_DAY
    monthly = frame["cases"] / (days / _DAYS_A_MONTH).where(days >= _FEWEST_DAYS)
    return frame.drop(columns="_latest").assign(cases_per_month=monthly)


def per_activity(steps: pd.DataFrame) -> pd.DataFrame:
    """Each activity of each process in one row.

    Parameters
    ----------
    steps : DataFrame
        What `executions` gives.

    Returns
    -------
    DataFrame
        `process`, `activity`, `executions`, `cases`; for each of `waiting`, `working` and `elapsed` in minutes: `…_n`,
        `…_mean`, `…_median`, `…_p90`; `rework_share` (of the cases that have the activity, those that have it again),
        `extra` (executions beyond the first of a case), `overlap_share`, `handover_share` (of the executions whose
        hands and those before are known).
    """
    by = steps.groupby(["process", "activity"], sort=True)
    frame = by.agg(executions=("case", "size"), extra=("repeated", "sum"), overlap_share=("overlaps", "mean"))
    frame["handover_share"] = by["handover"].mean().astype("float64")
    for what in ("waiting", "working", "elapsed"):
        timed = (
            by[what].agg(["count", "mean", "median", _p90]).set_axis(["n", "mean", "median", "p90"], axis=1)
        )
        frame = frame.join(timed.add_prefix(f"{what}_"))
    own = steps.groupby(["process", "activity", "case"], sort=False)["repeated"].any()
    cases = (
        own.groupby(["process", "activity"]).agg(["size", "mean"]).set_axis(["cases", "rework_share"], axis=1)
    )
    return frame.join(cases).reset_index()


def moves(steps: pd.DataFrame) -> pd.DataFrame:
    """Each move from one activity to the next of the same case.

    Parameters
    ----------
    steps : DataFrame
        What `executions` gives.

    Returns
    -------
    DataFrame
        `process`, `source`, `target`, `n`, `waiting_n`, `waiting_mean`, `waiting_median` (minutes), `elapsed_mean`,
        `handover_n` (moves whose hands are known), `handover_share`.
    """
    by = steps.dropna(subset=["previous"]).groupby(["process", "previous", "activity"], sort=True)
    frame = by.agg(
        n=("case", "size"),
        waiting_n=("waiting", "count"),
        waiting_mean=("waiting", "mean"),
        waiting_median=("waiting", "median"),
        elapsed_mean=("elapsed", "mean"),
        handover_n=("handover", "count"),
    )
    frame["handover_share"] = by["handover"].mean().astype("float64")
    return frame.reset_index().rename(columns={"previous": "source", "activity": "target"})


def _p90(values: pd.Series) -> float:
    return float(values.quantile(_UPPER)) if values.notna().any() else float(np.nan)
