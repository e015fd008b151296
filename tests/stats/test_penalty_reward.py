from itertools import product

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.linear_model import OLS, WLS
from statsmodels.tools import add_constant

from cxmethod.stats.penalty_reward import COLUMNS, penalty_reward

GRID = np.array(list(product((-2, -1, 0, 1, 2), repeat=2)) * 8, float)
EMOTIONS = pd.DataFrame(GRID, columns=["desk", "web"])
"""Two hundred cases in which the two attributes have nothing to do with each other."""


def noise(scale: float = 0.5, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(scale=scale, size=len(GRID))


def contrasted(outcome: np.ndarray, emotions: pd.DataFrame = EMOTIONS, weights=None, **rules) -> pd.DataFrame:
    y = pd.Series(outcome, emotions.index)
    return penalty_reward(emotions < 0, emotions == 2, y, weights, **rules)


def effect(penalty: float, reward: float) -> np.ndarray:
    return np.where(GRID[:, 0] < 0, penalty, np.where(GRID[:, 0] == 2, reward, 0.0))


def kind(penalty: float, reward: float) -> str:
    return contrasted(effect(penalty, reward) + noise()).loc["desk", "kind"]


# --- the estimate


def test_it_is_one_regression_on_all_dummies_with_hc3():
    outcome = effect(-2, 1) + noise()
    design = add_constant(
        np.column_stack(
            [EMOTIONS["desk"] < 0, EMOTIONS["desk"] == 2, EMOTIONS["web"] < 0, EMOTIONS["web"] == 2]
        )
        * 1.0
    )
    fit = OLS(outcome, design).fit(cov_type="HC3", use_t=True)
    desk = contrasted(outcome).loc["desk"]
    assert tuple(desk[["penalty", "reward"]]) == pytest.approx(tuple(fit.params[1:3]))
    assert tuple(desk[["penalty_low", "penalty_high"]]) == pytest.approx(tuple(fit.conf_int()[1]))
    assert tuple(desk[["reward_low", "reward_high"]]) == pytest.approx(tuple(fit.conf_int()[2]))


def test_the_difference_has_the_interval_of_the_joint_covariance():
    outcome = effect(-2, 1) + noise()
    design = add_constant(
        np.column_stack(
            [EMOTIONS["desk"] < 0, EMOTIONS["desk"] == 2, EMOTIONS["web"] < 0, EMOTIONS["web"] == 2]
        )
        * 1.0
    )
    test = OLS(outcome, design).fit(cov_type="HC3", use_t=True).t_test([0, -1, -1, 0, 0])
    desk = contrasted(outcome).loc["desk"]
    assert desk["difference"] == pytest.approx(test.effect.item())
    assert tuple(desk[["difference_low", "difference_high"]]) == pytest.approx(tuple(test.conf_int()[0]))


def test_weights_count():
    outcome, weights = effect(-2, 1) + noise(), pd.Series(np.where(GRID[:, 1] > 0, 3.0, 1.0))
    design = add_constant(
        np.column_stack(
            [EMOTIONS["desk"] < 0, EMOTIONS["desk"] == 2, EMOTIONS["web"] < 0, EMOTIONS["web"] == 2]
        )
        * 1.0
    )
    expected = WLS(outcome, design, weights=weights).fit(cov_type="HC3").params[1:3]
    assert tuple(contrasted(outcome, weights=weights).loc["desk", ["penalty", "reward"]]) == pytest.approx(
        tuple(expected)
    )


def test_a_row_counts_who_rates_low_and_high():
    assert list(contrasted(noise()).columns) == COLUMNS
    assert tuple(contrasted(noise()).loc["web", ["n", "low_n", "high_n"]]) == (200, 80, 40)


# --- the classes


@pytest.mark.parametrize(
    ("penalty", "reward", "expected"),
    [
        (-3.0, 1.0, "basic"),
        (-1.0, 3.0, "excitement"),
        (-2.0, 2.0, "performance"),
        (0.0, 0.0, "neutral"),
        (2.0, 2.0, "inconsistent"),
        (-2.0, -2.0, "inconsistent"),
    ],
)
def test_the_class_follows_from_the_intervals(penalty, reward, expected):
    assert kind(penalty, reward) == expected


def test_a_sign_that_cannot_be_told_apart_is_neutral_and_not_inconsistent():
    desk = contrasted(effect(0.02, 0.02) + noise()).loc["desk"]
    assert desk["penalty_low"] < 0 < desk["penalty_high"]
    assert desk["kind"] == "neutral"


def test_too_few_low_answers_give_a_reward_and_no_class():
    rare = EMOTIONS.assign(desk=EMOTIONS["desk"].clip(lower=0)).copy()
    rare.loc[:8, "desk"] = -1.0
    desk = contrasted(effect(-2, 1) + noise(), rare).loc["desk"]
    assert desk["low_n"] == 9
    assert np.isnan(desk["penalty"])
    assert desk["reward"] > 0
    assert pd.isna(desk["kind"])


def test_the_fewest_answers_that_count_can_be_set():
    rare = EMOTIONS.assign(desk=EMOTIONS["desk"].clip(lower=0))
    rare.loc[:8, "desk"] = -1.0
    assert contrasted(noise(), rare, least=9).loc["desk", "kind"] is not pd.NA


def test_of_attributes_that_repeat_each_other_the_earlier_stays():
    twice = EMOTIONS.assign(copy=EMOTIONS["desk"])
    found = contrasted(effect(-3, 1) + noise(), twice)
    assert found.loc["desk", "kind"] == "basic"
    assert pd.isna(found.loc["copy", "kind"])
    assert np.isnan(found.loc["copy", "penalty"])


# --- what is refused


def test_without_low_or_high_answers_there_is_nothing_to_contrast():
    with pytest.raises(ValueError, match="no answer is given by 10 cases"):
        contrasted(noise(), EMOTIONS * 0)


def test_too_few_cases_are_refused():
    few = EMOTIONS.iloc[[0, 12, 24, 4]]
    with pytest.raises(ValueError, match="4 cases are too few for 3 dummies"):
        penalty_reward(few < 0, few == 2, pd.Series([1.0, 2, 3, 4], few.index), least=1)


def test_a_case_that_alone_decides_a_coefficient_is_refused():
    lone = EMOTIONS.assign(desk=0.0)
    lone.loc[0, "desk"] = -2.0
    with pytest.raises(ValueError, match="single case"):
        contrasted(noise(), lone, least=1)
