"""Step 6: what the company does behind the journey, who answers for it, and where it holds customers up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.engagement.schemas import plain
from cxmethod.steps.finding import missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.process_coverage import bottlenecks, coverage, handovers, unknown_costs
from cxmethod.steps.process_log import Measured, conflicts, filled, log_findings, measure
from cxmethod.steps.result import StepResult
from cxmethod.steps.task_matching import matching_findings, propose

_PROCESSES = [
    "process", "owner", "touchpoints", "red_points", "flow_efficiency", "rework_rate", "sla_met_rate",
    "monthly_rework_cost", "bottleneck_rank", "name", "waiting_hours", "minutes", "wait_minutes", "cases_per_month",
    "measured", "origin",
]  # fmt: skip

_BASIS = {
    (True, True): "costed",
    (True, False): "costed_untimed",
    (False, True): "uncosted",
    (False, False): "untimed",
}
"""What is known: a cost of rework, a waiting time."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ProcessResult(StepResult):
    """Processes tied to the touchpoints, and so to the red points, that they serve.

    Parameters
    ----------
    processes : DataFrame
        `process`, `owner`, `touchpoints`, `red_points` (keys joined by ``;``), `flow_efficiency` (share), `rework_rate`,
        `sla_met_rate`, `monthly_rework_cost` (currency), `bottleneck_rank` (1 waits most), `name`, `waiting_hours`
        (a month, all cases), `minutes` and `wait_minutes` (a case), `cases_per_month`, `measured` (columns taken from
        a log, joined by ``;``), `origin` (``from_table``, ``from_log`` or ``from_model``).
    links : DataFrame
        `position`, `touchpoint`, `name`, `phase_name`, `channel`, `kind`, `status`, `process`, `process_name`, `owner`
        along the journey.
    handovers : DataFrame
        As `process_coverage.handovers`.
    cycles, activities, moves : DataFrame
        What process logs measure, as `process_log.Measured`; times in minutes.
    tasks : DataFrame
        Tasks of process models, as `task_matching.propose`.
    """

    spec = StepSpec(
        "06_processes",
        ("processes", "touchpoint_processes", "process_events", "process_tasks", "touchpoints", "phases"),
        ("scope", "processes"),
        ("05_moments_of_truth",),
    )

    processes: pd.DataFrame
    links: pd.DataFrame
    handovers: pd.DataFrame
    cycles: pd.DataFrame
    activities: pd.DataFrame
    moves: pd.DataFrame
    tasks: pd.DataFrame


def run(engagement: Engagement, moments: MomentResult) -> ProcessResult:
    """Flow efficiency, rework cost, waiting; red points without a process, processes without an owner."""
    tasks = _with_known_processes(propose(engagement), engagement.table("processes"))
    written = _known(engagement, tasks)
    measured = measure(engagement, written)
    known = filled(written, measured.cycles)
    links = _links(engagement, known, tasks, moments)
    table = _processes(known, links)
    handed = handovers(links)
    names = written.set_index("process")["name"]
    findings = [
        *([] if len(table) else [missing_table("processes")]),
        *coverage(links, table, handed),
        *bottlenecks(table, links),
        *unknown_costs(table),
        *conflicts(written, measured.cycles, engagement.settings.thresholds.measured_difference),
        *log_findings(measured, names),
        *matching_findings(engagement, tasks),
    ]
    return ProcessResult(
        processes=table,
        links=links,
        handovers=handed,
        cycles=_dated(measured.cycles),
        activities=measured.activities,
        moves=measured.moves,
        tasks=tasks,
        facts=_facts(table, measured, tasks),
        findings=tuple(findings),
    )


def _with_known_processes(tasks: pd.DataFrame, processes: pd.DataFrame) -> pd.DataFrame:
    """Tasks under the keys of the processes table where a process of the model is called as one of its rows."""
    named = processes.drop_duplicates("name").set_index("name")["process"]
    keys = {plain(str(name)): key for name, key in named.items()}
    known = tasks["process_name"].map(plain, na_action="ignore").map(keys).astype("string")
    return tasks.assign(
        process=known.where(~tasks["process"].isin(processes["process"])).fillna(tasks["process"])
    )


def _known(engagement: Engagement, tasks: pd.DataFrame) -> pd.DataFrame:
    """The processes of the table, then those that only a log or a model names; owners from lanes where none is written."""
    table = engagement.table("processes")
    drawn = tasks.rename(columns={"name": "_task"}).drop_duplicates("process")
    drawn = drawn.assign(name=drawn["process_name"].fillna(drawn["process"]))[["process", "name", "owner"]]
    logged = engagement.table("process_events")[["process"]].drop_duplicates()
    frames = [
        frame.reindex(columns=table.columns).astype(table.dtypes.to_dict()).assign(origin=origin)
        for origin, frame in (
            ("from_table", table),
            ("from_model", drawn),
            ("from_log", logged.assign(name=logged["process"])),
        )
    ]
    known = pd.concat(frames, ignore_index=True).drop_duplicates("process", ignore_index=True)
    owners = known["process"].map(drawn.set_index("process")["owner"]).astype("string")
    return known.assign(owner=known["owner"].astype("string").fillna(owners))


def _links(
    engagement: Engagement, processes: pd.DataFrame, tasks: pd.DataFrame, moments: MomentResult
) -> pd.DataFrame:
    journey = touchpoints_in_order(engagement)
    moment = moments.moments[moments.moments["persona"] == ALL].set_index("touchpoint")
    kinds = moment.reindex(columns=["kind", "status"])
    known = processes[["process", "name", "owner"]].rename(columns={"name": "process_name"})
    points = journey[["position", "touchpoint", "name", "phase_name", "channel"]]
    for name in ("kind", "status"):
        points[name] = points["touchpoint"].map(kinds[name]).astype("string")
    decided = tasks.dropna(subset=["matched"]).rename(columns={"matched": "touchpoint"})
    pairs = pd.concat(
        [frame[["touchpoint", "process"]] for frame in (engagement.table("touchpoint_processes"), decided)],
        ignore_index=True,
    ).drop_duplicates()
    links = points.merge(pairs, on="touchpoint", how="left").merge(known, on="process", how="left")
    return links[[*points.columns, "process", "process_name", "owner"]]


def _processes(processes: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    served = links.dropna(subset=["process"])
    points = served.groupby("process")["touchpoint"].agg(";".join)
    red = served[served["kind"] == "red"].groupby("process")["touchpoint"].agg(";".join)
    waiting = processes["wait_minutes"] * processes["cases_per_month"] / 60
    total = processes["minutes"] + processes["wait_minutes"]
    frame = processes.assign(
        touchpoints=processes["process"].map(points).astype("string"),
        red_points=processes["process"].map(red).astype("string"),
        flow_efficiency=processes["minutes"] / total.where(total > 0),
        monthly_rework_cost=processes["cases_per_month"]
        * processes["rework_rate"]
        * processes["cost_per_case"],
        waiting_hours=waiting,
        bottleneck_rank=waiting.rank(ascending=False, method="min"),
    )
    return frame.sort_values(["bottleneck_rank", "process"], ignore_index=True)[_PROCESSES]


def _dated(cycles: pd.DataFrame) -> pd.DataFrame:
    """The days that a log covers, as days."""
    days = {name: cycles[name].dt.strftime("%Y-%m-%d").astype("string") for name in ("first", "last")}
    return cycles.assign(**days)


def _facts(table: pd.DataFrame, measured: Measured, tasks: pd.DataFrame) -> dict[str, float | int | str]:
    costed = int(table["monthly_rework_cost"].notna().sum())
    timed = int(table["waiting_hours"].notna().sum())
    basis = "none" if table.empty else _BASIS[bool(costed), bool(timed)]
    return {
        "processes": len(table),
        "monthly_rework_cost": float(table["monthly_rework_cost"].sum(min_count=1)),
        "costed": costed,
        "waiting_known": timed,
        "n_hours": float(table["waiting_hours"].sum(min_count=1)),
        "cases": int(measured.cycles["cases"].sum()),
        "executions": int(measured.cycles["executions"].sum()),
        "overlaps": measured.overlaps,
        "tasks": len(tasks),
        "decided": int(tasks["decided"].sum()),
        "basis": basis,
    }
