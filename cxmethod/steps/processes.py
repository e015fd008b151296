"""Step 6: what the company does behind the journey, who answers for it, and where it holds customers up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.result import StepResult


@dataclass(frozen=True, eq=False, kw_only=True)
class ProcessResult(StepResult):
    """Processes tied to the touchpoints, and so to the red points, that they serve.

    Parameters
    ----------
    processes : DataFrame
        `process`, `owner`, `touchpoints`, `red_points` (keys joined by ``;``), `flow_efficiency` (share), `rework_rate`,
        `sla_met_rate`, `monthly_rework_cost` (currency), `bottleneck_rank` (1 waits most), `name`, `waiting_hours`
        (a month, all cases).
    links : DataFrame
        `position`, `touchpoint`, `name`, `process`, `process_name`, `owner`, `kind` along the journey.
    """

    spec = StepSpec(
        "06_processes",
        ("processes", "touchpoint_processes", "touchpoints", "phases"),
        ("scope", "processes"),
        ("05_moments_of_truth",),
    )

    processes: pd.DataFrame
    links: pd.DataFrame


def run(engagement: Engagement, moments: MomentResult) -> ProcessResult:
    """Flow efficiency, rework cost, waiting; red points without a process, processes without an owner."""
    processes = engagement.table("processes")
    journey = touchpoints_in_order(engagement)
    links = _links(engagement, journey, processes, moments)
    findings = [] if len(processes) else [missing_table("processes")]
    uncovered = links[(links["kind"] == "red") & links["process"].isna()]
    ownerless = processes[processes["owner"].isna()]
    idle = processes[~processes["process"].isin(links["process"])]
    findings += for_each(uncovered, "process.red_uncovered", "warns", "touchpoint", touchpoint="name")
    findings += for_each(ownerless, "process.no_owner", "warns", "process", process="name")
    findings += for_each(idle, "process.no_touchpoint", "info", "process", process="name")
    findings += _handovers(links)
    table = _processes(processes, links)
    facts = {
        "processes": len(table),
        "monthly_rework_cost": float(table["monthly_rework_cost"].sum(min_count=1)),
        "costed": int(table["monthly_rework_cost"].notna().sum()),
    }
    return ProcessResult(processes=table, links=links, facts=facts, findings=tuple(findings))


def _links(
    engagement: Engagement, journey: pd.DataFrame, processes: pd.DataFrame, moments: MomentResult
) -> pd.DataFrame:
    kinds = moments.moments[moments.moments["persona"] == ALL].set_index("touchpoint")["kind"]
    known = processes[["process", "name", "owner"]].rename(columns={"name": "process_name"})
    points = journey[["position", "touchpoint", "name"]].assign(kind=journey["touchpoint"].map(kinds))
    pairs = engagement.table("touchpoint_processes")[["touchpoint", "process"]]
    links = points.merge(pairs, on="touchpoint", how="left").merge(known, on="process", how="left")
    return links[["position", "touchpoint", "name", "process", "process_name", "owner", "kind"]]


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
    columns = [
        "process",
        "owner",
        "touchpoints",
        "red_points",
        "flow_efficiency",
        "rework_rate",
        "sla_met_rate",
    ]
    columns += ["monthly_rework_cost", "bottleneck_rank", "name", "waiting_hours"]
    return frame.sort_values(["bottleneck_rank", "process"], ignore_index=True)[columns]


def _handovers(links: pd.DataFrame) -> list[Finding]:
    """From one touchpoint to the next the customer changes owner: that is where things fall between chairs."""
    owners = (
        links.dropna(subset=["owner"])
        .groupby("position")
        .agg(owner=("owner", "first"), name=("name", "first"))
    )
    owners = owners.sort_index()
    after = owners.shift(-1)
    changes = owners.assign(next_owner=after["owner"], next_name=after["name"]).dropna()
    changes = changes[changes["owner"] != changes["next_owner"]]
    if changes.empty:
        return []
    return [
        Finding(
            "process.handovers", "info", values={"n": len(changes), "touchpoints": list(changes["next_name"])}
        )
    ]
