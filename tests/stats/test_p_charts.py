"""p and p′ against Montgomery's textbook and R's qicharts2; prediction limits and runs against simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxmethod.stats.control_limits import ControlChart
from cxmethod.stats.p_charts import p_chart

# Montgomery, Introduction to Statistical Quality Control: nonconforming juice cans in 30 samples of 50.
CANS = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip

# Patients seen within four hours (Mohammed et al. 2013, BMJ Quality and Safety 22; data nhs_accidents of R's qicharts2).
SEEN = [
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320, 267923, 271478, 255353, 256820, 261835,
    259144, 255910, 260863, 264465, 260989,
]  # fmt: skip
PATIENTS = [
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529, 279618, 283932, 266629, 268091, 276803,
    271578, 266005, 273520, 278574, 273772,
]  # fmt: skip

# What qicharts2 gives for them: (first lower, first upper, last lower, last upper).
P_LIMITS = (0.95169956464601502, 0.9540998580423673, 0.95168503066826537, 0.95411439202011694)
LANEY = (0.9401296441775141, 0.96566977851086822, 0.93997499652290417, 0.96582442616547814)
LANEY_FROM_TEN = (0.93866469138900677, 0.96345459627653407, 0.93851458643658869, 0.96360470122895214)


def ends(chart: ControlChart) -> tuple[float, ...]:
    return (chart.lower[0], chart.upper[0], chart.lower[-1], chart.upper[-1])


def signals(negative: list[int], n: int = 100, baseline: int = 8, **how) -> list[str]:
    return p_chart(negative, [n] * len(negative), baseline, **how).signal.tolist()


# --- published limits


def test_montgomerys_orange_juice_chart():
    chart = p_chart(CANS, [50] * 30, 30, adjust="never")
    assert (chart.centre[0], *ends(chart)[:2]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=1e-4)
    assert (np.flatnonzero(chart.signal == "beyond") + 1).tolist() == [15, 23]


def test_shewharts_limits_are_those_of_qicharts2():
    assert ends(p_chart(SEEN, PATIENTS, 20, adjust="never")) == pytest.approx(P_LIMITS, rel=1e-12)


def test_laneys_limits_are_those_of_qicharts2():
    """Up to its d₂, which it rounds to 1.128."""
    assert ends(p_chart(SEEN, PATIENTS, 20)) == pytest.approx(LANEY, abs=6e-6)


def test_laneys_textbook_limits_of_waves_after_the_baseline_are_those_of_qicharts2():
    chart = p_chart(SEEN, PATIENTS, 10, predictive=False)
    assert ends(chart) == pytest.approx(LANEY_FROM_TEN, abs=6e-6)


# --- overdispersion


def test_overdispersed_shares_get_laneys_limits_and_others_do_not():
    assert p_chart(SEEN, PATIENTS, 20).adjusted.item()
    assert p_chart(SEEN, PATIENTS, 20).scale.item() > 10
    steady = p_chart([30, 28, 32, 29, 31, 30, 27, 33], [100] * 8, 8)
    assert (steady.adjusted.item(), steady.scale.item()) == (False, 1)


def test_the_test_for_overdispersion_is_that_of_a_table_of_two_by_k():
    counts = np.array([[30, 20, 38, 41, 25, 30, 44, 26], [30, 28, 40, 31, 25, 30, 33, 26]])
    p_values = [stats.chi2_contingency([row, 100 - row]).pvalue for row in counts]
    assert p_chart(counts, 100, 8).adjusted.tolist() == [p < 0.05 for p in p_values] == [True, False]


# --- limits


def test_limits_come_from_the_baseline_alone():
    assert set(p_chart(CANS, [50] * 30, 8).centre) == {81 / 400}


def test_waves_weigh_by_their_cases_in_the_baseline():
    assert p_chart([1, 9], [10, 30], 2).centre.tolist() == [0.25, 0.25]


def test_a_wave_after_the_baseline_has_the_baselines_error_in_its_limits():
    chart = p_chart([30] * 10, [100] * 8 + [100, 400], 8)
    sigma = np.sqrt(0.21 * (1 / np.array([100, 400]) + 1 / 800))
    assert chart.upper[-2:] == pytest.approx(0.3 + 3 * sigma)
    assert chart.upper[0] == pytest.approx(0.3 + 3 * np.sqrt(0.21 / 100))


def test_limits_stay_shares():
    chart = p_chart([1, 1], [10, 10], 2)
    assert chart.lower.tolist() == [0, 0]


def test_fewer_waves_than_the_baseline_have_values_but_no_limits():
    chart = p_chart([1, 50], [100, 100], 8)
    assert chart.value.tolist() == [0.01, 0.5]
    assert np.isnan([chart.centre, chart.lower, chart.upper]).all()
    assert chart.signal.tolist() == ["", ""]


def test_nobody_ever_negative_is_no_error():
    chart = p_chart([0] * 9, [100] * 9, 8)
    assert (chart.lower[-1], chart.upper[-1], set(chart.signal)) == (0, 0, {""})


# --- signals


def test_the_eighth_wave_on_one_side_is_a_signal():
    assert signals([17, 13] * 4 + [21] * 8, 300) == [""] * 15 + ["run"]


def test_seven_on_one_side_are_none():
    assert set(signals([17, 13] * 4 + [21] * 7 + [10], 300)) == {""}


def test_eight_that_do_not_differ_from_so_short_a_baseline_are_none():
    close = [14, 16] * 4 + [16] * 8
    assert set(signals(close)) == {""}
    assert signals(close, predictive=False)[-1] == "run"


def test_a_value_on_the_centre_ends_a_run():
    assert set(signals([13, 17] * 4 + [21] * 6 + [15] + [21] * 6, 300)) == {""}


def test_a_wave_without_cases_has_no_value_and_ends_a_run():
    n = [300] * 14 + [0] + [300] * 6
    chart = p_chart([13, 17] * 4 + [21] * 6 + [0] + [21] * 6, n, 8)
    assert np.isnan(chart.value[14])
    assert set(chart.signal) == {""}


def test_equal_shares_of_different_n_are_no_run():
    n = np.arange(10, 330, 10)
    assert set(p_chart(n // 10, n, 8).signal) == {""}


def test_beyond_a_limit_outranks_a_run():
    assert signals([13, 17] * 4 + [18] * 7 + [60])[-1] == "beyond"


def test_many_series_are_charted_at_once_as_each_alone():
    rows = np.array([CANS, CANS[::-1]])
    both = p_chart(rows, 50, 8)
    for row, own in zip(both.lower, rows, strict=True):
        assert row == pytest.approx(p_chart(own, [50] * 30, 8).lower)


@given(st.integers(1, 50), st.permutations(range(8)))
def test_the_order_of_the_baseline_moves_nothing_without_overdispersion(n, order):
    counts = np.minimum(np.arange(8) % 3 + 1, n)
    assert p_chart(counts[order], [n] * 8, 8, adjust="never").upper == pytest.approx(
        p_chart(counts, [n] * 8, 8, adjust="never").upper
    )


@pytest.mark.parametrize(
    ("negative", "n", "baseline", "message"),
    [
        ([11, 1], [10, 10], 2, "between 0 and the number"),
        ([np.nan, 1], [10, 10], 2, "between 0"),
        ([1], [10], 1, "at least two"),
    ],
)
def test_impossible_counts_are_refused(negative, n, baseline, message):
    with pytest.raises(ValueError, match=message):
        p_chart(negative, n, baseline)
