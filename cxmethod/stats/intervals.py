"""Estimates with their uncertainty: means, shares, their differences, and how many answers they need."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    samplesize_confint_proportion,
)

from cxmethod.stats.paired import signed_rank

Floats = NDArray[np.float64]


def grouped_means(
    frame: pd.DataFrame, by: list[str], value: str, weight: str | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Weighted mean of `value` in each group, with a t interval on the effective n.

    Parameters
    ----------
    frame
        One row a case. Rows whose group is missing are left out.
    by
        Columns that make the groups; the groups that occur are returned, in sorted order.
    value
        Numeric column; missing values are left out of the estimate.
    weight
        Column of weights, none missing or negative where `value` is known.

    Returns
    -------
    DataFrame
        `by`, then `n` (rows with a value; 0 where a group has none), `n_effective` (Kish 1965:
        (Σw)² / Σw²), `mean`, `sd` (weighted variance × n_effective / (n_effective − 1), square root), `low`,
        `high` (t on n_effective − 1 degrees of freedom). `sd`, `low`, `high` are NaN where n_effective ≤ 1.
    """
    groups, codes, values, weights = _grouped(frame, by, value, weight)
    size = len(groups)
    total = np.bincount(codes, weights, size)
    squares = np.bincount(codes, weights**2, size)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(codes, weights * values, size) / total
        n_effective = np.where(total > 0, total**2 / squares, 0.0)
        spread = np.bincount(codes, weights * (values - mean[codes]) ** 2, size) / total
        degrees = np.where(n_effective > 1 + 1e-9, n_effective - 1, np.nan)
        sd = np.sqrt(spread * n_effective / degrees)
        margin = _t_quantile(confidence, degrees) * sd / np.sqrt(n_effective)
    return groups.assign(
        n=np.bincount(codes, minlength=size),
        n_effective=n_effective,
        mean=mean,
        sd=sd,
        low=mean - margin,
        high=mean + margin,
    )


def grouped_shares(
    frame: pd.DataFrame, by: list[str], flag: str, weight: str | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Weighted share of rows in each group where `flag` holds, with Wilson's interval on the effective n.

    Parameters
    ----------
    frame, by, weight
        As in `grouped_means`.
    flag
        Column of true and false (or 1 and 0); missing values are left out of the estimate.

    Returns
    -------
    DataFrame
        `by`, then `n`, `n_effective`, `share`, `low`, `high` (Wilson 1927); NaN where a group has no value.
    """
    groups, codes, values, weights = _grouped(frame, by, flag, weight)
    if not np.isin(values, (0.0, 1.0)).all():
        raise ValueError(f"{flag} holds values other than true and false")
    size = len(groups)
    total = np.bincount(codes, weights, size)
    with np.errstate(invalid="ignore"):
        share = np.bincount(codes, weights * values, size) / total
        n_effective = total**2 / np.bincount(codes, weights**2, size)
    low, high = wilson(share * n_effective, n_effective, confidence)
    return groups.assign(
        n=np.bincount(codes, minlength=size),
        n_effective=np.nan_to_num(n_effective),
        share=share,
        low=low,
        high=high,
    )


def wilson(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson's score interval of a proportion, element by element; NaN where n is 0.

    `successes` and `n` may be effective (not whole) numbers.
    """
    successes, n = np.asarray(successes, float), np.asarray(n, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = successes / n
        low, high = proportion_confint(successes, n, alpha=1 - confidence, method="wilson")
    # Rounding may leave a limit a hair beyond the share itself where that is 0 or 1.
    return np.minimum(low, share), np.maximum(high, share)


def welch(
    mean_a: ArrayLike,
    sd_a: ArrayLike,
    n_a: ArrayLike,
    mean_b: ArrayLike,
    sd_b: ArrayLike,
    n_b: ArrayLike,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Difference a − b of two means from their summaries, unequal variances (Welch 1947).

    Arguments are numbers, arrays or Series of one length; `n` may be effective. Degrees of freedom by
    Welch–Satterthwaite, p-value two-sided.

    Returns
    -------
    DataFrame
        `difference`, `low`, `high`, `p_value`, on the index of the first Series given. Interval and
        p-value are NaN where either n ≤ 1 or neither sample has any spread.
    """
    (mean_a, sd_a, n_a, mean_b, sd_b, n_b), index = _aligned(mean_a, sd_a, n_a, mean_b, sd_b, n_b)
    difference = mean_a - mean_b
    with np.errstate(invalid="ignore", divide="ignore"):
        variance_a = np.where(n_a > 1, sd_a**2 / n_a, np.nan)
        variance_b = np.where(n_b > 1, sd_b**2 / n_b, np.nan)
        error = np.sqrt(variance_a + variance_b)
        degrees = error**4 / (variance_a**2 / (n_a - 1) + variance_b**2 / (n_b - 1))
        p_value = 2 * stats.t.sf(np.abs(difference) / error, degrees)
    margin = _t_quantile(confidence, degrees) * error
    limits = {"low": difference - margin, "high": difference + margin}
    return pd.DataFrame({"difference": difference, **limits, "p_value": p_value}, index=index)


def newcombe(
    successes_a: ArrayLike,
    n_a: ArrayLike,
    successes_b: ArrayLike,
    n_b: ArrayLike,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Difference a − b of two proportions, with Newcombe's hybrid score interval (1998, method 10).

    The p-value is that of the two-sided z test of equal proportions with pooled variance, without continuity
    correction; it is 1 where both samples are all successes or all failures. It comes from another
    principle than the interval, so that the two may disagree at the border.

    Returns
    -------
    DataFrame
        `difference`, `low`, `high`, `p_value`, on the index of the first Series given; NaN where
        either n is 0.
    """
    (count_a, size_a, count_b, size_b), index = _aligned(successes_a, n_a, successes_b, n_b)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = confint_proportions_2indep(
            count_a, size_a, count_b, size_b, method="newcomb", compare="diff", alpha=1 - confidence
        )
        difference = count_a / size_a - count_b / size_b
        pooled = (count_a + count_b) / (size_a + size_b)
        error = np.sqrt(pooled * (1 - pooled) * (1 / size_a + 1 / size_b))
        z = np.where(difference == 0, 0.0, difference / error)
    p_value = 2 * stats.norm.sf(np.abs(z))
    return pd.DataFrame({"difference": difference, "low": low, "high": high, "p_value": p_value}, index=index)


def paired_means(
    frame: pd.DataFrame,
    by: list[str],
    a: str,
    b: str,
    confidence: float = 0.95,
    weight: str | None = None,
) -> pd.DataFrame:
    """Paired difference b − a in each group: t interval of its mean, signed-rank p-value.

    Only rows with both values enter. Weights act on means, interval and test; zeros in the test are Pratt's, see
    `cxmethod.stats.paired.signed_rank`.

    Returns
    -------
    DataFrame
        `by`, then `n` (pairs), `mean_a`, `mean_b`, `difference`, `low`, `high`, `p_value` (NaN where n < 2 or
        all differences are 0). Groups without a pair stay, with n = 0.
    """
    frame = frame.reset_index(drop=True)
    difference = frame[b] - frame[a]
    known = difference.notna()
    paired = frame.assign(**{a: frame[a].where(known), b: frame[b].where(known)})
    paired["difference of the pair"] = difference
    means = grouped_means(paired, by, "difference of the pair", weight, confidence)
    weights = paired[weight] if weight else pd.Series(1.0, paired.index)
    p_values = paired.groupby(by, observed=True)["difference of the pair"].agg(
        lambda group: signed_rank(group, weights[group.index])
    )
    return means[[*by, "n"]].assign(
        mean_a=grouped_means(paired, by, a, weight)["mean"],
        mean_b=grouped_means(paired, by, b, weight)["mean"],
        difference=means["mean"],
        low=means["low"],
        high=means["high"],
        p_value=p_values.to_numpy(float),
    )


def adjust(p_values: ArrayLike, method: Literal["holm", "benjamini-hochberg"]) -> Floats:
    """P-values adjusted for their number: Holm (1979) or Benjamini–Hochberg (1995).

    NaN stay NaN and are not counted.
    """
    names = {"holm": "holm", "benjamini-hochberg": "fdr_bh"}
    if method not in names:
        raise ValueError(f"method is {method!r}; allowed: {', '.join(names)}")
    adjusted = np.array(p_values, dtype=float)
    known = ~np.isnan(adjusted)
    if known.any():
        adjusted[known] = multipletests(adjusted[known], method=names[method])[1]
    return adjusted


def nps_interval(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike, confidence: float = 0.95
) -> pd.DataFrame:
    """Net promoter score with its adjusted Wald interval (Rocks 2016: n + 3, ¾ promoter, ¾ detractor).

    Counts in, points on −100 … 100 out; the interval is cut at the ends of the scale. Its centre lies
    a little nearer to 0 than the score.

    Returns
    -------
    DataFrame
        `nps`, `low`, `high`, on the index of the first Series given; NaN where there are no answers.
    """
    (promoting, passive, detracting), index = _aligned(promoters, passives, detractors)
    n = promoting + passive + detracting
    with np.errstate(invalid="ignore"):
        score = 100 * (promoting - detracting) / n
    p, d = (promoting + 0.75) / (n + 3), (detracting + 0.75) / (n + 3)
    margin = stats.norm.ppf((1 + confidence) / 2) * np.sqrt((p + d - (p - d) ** 2) / (n + 3))
    low, high = 100 * np.where(n > 0, np.clip([p - d - margin, p - d + margin], -1, 1), np.nan)
    return pd.DataFrame({"nps": score, "low": low, "high": high}, index=index)


def sample_size(margin: float, confidence: float = 0.95, population: int | None = None) -> int:
    """Answers needed to know a proportion near one half within ± `margin` (a share, e.g. 0.05).

    Normal approximation at p = 0.5; with a `population`, Cochran's (1977) finite population correction.
    """
    if not (0 < margin < 1 and 0 < confidence < 1):
        raise ValueError("margin and confidence lie between 0 and 1")
    if population is not None and population < 1:
        raise ValueError("population is at least 1")
    needed = float(samplesize_confint_proportion(0.5, margin, alpha=1 - confidence))
    if population is not None:
        needed /= 1 + (needed - 1) / population
    return int(np.ceil(needed))


def _grouped(
    frame: pd.DataFrame, by: Sequence[str], value: str, weight: str | None
) -> tuple[pd.DataFrame, NDArray[np.intp], Floats, Floats]:
    """Groups that occur, and for each row with a value: the group's position, value and weight."""
    grouping = frame.groupby(list(by), observed=True)
    groups = grouping.size().index.to_frame(index=False)
    codes = grouping.ngroup().to_numpy()
    values = pd.to_numeric(frame[value]).to_numpy(dtype=float, na_value=np.nan)
    used = (codes >= 0) & ~np.isnan(values)
    weights = np.ones(int(used.sum()))
    if weight is not None:
        weights = frame[weight].to_numpy(dtype=float, na_value=np.nan)[used]
        if not (weights >= 0).all():
            raise ValueError(f"{weight} is missing or negative where {value} is known")
    return groups, codes[used], values[used], weights


def _aligned(*values: ArrayLike) -> tuple[list[Floats], pd.Index | None]:
    """The values as arrays of one length, and the index of the first Series among them."""
    arrays = np.broadcast_arrays(*(np.atleast_1d(np.asarray(each, float)) for each in values))
    return list(arrays), next((each.index for each in values if isinstance(each, pd.Series)), None)


def _t_quantile(confidence: float, degrees: Floats) -> Floats:
    return np.asarray(stats.t.ppf((1 + confidence) / 2, degrees), float)
