"""Step 4: the emotional plane — what each touchpoint feels like, to us and to customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, StepSpec, Thresholds
from cxmethod.stats.intervals import adjust, grouped_means, grouped_shares, welch
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, for_all_and_each, in_order, ratings_with_persona, touchpoints_in_order
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult

_KEYS = ["persona", "touchpoint", "source"]
_ESTIMATES = ["mean", "low", "high", "negative_share", "negative_low", "negative_high"]
_INTERNAL_INTERVAL_FROM = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class TouchpointResult(StepResult):
    """The curve of each source, and where they part.

    Parameters
    ----------
    journey : DataFrame
        The touchpoints in order: `position`, `touchpoint`, `name`, `phase`, `phase_name`, `channel`, `owner`.
    emotions : DataFrame
        `persona`, `touchpoint`, `source`, `n`, `mean`, `low`, `high`, `negative_share`, `negative_low`,
        `negative_high`, `evidence`, and `minimum`, `maximum` of internal views. Customer estimates are blank below
        `suppress_below`; internal intervals below three views.
    gaps : DataFrame
        `persona`, `touchpoint`, `comparison`, `n_a`, `n_b`, `difference` (a − b), `low`, `high`, `p_value`, `p_adjusted`
        (Holm), `sign_flip`, `descriptive`.
    """

    spec = StepSpec(
        "04_touchpoints",
        ("touchpoints", "ratings", "respondents", "phases", "events"),
        ("scope",),
        ("01_persona",),
    )

    journey: pd.DataFrame
    emotions: pd.DataFrame
    gaps: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult) -> TouchpointResult:
    """Means, negative shares and intervals by persona, touchpoint and source; internal view against customers."""
    limits = engagement.settings.thresholds
    journey = touchpoints_in_order(engagement)
    ratings = ratings_with_persona(engagement, personas.membership)
    emotions = in_order(_emotions(ratings, limits), journey)
    gaps = _gaps(emotions, limits)
    names = journey.set_index("touchpoint")["name"]
    findings = [] if not ratings.empty else [missing_table("ratings")]
    if engagement.table("touchpoints").empty:
        findings.append(missing_table("touchpoints"))
    findings += _findings(emotions, gaps, names, limits)
    unknown = int(ratings["emotion"].isna().sum())
    columns = ["position", "touchpoint", "name", "phase", "phase_name", "channel", "owner"]
    customers = ratings[ratings["source"] != "internal"]["respondent"].nunique()
    return TouchpointResult(
        journey=journey[columns],
        emotions=emotions.drop(columns=["sd", "n_effective"]),
        gaps=gaps,
        facts={"ratings": len(ratings), "unknown": unknown, "customers": int(customers)},
        findings=tuple(findings),
    )


def _emotions(ratings: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    rated = for_all_and_each(ratings.dropna(subset=["emotion"]))
    rated = rated[(rated["source"] != "internal") | (rated["persona"] == ALL)]
    rated = rated.assign(negative=rated["emotion"] < 0)
    means = grouped_means(rated, _KEYS, "emotion", "weight", limits.confidence)
    shares = grouped_shares(rated, _KEYS, "negative", "weight", limits.confidence)
    shares = shares.rename(
        columns={"share": "negative_share", "low": "negative_low", "high": "negative_high"}
    )
    frame = means.merge(shares[[*_KEYS, *_ESTIMATES[3:]]], on=_KEYS)
    spread = rated.groupby(_KEYS)["emotion"].agg(minimum="min", maximum="max").reset_index()
    frame = frame.merge(spread, on=_KEYS)
    internal = frame["source"] == "internal"
    hidden = ~internal & (frame["n"] < limits.suppress_below)
    frame[[*_ESTIMATES, "sd"]] = frame[[*_ESTIMATES, "sd"]].mask(hidden)
    few = internal & (frame["n"] < _INTERNAL_INTERVAL_FROM)
    intervals = ["low", "high", "negative_low", "negative_high"]
    frame[intervals] = frame[intervals].mask(few)
    frame[["minimum", "maximum"]] = frame[["minimum", "maximum"]].where(internal)
    frame["evidence"] = _evidence(frame, limits)
    return frame[
        [*_KEYS, "n", *_ESTIMATES, "evidence", "minimum", "maximum", "sd", "n_effective"]
    ].reset_index(drop=True)


def _evidence(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    """Internal opinion is a hypothesis; few customers are observed; enough of them are measured."""
    choices = [frame["source"] == "internal", frame["n"] < limits.min_n]
    return pd.Series(np.select(choices, ["assumed", "observed"], "measured"), frame.index, dtype="string")


def _gaps(emotions: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    everyone = emotions[emotions["persona"] == ALL]
    sides = [
        everyone[everyone["source"] == source].set_index("touchpoint") for source in ("internal", "after")
    ]
    a, b = (side[side["mean"].notna()] for side in sides)
    both = a.index.intersection(b.index, sort=False)
    a, b = a.loc[both], b.loc[both]
    test = welch(
        a["mean"], a["sd"], a["n_effective"], b["mean"], b["sd"], b["n_effective"], limits.confidence
    )
    descriptive = (a["n"] < _INTERNAL_INTERVAL_FROM) | (b["n"] < _INTERNAL_INTERVAL_FROM)
    frame = pd.DataFrame(
        {
            "persona": ALL,
            "touchpoint": both.astype("string"),
            "comparison": "internal-after",
            "n_a": a["n"].to_numpy(),
            "n_b": b["n"].to_numpy(),
            "difference": (a["mean"] - b["mean"]).to_numpy(),
            "low": test["low"].to_numpy(),
            "high": test["high"].to_numpy(),
            "p_value": test["p_value"].to_numpy(),
            "sign_flip": (a["mean"] * b["mean"] < 0).to_numpy(),
            "descriptive": descriptive.to_numpy(),
            "outside": ((a["mean"] < b["low"]) | (a["mean"] > b["high"])).to_numpy(),
        }
    )
    tested = ["low", "high", "p_value"]
    frame[tested] = frame[tested].mask(frame["descriptive"])
    frame.insert(9, "p_adjusted", adjust(frame["p_value"], "holm"))
    return frame


def _findings(
    emotions: pd.DataFrame, gaps: pd.DataFrame, names: pd.Series, limits: Thresholds
) -> list[Finding]:
    tested = gaps[gaps["p_adjusted"] < limits.significance]
    described = gaps[gaps["descriptive"] & gaps["outside"]]
    hidden = emotions[(emotions["persona"] == ALL) & emotions["mean"].isna()]
    flipped = tested["sign_flip"].astype(bool)
    values = {"touchpoint": "name", "difference": "difference", "low": "low", "high": "high"}
    values |= {"n_internal": "n_a", "n_customers": "n_b"}
    said = {key: values[key] for key in ("touchpoint", "difference", "n_internal", "n_customers")}
    return [
        *for_each(
            _with_names(tested[flipped], names), "gap.blind_spot_flip", "warns", "touchpoint", **values
        ),
        *for_each(_with_names(tested[~flipped], names), "gap.blind_spot", "warns", "touchpoint", **values),
        *for_each(_with_names(described, names), "gap.descriptive", "info", "touchpoint", **said),
        *for_each(
            _with_names(hidden, names), "emotion.suppressed", "info", "touchpoint", touchpoint="name", n="n"
        ),
    ]


def _with_names(frame: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    return frame.assign(name=frame["touchpoint"].map(names))
