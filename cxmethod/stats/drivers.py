"""What moves an outcome: relative importance of correlated predictors, with its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.tools import add_constant

from cxmethod.stats.bootstrap import cross_products, resampled_cross_products
from cxmethod.stats.lmg import lmg

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Aside = Literal["constant", "lone", "collinear"]

_COLLINEAR = 1e-8
"""A column with less than this share of its variance left beside the earlier ones is set aside."""


@dataclass(frozen=True, eq=False)
class RelativeImportance:
    """How the explained variance of an outcome divides among its predictors.

    Arrays follow `names`. It speaks of association, never of cause.

    Attributes
    ----------
    names
        The k columns that entered.
    n
        Cases.
    r2
        R² of the regression on all of them; the sum of `shares`.
    shares, low, high
        Share of R² of each column (LMG), and the percentile interval of its bootstrap.
    relative_low, relative_high
        Percentile interval of share / R², over the resamples in which R² is above 0.
    rank, rank_low, rank_high
        1 is the largest share; percentile interval of the ranks, outwards to whole ranks.
    above_equal_share
        Part of the resamples in which share / R² ≥ 1/k.
    coefficients
        Slopes of the regression on all columns, in units of the outcome per unit of the column.
    set_aside
        Columns that could not enter, and why.
    p_value
        Overall F test of the regression with HC3 covariance (MacKinnon & White 1985); NaN where a single case
        decides a coefficient, so that HC3 does not exist.
    association, association_p
        Pearson correlation of each column with the outcome, and its unadjusted two-sided p-value (t on n − 2
        degrees of freedom; the effective n with weights).
    """

    names: tuple[str, ...]
    n: int
    r2: float
    shares: Floats
    low: Floats
    high: Floats
    relative_low: Floats
    relative_high: Floats
    rank: Integers
    rank_low: Integers
    rank_high: Integers
    above_equal_share: Floats
    coefficients: Floats
    set_aside: dict[str, Aside]
    p_value: float
    association: Floats
    association_p: Floats


def relative_importance(
    x: pd.DataFrame,
    y: pd.Series,
    weights: pd.Series | None = None,
    resamples: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> RelativeImportance:
    """Divide R² among the columns of `x` by LMG, with a bootstrap of the cases.

    Parameters
    ----------
    x
        Complete numeric cases, one column a predictor; at most 20 may remain once constant and
        collinear columns are set aside. Of collinear columns the earlier stays.
    y
        Outcome of each case, in the order of `x`; true and false count as 1 and 0.
    weights
        Of each case; each is drawn with its weight.
    resamples, seed, confidence
        Of the bootstrap; the same seed gives the same numbers.

    Raises
    ------
    ValueError
        Missing values, lengths that differ, repeated names, an outcome that does not vary, no column or more
        than 20 left, or no more cases than coefficients.
    """
    columns, outcome, sizes = _complete(x, y, weights)
    cross = cross_products(columns, outcome, sizes)
    kept, set_aside = separate(columns, cross, [str(name) for name in x.columns])
    k, n = len(kept), len(columns)
    if n <= k + 1:
        raise ValueError(f"{n} cases are too few for {k} columns")
    columns, cross = columns[:, kept], cross[np.ix_([*kept, -1], [*kept, -1])]
    shares = lmg(cross)
    drawn = _resampled_shares(columns, outcome, sizes, resamples, seed)
    low, high = _percentiles(drawn, confidence)
    ranks = stats.rankdata(-drawn, method="min", axis=1)
    relative_low, relative_high = _percentiles(_relative(drawn), confidence)
    association, association_p = _association(cross, sizes)
    return RelativeImportance(
        names=tuple(str(x.columns[i]) for i in kept),
        n=n,
        r2=float(shares.sum()),
        shares=shares,
        low=low,
        high=high,
        relative_low=relative_low,
        relative_high=relative_high,
        rank=stats.rankdata(-shares, method="min").astype(int),
        rank_low=_percentiles(ranks, confidence, "lower")[0].astype(int),
        rank_high=_percentiles(ranks, confidence, "higher")[1].astype(int),
        above_equal_share=_above_equal_share(drawn),
        coefficients=np.asarray(np.linalg.solve(cross[:-1, :-1], cross[:-1, -1]), float),
        set_aside=set_aside,
        p_value=_overall_p(columns, outcome, sizes),
        association=association,
        association_p=association_p,
    )


def _complete(x: pd.DataFrame, y: pd.Series, weights: pd.Series | None) -> tuple[Floats, Floats, Floats]:
    if not x.columns.is_unique:
        raise ValueError("column names are repeated")
    columns, outcome = x.to_numpy(dtype=float, na_value=np.nan), y.to_numpy(dtype=float, na_value=np.nan)
    sizes = np.ones(len(x)) if weights is None else weights.to_numpy(dtype=float, na_value=np.nan)
    if not len(columns) == len(outcome) == len(sizes):
        raise ValueError(
            f"lengths differ: {len(columns)} cases, {len(outcome)} outcomes, {len(sizes)} weights"
        )
    if not (np.isfinite(columns).all() and np.isfinite(outcome).all() and np.isfinite(sizes).all()):
        raise ValueError("values are missing or infinite: give complete cases only")
    if (sizes <= 0).any():
        raise ValueError("every weight must be above 0: leave out the cases that do not count")
    if len(outcome) == 0 or np.ptp(outcome) == 0:
        raise ValueError("the outcome does not vary")
    return columns, outcome, sizes


def separate(
    columns: Floats, cross: Floats, names: Sequence[str], *, lone_aside: bool = True
) -> tuple[list[int], dict[str, Aside]]:
    """Positions of the columns that can enter a regression, and why each other cannot.

    Sweeps the columns out one after the other (an ordered Cholesky decomposition): one that the earlier ones
    explain has nothing left when its turn comes. A column in which one case alone differs is set aside too, unless
    `lone_aside` is False.
    """
    kept: list[int] = []
    aside: dict[str, Aside] = {}
    left = cross[:-1, :-1].copy()
    for i, name in enumerate(names):
        if np.ptp(columns[:, i]) == 0:
            aside[name] = "constant"
        elif lone_aside and _lone(columns[:, i]):
            aside[name] = "lone"
        elif left[i, i] <= _COLLINEAR * cross[i, i]:
            aside[name] = "collinear"
        else:
            kept.append(i)
            left -= np.outer(left[:, i], left[i]) / left[i, i]
    if not kept:
        raise ValueError("no column varies")
    return kept, aside


def _lone(column: Floats) -> bool:
    """Whether all cases but one are alike: the regression would follow that one alone (its leverage is 1)."""
    low, high = np.partition(column, 1)[:2], np.partition(column, -2)[-2:]
    return len(column) > 2 and (low[1] == high[1] or low[0] == high[0])


def _resampled_shares(columns: Floats, outcome: Floats, sizes: Floats, resamples: int, seed: int) -> Floats:
    return lmg(resampled_cross_products(columns, outcome, sizes, resamples, np.random.default_rng(seed)))


def _percentiles(
    drawn: Floats, confidence: float, method: Literal["linear", "lower", "higher"] = "linear"
) -> tuple[Floats, Floats]:
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0, method=method)
    return low, high


def _relative(drawn: Floats) -> Floats:
    r2 = drawn.sum(axis=1, keepdims=True)
    speaks = r2[:, 0] > 0
    relative: Floats = drawn[speaks] / r2[speaks]
    return relative if len(relative) else np.zeros((1, drawn.shape[1]))


def _above_equal_share(drawn: Floats) -> Floats:
    """The comparison gives way to rounding, so that a lone column reaches its share of one."""
    r2 = drawn.sum(axis=1, keepdims=True)
    reached: Floats = ((drawn * drawn.shape[1] >= r2 * (1 - 1e-9)) & (r2 > 0)).mean(axis=0)
    return reached


def _overall_p(columns: Floats, outcome: Floats, sizes: Floats) -> float:
    model = WLS(outcome, add_constant(columns, has_constant="add"), weights=sizes)
    decomposed = np.linalg.svd(model.wexog, full_matrices=False)[0]
    if (1 - (decomposed**2).sum(axis=1) < 1e-9).any():
        return float("nan")
    return float(model.fit(cov_type="HC3").f_pvalue)


def _association(cross: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    spread = np.sqrt(np.diag(cross))
    correlation = np.clip(cross[:-1, -1] / (spread[:-1] * spread[-1]), -1, 1)
    degrees = sizes.sum() ** 2 / (sizes**2).sum() - 2
    with np.errstate(divide="ignore"):
        t = np.abs(correlation) * np.sqrt(degrees / (1 - correlation**2))
    return correlation, np.asarray(2 * stats.t.sf(t, degrees), float)
