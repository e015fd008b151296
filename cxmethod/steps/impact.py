"""What an initiative would change for customers: computed from what they said, never typed in."""

from __future__ import annotations

import pandas as pd

IMPACT = "customer_impact"
"""The criterion that is computed."""


def listed(initiatives: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for each item that an initiative lists: `initiative`, `item`.

    Parameters
    ----------
    column : str
        A column of items parted by ``;``: touchpoints, motivations, requires, excludes.
    """
    lists = initiatives.set_index("initiative")[column].dropna().str.split(";").explode().str.strip()
    return lists[lists != ""].rename("item").reset_index().drop_duplicates(ignore_index=True)


def point_impact(points: pd.DataFrame) -> pd.Series:
    """By touchpoint: its weight × the share of customers who feel badly there; missing where unknown.

    The weight is the relative share, or without a model the stated importance over its sum. A touchpoint where those who
    feel better end up worse (`association` below 0) weighs nothing: feeling better there promises no better outcome.
    """
    importance = points["stated_importance"] / points["stated_importance"].sum()
    weight = points["relative_share"] if points["relative_share"].notna().any() else importance
    if "association" in points and points["relative_share"].notna().any():
        weight = weight.mask(points["association"] < 0, 0.0)
    return pd.Series((weight * points["negative_share"]).to_numpy(float), index=points["touchpoint"])


def customer_impact(initiatives: pd.DataFrame, impact: pd.Series) -> pd.Series:
    """By initiative: the impact of the points that it answers, added up; 0 where it answers none, missing where unknown."""
    items = listed(initiatives, "touchpoints")
    answered = items.assign(impact=items["item"].map(impact)).groupby("initiative")["impact"].sum(min_count=1)
    answers_none = initiatives.loc[~initiatives["initiative"].isin(items["initiative"]), "initiative"]
    if impact.notna().any():
        answered = pd.concat([answered, pd.Series(0.0, index=answers_none)])
    return answered.reindex(initiatives["initiative"])
