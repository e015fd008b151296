"""What all control charts share: constants, the baseline, how far its own error widens limits, runs.

Arrays hold one series a row and one wave a column (the last axis), NaN where a wave has no value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import integrate, optimize, special, stats

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

RUN = 8
"""So many waves in a row on one side of the centre may be a signal."""
BEYOND = float(2 * stats.norm.sf(3))
"""Chance that a wave of a steady process lies beyond three known sigmas: 0.27 %."""
RUN_APART = 0.02
"""A run counts where its mean differs from the baseline's at this level: the centre of a few waves is itself uncertain."""
OVERDISPERSED = 0.05
"""Level of the χ² tests for overdispersion (Cochran 1954). A laxer one would see more of it in eight waves, and blunt the limits
of so many steady touchpoints that a change of ten points at n = 300 went unseen too often (docs/signals.md)."""


@dataclass(frozen=True)
class ControlChart:
    """A chart of each series, wave by wave.

    Parameters
    ----------
    value, centre, lower, upper : ndarray
        Series × waves; centre and limits are NaN where a series has fewer waves than the baseline takes.
    signal : ndarray of str
        ``beyond`` a limit, ``run`` (the eighth or a later wave in a row on one side of the centre, where the eight are told
        apart from the baseline) or blank.
    adjusted : ndarray of bool
        Series whose limits take in more variation than sampling gives (p′ rather than p).
    scale : ndarray
        By series: how many times as far its waves scatter as sampling alone would have it; 1 where nothing was adjusted.
    """

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    signal: NDArray[np.str_]
    adjusted: Flags
    scale: Floats


def d2(n: int) -> float:
    """Expected range of `n` independent standard normal values (Tippett 1925): ∫ 1 − Φⁿ − (1 − Φ)ⁿ.

    Raises
    ------
    ValueError
        Of fewer than two values.
    """
    if n < 2:
        raise ValueError("a range needs two values")
    return _d2(n)


@cache
def _d2(n: int) -> float:
    def outside(x: float) -> float:
        return float(1 - special.ndtr(x) ** n - special.ndtr(-x) ** n)

    return float(2 * integrate.quad(outside, 0, 12)[0])


def range_limits(centre: float, mean_range: float, span: int = 2, size: int = 1) -> tuple[float, float]:
    """Three-sigma limits of a mean of `size` values, sigma from the mean range of `span` values.

    With a moving range of two and single values this is the XmR chart (centre ± E₂·mR̄, E₂ = 3/d₂); with the ranges of
    subgroups it is the X̄–R chart (centre ± A₂·R̄, A₂ = 3/(d₂√n)); Montgomery, Introduction to Statistical Quality Control.
    """
    margin = 3 * mean_range / (d2(span) * np.sqrt(size))
    return centre - margin, centre + margin


@cache
def moving_range_multiplier(baseline: int, level: float) -> float:
    """How many estimated sigmas hold a further normal value with probability 1 − `level`, the centre being known.

    Sigma from the mean moving range of `baseline` values scatters like a χ with few degrees of freedom (Patnaik 1950; its
    variance in Cryer & Ryan 1990, *The estimation of sigma for an X chart*, Journal of Quality Technology 22): 4.6 for eight
    values. Three textbook sigmas would be crossed by chance in 2.5 of 100 waves instead of 0.27. Student's quantile holds
    the level, a little on the safe side in the tail (0.17 % of simulated waves).

    Returns
    -------
    float
        t quantile × c₄, because the estimate is unbiased for sigma; infinite with fewer than three values.
    """
    if baseline < 3:
        return float("inf")
    degrees = _moving_range_degrees(baseline)
    return float(stats.t.isf(level / 2, degrees) * _c4(degrees))


@cache
def _moving_range_degrees(baseline: int) -> float:
    """Degrees of freedom of the χ whose coefficient of variation is that of the mean moving range."""
    ranges = baseline - 1
    own = 2 * (1 - 2 / np.pi)
    # Neighbouring ranges share a value; their differences correlate by −1/2.
    shared = 4 / np.pi * (np.sqrt(0.75) + 0.5 * np.arcsin(0.5) - 1)
    variance = (ranges * own + 2 * (ranges - 1) * shared) / ranges**2 / d2(2) ** 2
    return float(optimize.brentq(lambda degrees: 1 / _c4(degrees) ** 2 - 1 - variance, 0.3, 4 * baseline))


def _c4(degrees: float) -> float:
    return float(
        np.sqrt(2 / degrees) * np.exp(special.gammaln((degrees + 1) / 2) - special.gammaln(degrees / 2))
    )


def baseline_waves(known: Flags, baseline: int) -> Flags:
    """The first `baseline` waves with a value; none in a series that has fewer.

    Raises
    ------
    ValueError
        Of a baseline below two waves.
    """
    if baseline < 2:
        raise ValueError("a baseline has at least two waves")
    place = known.cumsum(axis=-1)
    return np.asarray(known & (place <= baseline) & (place[..., -1:] >= baseline))


def first_values(values: Floats, chosen: Flags, count: int) -> Floats:
    """The `count` chosen values of each series, side by side in their order; NaN where nothing was chosen."""
    order = np.argsort(~chosen, axis=-1, kind="stable")[..., :count]
    return np.take_along_axis(np.where(chosen, values, np.nan), order, axis=-1)


def mean_moving_range(values: Floats) -> Floats:
    """Mean of the differences between neighbours, by series; kept as a column."""
    return mean_of(np.abs(np.diff(values, axis=-1)))


def mean_of(ranges: Floats) -> Floats:
    """Mean by series, kept as a column; NaN of none."""
    count = ranges.shape[-1] or np.nan
    return np.asarray(ranges.sum(axis=-1, keepdims=True) / count)


def run_length(side: Floats) -> NDArray[np.int64]:
    """How many waves in a row, this one included, lie on one side (−1, 1); 0 on the centre and without a value."""
    place = np.arange(side.shape[-1])
    turned = np.diff(side, axis=-1, prepend=np.nan) != 0
    began = np.maximum.accumulate(np.where(turned, place, 0), axis=-1)
    return np.where(np.isin(side, (-1, 1)), place - began + 1, 0)


def last_eight(values: Floats) -> Floats:
    """Sum of each wave and the seven before it; NaN before the eighth. Missing values count as 0."""
    total = np.nan_to_num(values).cumsum(axis=-1)
    before = np.concatenate([np.zeros_like(total[..., :1]), total], axis=-1)[..., :-RUN]
    summed = np.full(total.shape, np.nan)
    summed[..., RUN - 1 :] = total[..., RUN - 1 :] - before
    return summed


def side_of(value: Floats, centre: Floats) -> Floats:
    """−1 below the centre, 1 above it, 0 on it; NaN without either. Rounded: equal shares may differ in the last digit."""
    return np.sign(np.round(value - centre, 12))


def signals(value: Floats, lower: Floats, upper: Floats, run: Flags) -> NDArray[np.str_]:
    """``beyond``, ``run`` or blank, wave by wave."""
    with np.errstate(invalid="ignore"):
        beyond = (value < lower) | (value > upper)
    return np.select([beyond, run], ["beyond", "run"], "")
