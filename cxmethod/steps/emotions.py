"""Emotions by persona, touchpoint and source: means and negative shares with their uncertainty, few people unseen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import grouped_means, grouped_shares
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.journey import ALL, for_all_and_each

KEYS = ["persona", "touchpoint", "source"]
ESTIMATES = ["mean", "low", "high", "negative_share", "negative_low", "negative_high"]
INTERVAL_FROM = 3
"""Internal views from which their mean gets an interval."""
_HIDDEN = [*ESTIMATES, "sd", "negative_n", "n_effective"]
_COLUMNS = [
    *KEYS, "n", *ESTIMATES, "evidence", "standing", "negative_n", "n_effective", "minimum", "maximum", "sd",
]  # fmt: skip


def emotions(ratings: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Estimates of every curve, for everyone and for each persona.

    Parameters
    ----------
    ratings : DataFrame
        One row a respondent, touchpoint and source: `emotion`, `persona`, `weight`.
    limits : Thresholds

    Returns
    -------
    DataFrame
        `persona`, `touchpoint`, `source`, `n`, the weighted `mean` with its t interval, `negative_share` with Wilson's,
        both on the effective n (Kish 1965), `evidence`, `standing` (firm; indicative, below `min_n` effective answers;
        hidden, below `suppress_below`; protecting, hidden so that nobody else can be worked out; hypothesis, of internal
        views), `negative_n`, `n_effective`, `minimum` and `maximum` of internal views, `sd`.
    """
    rated = for_all_and_each(ratings.dropna(subset=["emotion"]))
    rated = rated[(rated["source"] != "internal") | (rated["persona"] == ALL)]
    rated = rated.assign(negative=rated["emotion"] < 0)
    frame = grouped_means(rated, KEYS, "emotion", "weight", limits.confidence)
    shares = grouped_shares(rated, KEYS, "negative", "weight", limits.confidence)
    frame[ESTIMATES[3:]] = shares[["share", "low", "high"]].to_numpy()
    own = rated.groupby(KEYS)
    spread = own["emotion"].agg(minimum="min", maximum="max").assign(negative_n=own["negative"].sum())
    frame = frame.merge(spread.reset_index(), on=KEYS)
    internal = frame["source"] == "internal"
    few = internal & (frame["n"] < INTERVAL_FROM)
    intervals = ["low", "high", "negative_low", "negative_high"]
    frame[intervals] = frame[intervals].mask(few)
    frame[["minimum", "maximum"]] = frame[["minimum", "maximum"]].where(internal)
    frame["standing"] = _standing(frame, limits)
    frame["evidence"] = _evidence(frame["standing"])
    unseen = frame["standing"].isin(["hidden", "protecting"])
    frame["negative_n"] = frame["negative_n"].astype("Int64")
    frame[_HIDDEN] = frame[_HIDDEN].mask(unseen)
    return frame[_COLUMNS].reset_index(drop=True)


def internal_views(ratings: pd.DataFrame) -> pd.DataFrame:
    """Each internal view, without its holder: they are no sample, so that every one of them counts for itself.

    Returns
    -------
    DataFrame
        `touchpoint`, `emotion`, `views` (how many hold it).
    """
    held = ratings[ratings["source"] == "internal"].dropna(subset=["emotion"])
    return held.groupby(["touchpoint", "emotion"]).size().rename("views").reset_index()


def _standing(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    # A hair of rounding must not make thirty equal weights fewer than thirty.
    thin = frame["n_effective"] < limits.min_n - 1e-6
    choices = [frame["source"] == "internal", frame["n"] < limits.suppress_below, thin]
    names = ["hypothesis", "hidden", "indicative"]
    standing = pd.Series(np.select(choices, names, "firm"), frame.index, dtype="string")
    customers = frame[frame["source"] != "internal"]
    beside = protecting(customers, ["touchpoint", "source"], limits.suppress_below)
    return standing.mask(beside.reindex(frame.index, fill_value=False), "protecting")


def _evidence(standing: pd.Series) -> pd.Series:
    """Internal opinion is a hypothesis; few customers are observed; enough of them are measured."""
    evidence = {"hypothesis": "assumed", "firm": "measured"}
    return standing.map(evidence).fillna("observed").astype("string")
