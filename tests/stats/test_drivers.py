import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cxmethod.stats.bootstrap import cross_products
from cxmethod.stats.drivers import RelativeImportance, relative_importance
from cxmethod.stats.lmg import lmg

from .swiss import SWISS

X, Y = SWISS.drop(columns="Fertility"), SWISS["Fertility"]


@pytest.fixture(scope="module")
def swiss() -> RelativeImportance:
    return relative_importance(X, Y, seed=1)


# --- the estimate


def test_coefficients_are_those_of_r(swiss):
    expected = [-0.17211397094, -0.25800823983, -0.87094006294, 0.10411533074, 1.0770481407]
    assert swiss.coefficients == pytest.approx(expected, abs=1e-9)


def test_shares_add_up_to_the_r2_of_r(swiss):
    assert swiss.r2 == pytest.approx(0.70673500159, abs=1e-10)
    assert swiss.shares.sum() == pytest.approx(swiss.r2)


def test_ranks_follow_the_shares(swiss):
    assert dict(zip(swiss.names, swiss.rank.tolist(), strict=True)) == {
        "Education": 1,
        "Examination": 2,
        "Infant.Mortality": 3,
        "Catholic": 4,
        "Agriculture": 5,
    }


@settings(max_examples=20, deadline=None)
@given(st.permutations(list(X.columns)))
def test_the_order_of_columns_does_not_matter(swiss, order):
    permuted = relative_importance(X[order], Y, resamples=2)
    shares = dict(zip(permuted.names, permuted.shares, strict=True))
    assert [shares[name] for name in swiss.names] == pytest.approx(swiss.shares)


def test_association_is_pearsons(swiss):
    for name, r, p in zip(swiss.names, swiss.association, swiss.association_p, strict=True):
        assert (r, p) == pytest.approx(tuple(stats.pearsonr(X[name], Y)))


def test_the_overall_test_is_the_wald_f_with_hc3(swiss):
    design = np.column_stack([np.ones(len(X)), X])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ Y.to_numpy()
    leverage = np.diag(design @ inverse @ design.T)
    scores = design * ((Y - design @ beta) / (1 - leverage)).to_numpy()[:, None]
    covariance = inverse @ scores.T @ scores @ inverse
    f = beta[1:] @ np.linalg.solve(covariance[1:, 1:], beta[1:]) / 5
    assert swiss.p_value == pytest.approx(stats.f.sf(f, 5, len(X) - 6))


def test_the_overall_test_does_not_exist_where_one_case_decides_a_column():
    # Neither column is alone with one case; together they are.
    lone = X.assign(one=np.isin(X.index, [3, 4]).astype(float), two=np.isin(X.index, [3, 5, 6]).astype(float))
    lone = lone.assign(three=np.isin(X.index, [4, 5, 6]).astype(float))
    assert np.isnan(relative_importance(lone, Y, resamples=5).p_value)


def test_weights_count_cases():
    weights = pd.Series(np.arange(len(X)) % 3 + 1)
    repeated = relative_importance(
        X.loc[X.index.repeat(weights)], Y.loc[Y.index.repeat(weights)], resamples=2
    )
    weighted = relative_importance(X, Y, weights, resamples=2)
    assert weighted.shares == pytest.approx(repeated.shares)
    assert weighted.coefficients == pytest.approx(repeated.coefficients)


def test_weights_lower_the_n_behind_an_association():
    even, uneven = pd.Series(np.full(len(X), 2.0)), pd.Series(np.where(X.index == 0, 20.0, 1.0))
    assert relative_importance(X, Y, even, resamples=2).association_p == pytest.approx(
        relative_importance(X, Y, resamples=2).association_p
    )
    weighted = relative_importance(X[["Catholic"]], Y, uneven, resamples=2)
    r, effective = weighted.association.item(), 66**2 / 446
    t = r * np.sqrt((effective - 2) / (1 - r**2))
    assert weighted.association_p.item() == pytest.approx(2 * stats.t.sf(abs(t), effective - 2))


def test_a_yes_or_no_outcome_counts_as_1_and_0():
    flag = Y.gt(Y.median())
    assert (
        relative_importance(X, flag, resamples=2).r2
        == relative_importance(X, flag.astype(int), resamples=2).r2
    )


# --- the bootstrap


def test_the_same_seed_gives_the_same_numbers(swiss):
    again = relative_importance(X, Y, seed=1)
    for field in dataclasses.fields(swiss):
        np.testing.assert_equal(getattr(again, field.name), getattr(swiss, field.name))


def test_another_seed_moves_the_interval_but_not_the_estimate(swiss):
    other = relative_importance(X, Y, seed=2)
    assert other.shares.tolist() == swiss.shares.tolist()
    assert other.low.tolist() != swiss.low.tolist()


def test_percentile_intervals_are_those_of_resampled_regressions():
    rng = np.random.default_rng(1)
    draws = [rng.integers(len(X), size=len(X)) for _ in range(20)]
    shares = np.array([relative_importance(X.iloc[d], Y.iloc[d], resamples=1).shares for d in draws])
    short = relative_importance(X, Y, resamples=20, seed=1)
    assert short.low == pytest.approx(np.quantile(shares, 0.025, axis=0))
    assert short.high == pytest.approx(np.quantile(shares, 0.975, axis=0))
    reached = shares / shares.sum(axis=1, keepdims=True) >= 1 / 5
    assert short.above_equal_share == pytest.approx(reached.mean(axis=0))


def test_intervals_of_relative_shares_are_those_of_each_resample(swiss):
    rng = np.random.default_rng(1)
    draws = [rng.integers(len(X), size=len(X)) for _ in range(20)]
    shares = np.array([relative_importance(X.iloc[d], Y.iloc[d], resamples=1).shares for d in draws])
    relative = shares / shares.sum(axis=1, keepdims=True)
    short = relative_importance(X, Y, resamples=20, seed=1)
    assert short.relative_low == pytest.approx(np.quantile(relative, 0.025, axis=0))
    assert short.relative_high == pytest.approx(np.quantile(relative, 0.975, axis=0))


def test_intervals_agree_with_scipys_bootstrap_within_monte_carlo_error(swiss):
    """SciPy resamples the cases itself and knows nothing of cross-products."""

    def share(*columns: np.ndarray) -> float:
        table = np.column_stack(columns)
        return lmg(cross_products(table[:, :-1], table[:, -1]))[2]

    data = (*X.to_numpy(float).T, Y.to_numpy(float))
    other = stats.bootstrap(
        data,
        share,
        paired=True,
        vectorized=False,
        n_resamples=1000,
        method="percentile",
        rng=np.random.default_rng(5),
    )
    limits = (swiss.low[2], swiss.high[2])
    # The standard error of a 2.5 % percentile of 1,000 draws is about 0.08 of their standard deviation, on either side.
    allowed = 4 * np.sqrt(2) * 0.08 * other.standard_error
    assert tuple(other.confidence_interval) == pytest.approx(limits, abs=allowed)


def test_a_narrower_confidence_gives_a_narrower_interval(swiss):
    narrow = relative_importance(X, Y, seed=1, confidence=0.5)
    assert (narrow.low > swiss.low).all()
    assert (narrow.high < swiss.high).all()


def test_ranks_lie_in_their_interval(swiss):
    assert (swiss.rank_low <= swiss.rank).all()
    assert (swiss.rank <= swiss.rank_high).all()


def test_a_lone_column_always_has_its_equal_share():
    assert relative_importance(X[["Catholic"]], Y, resamples=50).above_equal_share.tolist() == [1]


# --- what is set aside


def test_a_constant_column_is_named_and_set_aside(swiss):
    found = relative_importance(X.assign(same=0.1), Y, resamples=2)
    assert found.set_aside == {"same": "constant"}
    assert found.shares == pytest.approx(swiss.shares)


def test_of_collinear_columns_the_earlier_stays(swiss):
    total = X["Agriculture"] + 2 * X["Catholic"] - 5
    assert relative_importance(X.assign(total=total), Y, resamples=2).set_aside == {"total": "collinear"}
    first = pd.concat([total.rename("total"), X], axis=1)
    assert relative_importance(first, Y, resamples=2).set_aside == {"Catholic": "collinear"}


def test_nothing_is_set_aside_without_a_reason(swiss):
    assert swiss.set_aside == {}
    assert swiss.names == tuple(X.columns)


def test_a_column_that_is_constant_in_some_resamples_is_no_error():
    rare = X.assign(rare=X.index.isin([1, 2]).astype(float))
    assert np.isfinite(relative_importance(rare, Y, resamples=200).low).all()


# --- what is refused


@pytest.mark.parametrize(
    ("x", "y", "weights", "message"),
    [
        (X.mask(X > 90), Y, None, "missing or infinite"),
        (X, Y.where(Y < 90), None, "missing or infinite"),
        (X, Y[:-1], None, "lengths differ"),
        (X, Y, pd.Series(0.0, index=X.index), "weight must be above 0"),
        (X, Y * 0, None, "outcome does not vary"),
        (X * 0, Y, None, "no column varies"),
        (X[:6], Y[:6], None, "6 cases are too few for 5 columns"),
        (X.set_axis(list("aabcd"), axis=1), Y, None, "names are repeated"),
        (X[:0], Y[:0], None, "outcome does not vary"),
    ],
)
def test_what_cannot_be_computed_is_refused(x, y, weights, message):
    with pytest.raises(ValueError, match=message):
        relative_importance(x, y, weights, resamples=2)


# --- against another implementation, at size


@pytest.mark.slow
@pytest.mark.parametrize("rows", ["all_rows", "drop_any_zero"])
def test_airline_drivers_are_those_of_relaimpo(shared, rows):
    oracle = json.loads(shared("oracles/relative_importance_airline_train.json").read_text())["train"][rows]
    ratings = pd.read_csv(shared("data/airline/train.csv"), usecols=[*oracle["lmg"], "satisfaction"])
    if rows == "drop_any_zero":
        ratings = ratings[(ratings[list(oracle["lmg"])] != 0).all(axis=1)]
    found = relative_importance(
        ratings[list(oracle["lmg"])], ratings["satisfaction"] == "satisfied", resamples=100
    )
    assert found.n == oracle["n"]
    assert found.r2 == pytest.approx(oracle["R2"], abs=1e-10)
    assert found.shares == pytest.approx(list(oracle["lmg"].values()), abs=1e-10)
    assert ((found.low < found.shares) & (found.shares < found.high)).all()


def test_a_column_in_which_one_case_alone_differs_is_set_aside():
    rng = np.random.default_rng(5)
    felt = rng.integers(-2, 3, 80).astype(float)
    x = pd.DataFrame(
        {"told": felt, "alone": [1.0] * 79 + [-2.0], "other": rng.integers(-2, 3, 80).astype(float)}
    )
    model = relative_importance(x, pd.Series(felt + rng.normal(size=80)), resamples=100, seed=1)
    assert model.set_aside == {"alone": "lone"}
    assert model.p_value < 0.001
