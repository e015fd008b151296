"""Before the seven steps: which method, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.steps.finding import Finding, missing_table
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.method_choice import chosen, rank_methods
from cxmethod.steps.method_table import method_table
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.scope_cut import personas_cut, touchpoints_cut
from cxmethod.steps.scope_size import explosion, people
from cxmethod.steps.work_plan import calendar, fit

_TABLES = (
    "personas",
    "phases",
    "touchpoints",
    "ratings",
    "events",
    "journeys",
    "processes",
    "motivations",
    "variables",
    "outcomes",
    "respondents",
)
_SOURCES = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class ScopeResult(StepResult):
    """The methods ranked, the size of the map, the people to ask, the proposed cut, and the weeks.

    Parameters
    ----------
    methods : DataFrame
        As `cxmethod.steps.method_choice.rank_methods` gives them.
    size : DataFrame
        As `cxmethod.steps.scope_size.explosion` gives it: the whole map, and what the cut leaves of it.
    people : DataFrame
        As `cxmethod.steps.scope_size.people` gives it.
    cut, points : DataFrame
        As `cxmethod.steps.scope_cut` gives them.
    calendar : DataFrame
        As `cxmethod.steps.work_plan.calendar` gives it.
    """

    spec = StepSpec("00_scope", _TABLES, ("scope", "plan"), ("01_persona",))

    methods: pd.DataFrame
    size: pd.DataFrame
    cut: pd.DataFrame
    people: pd.DataFrame = field(default_factory=pd.DataFrame)
    points: pd.DataFrame = field(default_factory=pd.DataFrame)
    calendar: pd.DataFrame = field(default_factory=pd.DataFrame)


def run(engagement: Engagement, personas: PersonaResult) -> ScopeResult:
    """Methods for the objective, data, weeks, money and customers at hand; cells of the map; people to ask; the cut."""
    settings, decided = engagement.settings, engagement.decisions.scope.cut
    cut = personas_cut(personas.everyone, settings.thresholds.customers_covered, decided.personas)
    journey = touchpoints_in_order(engagement, whole=True)
    points, covered = touchpoints_cut(engagement, journey)
    methods = rank_methods(engagement)
    method, found = chosen(engagement, methods)
    weeks = settings.scope.weeks or method_table().method(method).weeks.usual
    plan = calendar(weeks, method_table().calendar)
    stays = cut[cut["decided" if decided.personas else "kept"]]
    size = explosion(*_counts(engagement, journey, stays, len(cut), points))
    asked = people(stays, settings)
    by = str(cut["by"].iloc[0]) if len(cut) else "customers"
    fits = fit(plan, settings, stays["value_share" if by == "value" else "share"])
    facts = {
        **_facts(engagement, methods, method, weeks),
        **_sizes(size, asked, points, engagement),
        **_personas(stays, cut, by),
        **covered,
        **fits,
    }
    return ScopeResult(
        methods=methods,
        size=size,
        cut=cut,
        people=asked,
        points=points,
        calendar=plan,
        facts=facts,
        findings=(*found, *_findings(engagement, points, personas, facts)),
    )


def _counts(
    engagement: Engagement, journey: pd.DataFrame, stays: pd.DataFrame, personas: int, points: pd.DataFrame
) -> tuple[dict[str, int], dict[str, int]]:
    """How many of each dimension there are, and how many the cut keeps: as decided, otherwise as proposed."""
    beside = {
        "variables": engagement.table("variables")["variable"].nunique(),
        "sources": engagement.table("ratings")["source"].nunique() or _SOURCES,
    }
    left = points["touchpoint"][_staying(engagement, points)]
    own = journey[journey["touchpoint"].isin(left)]
    whole = {
        "personas": personas,
        "phases": max(journey["phase"].nunique(), len(engagement.table("phases"))),
        "touchpoints": len(journey),
    }
    kept = {"personas": len(stays), "phases": own["phase"].nunique(), "touchpoints": len(own)}
    return whole | beside, kept | beside


def _staying(engagement: Engagement, points: pd.DataFrame) -> pd.Series:
    decided: pd.Series = points["kept" if engagement.decisions.scope.cut.touchpoints else "proposed"]
    return decided


def _facts(engagement: Engagement, methods: pd.DataFrame, method: str, weeks: int) -> dict[str, Any]:
    others = methods.loc[methods["method"] != method]
    score = methods.set_index("method")["score"]
    second = str(others["method"].iloc[0])
    return {
        "method": method,
        "method_decided": engagement.decisions.plan.method == method,
        "runner_up": second,
        "tied": bool(score[method] == score[second]),
        "weeks": weeks,
        "weeks_agreed": engagement.settings.scope.weeks is not None,
        "phases_assumed": "phase" in engagement.assumed("touchpoints"),
        "order_assumed": "order" in engagement.assumed("touchpoints"),
    }


def _sizes(
    size: pd.DataFrame, asked: pd.DataFrame, points: pd.DataFrame, engagement: Engagement
) -> dict[str, Any]:
    (cells,) = size[size["dimension"] == "cells"].to_dict("records")
    return {
        "responses_needed": int(asked["responses"].iloc[0]),
        "margin": engagement.settings.scope.margin_of_error,
        "touchpoints": len(points),
        "touchpoints_kept": int(_staying(engagement, points).sum()),
        "cells": int(cells["count"]),
        "cells_kept": int(cells["kept_count"]),
    }


def _personas(stays: pd.DataFrame, cut: pd.DataFrame, by: str) -> dict[str, Any]:
    share = float(stays["value_share" if by == "value" else "share"].sum(min_count=1))
    return {
        "personas_known": len(cut),
        "personas_kept": len(stays),
        "cut_by": by,
        "share_covered": share if share == share else None,
    }


def _findings(
    engagement: Engagement, points: pd.DataFrame, personas: PersonaResult, facts: dict[str, Any]
) -> list[Finding]:
    settings = engagement.settings
    found = [
        missing_table(name, blocks=False) for name in ("touchpoints", "personas") if not engagement.has(name)
    ]
    if facts["order_assumed"] or facts["phases_assumed"]:
        found.append(Finding("scope.names_only", "info", "touchpoints", {"n": len(points)}, "assumed"))
    most = settings.thresholds.touchpoints_per_map
    if int(points["kept"].sum()) > most:
        values = {"n": int(points["kept"].sum()), "most": most}
        found.append(Finding("scope.too_many_touchpoints", "warns", "", values))
    column, worth = settings.scope.value, personas.everyone.get("value_share", pd.Series(dtype=float))
    if column is not None and not worth.notna().any():
        found.append(Finding("scope.value_unread", "warns", column, {"column": column}))
    if facts["verdict"] in ("cut", "none"):
        values = {"needed": facts["interviews_from"], "room": facts["room"], "limit": facts["limited_by"]}
        found.append(Finding(f"scope.interviews_{facts['limited_by']}", "warns", "", values))
    return found
