import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from cxmethod.stats.intervals import newcombe, paired_means, welch


def test_welch_agrees_with_scipy_on_the_raw_values():
    a, b = np.array([1.0, 2, 2, 4, 5]), np.array([0.0, 1, 1, 1])
    ours = welch(a.mean(), a.std(ddof=1), 5, b.mean(), b.std(ddof=1), 4).iloc[0]
    scipy = stats.ttest_ind(a, b, equal_var=False)
    interval = scipy.confidence_interval(0.95)
    assert ours.tolist() == pytest.approx([a.mean() - b.mean(), interval.low, interval.high, scipy.pvalue])


def test_welch_without_a_sample_on_one_side_gives_the_difference_only():
    ours = welch(1.0, np.nan, 1, 0.0, 1.0, 20).iloc[0]
    assert ours["difference"] == 1
    assert ours[["low", "high", "p_value"]].isna().all()


def test_differences_keep_the_index_of_the_series_given():
    mean = pd.Series([1.0, 2.0], index=["desk", "call"])
    assert welch(mean, 1, 9, 0, 1, 9).index.tolist() == ["desk", "call"]


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_gives_the_figures_of_newcombe_1998_table_2(counts, published):
    assert newcombe(*counts)[["low", "high"]].round(4).iloc[0].tolist() == list(published)


def test_newcombe_p_value_is_that_of_the_pooled_z_test():
    assert newcombe(56, 70, 48, 80)["p_value"].item() == pytest.approx(
        proportions_ztest([56, 48], [70, 80])[1]
    )


def test_newcombe_of_two_full_shares_sees_no_difference():
    assert newcombe(10, 10, 5, 5)["p_value"].item() == 1


def test_newcombe_without_cases_is_unknown():
    assert newcombe(0, 0, 5, 10).isna().all(axis=None)


def test_newcombe_works_on_columns():
    table = newcombe(pd.Series([56, 9]), pd.Series([70, 10]), pd.Series([48, 3]), pd.Series([80, 10]))
    assert table["difference"].tolist() == pytest.approx([0.2, 0.6])


PAIRS = pd.DataFrame(
    {
        "point": ["desk"] * 6 + ["call"] * 2 + ["web"],
        "before": [1.0, 2, 0, -1, 1, np.nan, 1, 1, 2],
        "after": [2.0, 2, 2, 2, 0, 1, 1, 1, np.nan],
    }
)


def paired_row(point: str) -> pd.Series:
    return paired_means(PAIRS, ["point"], "before", "after").set_index("point").loc[point]


def test_paired_difference_agrees_with_scipy():
    desk = paired_row("desk")
    pairs = PAIRS[:5]
    interval = stats.ttest_rel(pairs["after"], pairs["before"]).confidence_interval(0.95)
    assert desk[["n", "mean_a", "mean_b", "difference"]].tolist() == pytest.approx([5, 0.6, 1.6, 1.0])
    assert desk[["low", "high"]].tolist() == pytest.approx([interval.low, interval.high])
    wilcoxon = stats.wilcoxon(pairs["after"], pairs["before"], zero_method="pratt")
    assert desk["p_value"] == pytest.approx(wilcoxon.pvalue)


def test_pairs_that_never_differ_have_no_p_value():
    call = paired_row("call")
    assert call[["difference", "low", "high"]].tolist() == [0, 0, 0]
    assert np.isnan(call["p_value"])


def test_a_group_without_pairs_stays_with_n_0():
    web = paired_row("web")
    assert web["n"] == 0
    assert web[["mean_a", "mean_b", "difference", "p_value"]].isna().all()


def test_weights_act_on_the_paired_means():
    frame = pd.DataFrame({"g": ["x", "x"], "a": [0.0, 0.0], "b": [1.0, 2.0], "w": [3.0, 1.0]})
    assert paired_means(frame, ["g"], "a", "b", weight="w")["difference"].item() == pytest.approx(1.25)
