"""Personas from data: which number of segments holds, who belongs to which, and what each is called until it is named."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.segments import CHOICE, Rules, Segmentation, segment
from cxmethod.stats.traits import traits
from cxmethod.steps.finding import Finding
from cxmethod.steps.indicators import Indicators
from cxmethod.steps.journey import ALL
from cxmethod.steps.people import likeliest, weights
from cxmethod.steps.trait_names import keys_and_names

COLUMNS = (*CHOICE, "bic_difference", "chosen")
_LEAST_PROBABILITY = 0.01
_DIGITS = 6
"""Beyond these, sums differ from machine to machine."""


@dataclass(frozen=True)
class Segments:
    """What the data say of the customers' segments.

    Parameters
    ----------
    membership : DataFrame
        `respondent`, `persona`, `probability`: every segment of each customer down to a probability of 0.01. Without
        reliable segments everybody is one of `all`.
    names : Series
        Segment → what its strongest traits call it.
    choice : DataFrame
        `COLUMNS`: the figures of each number of classes, its distance from the lowest BIC, and which one was taken.
    reason : str
        ``found`` or ``decided`` where there are segments; else why there are none: ``no_indicators``, ``too_few``,
        ``one_best``, ``unstable`` or ``decided_one``.
    """

    membership: pd.DataFrame
    names: pd.Series
    choice: pd.DataFrame
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there are segments at all."""
        return self.reason in ("found", "decided")


def find_segments(engagement: Engagement, indicators: Indicators) -> Segments:
    """The number of segments that the consultant decided, or that BIC proposes; and everybody's probabilities."""
    limits = engagement.settings.thresholds
    frame = indicators.frame
    weight = weights(engagement, pd.Series(frame.index, frame.index))
    known = frame.notna().any(axis=1) & (weight > 0)
    used, unknown = frame[known], int((~known).sum())
    findings = [*indicators.findings]
    facts = {"known": len(used), "unknown": unknown}
    if unknown and len(frame.columns):
        findings.append(Finding("persona.unassigned", "info", "", {"n": unknown}))
    if frame.columns.empty:
        return _nobody_apart(engagement, frame.index, "no_indicators", _no_choice(), facts, findings)
    if len(used) < 2 * limits.min_n:
        facts["needed"] = 2 * limits.min_n
        return _nobody_apart(engagement, frame.index, "too_few", _no_choice(), facts, findings)
    model = _segmentation(used, indicators, weight[known].to_numpy(dtype=float), engagement)
    classes, reason, told = _taken(engagement, model)
    choice = _choice(model, classes)
    facts |= _figures(choice, model)
    findings += [*told, *_of_models(choice, reason)]
    if reason not in ("found", "decided"):
        return _nobody_apart(engagement, frame.index, reason, choice, facts, findings)
    posterior = model.posteriors[classes]
    group = pd.Series(posterior.argmax(axis=1), used.index)
    table = traits(used, indicators.categorical, indicators.continuous, group, weight[known])
    named = keys_and_names(table, engagement.words)
    membership = _membership(used.index, posterior, named["persona"])
    return Segments(membership, named.set_index("persona")["name"], choice, reason, facts, tuple(findings))


def _segmentation(
    used: pd.DataFrame, indicators: Indicators, weight: np.ndarray, engagement: Engagement
) -> Segmentation:
    limits = engagement.settings.thresholds
    # The models follow from what is in these bytes alone, so that a decision on their number fits none of them again.
    content = used.reset_index(drop=True).to_parquet(index=False)
    return _fitted(
        content,
        indicators.categorical,
        indicators.continuous,
        weight.tobytes(),
        engagement.settings.seed,
        _rules(limits),
    )


@lru_cache(maxsize=2)
def _fitted(
    content: bytes,
    categorical: tuple[str, ...],
    continuous: tuple[str, ...],
    weight: bytes,
    seed: int,
    rules: Rules,
) -> Segmentation:
    frame = pd.read_parquet(io.BytesIO(content))
    return segment(frame, categorical, continuous, np.frombuffer(weight), seed, rules)


def _rules(limits: Thresholds) -> Rules:
    return Rules(
        smallest_share=limits.segment_share, smallest_n=limits.min_n, stability=limits.segment_stability
    )


def _taken(engagement: Engagement, model: Segmentation) -> tuple[int, str, list[Finding]]:
    """The number of classes, why, and what is to be said of a decision that the data do not carry (any more)."""
    decided = engagement.decisions.persona.classes
    found: list[Finding] = []
    if decided == 1:
        return 1, "decided_one", found
    if decided in model.supported:
        assert decided is not None
        return decided, "decided", found
    if decided is not None:
        allowed = [1, *model.supported]
        values = {"n": decided, "n_allowed": [str(k) for k in allowed]}
        found.append(Finding("persona.classes_unsupported", "blocks", "persona.classes", values))
    if model.best == 1:
        return 1, "one_best", found
    return (model.best, "found", found) if model.best in model.supported else (1, "unstable", found)


def _choice(model: Segmentation, classes: int) -> pd.DataFrame:
    table = model.choice
    rounded = table.assign(
        **{name: table[name].round(_DIGITS) for name in table.select_dtypes("float").columns}
    )
    lowest = rounded.loc[rounded["classes"] == model.best, "bic"].iloc[0]
    return rounded.assign(bic_difference=rounded["bic"] - lowest, chosen=rounded["classes"] == classes)[
        list(COLUMNS)
    ]


def _no_choice() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in COLUMNS})


def _figures(choice: pd.DataFrame, model: Segmentation) -> dict[str, Any]:
    """What the sentence on the choice names: the number that BIC proposes, its figures, and the others that hold."""
    best = choice.loc[choice["classes"] == model.best].iloc[0]
    taken = choice.loc[choice["chosen"]].iloc[0]
    return {
        "best": model.best,
        "best_stability": float(best["stability"]),
        "stability": float(taken["stability"]),
        "posterior_share": float(taken["posterior"]),
        "sampled": model.sampled,
        "tried": int(choice["classes"].max()),
        "supported": [str(k) for k in model.supported],
    }


def _of_models(choice: pd.DataFrame, reason: str) -> list[Finding]:
    narrow = choice.loc[choice["status"] == "narrow", "classes"].astype(str).tolist()
    others = choice.loc[(choice["status"] == "supported") & ~choice["chosen"], "classes"].astype(str).tolist()
    found = []
    if narrow:
        found.append(Finding("persona.narrow", "info", "", {"classes": narrow}))
    if others and reason == "unstable":
        found.append(Finding("persona.supported", "info", "", {"classes": others}))
    return found


def _membership(people: pd.Index, posterior: np.ndarray, keys: pd.Series) -> pd.DataFrame:
    whole = pd.DataFrame(posterior.round(_DIGITS), people, keys.to_numpy())
    long = whole.rename_axis("respondent").melt(
        ignore_index=False, var_name="persona", value_name="probability"
    )
    # One row a class, the same people over and over: back to the people's order.
    place = np.tile(np.arange(len(people)), posterior.shape[1])
    ordered = long.reset_index().iloc[np.argsort(place, kind="stable")].reset_index(drop=True)
    kept = ordered[ordered["probability"] >= _LEAST_PROBABILITY]
    return kept.astype({"respondent": "string", "persona": "string"}).reset_index(drop=True)


def _nobody_apart(
    engagement: Engagement,
    people: pd.Index,
    reason: str,
    choice: pd.DataFrame,
    facts: dict[str, Any],
    findings: list[Finding],
) -> Segments:
    """Everybody is one persona, and the reason is said."""
    membership = pd.DataFrame({"respondent": people.astype("string"), "persona": ALL, "probability": 1.0})
    names = pd.Series({ALL: engagement.words.say("personas.everyone")})
    names_said = {
        "known": "n_known",
        "best": "n_best",
        "needed": "needed",
        "best_stability": "best_stability",
    }
    values = {said: facts[key] for key, said in names_said.items() if key in facts}
    least = engagement.settings.thresholds.segment_stability
    told = Finding(f"persona.none_{reason}", "info", "", {**values, "least_stability": least})
    return Segments(membership, names, choice, reason, facts, (*findings, told))


def certainty(membership: pd.DataFrame) -> pd.Series:
    """Persona → mean probability with which those belong to it for whom it is the likeliest."""
    return likeliest(membership).groupby("persona")["probability"].mean()
