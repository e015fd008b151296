"""Before the seven steps: which method, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import yaml

from cxmethod.assets import asset
from cxmethod.engagement import Engagement, StepSpec
from cxmethod.stats.intervals import sample_size
from cxmethod.steps.finding import Finding, missing_table
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult

_TABLES = (
    "personas",
    "phases",
    "touchpoints",
    "ratings",
    "events",
    "processes",
    "motivations",
    "variables",
)
_INTERVIEWS = (6, 12)
"""Interviews a persona until nothing new is heard (Guest, Bunce & Johnson 2006: 12; basic themes by 6)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ScopeResult(StepResult):
    """The methods ranked, the size of the map, and the proposed cut.

    Parameters
    ----------
    methods : DataFrame
        `method`, `rank`, `score` (reasons for, the objective threefold, less twice the reasons against), `reasons_for`, `reasons_against` (codes joined by
        ``;``), `source`.
    size : DataFrame
        `dimension`, `count`: personas, phases, touchpoints, variables, sources, cells.
    cut : DataFrame
        `persona`, `name`, `share`, `cumulative`, `kept`: the fewest personas that cover `customers_covered`.
    """

    spec = StepSpec("00_scope", (*_TABLES, "respondents"), ("scope",), ("01_persona",))

    methods: pd.DataFrame
    size: pd.DataFrame
    cut: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult) -> ScopeResult:
    """Methods for the objective, data, weeks and customers at hand; cells of the map; sample sizes; the cut."""
    settings = engagement.settings
    touchpoints = touchpoints_in_order(engagement)
    cut = _cut(personas.everyone, settings.thresholds.customers_covered)
    size = _size(engagement, len(cut), touchpoints)
    findings = [
        missing_table(name, blocks=False) for name in ("touchpoints", "personas") if not engagement.has(name)
    ]
    most = settings.thresholds.touchpoints_per_map
    if len(touchpoints) > most:
        findings.append(
            Finding("scope.too_many_touchpoints", "warns", "", {"n": len(touchpoints), "most": most})
        )
    for_margin = sample_size(
        settings.scope.margin_of_error, settings.thresholds.confidence, settings.scope.population
    )
    talked_to = max(int(cut["kept"].sum()), 1)
    facts = {
        "responses_needed": for_margin,
        "margin": settings.scope.margin_of_error,
        "interviews_from": _INTERVIEWS[0] * talked_to,
        "interviews_to": _INTERVIEWS[1] * talked_to,
        "personas_kept": int(cut["kept"].sum()),
        "share_covered": float(cut.loc[cut["kept"], "share"].sum()),
        "cells": int(size.set_index("dimension")["count"]["cells"]),
    }
    return ScopeResult(
        methods=_methods(engagement), size=size, cut=cut, facts=facts, findings=tuple(findings)
    )


@cache
def _decision_table() -> list[dict[str, Any]]:
    return list(yaml.safe_load((asset("data") / "methods.yaml").read_text(encoding="utf-8")))


def _methods(engagement: Engagement) -> pd.DataFrame:
    """Each method's reasons for and against: the objective, the data, the weeks, the customers to talk to."""
    settings = engagement.settings
    rows = []
    for method in _decision_table():
        reasons = {"objective": settings.objective in method["objectives"]}
        reasons |= {f"table_{name}": engagement.has(name) for name in method["tables"]}
        if settings.scope.weeks is not None:
            reasons["weeks"] = settings.scope.weeks >= method["weeks"]
        if settings.scope.interviewable_customers is not None and method["customers"]:
            reasons["customers"] = settings.scope.interviewable_customers >= method["customers"]
        good, bad = ([code for code, holds in reasons.items() if holds is sign] for sign in (True, False))
        score = len(good) + 2 * reasons["objective"] - 2 * len(bad)
        row = {"method": method["method"], "score": score, "source": method["source"]}
        rows.append(row | {"reasons_for": ";".join(good) or None, "reasons_against": ";".join(bad) or None})
    frame = pd.DataFrame(rows)
    frame["rank"] = frame["score"].rank(ascending=False, method="min").astype(int)
    columns = ["method", "rank", "score", "reasons_for", "reasons_against", "source"]
    return frame.sort_values("rank", kind="stable", ignore_index=True)[columns]


def _size(engagement: Engagement, personas: int, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """How fast the map explodes: each dimension multiplies the others."""
    counts = {
        "personas": len(engagement.decisions.scope.cut.personas) or personas,
        "phases": len(engagement.table("phases")),
        "touchpoints": len(touchpoints),
        "variables": engagement.table("variables")["variable"].nunique(),
        "sources": engagement.table("ratings")["source"].nunique() or 3,
    }
    factors = (max(counts[name], 1) for name in ("personas", "touchpoints", "variables", "sources"))
    cells = 1
    for factor in factors:
        cells *= factor
    return pd.DataFrame({"dimension": [*counts, "cells"], "count": [*counts.values(), cells]})


def _cut(personas: pd.DataFrame, covered: float) -> pd.DataFrame:
    """The fewest personas that cover enough customers; all of them where shares are unknown."""
    ordered = personas.sort_values("share", ascending=False, kind="stable", ignore_index=True)
    before = ordered["share"].cumsum().shift(fill_value=0.0)
    kept = (before < covered - 1e-9) | ordered["share"].isna()
    return ordered[["persona", "name", "share"]].assign(cumulative=ordered["share"].cumsum(), kept=kept)
