"""Red points opened and closed: where customers began, or ceased, to be dissatisfied at what matters to them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import wilson

RED_POINTS = [
    "touchpoint",
    "name",
    "wave",
    "change",
    "n",
    "negative_share",
    "negative_low",
    "negative_high",
    "mean",
]
MATTERING = ("red", "value", "mixed")
"""Kinds of moments that move the outcome."""


def red_points(
    waves: pd.DataFrame, matters: frozenset[str], names: pd.Series, limits: Thresholds
) -> pd.DataFrame:
    """The waves in which a touchpoint that matters turned red, or ceased to be.

    A point opens in the wave in which dissatisfaction is certain by step 5's rule (the upper limit of the mean below 0, or the
    lower limit of the negative share above the threshold), and closes in the wave in which not even the estimates say it.
    In between it stays what it was: a share that wanders about the threshold neither opens nor closes anything.

    Returns
    -------
    DataFrame
        `RED_POINTS`; `change` is ``open`` (red from its first certain wave on), ``opened`` or ``closed``, in the order of the
        touchpoints and waves.
    """
    own = waves[waves["touchpoint"].isin(matters) & waves["size"].notna()].reset_index(drop=True)
    low, high = wilson(own["negative"], own["size"], limits.confidence)
    share = own["negative"] / own["size"]
    free = np.where(own["size"] > 1, own["size"] - 1, np.nan)
    quantile = stats.t.ppf((1 + limits.confidence) / 2, free)
    upper = own["mean"] + quantile * own["sd"] / np.sqrt(own["size"])
    certain = (upper < 0) | (low > limits.negative_share)
    estimated = (own["mean"] < 0) | (share > limits.negative_share)
    state = pd.Series(np.select([certain, ~estimated], [1.0, 0.0], np.nan), own.index)
    held = state.groupby(own["touchpoint"]).ffill()
    before = held.groupby(own["touchpoint"]).shift()
    # A point that is certain before it was ever seen otherwise was red already.
    change = np.select(
        [(held == 1) & before.isna(), (held == 1) & (before == 0), (held == 0) & (before == 1)],
        ["open", "opened", "closed"],
        "",
    )
    table = own.assign(
        change=change, negative_share=share, negative_low=low, negative_high=high,
        name=own["touchpoint"].map(names),
    )  # fmt: skip
    return table.loc[table["change"] != "", RED_POINTS].reset_index(drop=True)
