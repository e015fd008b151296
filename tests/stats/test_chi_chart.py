"""χ² of a distribution by wave against SciPy's test of two samples; overdispersion; small expectations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxmethod.stats.chi_chart import chi_square_chart

STEADY = [
    [30, 20, 50],
    [28, 22, 50],
    [32, 18, 50],
    [29, 21, 50],
    [31, 19, 50],
    [30, 20, 50],
    [27, 20, 53],
    [33, 20, 47],
]


def test_a_wave_after_the_baseline_is_tested_against_all_of_it():
    """Marcucci's statistic is that of the χ² test of homogeneity."""
    chart = chi_square_chart([*STEADY, [45, 10, 45]], 8)
    expected = stats.chi2_contingency([np.sum(STEADY, axis=0), [45, 10, 45]]).statistic
    assert chart.value[-1] == pytest.approx(expected)


def test_a_wave_of_the_baseline_is_tested_against_the_rest_of_it():
    chart = chi_square_chart(STEADY, 8)
    expected = stats.chi2_contingency([STEADY[0], np.sum(STEADY[1:], axis=0)]).statistic
    assert chart.value[0] == pytest.approx(expected)


def test_the_limit_is_crossed_as_rarely_as_three_sigmas():
    chart = chi_square_chart(STEADY, 8)
    assert stats.chi2.sf(chart.upper[0], 2) == pytest.approx(2 * stats.norm.sf(3))
    assert (chart.centre[0], chart.lower[0]) == (2, 0)


def test_a_change_that_leaves_the_negative_share_alone_is_seen():
    chart = chi_square_chart([*STEADY, [30, 45, 25]], 8)
    assert chart.signal.tolist() == [""] * 8 + ["beyond"]


def test_waves_that_differ_among_themselves_widen_the_limit():
    wild = np.array(STEADY) + np.array([[12, -6, -6], [-12, 6, 6]] * 4)
    chart = chi_square_chart(wild, 8)
    p = stats.chi2_contingency(wild)
    phi = p.statistic / p.dof
    assert chart.adjusted.item()
    assert chart.scale.item() == pytest.approx(np.sqrt(phi))
    assert chart.upper[0] == pytest.approx(2 * phi * stats.f.isf(2 * stats.norm.sf(3), 2, p.dof))


def test_where_too_few_are_expected_there_is_no_value():
    few = [[3, 2, 5]] * 8
    assert np.isnan(chi_square_chart(few, 8).value).all()


def test_an_answer_that_nobody_gives_does_not_count():
    two = [[30, 0, 70], [31, 0, 69]] * 4
    chart = chi_square_chart(two, 8)
    assert chart.centre[0] == 1
    assert chart.value[0] == pytest.approx(
        stats.chi2_contingency([[30, 70], [214, 486]], correction=False).statistic
    )


def test_a_wave_of_nobody_has_no_value():
    chart = chi_square_chart([*STEADY, [np.nan] * 3, [0, 0, 0]], 8)
    assert np.isnan(chart.value[-2:]).all()
    assert set(chart.signal) == {""}


def test_few_waves_have_no_limits():
    chart = chi_square_chart(STEADY[:3], 8)
    assert np.isnan([chart.value, chart.upper, chart.centre]).all()


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        chi_square_chart([[-1, 2, 3]] * 2, 2)
