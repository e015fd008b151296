"""Charts of a share by wave: Shewhart's p chart, and Laney's p′ where waves vary more than sampling alone would have it."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from cxmethod.stats.control_limits import (
    BEYOND,
    OVERDISPERSED,
    RUN,
    RUN_APART,
    ControlChart,
    Flags,
    Floats,
    baseline_waves,
    d2,
    first_values,
    last_eight,
    mean_moving_range,
    moving_range_multiplier,
    run_length,
    side_of,
    signals,
)

Adjust = Literal["tested", "always", "never"]


def p_chart(
    count: ArrayLike, n: ArrayLike, baseline: int, *, adjust: Adjust = "tested", predictive: bool = True
) -> ControlChart:
    """Share of each wave against limits from the first waves.

    Centre p̄ = Σ count / Σ n over the baseline. A p chart has the limits p̄ ± 3 σ with σ = √(p̄ (1 − p̄) / n) and each wave's
    own n (Shewhart 1931); p′ multiplies σ by σ_z, the mean moving range of z = (p − p̄)/σ over the baseline, divided by d₂
    (Laney 2002, *Improved control charts for attributes*, Quality Engineering 14). p′ is taken where the χ² test of
    equal shares over the baseline (Fisher's index of dispersion; Cochran 1954) has p < 0.05; σ_z is then at least 1.

    Eight waves say little of their own centre: a further wave scatters around p̄ by √(σ² + σ̄²), not by σ, and σ_z from seven
    moving ranges may be half or double the true one. With three textbook sigmas a tenth (p) and more (p′) of that error
    comes out as false signals, and a run of eight is twice as common (Jensen et al. 2006, *Effects of parameter estimation
    on control chart properties*, Journal of Quality Technology 38). So waves after the baseline are held against
    prediction limits: σ times √(1 + n / Σn), for p′ by Student's quantile (see `moving_range_multiplier`) instead of 3;
    and eight on one side are a signal where their pooled share differs from the baseline's with p < 0.02.

    Parameters
    ----------
    count, n : array
        Series × waves: cases that count, and all cases; effective numbers are welcome. A wave without cases has no value
        and ends a run.
    baseline : int
        Number of first waves (with cases) that make the limits. A series with fewer has no limits and no signals.
    adjust : {"tested", "always", "never"}
        Whether p′ is taken.
    predictive : bool
        False gives the textbook limits for all waves; they are always those of the baseline's own waves.

    Returns
    -------
    ControlChart

    Raises
    ------
    ValueError
        More counted cases than cases, or a baseline below two waves.
    """
    counts, sizes = np.broadcast_arrays(np.asarray(count, float), np.asarray(n, float))
    if not ((counts >= 0) & (counts <= sizes + 1e-9)).all():
        raise ValueError("cases that count lie between 0 and the number of cases")
    known = sizes > 0
    cases = np.where(known, sizes, np.nan)
    value = counts / cases
    base = baseline_waves(known, baseline)
    pooled = np.where(base, sizes, 0).sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = np.where(base, counts, 0).sum(axis=-1, keepdims=True) / pooled
        sigma = np.sqrt(centre * (1 - centre) / cases)
        z = np.where(sigma > 0, (value - centre) / sigma, 0.0)
    z_base = first_values(z, base, baseline)
    over = _overdispersed(z_base, baseline, adjust)
    # Scale 1 where sampling alone explains the baseline.
    scale = np.where(over, np.maximum(mean_moving_range(z_base) / d2(2), 1), 1.0)
    wide = np.where(over, moving_range_multiplier(baseline, BEYOND), 3.0)
    later = predictive & ~base
    with np.errstate(invalid="ignore", divide="ignore"):
        margin = sigma * scale * np.where(later, wide * np.sqrt(1 + cases / pooled), 3.0)
    lower, upper = np.clip([centre - margin, centre + margin], 0, 1)
    run = run_length(side_of(value, centre)) >= RUN
    if predictive:
        run &= _apart(counts, sizes, base, centre, scale, _run_multiplier(over, baseline))
    held = np.broadcast_to(centre, value.shape)
    return ControlChart(
        value, held, lower, upper, signals(value, lower, upper, run), over[..., 0], scale[..., 0]
    )


def _overdispersed(z: Floats, baseline: int, adjust: Adjust) -> Flags:
    if adjust != "tested":
        return np.full((*z.shape[:-1], 1), adjust == "always")
    index = (z**2).sum(axis=-1, keepdims=True)
    return np.asarray(stats.chi2.sf(index, baseline - 1) < OVERDISPERSED)


def _run_multiplier(over: Flags, baseline: int) -> Floats:
    estimated = moving_range_multiplier(baseline, RUN_APART)
    return np.where(over, estimated, stats.norm.isf(RUN_APART / 2))


def _apart(
    counts: Floats, sizes: Floats, base: Flags, centre: Floats, scale: Floats, multiplier: Floats
) -> Flags:
    """Whether the last eight waves, pooled, are told apart from the baseline; waves that both share are allowed for."""
    own, pooled = last_eight(sizes), np.where(base, sizes, 0).sum(axis=-1, keepdims=True)
    shared = last_eight(np.where(base, sizes, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = centre * (1 - centre) * (1 / own + 1 / pooled - 2 * shared / (own * pooled))
        margin = multiplier * scale * np.sqrt(np.maximum(variance, 0))
        return np.asarray(np.abs(last_eight(counts) / own - centre) > margin)
