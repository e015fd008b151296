"""What counts, and how much: weights as given, or derived from comparisons in pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.engagement.schemas import TABLES, headings, plain
from cxmethod.stats.ahp import RANDOM_INDEX, pairwise_weights, reciprocal_matrix
from cxmethod.steps.finding import Finding
from cxmethod.steps.impact import IMPACT

EASE = "ease"
EFFORT = ("cost", "person_days", "months")
CONSISTENT = 0.10
"""Consistency ratio above which the comparisons go back to who made them (Saaty 1980)."""
_SPANISH = {"impacto_en_el_cliente": IMPACT, "facilidad": EASE}
_RECIPROCAL = 0.01


@dataclass(frozen=True, eq=False)
class Criteria:
    """The criteria, and where their weights come from.

    Parameters
    ----------
    frame : DataFrame
        `criterion`, `weight` (adds up to 1), `direction`.
    source : {"table", "pairwise", "default"}
    consistency_ratio : float or None
        Of the comparisons, where there are any that can be used.
    findings : tuple of Finding
    """

    frame: pd.DataFrame
    source: Literal["table", "pairwise", "default"]
    consistency_ratio: float | None = None
    findings: tuple[Finding, ...] = ()


def criterion(name: str) -> str:
    """The key of a criterion that the method itself knows, also where its Spanish name was written."""
    known = {key: column for key, column in headings(TABLES["initiatives"]).items() if column in EFFORT}
    return (known | _SPANISH).get(plain(name), name)


def weigh(engagement: Engagement) -> Criteria:
    """Weights from the comparisons where these are complete, else from the criteria table, else two that count the same."""
    given, default = _declared(engagement.table("criteria"))
    compared = comparisons_of(engagement.decisions.opportunities.pairwise)
    if not compared:
        found = (Finding("opportunity.default_criteria", "info"),) if default else _weightless(given)
        found += _turned_round(given)
        return Criteria(_shares(given), "default" if default else "table", findings=found)
    if default:
        given = _of_comparisons(compared)
    derived = _derived(given, compared, default)
    return replace(derived, findings=(*derived.findings, *_turned_round(given), *_strangers(given, compared)))


def _turned_round(given: pd.DataFrame) -> tuple[Finding, ...]:
    """Criteria of the method's own whose direction the table turns round: nobody gains by cost."""
    own = given[given["criterion"].isin([*EFFORT, EASE, IMPACT])]
    odd = own[(own["direction"] == "cost") != own["criterion"].isin(EFFORT)]
    return tuple(
        Finding(f"opportunity.turned_{direction}", "warns", criterion, {"criterion": criterion})
        for criterion, direction in zip(odd["criterion"], odd["direction"], strict=True)
    )


def _strangers(given: pd.DataFrame, compared: Mapping[tuple[str, str], float]) -> tuple[Finding, ...]:
    """Compared criteria that the table does not know."""
    known = set(given["criterion"])
    unknown = dict.fromkeys(name for pair in compared for name in pair if name not in known)
    return tuple(
        Finding("opportunity.pairwise_unknown", "warns", name, {"criterion": name}) for name in unknown
    )


def comparisons_of(pairwise: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    """Each comparison of the decision, as (row, column) → how many times the row matters more."""
    return {
        (criterion(row), criterion(column)): ratio
        for row, others in pairwise.items()
        for column, ratio in others.items()
        if row != column
    }


def pairs_of(criteria: list[str]) -> list[tuple[str, str]]:
    """Every pair that has to be compared."""
    return list(combinations(criteria, 2))


def _declared(table: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    if table.empty:
        own = {"criterion": [IMPACT, EASE], "weight": [0.5, 0.5], "direction": ["benefit"] * 2}
        return pd.DataFrame(own), True
    named = table.assign(criterion=table["criterion"].map(criterion))
    return named[["criterion", "weight", "direction"]].drop_duplicates("criterion", ignore_index=True), False


def _of_comparisons(compared: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    names = list(dict.fromkeys(name for pair in compared for name in pair))
    direction = ["cost" if name in EFFORT else "benefit" for name in names]
    return pd.DataFrame({"criterion": names, "weight": 1.0, "direction": direction})


def _shares(frame: pd.DataFrame) -> pd.DataFrame:
    total = frame["weight"].sum()
    return frame.assign(weight=frame["weight"] / total if total else 0.0)


def _weightless(frame: pd.DataFrame) -> tuple[Finding, ...]:
    return () if frame["weight"].sum() > 0 else (Finding("opportunity.no_weights", "warns"),)


def _derived(given: pd.DataFrame, compared: Mapping[tuple[str, str], float], default: bool) -> Criteria:
    names = given["criterion"].tolist()
    unusable = _unusable(names, compared)
    if unusable:
        own = () if default else _weightless(given)
        return Criteria(_shares(given), "default" if default else "table", findings=(unusable, *own))
    found = pairwise_weights(reciprocal_matrix(dict(compared), names))
    frame = given.assign(weight=given["criterion"].map(found.weights))
    findings: tuple[Finding, ...] = ()
    if found.consistency_ratio > CONSISTENT and found.worst is not None:
        first, second, ratio, implied = found.worst
        values = {
            "criterion": first,
            "other_criterion": second,
            "ratio": ratio,
            "implied": implied,
            "consistency_ratio": found.consistency_ratio,
        }
        code = "opportunity.inconsistent" if implied >= 1 else "opportunity.inconsistent_reversed"
        findings = (Finding(code, "warns", "opportunities.pairwise", values),)
    return Criteria(frame, "pairwise", found.consistency_ratio, findings)


def _unusable(names: list[str], compared: Mapping[tuple[str, str], float]) -> Finding | None:
    """Why the comparisons give no weights, if they do not."""
    place = "opportunities.pairwise"
    if len(names) > max(RANDOM_INDEX):
        return Finding(
            "opportunity.pairwise_many", "warns", place, {"n": len(names), "most": max(RANDOM_INDEX)}
        )
    missing = [pair for pair in pairs_of(names) if pair not in compared and pair[::-1] not in compared]
    if missing:
        values = {
            "pairs": [{"kind": "pair", "criterion": a, "other_criterion": b} for a, b in missing[:3]],
            "n": len(missing),
        }
        return Finding("opportunity.pairwise_incomplete", "warns", place, values)
    torn = [
        pair
        for pair in pairs_of(names)
        if pair in compared
        and pair[::-1] in compared
        and abs(compared[pair] * compared[pair[::-1]] - 1) > _RECIPROCAL
    ]
    if torn:
        values = {"criterion": torn[0][0], "other_criterion": torn[0][1]}
        return Finding("opportunity.pairwise_two_ways", "warns", place, values)
    return None
