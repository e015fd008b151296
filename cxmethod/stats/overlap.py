"""Two samples that share some of their people: means and shares compared with what they have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from cxmethod.stats.intervals import grouped_means, wilson

Floats = NDArray[np.float64]

PAIRS_FROM = 3
"""Fewer pairs than this tell nothing of how the two answers go together."""
_NOTHING = 1e-9


@dataclass(frozen=True)
class _Both:
    """What is known of each group in both samples: summaries, and how their two means go together."""

    frame: pd.DataFrame
    correlation: Floats
    shared: Floats


def overlapping_means(
    a: pd.DataFrame,
    b: pd.DataFrame,
    by: list[str],
    person: str,
    value: str,
    weight: str,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Difference b − a of the weighted mean in each group that both samples have, shared people taken into account.

    The partially overlapping samples t test with unequal variances (Derrick, Russ, Toher & White 2017, *Journal of
    Modern Applied Statistical Methods* 16(1), T_new2): the variance of the difference is s²a/na + s²b/nb − 2·r·sa·sb·nc /
    (na·nb), r the correlation of the nc people in both. Nobody shared: Welch's test. The same people twice: the paired t
    test. A sample that only grew: exactly the variance of what the new people add. Weights enter by the effective n.

    Parameters
    ----------
    a, b : DataFrame
        One row a person and group, with no row twice; missing values are left out.
    by : list of str
        Columns that make the groups.
    person, value, weight : str
        Columns.

    Returns
    -------
    DataFrame
        `by`, `n_a`, `n_b`, `n_shared`, `n_changed` (shared people who answer otherwise), `mean_a`, `mean_b`,
        `difference`, `low`, `high`, `p_value`. Interval and p value are NaN where neither sample has any spread;
        people who are the same and all moved by the same amount are no sample: their p value is 0.
    """
    both = _both(a, b, by, person, value, weight)
    frame = both.frame
    var_a, var_b = (frame[f"sd_{s}"].to_numpy() ** 2 / frame[f"n_effective_{s}"].to_numpy() for s in "ab")
    variance = var_a + var_b - 2 * both.correlation * np.sqrt(var_a * var_b)
    difference = (frame["mean_b"] - frame["mean_a"]).to_numpy()
    certain = variance <= _NOTHING * (var_a + var_b)
    error = np.sqrt(np.where(certain, np.nan, np.maximum(variance, 0)))
    degrees = _degrees(frame, both.shared, var_a, var_b)
    margin = stats.t.ppf((1 + confidence) / 2, degrees) * error
    p_value = 2 * stats.t.sf(np.abs(difference) / error, degrees)
    return _told(frame, by, difference, difference - margin, difference + margin, p_value, certain)


def overlapping_shares(
    a: pd.DataFrame,
    b: pd.DataFrame,
    by: list[str],
    person: str,
    flag: str,
    weight: str,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Difference b − a of the weighted share in each group that both samples have, shared people taken into account.

    The interval joins the two Wilson intervals by their squares less what they share (MOVER; Zou 2007, *Psychological
    Methods* 12(4)): with nobody shared it is Newcombe's (1998, method 10). The p value is that of the z test with pooled
    variance, less the covariance (Derrick et al. 2015).

    Returns
    -------
    DataFrame
        As `overlapping_means`, with shares in place of means.
    """
    told_a, told_b = (sample.assign(**{flag: sample[flag].astype(float)}) for sample in (a, b))
    both = _both(told_a, told_b, by, person, flag, weight)
    frame, correlation = both.frame, both.correlation
    share_a, share_b = frame["mean_a"].to_numpy(), frame["mean_b"].to_numpy()
    size_a, size_b = frame["n_effective_a"].to_numpy(), frame["n_effective_b"].to_numpy()
    low_a, high_a = wilson(share_a * size_a, size_a, confidence)
    low_b, high_b = wilson(share_b * size_b, size_b, confidence)
    difference = share_b - share_a
    low = difference - _joined(share_b - low_b, high_a - share_a, correlation)
    high = difference + _joined(high_b - share_b, share_a - low_a, correlation)
    pooled = (share_a * size_a + share_b * size_b) / (size_a + size_b)
    factor = 1 / size_a + 1 / size_b - 2 * correlation / np.sqrt(size_a * size_b)
    certain = factor <= _NOTHING * (1 / size_a + 1 / size_b)
    variance = pooled * (1 - pooled) * np.where(certain, np.nan, np.maximum(factor, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(np.abs(difference) < _NOTHING, 0.0, difference / np.sqrt(variance))
    return _told(frame, by, difference, low, high, 2 * stats.norm.sf(np.abs(z)), certain)


def _joined(one: Floats, other: Floats, correlation: Floats) -> Floats:
    squares = one**2 + other**2 - 2 * correlation * one * other
    return np.asarray(np.sqrt(np.maximum(squares, 0)), float)


def _told(
    frame: pd.DataFrame,
    by: list[str],
    difference: Floats,
    low: Floats,
    high: Floats,
    p_value: Floats,
    certain: NDArray[np.bool_],
) -> pd.DataFrame:
    """The table of a comparison; where nothing is left to chance, the difference is its own interval."""
    same = np.abs(difference) < _NOTHING
    panel = (frame["n_shared"] == frame["n_a"]) & (frame["n_shared"] == frame["n_b"])
    exact = certain & (same | panel.to_numpy())
    known = frame[[*by, "n_a", "n_b", "n_shared", "n_changed", "mean_a", "mean_b"]]
    return known.assign(
        difference=difference,
        low=np.where(exact, difference, np.where(certain, np.nan, low)),
        high=np.where(exact, difference, np.where(certain, np.nan, high)),
        p_value=np.where(exact, np.where(same, 1.0, 0.0), np.where(certain, np.nan, p_value)),
    )


def _degrees(frame: pd.DataFrame, shared: Floats, var_a: Floats, var_b: Floats) -> Floats:
    """Degrees of freedom between Welch's and those of pairs, by how many are shared (Derrick et al. 2017)."""
    n_a, n_b = frame["n_effective_a"].to_numpy(), frame["n_effective_b"].to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        welch = (var_a + var_b) ** 2 / (var_a**2 / (n_a - 1) + var_b**2 / (n_b - 1))
    alone = n_a + n_b - 2 * shared
    return np.asarray(np.maximum(shared - 1 + (welch - shared + 1) * alone / (alone + 2 * shared), 1), float)


def _both(a: pd.DataFrame, b: pd.DataFrame, by: list[str], person: str, value: str, weight: str) -> _Both:
    a, b = (sample.dropna(subset=[value]) for sample in (a, b))
    summaries = [
        grouped_means(sample, by, value, weight).merge(
            sample.groupby(by, observed=True)[weight].sum().rename("total").reset_index(), on=by
        )
        for sample in (a, b)
    ]
    frame = summaries[0].merge(summaries[1], on=by, suffixes=("_a", "_b"))
    columns = [*by, person, value, weight]
    pairs = a[columns].merge(b[columns], on=[*by, person], suffixes=("_a", "_b"))
    frame = frame.merge(_of_pairs(pairs, by, value, weight), on=by, how="left")
    frame[["n_shared", "n_changed"]] = frame[["n_shared", "n_changed"]].fillna(0).astype(int)
    sizes = frame["n_effective_a"].to_numpy() * frame["n_effective_b"].to_numpy()
    common = frame["overlap"].fillna(0).to_numpy() / (frame["total_a"] * frame["total_b"]).to_numpy()
    smaller = frame[["n_effective_a", "n_effective_b"]].min(axis=1).to_numpy()
    correlation = frame["r"].fillna(0).to_numpy() * np.minimum(common * np.sqrt(sizes), 1)
    return _Both(frame, correlation, np.minimum(common * sizes, smaller))


def _of_pairs(pairs: pd.DataFrame, by: list[str], value: str, weight: str) -> pd.DataFrame:
    """Of the people in both samples: how many, how many changed, their correlation, and the sum of their weights' products."""
    x, y = pairs[f"{value}_a"].astype(float), pairs[f"{value}_b"].astype(float)
    sums = pairs[by].assign(
        n_shared=1, n_changed=((x - y).abs() > _NOTHING).astype(int),
        overlap=pairs[f"{weight}_a"] * pairs[f"{weight}_b"],
    )  # fmt: skip
    centred = [each - each.groupby([pairs[name] for name in by]).transform("mean") for each in (x, y)]
    sums = sums.assign(xx=centred[0] ** 2, yy=centred[1] ** 2, xy=centred[0] * centred[1])
    frame = sums.groupby(by, observed=True).sum().reset_index()
    spread = (frame["xx"] * frame["yy"]) ** 0.5
    told = (frame["n_shared"] >= PAIRS_FROM) & (spread > _NOTHING)
    r = (frame["xy"] / spread.where(told)).clip(-1, 1)
    return frame.assign(r=r.where(frame["n_changed"] > 0, 1.0).fillna(0.0))
