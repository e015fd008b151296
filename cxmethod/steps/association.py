"""Each touchpoint's own association with the outcome: what may be suspected without a model."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import adjust


def marginal(
    emotions: pd.DataFrame, outcome: pd.Series, weight: pd.Series, limits: Thresholds
) -> pd.DataFrame:
    """Weighted correlation of each touchpoint with the outcome on the rows that know it, and whether it is positive.

    Parameters
    ----------
    emotions
        Respondents by touchpoints, NaN for unknown.
    outcome, weight
        On the same rows.

    Returns
    -------
    DataFrame
        `touchpoint`, `association` (Pearson; blank below `min_n` rows or where nothing varies), `association_p` (t on the
        effective n − 2 of Kish 1965, Holm over the touchpoints), `n`, `matters` (``suspected`` or ``no``).
    """
    n = emotions.notna().sum()
    r, n_effective = _correlations(emotions, outcome, weight)
    r = r.where((n >= limits.min_n) & (emotions.nunique() > 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = r * np.sqrt((n_effective - 2) / (1 - r**2))
    p = pd.Series(2 * stats.t.sf(np.abs(t), n_effective - 2), emotions.columns)
    frame = pd.DataFrame({"touchpoint": emotions.columns, "association": r.to_numpy(), "n": n.to_numpy()})
    frame["association_p"] = adjust(p, "holm")
    return frame.assign(matters=np.where(is_positive(frame, limits), "suspected", "no"))


def is_positive(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    """Where the association is told apart from none, and those who feel better end better."""
    positive: pd.Series = (frame["association"] > 0) & (frame["association_p"] < limits.significance)
    return positive


def _correlations(
    emotions: pd.DataFrame, outcome: pd.Series, weight: pd.Series
) -> tuple[pd.Series, pd.Series]:
    own = emotions.notna().mul(weight, axis=0)
    total = own.sum()
    x = emotions - (emotions * own).sum() / total
    y = pd.DataFrame(dict.fromkeys(emotions, outcome)) - own.mul(outcome, axis=0).sum() / total
    covariance, spread = (own * x * y).sum(), (own * x**2).sum() * (own * y**2).sum()
    return covariance / np.sqrt(spread.where(spread > 0)), total**2 / (own**2).sum()
