"""What lies between the journey and the company: gaps, hand-overs, bottlenecks under red points, unknown costs."""

from __future__ import annotations

import pandas as pd

from cxmethod.steps.finding import Finding, for_each

_HELD = 3


def handovers(links: pd.DataFrame) -> pd.DataFrame:
    """From one touchpoint to the next no owner stays with the customer.

    Touchpoints without an owner are passed over: that gap is a finding of its own.

    Parameters
    ----------
    links : DataFrame
        `position`, `touchpoint`, `name`, `owner`, `kind`.

    Returns
    -------
    DataFrame
        `position`, `touchpoint`, `name`, `owner`, `next_position`, `next_touchpoint`, `next_name`, `next_owner`, `red`
        (either is a red point). Several owners are joined by ``; ``.
    """
    owned = links.dropna(subset=["owner"]).drop_duplicates(["position", "owner"])
    shown = owned.groupby("position").agg(
        touchpoint=("touchpoint", "first"),
        name=("name", "first"),
        owner=("owner", "; ".join),
        red=("kind", lambda kinds: bool((kinds == "red").any())),
    )
    frame = shown.reset_index()
    after = frame.shift(-1).add_prefix("next_")
    pairs = pd.concat([frame, after], axis=1).dropna(subset=["next_position"])
    places = owned[["position", "owner"]]
    nexts = pairs[["position", "next_position"]].merge(places, on="position")
    staying = nexts.merge(
        places, left_on=["next_position", "owner"], right_on=["position", "owner"], suffixes=("", "_after")
    )
    left = pairs[~pairs["position"].isin(staying["position"])]
    red = left["red"].astype(bool) | left["next_red"].astype(bool)
    left = left.assign(red=red, next_position=left["next_position"].astype("int64"))
    return left.drop(columns="next_red").reset_index(drop=True)


def coverage(links: pd.DataFrame, processes: pd.DataFrame, handed: pd.DataFrame) -> list[Finding]:
    """Red points without a process, processes without owner or touchpoint, hand-overs; each with its mend."""
    uncovered = links[(links["kind"] == "red") & links["process"].isna()]
    ownerless = processes[processes["owner"].isna()]
    idle = processes[~processes["process"].isin(links["process"])] if len(links) else processes.head(0)
    said = {
        "touchpoint": "name",
        "owner": "owner",
        "next_touchpoint": "next_name",
        "next_owner": "next_owner",
    }
    return [
        *for_each(uncovered, "process.red_uncovered", "warns", "touchpoint", touchpoint="name"),
        *for_each(ownerless, "process.no_owner", "warns", "process", process="name"),
        *for_each(idle, "process.no_touchpoint", "info", "process", process="name"),
        *for_each(handed[handed["red"]], "process.handover_red", "warns", "next_touchpoint", **said),
        *for_each(handed[~handed["red"]], "process.handover", "info", "next_touchpoint", **said),
    ]


def bottlenecks(processes: pd.DataFrame, links: pd.DataFrame) -> list[Finding]:
    """The first processes by waiting that feed a red point, with what the rework costs or that nobody knows it."""
    names = links[links["kind"] == "red"].groupby("process")["name"].agg(list)
    feeding = processes[processes["process"].isin(names.index) & (processes["waiting_hours"] > 0)]
    held = feeding.sort_values("bottleneck_rank").head(_HELD)
    held = held.assign(points=held["process"].map(names))
    values = {
        "process": "name",
        "touchpoints": "points",
        "n_hours": "waiting_hours",
        "wait_minutes": "wait_minutes",
    }
    costed = held["monthly_rework_cost"].notna()
    return [
        *for_each(
            held[costed],
            "process.bottleneck_costed",
            "info",
            "process",
            monthly_rework_cost="monthly_rework_cost",
            **values,
        ),
        *for_each(held[~costed], "process.bottleneck_uncosted", "info", "process", **values),
    ]


def unknown_costs(processes: pd.DataFrame) -> list[Finding]:
    """Processes whose rework costs something nobody knows: one finding that names them."""
    unknown = processes[processes["monthly_rework_cost"].isna() & ~(processes["rework_rate"] == 0)]
    if unknown.empty:
        return []
    return [Finding("process.no_cost", "warns", "processes", {"processes": list(unknown["name"])})]
