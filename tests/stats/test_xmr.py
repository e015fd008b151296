"""XmR against the NIST handbook; waves of unequal n; runs."""

from __future__ import annotations

import numpy as np
import pytest

from cxmethod.stats.control_limits import BEYOND, moving_range_multiplier, range_limits
from cxmethod.stats.xmr import xmr_chart

# NIST/SEMATECH e-Handbook 6.3.2.2: flowrate of ten batches; mean moving range 1.8778.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_the_limits_of_the_nist_handbook():
    chart = xmr_chart(FLOW, 10)
    # The handbook rounds d₂ to 1.128.
    assert (chart.centre[0], chart.lower[0], chart.upper[0]) == pytest.approx(
        (50.81, 45.8159, 55.8041), abs=2e-3
    )


def test_the_limits_are_the_constants_of_a_moving_range_of_two():
    chart = xmr_chart(FLOW, 10)
    mean_range = np.abs(np.diff(FLOW)).mean()
    assert (chart.lower[0], chart.upper[0]) == pytest.approx(range_limits(np.mean(FLOW), mean_range))


def test_equal_n_change_nothing():
    assert xmr_chart(FLOW, 8, [70] * 10).upper == pytest.approx(xmr_chart(FLOW, 8).upper)


def test_a_wave_of_few_customers_has_wider_limits_and_weighs_less():
    n = [100] * 9 + [25]
    chart = xmr_chart(FLOW, 10, n)
    width = chart.upper - chart.centre
    assert width[-1] == pytest.approx(2 * width[0])
    assert chart.centre[0] == pytest.approx(np.average(FLOW, weights=n))


def test_waves_after_the_baseline_have_prediction_limits():
    means = [*FLOW[:8], 50.0]
    textbook = xmr_chart(means, 8, predictive=False)
    wider = moving_range_multiplier(8, BEYOND) / 3 * np.sqrt(1 + 1 / 8)
    margins = [(chart.upper - chart.centre)[-1] for chart in (xmr_chart(means, 8), textbook)]
    assert margins[0] / margins[1] == pytest.approx(wider)
    assert 1.9 < wider < 2.0


def test_a_wave_far_away_is_beyond_and_one_unknown_is_nothing():
    steady = [0.1, -0.1] * 4
    assert xmr_chart([*steady, np.nan, 9.0], 8).signal.tolist() == [""] * 9 + ["beyond"]


def test_eight_in_a_row_well_above_are_a_run():
    assert xmr_chart([0.1, -0.1] * 4 + [0.5] * 8, 8).signal[-1] == "run"


def test_eight_in_a_row_hardly_above_are_none():
    assert set(xmr_chart([0.1, -0.1] * 4 + [0.02] * 8, 8).signal) == {""}


def test_few_waves_have_no_limits():
    assert np.isnan(xmr_chart(FLOW, 11).upper).all()
