"""One stretch of waves against another: the last known wave and the one before, and an initiative's before and after."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import adjust, newcombe

_COMPARED = ["before", "after", "difference", "low", "high", "p_adjusted"]
CHANGES = ["touchpoint", "name", "before_wave", "wave", *_COMPARED]
INITIATIVES = ["initiative", "done_wave", "touchpoint", "name", *_COMPARED, "n_before", "n_after"]


def effective(waves: pd.DataFrame, scatter: pd.Series) -> pd.DataFrame:
    """Waves whose counts weigh as little as their touchpoint's overdispersion makes them (n / σ²)."""
    counted = waves.dropna(subset=["negative"])
    weight = counted["touchpoint"].map(scatter).astype("float64").fillna(1.0) ** 2
    return counted.assign(size=counted["size"] / weight, negative=counted["negative"] / weight)


def last_changes(
    waves: pd.DataFrame, counted: pd.DataFrame, names: pd.Series, limits: Thresholds
) -> pd.DataFrame:
    """Negative share of the last known wave less that of the known one before; Newcombe, Holm over the touchpoints.

    Where too few answered in the last wave, a touchpoint's own last two known waves are compared; which ones they are is in
    `before_wave` and `wave`. A touchpoint in neither of the last two waves is not compared: what is said of it is old.

    Parameters
    ----------
    waves : DataFrame
        Of `waves_in_order`, with the waves that are not known.
    counted : DataFrame
        Of `effective`.

    Returns
    -------
    DataFrame
        `CHANGES`.
    """
    recent = waves.loc[waves["place"] >= waves["place"].max() - 1, "touchpoint"]
    own = counted[counted["touchpoint"].isin(recent)]
    before = own[own.duplicated("touchpoint", keep="last")].groupby("touchpoint").tail(1)
    before = before.set_index("touchpoint")
    now = own.groupby("touchpoint").tail(1).set_index("touchpoint").loc[before.index]
    return compared(before, now, limits).assign(
        name=names.reindex(before.index).to_numpy(),
        before_wave=before["wave"].to_numpy(),
        wave=now["wave"].to_numpy(),
    )[CHANGES]


def initiative_changes(
    initiatives: pd.DataFrame, waves: pd.DataFrame, names: pd.Series, limits: Thresholds
) -> pd.DataFrame:
    """All waves before the one in which an initiative was done against all after it, at each touchpoint that it answers.

    In the wave itself the work was still being done. Newcombe intervals; Holm over all initiatives and touchpoints.

    Returns
    -------
    DataFrame
        `INITIATIVES`; an initiative without waves on both sides is not there.
    """
    done = initiatives.dropna(subset=["done_wave", "touchpoints"])[["name", "done_wave", "touchpoints"]]
    each = done.assign(touchpoint=done["touchpoints"].str.split(";")).explode("touchpoint")
    each["touchpoint"] = each["touchpoint"].str.strip()
    place = waves.drop_duplicates("wave").set_index("wave")["place"]
    each = each.assign(done_at=each["done_wave"].map(place).astype("float64")).rename(
        columns={"name": "initiative"}
    )
    known = each.dropna(subset=["done_at"]).drop_duplicates(["initiative", "touchpoint"])
    merged = known.merge(waves, on="touchpoint")
    keys = ["initiative", "done_wave", "touchpoint"]
    a, b = (
        merged[part].groupby(keys, sort=False)[["negative", "size", "n"]].sum()
        for part in (merged["place"] < merged["done_at"], merged["place"] > merged["done_at"])
    )
    both = a.index.intersection(b.index, sort=False)
    table = compared(a.loc[both], b.loc[both], limits)
    return table.assign(
        name=table["touchpoint"].map(names),
        n_before=a.loc[both, "n"].to_numpy(),
        n_after=b.loc[both, "n"].to_numpy(),
    )[INITIATIVES]


def compared(a: pd.DataFrame, b: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Negative share of `b` less that of `a`, row by row of their common index, which becomes columns."""
    test = newcombe(b["negative"], b["size"], a["negative"], a["size"], limits.confidence)
    frame = pd.DataFrame({"before": a["negative"] / a["size"], "after": b["negative"] / b["size"]})
    frame[["difference", "low", "high"]] = test[["difference", "low", "high"]].to_numpy()
    frame["p_adjusted"] = adjust(test["p_value"], "holm")
    return frame.reset_index()
