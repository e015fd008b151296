"""Agreement of judges, held against published numbers and other implementations."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant

from cxmethod.stats.agreement import between_groups, rank_agreement, within_agreement

# Shrout & Fleiss (1979), table 2: six targets, four judges each.
TARGETS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# The example of statpsych::ci.spear (Bonett), which prints 0.8699639 [0.5840951; 0.9638297].
Y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19]
X = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51]


def judged(groups: list[list[float]]) -> pd.DataFrame:
    rows = [("thing", str(n), value) for n, values in enumerate(groups) for value in values]
    return pd.DataFrame(rows, columns=["thing", "group", "value"])


def between(groups: list[list[float]]) -> pd.Series:
    return between_groups(judged(groups), ["thing"], "group", "value").iloc[0]


def test_spearman_and_its_interval_are_those_of_another_implementation():
    one = rank_agreement(pd.DataFrame({"judge": X}), pd.Series(Y)).loc["judge"]
    assert one["n"] == 15
    assert tuple(one[["rho", "low", "high"]]) == pytest.approx((0.8699639, 0.5840951, 0.9638297), abs=1e-6)


def test_spearman_with_ties_and_gaps_is_scipys():
    own, reference = pd.Series([1, 2, 2, 5, np.nan, 4, 3.0]), pd.Series([2, 1, 1, 3, 9, np.nan, 5.0])
    known = own.notna() & reference.notna()
    expected = stats.spearmanr(own[known], reference[known]).statistic
    one = rank_agreement(own.to_frame("judge"), reference).loc["judge"]
    assert one["n"] == 5
    assert one["rho"] == pytest.approx(expected)


@given(st.lists(st.floats(-9, 9, width=16), min_size=4, max_size=20, unique=True), st.randoms())
def test_only_the_order_counts_and_a_reversed_one_turns_the_sign(values, random):
    other = list(values)
    random.shuffle(other)
    frame = pd.DataFrame({"own": values, "grown": np.exp(values), "reversed": [-value for value in values]})
    rho = rank_agreement(frame, pd.Series(other))["rho"]
    assert rho["own"] == pytest.approx(rho["grown"]) == pytest.approx(-rho["reversed"])


@pytest.mark.parametrize(
    ("own", "known", "limits"),
    [
        ([1, 2], False, False),
        ([1, 2, 4], True, False),
        ([3, 3, 3, 3], False, False),
        ([1, 2, 3, 4], True, False),
    ],
)
def test_too_few_things_or_one_order_have_no_interval(own, known, limits):
    one = rank_agreement(pd.DataFrame({"judge": own}), pd.Series(range(len(own)))).loc["judge"]
    assert (pd.notna(one["rho"]), pd.notna(one["low"])) == (known, limits)


def test_the_intraclass_correlation_is_the_published_one():
    one = between(TARGETS)
    assert (one["n"], one["groups"]) == (24, 6)
    assert tuple(one[["icc", "low", "high"]]) == pytest.approx((0.17, -0.13, 0.72), abs=0.005)


def test_groups_are_tested_as_scipy_does_also_when_unequal():
    groups = [[1, 2, 2, 5], [3, 4], [4, 5, 5]]
    assert between(groups)["p_value"] == pytest.approx(stats.f_oneway(*groups).pvalue)


def test_groups_are_tested_as_a_regression_on_them_is():
    table = judged(TARGETS)
    fit = OLS(
        table["value"], add_constant(pd.get_dummies(table["group"], drop_first=True, dtype=float))
    ).fit()
    assert between(TARGETS)["p_value"] == pytest.approx(fit.f_pvalue)


@pytest.mark.parametrize("groups", [[[1, 2, 3]], [[1], [2], [3]], [[4, 4], [4, 4]]])
def test_nothing_is_told_of_one_group_of_lone_judges_or_where_all_say_the_same(groups):
    assert between(groups)[["icc", "low", "high", "p_value"]].isna().all()


def test_groups_of_one_opinion_each_differ_wholly_and_without_an_interval():
    one = between([[1, 1], [5, 5]])
    assert (one["icc"], one["p_value"]) == (1, 0)
    assert one[["low", "high"]].isna().all()


@pytest.mark.parametrize(
    ("answers", "r_wg"),
    [([4, 4, 4, 4], 1.0), ([1, 2, 3, 4, 5], 0.0), ([1, 1, 5, 5], 0.0), ([3, 4, 4, 5], 2 / 3), ([3], np.nan)],
)
def test_one_opinion_is_full_agreement_and_even_answers_are_none(answers, r_wg):
    """(1, 2, 3, 4, 5) has a variance of 2.5, above the 2.0 of chance; (3, 4, 4, 5) has 2/3, so 1 − (2/3)/2."""
    table = within_agreement(judged([answers]), ["thing"], "value")
    assert table.loc[0, "r_wg"] == pytest.approx(r_wg, nan_ok=True)


def test_a_scale_has_two_levels():
    with pytest.raises(ValueError, match="at least 2"):
        within_agreement(judged([[1, 2]]), ["thing"], "value", levels=1)
