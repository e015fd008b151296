"""Chart of a mean by wave: individual values and moving ranges (XmR)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cxmethod.stats.control_limits import (
    BEYOND,
    RUN,
    RUN_APART,
    ControlChart,
    Flags,
    Floats,
    baseline_waves,
    d2,
    first_values,
    last_eight,
    mean_of,
    moving_range_multiplier,
    run_length,
    side_of,
    signals,
)


def xmr_chart(
    mean: ArrayLike, baseline: int, n: ArrayLike | None = None, *, predictive: bool = True
) -> ControlChart:
    """Value of each wave against limits from the moving ranges of the first waves.

    Centre X̄ over the baseline, limits X̄ ± E₂·mR̄ with E₂ = 3/d₂ = 2.66 (Wheeler & Chambers 1992). With `n` a wave weighs by
    its cases and moving ranges are put on one footing, so that a wave of few customers gets wider limits: Taylor (2017),
    *Normalized individuals control chart*; equal n give the XmR chart again.

    With a baseline of eight waves the textbook limits are crossed by chance in 3 of 100 waves, because sigma rests on seven
    ranges. So waves after the baseline are held against prediction limits (see `moving_range_multiplier`): with
    eight waves 5.9 sigmas instead of 3. That is honest and blunt: a chart of shares, which knows its sampling error,
    sees more. Eight on one side count as in `p_chart`.

    Parameters
    ----------
    mean : array
        Series × waves; NaN where a wave has none.
    baseline, predictive
        As in `p_chart`.
    n : array, optional
        Cases behind each mean.

    Returns
    -------
    ControlChart

    Raises
    ------
    ValueError
        A baseline below two waves.
    """
    value = np.asarray(mean, float)
    sizes = np.ones_like(value) if n is None else np.asarray(np.broadcast_to(n, value.shape), float)
    known = ~np.isnan(value) & (sizes > 0)
    cases = np.where(known, sizes, np.nan)
    base = baseline_waves(known, baseline)
    pooled = np.where(base, sizes, 0).sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = np.where(base, np.nan_to_num(value) * sizes, 0).sum(axis=-1, keepdims=True) / pooled
        sigma = _sigma(first_values(value, base, baseline), first_values(cases, base, baseline))
        wide = moving_range_multiplier(baseline, BEYOND) * np.sqrt(1 + cases / pooled)
        margin = sigma / np.sqrt(cases) * np.where(predictive & ~base, wide, 3.0)
    run = run_length(side_of(value, centre)) >= RUN
    if predictive:
        run &= _apart(value, cases, base, centre, sigma * moving_range_multiplier(baseline, RUN_APART))
    lower, upper = centre - margin, centre + margin
    held, never = np.broadcast_to(centre, value.shape), np.zeros(value.shape[:-1], bool)
    return ControlChart(
        value, held, lower, upper, signals(value, lower, upper, run), never, np.ones(never.shape)
    )


def _sigma(value: Floats, cases: Floats) -> Floats:
    """Spread of one case: the mean moving range, each divided by the error that its two waves have together."""
    together = np.sqrt((1 / cases[..., 1:] + 1 / cases[..., :-1]) / 2)
    ranges = np.abs(np.diff(value, axis=-1)) / together
    return mean_of(ranges) / d2(2)


def _apart(value: Floats, cases: Floats, base: Flags, centre: Floats, margin: Floats) -> Flags:
    """Whether the last eight waves, pooled, are told apart from the baseline; waves that both share are allowed for."""
    own, pooled = last_eight(cases), np.where(base, cases, 0).sum(axis=-1, keepdims=True)
    shared = last_eight(np.where(base, cases, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = 1 / own + 1 / pooled - 2 * shared / (own * pooled)
        away = np.abs(last_eight(value * cases) / own - centre)
        return np.asarray(away > margin * np.sqrt(np.maximum(variance, 0)))
