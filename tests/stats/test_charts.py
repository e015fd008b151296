import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.charts import p_chart

# Montgomery, Introduction to Statistical Quality Control: nonconforming juice cans in 30 samples of 50.
CANS = pd.Series(
    [
        12,
        15,
        8,
        10,
        4,
        7,
        16,
        9,
        14,
        10,
        5,
        6,
        17,
        12,
        22,
        8,
        10,
        5,
        13,
        11,
        20,
        18,
        24,
        15,
        9,
        12,
        7,
        13,
        9,
        6,
    ]
)


def sizes(n: int, waves: int = 30) -> pd.Series:
    return pd.Series([n] * waves)


def signals(negative: list[int], n: int = 100, baseline: int = 8) -> list[str]:
    return p_chart(pd.Series(negative), sizes(n, len(negative)), baseline)["signal"].tolist()


def test_montgomerys_orange_juice_chart():
    chart = p_chart(CANS, sizes(50), 30)
    assert chart.loc[0, ["centre", "lower", "upper"]].tolist() == pytest.approx(
        [0.2313, 0.0524, 0.4102], abs=1e-4
    )
    assert (chart.index[chart["signal"] == "beyond"] + 1).tolist() == [15, 23]


def test_limits_come_from_the_baseline_alone():
    chart = p_chart(CANS, sizes(50), 8)
    assert chart["centre"].unique().tolist() == [81 / 400]


def test_waves_weigh_by_their_cases_in_the_baseline():
    assert p_chart(pd.Series([1, 9]), pd.Series([10, 30]), 2)["centre"].tolist() == [0.25, 0.25]


def test_a_wave_with_more_cases_has_narrower_limits():
    chart = p_chart(pd.Series([10, 100]), pd.Series([50, 500]), 2)
    assert chart["upper"].tolist() == pytest.approx([0.2 + 3 * (0.16 / n) ** 0.5 for n in (50, 500)])


def test_limits_stay_shares():
    chart = p_chart(pd.Series([1, 9]), pd.Series([10, 10]), 2)
    assert (
        chart[["lower", "upper"]].to_numpy().tolist()
        == [[pytest.approx(0.5 - 3 * 0.025**0.5), pytest.approx(0.5 + 3 * 0.025**0.5)]] * 2
    )
    assert p_chart(pd.Series([1, 1]), pd.Series([10, 10]), 2)["lower"].tolist() == [0, 0]


def test_the_eighth_wave_on_one_side_is_a_signal():
    assert signals([10, 20] * 4 + [18] * 8) == [""] * 14 + ["run"] * 2


def test_seven_on_one_side_are_none():
    assert set(signals([20, 10] * 4 + [18] * 7 + [10])) == {""}


def test_a_value_on_the_centre_ends_a_run():
    assert set(signals([10, 20] * 4 + [18] * 6 + [15] + [18] * 6)) == {""}


def test_a_wave_without_cases_has_no_value_and_ends_a_run():
    n = pd.Series([100] * 14 + [0] + [100] * 6)
    chart = p_chart(pd.Series([10, 20] * 4 + [18] * 6 + [0] + [18] * 6), n, 8)
    assert np.isnan(chart.loc[14, "value"])
    assert set(chart["signal"]) == {""}


def test_equal_shares_of_different_n_are_no_run():
    n = pd.Series(range(10, 330, 10))
    assert set(p_chart(n // 10, n, 8)["signal"]) == {""}


def test_beyond_a_limit_outranks_a_run():
    assert signals([10, 20] * 4 + [18] * 7 + [60])[-1] == "beyond"


def test_fewer_waves_than_the_baseline_have_values_but_no_limits():
    chart = p_chart(pd.Series([1, 50]), pd.Series([100, 100]), 8)
    assert chart["value"].tolist() == [0.01, 0.5]
    assert chart[["centre", "lower", "upper"]].isna().all(axis=None)
    assert chart["signal"].tolist() == ["", ""]


def test_the_waves_keep_their_index():
    waves = ["2026-01", "2026-02"]
    assert p_chart(pd.Series([1, 2], index=waves), pd.Series([9, 9], index=waves), 2).index.tolist() == waves


@pytest.mark.parametrize(
    ("negative", "n", "baseline", "message"),
    [
        ([11], [10], 1, "between 0 and the number"),
        ([np.nan], [10], 1, "between 0"),
        ([1], [10], 0, "at least one"),
    ],
)
def test_impossible_counts_are_refused(negative, n, baseline, message):
    with pytest.raises(ValueError, match=message):
        p_chart(pd.Series(negative), pd.Series(n), baseline)
