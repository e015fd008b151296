"""Whether the same people say otherwise the second time: the signed-rank test."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]

_EXACT_UP_TO = 15
"""So many people who changed: their 2ⁿ signs are enumerated."""
_DIGITS = 9
"""Differences that are averages are ties when they agree to so many decimals."""


def signed_rank(differences: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Two-sided p-value of the signed-rank test, zeros by Pratt, weights honoured.

    Wilcoxon (1945), with the zeros of Pratt (1959): who did not change is ranked with the others and then carries no
    sign. Dropping them first, as Wilcoxon did, judges by those who changed alone, so that ratings on five steps, most
    of them as expected, would seem to part more than they do; and it can lose significance when every difference
    grows (Pratt's paradox), which this cannot.

    The statistic is Σ w·r·sign(d), r the midranks of |d| by weight. Under the hypothesis each sign is a coin: the
    distribution over all signs is enumerated for 15 people who changed or fewer, else it is normal with
    variance Σ (w·r)², without continuity correction. With equal weights this is the test of `scipy.stats.wilcoxon`
    with ``zero_method="pratt"``; the scale of the weights does not matter.

    Parameters
    ----------
    differences : array_like
        One a person; missing ones are left out.
    weights : array_like, optional
        One a person, positive; 1 without them.

    Returns
    -------
    float
        NaN where fewer than two differences are known, or all of them are 0.
    """
    values = np.round(np.asarray(differences, float), _DIGITS)
    given = np.ones_like(values) if weights is None else np.asarray(weights, float)
    known = ~np.isnan(values)
    values, given = values[known], given[known]
    if len(values) < 2 or not values.any():
        return float("nan")
    given = given / given.mean()
    changed = values != 0
    scores = (given * _midranks(np.abs(values), given))[changed]
    total = abs(float(np.sign(values[changed]) @ scores))
    if len(scores) <= _EXACT_UP_TO:
        # Sums of the same scores in another order differ by rounding only.
        return float(np.mean(np.abs(_all_signs(len(scores)) @ scores) >= total - 1e-9 * scores.sum()))
    return float(2 * stats.norm.sf(total / np.sqrt(scores @ scores)))


def _midranks(sizes: Floats, weights: Floats) -> Floats:
    """Mean place of each size when everyone takes up as much room as they weigh."""
    _, place = np.unique(sizes, return_inverse=True)
    room = np.bincount(place, weights)
    return np.asarray((np.cumsum(room) - room / 2 + 0.5)[place], float)


def _all_signs(n: int) -> Floats:
    """Every way to sign `n` scores, one a row; the last stays positive, as the others mirror it."""
    bits = np.arange(2 ** (n - 1))[:, None] >> np.arange(n)
    return np.asarray(1 - 2 * (bits & 1), float)
