import numpy as np
import pytest

from cxmethod.stats import bootstrap
from cxmethod.stats.bootstrap import cross_products, resampled_cross_products

X = np.array([[1.0, 2], [3, 1], [4, 4], [0, 2], [5, 3], [2, 2]])
Y = np.array([1.0, 0, 1, 1, 0, 1])
WEIGHTS = np.array([1.0, 2, 1, 0.5, 3, 1])


def test_cross_products_are_covariances_before_division():
    assert cross_products(X, Y) == pytest.approx(np.cov(np.column_stack([X, Y]).T) * (len(X) - 1))


def test_a_weight_of_two_is_a_case_twice():
    twice = np.array([1, 2, 1, 1, 2, 1])
    expected = cross_products(np.repeat(X, twice, axis=0), np.repeat(Y, twice))
    assert cross_products(X, Y, twice) == pytest.approx(expected)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_a_resample_has_the_cross_products_of_the_casescases(weights):
    drawn = np.random.default_rng(7).integers(len(X), size=len(X))
    expected = cross_products(X[drawn], Y[drawn], None if weights is None else weights[drawn])
    assert resampled_cross_products(X, Y, weights, 1, np.random.default_rng(7))[0] == pytest.approx(expected)


def test_blocks_do_not_change_the_resamples(monkeypatch):
    whole = resampled_cross_products(X, Y, WEIGHTS, 5, np.random.default_rng(0))
    monkeypatch.setattr(bootstrap, "_COUNTS", 13)
    monkeypatch.setattr(bootstrap, "_BLOCK", 20)
    assert resampled_cross_products(X, Y, WEIGHTS, 5, np.random.default_rng(0)) == pytest.approx(whole)


def test_what_a_resample_holds_constant_has_no_products_at_all():
    rare = np.column_stack([X, np.arange(len(X)) == 2])
    drawn = resampled_cross_products(rare, Y, WEIGHTS / 3, 200, np.random.default_rng(0))
    without = np.array(
        [2 not in cases for cases in np.random.default_rng(0).integers(len(X), size=(200, len(X)))]
    )
    assert without.any()
    assert (drawn[without, 2] == 0).all()
    assert (drawn[~without, 2, 2] > 0.01).all()


def test_large_means_cost_no_digits():
    drawn = np.random.default_rng(7).integers(len(X), size=len(X))
    shifted = resampled_cross_products(X + 1e6, Y, None, 1, np.random.default_rng(7))[0]
    assert shifted == pytest.approx(cross_products(X[drawn], Y[drawn]), abs=1e-8)
