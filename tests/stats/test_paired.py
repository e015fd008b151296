"""The signed-rank test against published figures, SciPy, and a count of signs written otherwise."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxmethod.stats.paired import signed_rank

DEPRESSION_BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
DEPRESSION_AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
MAIZE = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]


def test_hollander_and_wolfe_s_patients_give_the_figure_of_r_s_manual():
    """?wilcox.test: V = 40, one-sided p = 0.01953."""
    p_value = signed_rank(np.subtract(DEPRESSION_BEFORE, DEPRESSION_AFTER))
    assert p_value / 2 == pytest.approx(0.01953, abs=5e-6)


def test_darwin_s_maize_gives_the_figure_of_scipy_s_manual():
    assert signed_rank(MAIZE) == pytest.approx(0.041259765625)


@pytest.mark.parametrize("n", [5, 9, 13])
def test_few_pairs_with_ties_and_zeros_are_counted_exactly_as_scipy_does(n):
    ratings = np.random.default_rng(n).integers(-2, 4, n)
    expected = stats.wilcoxon(ratings, zero_method="pratt")
    assert signed_rank(ratings) == pytest.approx(expected.pvalue)


@pytest.mark.parametrize("n", [40, 1000])
def test_many_pairs_agree_with_scipy_s_pratt(n):
    ratings = np.random.default_rng(n).integers(-2, 3, n)
    expected = stats.wilcoxon(ratings, zero_method="pratt", method="asymptotic", correction=False)
    assert signed_rank(ratings) == pytest.approx(expected.pvalue)


def test_those_who_did_not_change_hold_the_verdict_back():
    """Six of a hundred changed, all for the better: dropping the others would call that told apart."""
    ratings = [1] * 6 + [0] * 94
    assert stats.wilcoxon(ratings, zero_method="wilcox", method="asymptotic").pvalue < 0.02
    assert signed_rank(ratings) == pytest.approx(2 / 2**6)


def counted(differences, weights) -> float:
    """The share of all signs that part at least as far, one after the other."""
    total = sum(weights)
    mean = total / len(weights)

    def rank(own: float) -> float:
        smaller = sum(w for d, w in zip(differences, weights, strict=True) if abs(d) < abs(own))
        alike = sum(w for d, w in zip(differences, weights, strict=True) if abs(d) == abs(own))
        return (smaller + alike / 2) / mean + 0.5

    scores = [w / mean * rank(d) for d, w in zip(differences, weights, strict=True) if d]
    seen = abs(sum(s * np.sign(d) for s, d in zip(scores, [d for d in differences if d], strict=True)))
    sums = [
        abs(sum(a * b for a, b in zip(s, scores, strict=True))) for s in product((1, -1), repeat=len(scores))
    ]
    return sum(each >= seen - 1e-9 for each in sums) / len(sums)


def test_weights_agree_with_a_count_of_all_signs():
    differences, weights = [1, 1, -1, 2, 0, 3, -2, 1, 0], [1, 2, 0.5, 1, 3, 1, 4, 0.2, 1]
    assert signed_rank(differences, weights) == pytest.approx(counted(differences, weights))


def test_many_weighted_pairs_agree_with_signs_drawn_at_random():
    rng = np.random.default_rng(3)
    ratings, weights = rng.integers(-2, 4, 60), rng.uniform(0.3, 3, 60)
    weights /= weights.mean()
    below = [(weights * (np.abs(ratings) < size)).sum() for size in np.abs(ratings)]
    alike = [(weights * (np.abs(ratings) == size)).sum() for size in np.abs(ratings)]
    scores = weights * (np.array(below) + np.array(alike) / 2 + 0.5) * (ratings != 0)
    drawn = np.abs(rng.choice([-1, 1], (40_000, 60)) @ scores)
    expected = (drawn >= abs(np.sign(ratings) @ scores)).mean()
    assert signed_rank(ratings, weights) == pytest.approx(expected, abs=0.006)


def test_a_heavy_customer_weighs_in_the_verdict():
    differences = [1] * 8 + [-2]
    assert signed_rank(differences) < 0.2 < signed_rank(differences, [1] * 8 + [8])


ANSWERS = st.lists(st.tuples(st.integers(-4, 4), st.sampled_from([0.5, 1.0, 2.0])), min_size=2, max_size=24)


@given(ANSWERS)
def test_neither_the_scale_of_the_weights_nor_the_direction_nor_the_order_matters(pairs):
    differences, weights = (np.array(column, float) for column in zip(*pairs, strict=True))
    p_value = signed_rank(differences, weights)
    others = [
        signed_rank(differences, 7 * weights),
        signed_rank(-differences, weights),
        signed_rank(differences[::-1], weights[::-1]),
    ]
    assert others == pytest.approx([p_value] * 3, nan_ok=True)
    assert np.isnan(p_value) or 0 < p_value <= 1 + 1e-12


def test_unknown_answers_are_left_out():
    assert signed_rank([1, 2, np.nan, -1], [1, 1, 9, 1]) == signed_rank([1, 2, -1])


@pytest.mark.parametrize("differences", [[], [1], [0, 0, 0], [np.nan, 2]])
def test_where_nothing_can_be_told_there_is_no_p_value(differences):
    assert np.isnan(signed_rank(differences))


def test_averages_that_differ_by_rounding_are_ties():
    assert signed_rank([0.1 + 0.2, 0.3, -0.3, 1]) == signed_rank([0.3, 0.3, -0.3, 1])
