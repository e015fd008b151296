"""What process logs measure: cases, waiting before each activity, moves between activities; and how it fills a table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.stats.process_log import executions, moves, per_activity, per_case, per_process
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.finding import Finding, for_each

FIELDS = {
    "minutes": "working_mean",
    "wait_minutes": "waiting_mean",
    "rework_rate": "rework_share",
    "sla_met_rate": "sla_met_share",
    "cases_per_month": "cases_per_month",
}
"""Column of the processes table → what a log measures of it."""
_KNOWN = ("waiting", "working", "elapsed", "handover")
"""What may be known of an execution."""
_SPOKEN = {"rework_rate": "rate", "sla_met_rate": "rate", "cases_per_month": "cases"}


@dataclass(frozen=True)
class Measured:
    """What the logs say; nothing of processes, activities and moves with fewer than `suppress_below` cases.

    Nor of moves by which those could be worked out; and no mean of times or hands that are known of fewer cases.

    Parameters
    ----------
    cycles : DataFrame
        One row a process: as `stats.process_log.per_process`, with `sla_met_share` (cases within the agreed time).
    activities : DataFrame
        One row an activity: as `per_activity`, with `waiting_hours` (a month, all cases), `waiting_part` (of all waiting
        of its process), `bottleneck_rank` (in its process, 1 waits most).
    moves : DataFrame
        One row a move between two activities.
    withheld : DataFrame
        `process`, `cases` of the logs that are not shown.
    starts : set of str
        Processes of which some start is known.
    overlaps : int
        Executions that began while another one of their case was running.
    """

    cycles: pd.DataFrame
    activities: pd.DataFrame
    moves: pd.DataFrame
    withheld: pd.DataFrame
    starts: set[str]
    overlaps: int


def measure(engagement: Engagement, processes: pd.DataFrame) -> Measured:
    """The logs of `engagement`; `processes` has the agreed times, `process` and `sla_minutes`."""
    fewest = engagement.settings.thresholds.suppress_below
    events = engagement.table("process_events")
    steps = executions(events)
    cases = per_case(steps)
    cycles = per_process(cases)
    shown = cycles["cases"] >= fewest
    steps = steps[steps["process"].isin(cycles.loc[shown, "process"])]
    between = _unless_few(
        moves(steps).rename(columns={"source": "previous", "target": "activity"}), steps, fewest
    )
    activities = _unless_few(per_activity(steps), steps, fewest)
    cycles = cycles.merge(_sla(cases, processes), on="process", how="left")
    return Measured(
        _of_many_cases(cycles[shown].reset_index(drop=True), fewest),
        _waiting(activities, cycles),
        between.rename(columns={"previous": "source", "activity": "target"}),
        cycles.loc[~shown, ["process", "cases"]],
        set(steps.loc[steps["start"].notna(), "process"]),
        int(steps["overlaps"].sum()),
    )


def _unless_few(table: pd.DataFrame, steps: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Activities or moves of enough cases, with those of their means that are known of enough cases."""
    by = [name for name in ("process", "previous", "activity") if name in table]
    known = steps[[*by, "case"]].assign(cases=True, **steps[list(_KNOWN)].notna())
    counts = known.groupby([*by, "case"]).any().groupby(by).sum()
    counts = counts.reindex(pd.MultiIndex.from_frame(table[by])).set_axis(table.index)
    for what in _KNOWN:
        own = [name for name in map(str, table) if name.startswith(f"{what}_") and not name.endswith("_n")]
        table[own] = table[own].mask(counts[what] < fewest)
    shown = counts["cases"] >= fewest
    if "previous" in by:
        sizes = table.assign(n=counts["cases"])
        whole = counts["cases"].groupby([table["process"], table["activity"]]).transform("sum")
        shown &= ~protecting(sizes, ["process", "activity"], fewest, part="previous", whole=whole)
    return table[shown].reset_index(drop=True)


def _of_many_cases(cycles: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Means of all cases whose starts, or hands, are known: none where these are too few."""
    times, hands = ["waiting_mean", "working_mean"], ["handovers_mean"]
    cycles[times] = cycles[times].mask(cycles["timed"] < fewest)
    cycles[hands] = cycles[hands].mask(cycles["handed"] < fewest)
    return cycles


def _sla(cases: pd.DataFrame, processes: pd.DataFrame) -> pd.DataFrame:
    agreed = processes.drop_duplicates("process").set_index("process")["sla_minutes"].dropna()
    own = cases.assign(_agreed=cases["process"].map(agreed).astype("float64")).dropna(subset=["_agreed"])
    met = (own["cycle"] <= own["_agreed"]).groupby(own["process"]).mean()
    return met.astype("float64").rename("sla_met_share").rename_axis("process").reset_index()


def _waiting(activities: pd.DataFrame, cycles: pd.DataFrame) -> pd.DataFrame:
    own = cycles.set_index("process")
    months = activities["process"].map(own["cases"] / own["cases_per_month"]).astype("float64")
    total = (activities["waiting_mean"] * activities["waiting_n"]).where(activities["waiting_n"] > 0)
    whole = total.groupby(activities["process"]).transform("sum")
    ranked = activities.assign(
        waiting_hours=total / months / 60,
        waiting_part=total / whole.where(whole > 0),
        bottleneck_rank=total.groupby(activities["process"]).rank(ascending=False, method="min"),
    )
    return ranked.sort_values(["process", "bottleneck_rank", "activity"], ignore_index=True)


def filled(processes: pd.DataFrame, cycles: pd.DataFrame) -> pd.DataFrame:
    """`processes` with what its table leaves blank taken from the logs; `measured` names those columns."""
    known = cycles.set_index("process")
    frame, marks = processes.copy(), pd.Series("", processes.index)
    for column, measured in FIELDS.items():
        found = frame["process"].map(known[measured]).astype("float64")
        taken = frame[column].isna() & found.notna()
        frame[column] = frame[column].fillna(found)
        marks = marks.where(~taken, marks + column + ";")
    named = marks.str.rstrip(";").astype("string")
    return frame.assign(measured=named.mask(named == "", pd.NA))


def conflicts(processes: pd.DataFrame, cycles: pd.DataFrame, tolerance: float) -> list[Finding]:
    """What is written and what is measured differ by more than `tolerance` of the larger of the two."""
    known = cycles.set_index("process")
    return [
        finding
        for column, measured in FIELDS.items()
        for finding in _conflict(processes, column, processes["process"].map(known[measured]), tolerance)
    ]


def _conflict(processes: pd.DataFrame, column: str, measured: pd.Series, tolerance: float) -> list[Finding]:
    both = pd.DataFrame({"written": processes[column], "measured": measured.astype("float64")})
    apart = (both["written"] - both["measured"]).abs() > tolerance * both.max(axis=1)
    spoken = _SPOKEN.get(column, "minutes")
    rows = processes.assign(**both)[apart.fillna(False) & both.notna().all(axis=1)]
    values = {"process": "name", f"written_{spoken}": "written", f"measured_{spoken}": "measured"}
    return for_each(rows, f"process.conflict_{column}", "warns", "process", **values)


def log_findings(measured: Measured, names: pd.Series) -> list[Finding]:
    """Where cases wait longest, logs that tell no starts or too few, and logs of too few cases to be shown.

    Parameters
    ----------
    names : Series
        Process → its name.
    """
    longest = measured.activities[measured.activities["bottleneck_rank"] == 1]
    longest = longest[longest["waiting_mean"] > 0].drop_duplicates("process")
    untimed = measured.cycles[measured.cycles["waiting_mean"].isna()]
    some = untimed["process"].isin(measured.starts)
    said = [
        frame.assign(name=frame["process"].map(names))
        for frame in (longest, untimed[~some], untimed[some], measured.withheld)
    ]
    waits = {
        "process": "name",
        "activity": "activity",
        "waiting_minutes": "waiting_mean",
        "n": "waiting_n",
        "waiting_share": "waiting_part",
    }
    cycle = {"process": "name", "cycle_minutes": "cycle_median"}
    return [
        *for_each(said[0], "process.activity_waits", "info", "process", **waits),
        *for_each(said[1], "process.log_ends_only", "warns", "process", **cycle),
        *for_each(said[2], "process.log_few_starts", "warns", "process", **cycle),
        *for_each(said[3], "process.log_withheld", "info", "process", process="name"),
    ]
