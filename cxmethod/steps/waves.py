"""What came in wave by wave: at the touchpoints from the waves table, else from ratings that say their wave; and scores."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.stats.intervals import grouped_means, grouped_shares

COUNTS = ["negative", "neutral", "positive"]
MEASURES = [*COUNTS, "mean", "sd"]
WAVES = ["touchpoint", "wave", "place", "row", "n", "size", *MEASURES]


def waves_in_order(engagement: Engagement, touchpoints: pd.Index) -> pd.DataFrame:
    """Customers' waves at the map's touchpoints, in the order in which the waves stand in their file.

    Parameters
    ----------
    touchpoints : Index
        The map's, in order.

    Returns
    -------
    DataFrame
        `touchpoint`, `wave`, `place` (of the wave, from 0), `row` (of the wave among the touchpoint's own, from 0), `n`
        (customers), `size` (effective n, where weights count), `negative`, `neutral`, `positive` (effective counts), `mean`,
        `sd`. Measures of fewer customers than are shown are missing.
    """
    given = engagement.table("waves")
    waves = _typed(given) if len(given) else _from_ratings(engagement)
    waves = waves[waves["touchpoint"].isin(touchpoints) & waves[["negative", "mean"]].notna().any(axis=1)]
    order = pd.Series(range(waves["wave"].nunique()), index=waves["wave"].unique(), dtype="int64")
    keyed = waves.assign(
        place=waves["wave"].map(order).astype("int64"),
        _at=touchpoints.get_indexer(pd.Index(waves["touchpoint"])),
    )
    placed = keyed.sort_values(["_at", "place"], kind="stable", ignore_index=True)
    few = placed["n"] < engagement.settings.thresholds.suppress_below
    placed[["size", *MEASURES]] = placed[["size", *MEASURES]].mask(few)
    return placed.assign(row=placed.groupby("touchpoint").cumcount())[WAVES]


def _typed(waves: pd.DataFrame) -> pd.DataFrame:
    """Customers' rows of the table; where one of the three counts is missing, it is what the others leave."""
    own = waves[waves["source"].fillna("after") == "after"]
    counts = own[["n", *MEASURES]].astype("float64")
    for one in COUNTS:
        others = counts[[name for name in COUNTS if name != one]].sum(axis=1, skipna=False)
        rest = counts["n"] - others
        counts[one] = counts[one].fillna(rest.where(rest >= 0))
    return own.assign(size=counts["n"], n=counts["n"].astype("int64"), **counts[MEASURES])


def _from_ratings(engagement: Engagement) -> pd.DataFrame:
    """One row a wave and touchpoint, by weight, in the order in which the waves first appear."""
    ratings = engagement.table("ratings")
    own = ratings[(ratings["source"] == "after") & ratings["wave"].notna() & ratings["emotion"].notna()]
    weights = engagement.table("respondents").set_index("respondent")["weight"]
    given = own["respondent"].map(weights).astype("float64")
    weight = own["weight"].astype("float64").fillna(given).fillna(1.0)
    rated = own.assign(
        weight=weight, negative=own["emotion"] < 0, neutral=own["emotion"] == 0, positive=own["emotion"] > 0
    )
    keys = ["wave", "touchpoint"]
    means = grouped_means(rated, keys, "emotion", "weight").rename(columns={"n_effective": "size"})
    counts = {name: grouped_shares(rated, keys, name, "weight")["share"] * means["size"] for name in COUNTS}
    order = pd.Series(range(own["wave"].nunique()), index=own["wave"].unique(), dtype="int64")
    table = means.drop(columns=["low", "high"]).assign(**counts)
    return table.sort_values("wave", key=lambda wave: wave.map(order), kind="stable")
