"""What each persona is worth, where the client says what each customer is worth."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.indicators import read_numbers
from cxmethod.steps.people import likeliest, weights


def value_shares(engagement: Engagement, membership: pd.DataFrame) -> pd.Series:
    """Each persona's share of the value of all who have a persona and a known value.

    Customers count for as much as their weight. A persona with fewer than `suppress_below` known values has none; where
    it is the only one without, neither has the one with the smallest share. A value below 0 counts as nothing.

    Parameters
    ----------
    membership : DataFrame
        `respondent`, `persona`, `probability`; the likeliest persona counts.

    Returns
    -------
    Series of float
        By persona; empty where no value column is declared, it is not there, or it holds no value above 0.
    """
    column, respondents = engagement.settings.scope.value, engagement.table("respondents")
    none = pd.Series([], index=pd.Index([], dtype="str"), dtype=float)
    if column is None or column not in respondents:
        return none
    values = read_numbers(respondents[column]).clip(lower=0).set_axis(respondents["respondent"])
    own = likeliest(membership)
    worth = (own["respondent"].map(values) * weights(engagement, own["respondent"])).groupby(own["persona"])
    total = float(worth.sum().sum())
    if not total > 0:
        return none
    enough = worth.count() >= engagement.settings.thresholds.suppress_below
    shares: pd.Series = (worth.sum() / total).where(enough)
    # One hidden share alone is what the others leave of 1: the smallest of them is hidden with it.
    return shares.drop(shares.idxmin()) if (~enough).sum() == 1 and enough.any() else shares
