"""How far a net promoter score moved from one sample to another."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from cxmethod.stats.intervals import nps_interval


def nps_difference(a: pd.DataFrame, b: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Difference a − b of two net promoter scores of independent samples, in points.

    The interval joins the two adjusted-Wald intervals as Newcombe joins Wilson's: from the score less √((a − low of a)² +
    (high of b − b)²) to the score plus its counterpart (square-and-add; Zou & Donner 2008). The p-value is that of the two-sided
    z test on the adjusted scores (Rocks 2016: n + 3, ¾ promoter, ¾ detractor), so that both may disagree at the border.

    Parameters
    ----------
    a, b : DataFrame
        `promoter`, `passive`, `detractor`: counts, on one index.

    Returns
    -------
    DataFrame
        `difference`, `low`, `high`, `p_value`; NaN where either has no answers.
    """
    one, other = (
        nps_interval(own["promoter"], own["passive"], own["detractor"], confidence) for own in (a, b)
    )
    difference = one["nps"] - other["nps"]
    below = np.hypot(one["nps"] - one["low"], other["high"] - other["nps"])
    above = np.hypot(one["high"] - one["nps"], other["nps"] - other["low"])
    (centre_a, error_a), (centre_b, error_b) = _adjusted(a), _adjusted(b)
    z = np.asarray((centre_a - centre_b) / np.hypot(error_a, error_b), float)
    p_value = pd.Series(2 * stats.norm.sf(np.abs(z)), a.index).where(difference.notna())
    return pd.DataFrame(
        {"difference": difference, "low": difference - below, "high": difference + above, "p_value": p_value}
    )


def _adjusted(counts: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Adjusted score, as a share, and its standard error."""
    n = counts[["promoter", "passive", "detractor"]].sum(axis=1) + 3
    p, d = (counts["promoter"] + 0.75) / n, (counts["detractor"] + 0.75) / n
    return p - d, ((p + d - (p - d) ** 2) / n) ** 0.5
