"""Chart of a whole distribution by wave: negative, neutral and positive answers against the baseline's."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from cxmethod.stats.control_limits import (
    BEYOND,
    OVERDISPERSED,
    ControlChart,
    Flags,
    Floats,
    baseline_waves,
    signals,
)

_EXPECTED = 5
"""Below so many expected answers in a category the χ² distribution is a poor likeness (Cochran 1954)."""


def chi_square_chart(counts: ArrayLike, baseline: int) -> ControlChart:
    """χ² of each wave's distribution against the baseline's.

    The statistic is that of a test of two samples, the wave and the pooled baseline, Σ n N (p − P)² / (x + X): the
    generalised p chart for an unknown distribution (Marcucci 1985, *Monitoring multinomial processes*, Journal of Quality
    Technology 17), so that the baseline's own error is in it. A wave of the baseline is held against the other waves
    of the baseline. The limit is the χ² quantile that a steady process crosses as rarely as three sigmas (0.27 %).

    Where the baseline's waves differ among themselves (χ² test of equal distributions, p < 0.05) the statistic's scale is
    estimated, φ = X² / degrees of freedom, and the limit is φ times F's quantile (quasi-likelihood; McCullagh & Nelder 1989).

    Parameters
    ----------
    counts : array
        Series × waves × categories; NaN where a wave has none.
    baseline : int
        As in `p_chart`.

    Returns
    -------
    ControlChart
        `centre` is what chance alone gives on average (the degrees of freedom, times φ), `lower` 0. A wave has no value where
        fewer than five answers are expected in a category. Categories in which the baseline has nothing do not count.

    Raises
    ------
    ValueError
        Negative counts, or a baseline below two waves.
    """
    answers = np.asarray(counts, float)
    if (answers < 0).any():
        raise ValueError("counts are not negative")
    sizes = answers.sum(axis=-1)
    known = sizes > 0
    base = baseline_waves(known, baseline)
    filled = np.nan_to_num(answers)
    pooled = np.where(base[..., None], filled, 0).sum(axis=-2, keepdims=True)
    # A wave of the baseline is no part of what it is held against.
    other = pooled - np.where(base[..., None], filled, 0)
    value = _two_samples(filled, other, pooled)
    degrees = (pooled > 0).sum(axis=-1) - 1.0
    scale, over = _scale(filled, pooled, base, degrees, baseline)
    with np.errstate(invalid="ignore"):
        limit = np.where(
            over,
            scale * degrees * stats.f.isf(BEYOND, degrees, degrees * (baseline - 1)),
            stats.chi2.isf(BEYOND, degrees),
        )
    usable = base.any(axis=-1, keepdims=True) & (degrees > 0)
    upper = np.broadcast_to(np.where(usable, limit, np.nan), value.shape)
    centre = np.broadcast_to(np.where(usable, np.where(over, scale, 1) * degrees, np.nan), value.shape)
    lower = np.broadcast_to(np.where(usable, 0.0, np.nan), value.shape)
    value = np.where(usable & known, value, np.nan)
    none = np.zeros(value.shape, bool)
    found = signals(value, lower, upper, none)
    return ControlChart(
        value, centre, lower, upper, found, over[..., 0], np.sqrt(np.where(over, scale, 1))[..., 0]
    )


def _two_samples(wave: Floats, other: Floats, pooled: Floats) -> Floats:
    own, rest = wave.sum(axis=-1, keepdims=True), other.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        terms = own * rest * (wave / own - other / rest) ** 2 / (wave + other)
        few = (own * pooled / pooled.sum(axis=-1, keepdims=True) < _EXPECTED) & (pooled > 0)
    total = np.where(pooled > 0, np.nan_to_num(terms), 0).sum(axis=-1)
    return np.where(few.any(axis=-1), np.nan, total)


def _scale(wave: Floats, pooled: Floats, base: Flags, degrees: Floats, baseline: int) -> tuple[Floats, Flags]:
    """How much more the baseline's waves differ than chance would have it, and whether that is more than chance."""
    share = pooled / np.maximum(pooled.sum(axis=-1, keepdims=True), 1)
    expected = wave.sum(axis=-1, keepdims=True) * share
    with np.errstate(invalid="ignore", divide="ignore"):
        terms = np.where((expected > 0) & base[..., None], (wave - expected) ** 2 / expected, 0)
        index = terms.sum(axis=(-2, -1))[..., None]
        free = degrees * (baseline - 1)
        return np.maximum(index / free, 1), np.asarray(stats.chi2.sf(index, free) < OVERDISPERSED)
