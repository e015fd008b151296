import tracemalloc
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cxmethod.stats.bootstrap import cross_products
from cxmethod.stats.lmg import lmg, subset_r2

from .swiss import SWISS

# Azen & Budescu (2003), Psychological Methods 8:129–148: four predictors and, last, the criterion.
AZEN_BUDESCU = np.array(
    [
        [1.0, 0.8, 0.1, 0.3, 0.6],
        [0.8, 1.0, 0.1, 0.1, 0.3],
        [0.1, 0.1, 1.0, 0.5, 0.4],
        [0.3, 0.1, 0.5, 1.0, 0.5],
        [0.6, 0.3, 0.4, 0.5, 1.0],
    ]
)


def swiss_cross() -> np.ndarray:
    table = SWISS.to_numpy()
    return cross_products(table[:, 1:], table[:, 0])


def regressed_r2(x: np.ndarray, y: np.ndarray) -> float:
    design = np.column_stack([np.ones(len(x)), x])
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return 1 - residual @ residual / ((y - y.mean()) @ (y - y.mean()))


def test_every_subset_has_the_r2_of_its_regression():
    x, y = SWISS.to_numpy()[:, 1:], SWISS.to_numpy()[:, 0]
    r2 = subset_r2(swiss_cross())
    for size in range(6):
        for subset in combinations(range(5), size):
            position = sum(1 << i for i in subset)
            assert r2[position] == pytest.approx(regressed_r2(x[:, list(subset)], y), abs=1e-12)


def test_the_averages_of_azen_and_budescu_2003():
    expected = [0.29217617768, 0.075861351515, 0.094910880417, 0.12140410837]
    assert lmg(AZEN_BUDESCU) == pytest.approx(expected, abs=1e-10)


def test_the_levels_of_azen_and_budescu_2003():
    """Conditional dominance: the mean gain of each predictor over subsets of one size."""
    r2 = subset_r2(AZEN_BUDESCU)
    sizes = np.array([subset.bit_count() for subset in range(16)])
    gains = {
        (column, size): np.mean(
            [r2[s | 1 << column] - r2[s] for s in range(16) if not s >> column & 1 and sizes[s] == size]
        )
        for column in range(4)
        for size in range(4)
    }
    first_level = [gains[column, 1] for column in range(4)]
    last_level = [gains[column, 3] for column in range(4)]
    assert first_level == pytest.approx(
        [0.29976504977, 0.073804713805, 0.095016835017, 0.15188626189], abs=1e-10
    )
    assert last_level == pytest.approx(
        [0.24597413961, 0.070970165044, 0.061300569934, 0.010476113491], abs=1e-10
    )
    means = [np.mean([gains[column, size] for size in range(4)]) for column in range(4)]
    assert lmg(AZEN_BUDESCU) == pytest.approx(means)


def test_the_lmg_of_relaimpo_on_swiss():
    # R 4.2.2, relaimpo 2.2.7
    expected = [0.057091220768, 0.1711730289, 0.26013467862, 0.10557015037, 0.11276592293]
    assert lmg(swiss_cross()) == pytest.approx(expected, abs=1e-10)


def test_a_batch_gives_what_its_members_give():
    batch = np.stack([AZEN_BUDESCU, np.eye(5), 3 * AZEN_BUDESCU]).reshape(3, 1, 5, 5)
    shares = lmg(batch)
    assert shares.shape == (3, 1, 4)
    assert shares[0, 0] == pytest.approx(lmg(AZEN_BUDESCU))
    assert shares[1, 0] == pytest.approx(np.zeros(4))
    assert shares[2, 0] == pytest.approx(shares[0, 0])


@pytest.mark.parametrize("at_once", [2, 8, 2**17])
def test_working_through_the_first_columns_one_subset_at_a_time_changes_nothing(monkeypatch, at_once):
    batch = np.stack([AZEN_BUDESCU, np.eye(5), 3 * AZEN_BUDESCU])
    whole = lmg(batch)
    monkeypatch.setattr("cxmethod.stats.lmg._AT_ONCE", at_once)
    monkeypatch.setattr("cxmethod.stats.lmg._ABREAST", 2)
    assert lmg(batch) == pytest.approx(whole, abs=1e-14)


def test_a_column_that_repeats_another_shares_with_it():
    x = np.array([1.0, 2, 3, 5])
    assert lmg(cross_products(np.column_stack([x, x]), x)) == pytest.approx([0.5, 0.5])


def test_an_outcome_that_does_not_vary_has_nothing_to_share():
    assert lmg(cross_products(np.array([[1.0], [2.0]]), np.ones(2))).tolist() == [0]


numbers = arrays(float, (12, 4), elements=st.integers(-2, 2).map(float))


@given(numbers)
def test_shares_add_up_to_r2(table):
    cross = cross_products(table[:, :-1], table[:, -1])
    assert lmg(cross).sum() == pytest.approx(subset_r2(cross)[-1], abs=1e-9)


@given(numbers, st.permutations(range(3)))
def test_the_order_of_columns_does_not_matter(table, order):
    x, y = table[:, :-1], table[:, -1]
    assert lmg(cross_products(x[:, order], y)) == pytest.approx(lmg(cross_products(x, y))[order], abs=1e-7)


@given(numbers)
def test_no_share_is_negative(table):
    assert (lmg(cross_products(table[:, :-1], table[:, -1])) > -1e-9).all()


def test_twenty_columns_stay_below_a_gibibyte():
    table = np.random.default_rng(1).normal(size=(60, 21))
    cross = cross_products(table[:, :-1], table[:, -1])
    tracemalloc.start()
    shares = lmg(cross)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**30
    assert shares.sum() == pytest.approx(regressed_r2(table[:, :-1], table[:, -1]))


def test_more_than_twenty_columns_are_refused():
    with pytest.raises(ValueError, match="limited to 20"):
        lmg(np.eye(22))
