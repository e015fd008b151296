"""What the routes show that a person should know, and what keeps them from showing more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.steps.finding import Finding, Severity
from cxmethod.steps.journey import ALL

PARTINGS = 2
NOTABLE = 0.1
"""Returns and exits of fewer journeys than this share of those that come by go without saying."""


def told_apart(transitions: pd.DataFrame, significance: float) -> pd.DataFrame:
    """Everyone's moves whose share differs by outcome beyond chance, the largest difference first.

    Moves into a touchpoint that defines the outcome are not among them: they differ by definition.
    """
    everyone = transitions[transitions["persona"] == ALL]
    sure = everyone[(everyone["p_adjusted"] < significance) & ~everyone["by_definition"]]
    order = sure["difference"].abs().sort_values(ascending=False, kind="stable").index
    return sure.loc[order].reset_index(drop=True)


def parting(move: Mapping[Any, Any]) -> str:
    """Which outcome makes a move more often, and whether it is one back to the same touchpoint."""
    outcome = "success" if move["difference"] > 0 else "failure"
    return f"again_{outcome}" if move["source"] == move["target"] else outcome


def route_findings(
    tables: Mapping[str, pd.DataFrame],
    facts: Mapping[str, Any],
    touchpoints: pd.DataFrame,
    seen: set[str],
    limits: Thresholds,
) -> list[Finding]:
    """Where routes part, turn back and stop; touchpoints off the map; journeys that could not be used.

    Parameters
    ----------
    tables, facts : mapping
        Of the step's result.
    touchpoints : DataFrame
        All of the map.
    seen : set of str
        Touchpoints that some journey visits.
    """
    if not facts["journeys"]:
        return []
    names = dict(zip(touchpoints["touchpoint"].astype(str), touchpoints["name"].astype(str), strict=True))
    partings = _partings(tables["transitions"], names, limits)
    # Who goes round in circles at a touchpoint comes back to it: once said is enough.
    said = {
        ("route.returns", found.item) for found in partings if found.code == "route.parting_again_failure"
    }
    turns = [found for found in _turns(tables["visits"], names) if (found.code, found.item) not in said]
    return [
        *partings,
        *turns,
        *_goes_wrong(tables["deviations"], names),
        *_follows_the_plan(facts, limits.suppress_below),
        *_on_the_map(seen, names),
        *_unused(facts),
        *_too_few(facts, limits),
    ]


def _partings(transitions: pd.DataFrame, names: Mapping[str, str], limits: Thresholds) -> list[Finding]:
    return [
        Finding(
            f"route.parting_{parting(row)}",
            "info",
            row["source"],
            {
                "from_touchpoint": names.get(row["source"], row["source"]),
                "to_touchpoint": names.get(row["target"], row["target"]),
                "success_share": row["success_p"],
                "failure_share": row["failure_p"],
                "n_success": int(row["success_n"]),
                "n_failure": int(row["failure_n"]),
            },
        )
        for row in told_apart(transitions, limits.significance).head(PARTINGS).to_dict("records")
    ]


def _turns(visits: pd.DataFrame, names: Mapping[str, str]) -> list[Finding]:
    """Where most of the failed journeys come back, and where most of them stop."""
    failed = visits[(visits["persona"] == ALL) & (visits["outcome"] == "failure")].dropna(subset=["journeys"])
    found = []
    for measure, code in (("loops", "route.returns"), ("drop_off", "route.way_out")):
        most = failed.assign(_n=failed[measure] * failed["journeys"]).nlargest(1, "_n")
        found += [
            Finding(
                code,
                "info",
                row["touchpoint"],
                {
                    "touchpoint": names.get(row["touchpoint"], row["touchpoint"]),
                    "share": row[measure],
                    "n": int(row["journeys"]),
                },
            )
            for row in most[most[measure] >= NOTABLE].to_dict("records")
        ]
    return found


def _goes_wrong(deviations: pd.DataFrame, names: Mapping[str, str]) -> list[Finding]:
    own = deviations[(deviations["persona"] == ALL) & (deviations["outcome"] == ALL)]
    wrong = own[own["kind"] == "failure"].head(1)
    return [
        Finding(
            "route.goes_wrong", "warns", row["touchpoint"],
            {"touchpoint": names.get(row["touchpoint"], row["touchpoint"]), "share": row["share"], "n": int(row["journeys"])},
        )
        for row in wrong.to_dict("records")
    ]  # fmt: skip


def _follows_the_plan(facts: Mapping[str, Any], fewest: int) -> list[Finding]:
    # Of how many they are would tell of an outcome that only a few journeys had.
    if facts.get("conforming") is None or any(0 < facts[name] < fewest for name in ("success", "failure")):
        return []
    values = {"n": facts["conforming"], "n_journeys": facts["compared_with_plan"]}
    return [Finding("route.follows_plan", "info", values=values)]


def _on_the_map(seen: set[str], names: Mapping[str, str]) -> list[Finding]:
    strays, unseen = sorted(seen - set(names)), [name for key, name in names.items() if key not in seen]
    if not names:
        return []
    return [
        *(
            [Finding("route.ad_hoc", "info", values={"touchpoints": strays, "n": len(strays)})]
            if strays
            else []
        ),
        *(
            [Finding("route.unseen", "info", values={"touchpoints": unseen, "n": len(unseen)})]
            if unseen
            else []
        ),
    ]


def _unused(facts: Mapping[str, Any]) -> list[Finding]:
    severities: dict[str, Severity] = {
        "open": "info", "no_outcome": "warns", "no_events": "warns", "untimed": "info",
    }  # fmt: skip

    if facts["success"] + facts["failure"] + facts["open"] == 0:
        severities.pop("no_outcome")  # the table itself is missing, which is said elsewhere
    return [
        Finding(f"route.{name}", severity, values={"n": facts[name], "n_journeys": facts["journeys"]})
        for name, severity in severities.items()
        if facts[name]
    ]


def _too_few(facts: Mapping[str, Any], limits: Thresholds) -> list[Finding]:
    ended = {name: facts[name] for name in ("success", "failure")}
    if not any(ended.values()):
        return []
    hidden = [
        Finding(f"route.few_{name}", "warns", values={"needed": limits.suppress_below})
        for name, n in ended.items()
        if n < limits.suppress_below
    ]
    if hidden or min(ended.values()) >= limits.min_n:
        return hidden
    values = {"n_success": ended["success"], "n_failure": ended["failure"], "min_n": limits.min_n}
    return [Finding("route.indicative", "info", values=values)]
