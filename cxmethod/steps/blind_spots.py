"""Where the company's own view parts from what customers lived."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import adjust, welch
from cxmethod.steps.emotions import INTERVAL_FROM
from cxmethod.steps.journey import ALL

_COLUMNS = [
    "persona", "touchpoint", "comparison", "n_a", "n_b", "difference", "low", "high", "p_value", "p_adjusted", "sign_flip",
    "descriptive", "mean_a", "mean_b", "blind_spot",
]  # fmt: skip


def blind_spots(emotions: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """The internal view against what everyone, and each persona, lived.

    From three internal views Welch's test decides, adjusted by Holm over the touchpoints of one persona. With fewer, or
    where neither side has any spread to test with, the internal mean is held against the customers' interval, and the
    row says that it is a description.

    Returns
    -------
    DataFrame
        `persona`, `touchpoint`, `comparison`, `n_a`, `n_b`, `difference` (internal − after), `low`, `high`, `p_value`,
        `p_adjusted`, `sign_flip`, `descriptive`, `mean_a`, `mean_b`, `blind_spot`.
    """
    shown = emotions.dropna(subset=["mean"])
    internal = shown[(shown["source"] == "internal") & (shown["persona"] == ALL)]
    after = shown[shown["source"] == "after"]
    both = after.merge(internal, on="touchpoint", suffixes=("_b", "_a")).rename(
        columns={"persona_b": "persona"}
    )
    test = welch(
        both["mean_a"], both["sd_a"], both["n_effective_a"], both["mean_b"], both["sd_b"], both["n_effective_b"],
        limits.confidence,
    )  # fmt: skip
    few = (both["n_a"] < INTERVAL_FROM) | (both["n_b"] < INTERVAL_FROM)
    test = test.mask(few)
    frame = both.assign(
        comparison="internal-after",
        difference=both["mean_a"] - both["mean_b"],
        low=test["low"],
        high=test["high"],
        p_value=test["p_value"],
        descriptive=test["p_value"].isna(),
        sign_flip=both["mean_a"] * both["mean_b"] < 0,
    )
    frame["p_adjusted"] = frame.groupby("persona")["p_value"].transform(lambda p: adjust(p, "holm"))
    outside = (both["mean_a"] < both["low_b"]) | (both["mean_a"] > both["high_b"])
    told = frame["p_adjusted"] < limits.significance
    frame["blind_spot"] = (outside & frame["descriptive"]) | told
    return frame[_COLUMNS]
