"""What moves the outcome: which touchpoints enter, their relative importance, and what keeps it from being told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.drivers import RelativeImportance, relative_importance
from cxmethod.stats.imputation import two_way
from cxmethod.steps.association import is_positive, marginal
from cxmethod.steps.finding import Finding

COLUMNS = [
    "persona", "touchpoint", "r2_share", "low", "high", "relative_share", "above_equal_share", "rank",
    "stated_importance", "rank_low", "rank_high", "relative_low", "relative_high", "equal_share", "association",
    "association_p", "matters", "outside", "n",
]  # fmt: skip


_DIGITS = 12
"""Beyond these, sums differ with the number of threads that made them."""

_RANKING = ["rank", "rank_low", "rank_high"]


@dataclass(frozen=True, eq=False)
class Cases:
    """The complete cases of a model: what entered it.

    Parameters
    ----------
    emotions : DataFrame
        One row a respondent, one column a touchpoint; nothing unknown.
    outcome, weight : Series
        On the same rows.
    """

    emotions: pd.DataFrame
    outcome: pd.Series
    weight: pd.Series


@dataclass(frozen=True, eq=False)
class Drivers:
    """The drivers of one persona.

    Parameters
    ----------
    table : DataFrame
        The columns of `COLUMNS`. `matters` is ``yes``, ``suspected`` or ``no``; `outside` says why a touchpoint has no share
        (``rarely_rated``, ``crowded_out``, ``constant``, ``lone``, ``collinear``, ``no_model``); ranks are blank where they are withheld.
    usable : bool
        Whether the model may speak.
    cases : Cases or None
        What the model rests on, where it may speak.
    """

    table: pd.DataFrame
    usable: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    cases: Cases | None = None


@dataclass(frozen=True, eq=False)
class _Entry:
    """What may enter the model, and what stays out."""

    cases: Cases
    rarely_rated: list[str]
    crowded_out: list[str]
    facts: dict[str, Any]


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
    weight, emotions = after.loc[counts, "weight"], after[counts].drop(columns="weight")
    own = marginal(emotions, outcome[counts], weight, limits)
    own = own.assign(persona=persona, outside="no_model").reindex(columns=COLUMNS)
    entry = _entry(emotions, outcome[counts], weight, limits)
    cases, facts = entry.cases, entry.facts
    silence = _silence(cases, persona, facts, limits)
    if silence:
        return Drivers(own, facts=facts, findings=silence)
    model = relative_importance(
        cases.emotions, cases.outcome, cases.weight, limits.resamples, engagement.settings.seed, limits.confidence
    )  # fmt: skip
    facts = facts | {"r2": float(model.r2), "p_value": float(model.p_value), "drivers": len(model.names)}
    left = [*_entry_findings(entry, persona, limits), *_aside_findings(model.set_aside)]
    if np.isnan(model.p_value):
        return Drivers(
            own, facts=facts, findings=(*left, Finding("drivers.untested", "warns", persona, facts))
        )
    if not model.p_value < limits.significance:
        nothing = Finding("drivers.explains_nothing", "warns", persona, facts)
        return Drivers(own, facts=facts, findings=(*left, nothing))
    equal = _equal_weight(model)
    if equal:
        left.append(Finding("drivers.equal_weight", "info", persona, facts))
    table = _ranked(own, model, limits)
    table.loc[table["touchpoint"].isin(entry.rarely_rated), "outside"] = "rarely_rated"
    table.loc[table["touchpoint"].isin(entry.crowded_out), "outside"] = "crowded_out"
    if equal:
        table[_RANKING] = np.nan
    return Drivers(table, True, facts | {"equal_weight": equal}, tuple(left), cases)


def _entry(emotions: pd.DataFrame, outcome: pd.Series, weight: pd.Series, limits: Thresholds) -> _Entry:
    """Touchpoints that enough respondents rated, at most as many as a map holds; the cases that know them all."""
    known = emotions.notna().mean().sort_values(ascending=False, kind="stable")
    enough = known[known >= limits.enter_share]
    chosen = set(enough.head(limits.touchpoints_per_map).index)
    entering = [touchpoint for touchpoint in emotions.columns if touchpoint in chosen]
    answers = two_way(emotions[entering], limits.impute_share)
    complete = answers.notna().all(axis=1)
    needed = max(limits.cases_per_driver * max(len(entering), 1), limits.min_n)
    n, held = int(complete.sum()), weight[complete]
    # Kish (1965): cases of uneven weight tell as much as so many of one weight.
    effective = int(round(held.sum() ** 2 / (held**2).sum(), 6)) if n else 0
    facts: dict[str, Any] = {
        "respondents": len(emotions),
        "complete": n,
        "effective": effective,
        "imputed": n - int(emotions.loc[complete, entering].notna().all(axis=1).sum()),
        "entering": len(entering),
        "needed": needed,
        "missing": max(needed - effective, 0),
    }
    return _Entry(
        Cases(answers[complete], outcome[complete], weight[complete]),
        [touchpoint for touchpoint in emotions.columns if touchpoint not in enough.index],
        [touchpoint for touchpoint in enough.index if touchpoint not in chosen],
        facts,
    )


def _silence(cases: Cases, persona: str, facts: dict[str, Any], limits: Thresholds) -> tuple[Finding, ...]:
    """What keeps a model from being made at all."""
    entering = list(cases.emotions.columns)
    if not entering or facts["missing"]:
        code = "drivers.too_few_weighted" if facts["effective"] < facts["complete"] else "drivers.too_few"
        return (Finding(code, "info", persona, facts),)
    if cases.outcome.nunique() < 2:
        return (Finding("drivers.constant_outcome", "warns", persona),)
    constant = [touchpoint for touchpoint in entering if cases.emotions[touchpoint].nunique() < 2]
    return _aside_findings(dict.fromkeys(constant, "constant")) if len(constant) == len(entering) else ()


def _ranked(own: pd.DataFrame, model: RelativeImportance, limits: Thresholds) -> pd.DataFrame:
    """The model's shares on its own touchpoints; those that did not enter keep their marginal association."""
    k = len(model.names)
    shares = pd.DataFrame(
        {
            "r2_share": model.shares.round(_DIGITS),
            "low": model.low.round(_DIGITS),
            "high": model.high.round(_DIGITS),
            "relative_share": (model.shares / model.r2).round(_DIGITS),
            "relative_low": model.relative_low.round(_DIGITS),
            "relative_high": model.relative_high.round(_DIGITS),
            "above_equal_share": model.above_equal_share,
            "equal_share": 1 / k,
            "rank": model.rank,
            "rank_low": model.rank_low,
            "rank_high": model.rank_high,
        },
        index=pd.Index(model.names),
    )
    frame = own.set_index("touchpoint")
    frame[shares.columns] = shares.reindex(frame.index)
    entered = frame.index.isin(model.names)
    reaches = frame["relative_share"] >= (1 - 1e-9) / k
    certain = reaches & (frame["above_equal_share"] >= limits.equal_share_certainty)
    suspected = reaches & (frame["association"] > 0)
    by_model = np.select([certain & is_positive(frame, limits), suspected], ["yes", "suspected"], "no")
    aside = pd.Series([model.set_aside.get(str(name)) for name in frame.index], frame.index, dtype="string")
    frame["matters"] = np.where(entered, by_model, frame["matters"])
    frame["outside"] = aside
    return frame.reset_index()[COLUMNS]


def _equal_weight(model: RelativeImportance) -> bool:
    """Whether no touchpoint's part of R² can be told apart from 1/k."""
    equal = 1 / len(model.names)
    spans = (model.relative_low <= equal) & (model.relative_high >= equal)
    return len(model.names) > 1 and bool(spans.all())


def _aside_findings(set_aside: Mapping[str, str]) -> tuple[Finding, ...]:
    return tuple(
        Finding(f"drivers.{why}", "info", name, {"touchpoint": name}) for name, why in set_aside.items()
    )


def _entry_findings(entry: _Entry, persona: str, limits: Thresholds) -> Iterable[Finding]:
    left, crowded = entry.rarely_rated, entry.crowded_out
    if left:
        values = {"touchpoints": left, "n": len(left), "enter_share": limits.enter_share}
        yield Finding("drivers.left_out", "info", persona, values)
    if crowded:
        values = {"touchpoints": crowded, "n": len(crowded), "most": limits.touchpoints_per_map}
        yield Finding("drivers.crowded_out", "info", persona, values)
    if entry.facts["imputed"]:
        yield Finding("drivers.imputed", "info", persona, entry.facts)
