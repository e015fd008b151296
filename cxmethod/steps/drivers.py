"""What moves the outcome: which touchpoints enter, their relative importance, and what keeps it from being told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.drivers import RelativeImportance, relative_importance
from cxmethod.stats.intervals import adjust
from cxmethod.steps.finding import Finding

COLUMNS = [
    "persona", "touchpoint", "r2_share", "low", "high", "relative_share", "above_equal_share", "rank",
    "stated_importance", "association", "association_p", "matters", "n",
]  # fmt: skip


_DIGITS = 12
"""Beyond these, sums differ with the number of threads that made them."""


@dataclass(frozen=True)
class Drivers:
    """The drivers of one persona.

    Parameters
    ----------
    table : DataFrame
        The columns of `COLUMNS`; `matters` is ``yes``, ``suspected`` or ``no``.
    usable : bool
        Whether the model may speak.
    """

    table: pd.DataFrame
    usable: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def drivers(engagement: Engagement, persona: str, after: pd.DataFrame, outcome: pd.Series) -> Drivers:
    """Relative importance of the `after` emotions for the outcome, within the method's rules.

    Parameters
    ----------
    persona : str
        Whom `after` and `outcome` are of; it stands in the table.
    after : DataFrame
        One row a respondent with an outcome, one column a touchpoint, NaN for unknown; a `weight` column beside.
    outcome : Series
        On the same rows.
    """
    limits = engagement.settings.thresholds
    counts = after["weight"] > 0
    weight, emotions, outcome = (
        after.loc[counts, "weight"],
        after[counts].drop(columns="weight"),
        outcome[counts],
    )
    known = emotions.notna().mean().sort_values(ascending=False, kind="stable")
    enough = known[known >= limits.enter_share]
    chosen = set(enough.head(limits.touchpoints_per_map).index)
    entering = [touchpoint for touchpoint in emotions.columns if touchpoint in chosen]
    complete = emotions[entering].notna().all(axis=1)
    n, needed = int(complete.sum()), limits.cases_per_driver * max(len(entering), 1)
    facts: dict[str, Any] = {
        "respondents": len(emotions),
        "complete": n,
        "entering": len(entering),
        "needed": needed,
    }
    marginal = _marginal(emotions, outcome, weight, persona, limits)
    left_out = [touchpoint for touchpoint in emotions.columns if touchpoint not in enough.index]
    if not entering or n < max(needed, limits.min_n):
        few = Finding("drivers.too_few", "info", persona, {**facts, "missing": max(needed, limits.min_n) - n})
        return Drivers(marginal, facts=facts, findings=(few,))
    if outcome[complete].nunique() < 2:
        return Drivers(
            marginal, facts=facts, findings=(Finding("drivers.constant_outcome", "warns", persona),)
        )
    constant = [touchpoint for touchpoint in entering if emotions.loc[complete, touchpoint].nunique() < 2]
    if len(constant) == len(entering):
        same = tuple(Finding("drivers.constant", "info", name, {"touchpoint": name}) for name in constant)
        return Drivers(marginal, facts=facts, findings=same)
    model = relative_importance(
        emotions.loc[complete, entering],
        outcome[complete],
        weight[complete],
        limits.resamples,
        engagement.settings.seed,
        limits.confidence,
    )
    facts |= {"r2": float(model.r2), "p_value": float(model.p_value), "drivers": len(model.names)}
    findings = (
        *_left_out(left_out, persona, limits),
        *_crowded_out([t for t in enough.index if t not in chosen], persona, limits),
        *_model_findings(model, persona, facts, limits),
    )
    if not model.p_value < limits.significance:
        return Drivers(marginal, facts=facts, findings=findings)
    return Drivers(_ranked(marginal, model, limits), True, facts, findings)


def _marginal(
    emotions: pd.DataFrame, outcome: pd.Series, weight: pd.Series, persona: str, limits: Thresholds
) -> pd.DataFrame:
    """Each touchpoint's own association with the outcome: what may be suspected without a model."""
    n = emotions.notna().sum()
    r, n_effective = _correlations(emotions, outcome, weight)
    r = r.where((n >= limits.min_n) & (emotions.nunique() > 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = r * np.sqrt((n_effective - 2) / (1 - r**2))
    p = pd.Series(2 * stats.t.sf(np.abs(t), n_effective - 2), emotions.columns)
    frame = pd.DataFrame({"touchpoint": emotions.columns, "association": r.to_numpy(), "n": n.to_numpy()})
    frame["association_p"] = adjust(p, "holm")
    positive = (frame["association"] > 0) & (frame["association_p"] < limits.significance)
    frame["matters"] = np.where(positive, "suspected", "no")
    return frame.assign(persona=persona).reindex(columns=COLUMNS)


def _correlations(
    emotions: pd.DataFrame, outcome: pd.Series, weight: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Weighted Pearson correlation of each column with the outcome on the rows that have it; effective n (Kish 1965)."""
    own = emotions.notna().mul(weight, axis=0)
    total = own.sum()
    x = emotions - (emotions * own).sum() / total
    y = pd.DataFrame(dict.fromkeys(emotions, outcome)) - own.mul(outcome, axis=0).sum() / total
    covariance, spread = (own * x * y).sum(), (own * x**2).sum() * (own * y**2).sum()
    return covariance / np.sqrt(spread.where(spread > 0)), total**2 / (own**2).sum()


def _ranked(marginal: pd.DataFrame, model: RelativeImportance, limits: Thresholds) -> pd.DataFrame:
    """The model's shares on its own touchpoints; those that did not enter keep their marginal association."""
    k = len(model.names)
    shares = pd.DataFrame(
        {
            "r2_share": model.shares.round(_DIGITS),
            "low": model.low.round(_DIGITS),
            "high": model.high.round(_DIGITS),
            "relative_share": (model.shares / model.r2).round(_DIGITS),
            "above_equal_share": model.above_equal_share,
            "rank": model.rank,
        },
        index=pd.Index(model.names),
    )
    frame = marginal.set_index("touchpoint")
    frame.update(shares)
    entered = frame.index.isin(model.names)
    reaches = frame["relative_share"] >= 1 / k
    certain = reaches & (frame["above_equal_share"] >= limits.equal_share_certainty)
    positive = (frame["association"] > 0) & (frame["association_p"] < limits.significance)
    suspected = reaches & (frame["association"] > 0)
    by_model = np.select([certain & positive, suspected], ["yes", "suspected"], "no")
    frame["matters"] = np.where(entered, by_model, frame["matters"])
    return frame.reset_index()[COLUMNS]


def _left_out(touchpoints: list[str], persona: str, limits: Thresholds) -> list[Finding]:
    values = {"touchpoints": touchpoints, "n": len(touchpoints), "enter_share": limits.enter_share}
    return [Finding("drivers.left_out", "info", persona, values)] if touchpoints else []


def _crowded_out(touchpoints: list[str], persona: str, limits: Thresholds) -> list[Finding]:
    values = {"touchpoints": touchpoints, "n": len(touchpoints), "most": limits.touchpoints_per_map}
    return [Finding("drivers.crowded_out", "info", persona, values)] if touchpoints else []


def _model_findings(
    model: RelativeImportance, persona: str, facts: dict[str, Any], limits: Thresholds
) -> tuple[Finding, ...]:
    aside = [
        Finding(f"drivers.{why}", "info", name, {"touchpoint": name}) for name, why in model.set_aside.items()
    ]
    if not model.p_value < limits.significance:
        return (*aside, Finding("drivers.explains_nothing", "warns", persona, facts))
    equal = model.r2 / len(model.names)
    if bool(((model.low <= equal) & (model.high >= equal)).all()):
        return (*aside, Finding("drivers.equal_weight", "info", persona, facts))
    return tuple(aside)
