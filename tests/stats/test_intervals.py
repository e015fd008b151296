import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cxmethod.stats.intervals import (
    adjust,
    grouped_means,
    grouped_shares,
    nps_interval,
    sample_size,
    wilson,
)

RATINGS = pd.DataFrame(
    {
        "point": ["desk", "desk", "desk", "call", "call", "web", "app"],
        "emotion": [1.0, 2.0, 4.0, -1.0, np.nan, np.nan, 2.0],
        "weight": [1.0, 2.0, 1.0, 3.0, 1.0, 1.0, 0.0],
    }
)


def row(frame: pd.DataFrame, point: str) -> pd.Series:
    return frame.set_index("point").loc[point]


# --- means


def test_mean_and_interval_are_those_of_the_t_distribution():
    desk = row(grouped_means(RATINGS, ["point"], "emotion"), "desk")
    values = [1.0, 2.0, 4.0]
    low, high = stats.t.interval(0.95, 2, np.mean(values), stats.sem(values))
    assert desk[["n", "mean", "sd", "low", "high"]].tolist() == pytest.approx(
        [3, np.mean(values), np.std(values, ddof=1), low, high]
    )


def test_weights_act_on_mean_spread_and_effective_n():
    # By hand: mean 9/4; n_effective 16/6; variance 4.75/4 × (16/6) / (10/6) = 1.9
    desk = row(grouped_means(RATINGS, ["point"], "emotion", "weight"), "desk")
    assert desk[["n", "n_effective", "mean", "sd"]].tolist() == pytest.approx([3, 16 / 6, 2.25, 1.9**0.5])


def test_weighted_interval_takes_the_degrees_of_freedom_from_the_effective_n():
    desk = row(grouped_means(RATINGS, ["point"], "emotion", "weight"), "desk")
    margin = stats.t.ppf(0.975, 16 / 6 - 1) * (1.9 / (16 / 6)) ** 0.5
    assert desk[["low", "high"]].tolist() == pytest.approx([2.25 - margin, 2.25 + margin])


def test_one_value_has_a_mean_but_no_interval():
    call = row(grouped_means(RATINGS, ["point"], "emotion"), "call")
    assert call["n"] == 1
    assert call["mean"] == -1
    assert call[["sd", "low", "high"]].isna().all()


def test_a_group_without_values_stays_with_n_0():
    web = row(grouped_means(RATINGS, ["point"], "emotion"), "web")
    assert web[["n", "n_effective"]].tolist() == [0, 0]
    assert web[["mean", "sd", "low", "high"]].isna().all()


def test_a_group_whose_weights_are_all_0_has_no_mean():
    app = row(grouped_means(RATINGS, ["point"], "emotion", "weight"), "app")
    assert app["n_effective"] == 0
    assert np.isnan(app["mean"])


@pytest.mark.parametrize("bad", [np.nan, -1.0])
def test_missing_or_negative_weights_are_refused(bad):
    with pytest.raises(ValueError, match="weight is missing or negative where emotion is known"):
        grouped_means(RATINGS.assign(weight=bad), ["point"], "emotion", "weight")


def test_groups_are_sorted_and_only_those_that_occur():
    frame = pd.DataFrame({"a": ["y", "x", "y"], "b": [2, 1, 1], "v": [1.0, 2.0, 3.0]})
    means = grouped_means(frame, ["a", "b"], "v")
    assert list(means[["a", "b"]].itertuples(index=False, name=None)) == [("x", 1), ("y", 1), ("y", 2)]


def test_unused_categories_make_no_group():
    frame = RATINGS.assign(point=pd.Categorical(RATINGS["point"], ["web", "desk", "call", "app", "never"]))
    assert grouped_means(frame, ["point"], "emotion")["point"].tolist() == ["web", "desk", "call", "app"]


emotions = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([-2, -1, 0, 1, 2, None])), min_size=1)


@given(emotions, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    frames = [pd.DataFrame(each, columns=["g", "v"]).astype({"v": float}) for each in (rows, shuffled)]
    pd.testing.assert_frame_equal(*(grouped_means(frame, ["g"], "v") for frame in frames))


@given(emotions)
def test_unknown_stays_unknown(rows):
    frame = pd.DataFrame(rows, columns=["g", "v"]).astype({"v": float})
    with_blanks = pd.concat([frame, frame.assign(v=np.nan)])
    pd.testing.assert_frame_equal(grouped_means(frame, ["g"], "v"), grouped_means(with_blanks, ["g"], "v"))


@given(emotions, st.floats(0.01, 100))
def test_the_scale_of_weights_does_not_matter(rows, weight):
    frame = pd.DataFrame(rows, columns=["g", "v"]).astype({"v": float}).assign(w=weight)
    pd.testing.assert_frame_equal(grouped_means(frame, ["g"], "v"), grouped_means(frame, ["g"], "v", "w"))


# --- shares


@pytest.mark.parametrize(
    ("successes", "n", "published"), [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605))]
)
def test_wilson_gives_the_figures_of_newcombe_1998(successes, n, published):
    assert np.round(wilson(successes, n), 4).tolist() == list(published)


@given(st.integers(0, 300), st.integers(1, 300))
def test_wilson_holds_the_share_between_0_and_1(successes, n):
    successes = min(successes, n)
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1


def test_share_counts_true_among_known_values():
    frame = pd.DataFrame({"g": ["a"] * 4, "flag": pd.array([True, False, False, None], dtype="boolean")})
    share = grouped_shares(frame, ["g"], "flag").iloc[0]
    assert share["n"] == 3
    assert share["share"] == pytest.approx(1 / 3)
    assert share[["low", "high"]].tolist() == pytest.approx(np.ravel(wilson(1, 3)))


def test_weighted_share_has_wilson_on_the_effective_n():
    frame = pd.DataFrame({"g": ["a"] * 3, "flag": [True, False, False], "w": [2.0, 1.0, 1.0]})
    share = grouped_shares(frame, ["g"], "flag", "w").iloc[0]
    assert share[["n_effective", "share"]].tolist() == pytest.approx([16 / 6, 0.5])
    assert share[["low", "high"]].tolist() == pytest.approx(np.ravel(wilson(8 / 6, 16 / 6)))


def test_share_of_a_group_without_values_is_unknown():
    share = grouped_shares(pd.DataFrame({"g": ["a"], "flag": [np.nan]}), ["g"], "flag").iloc[0]
    assert share["n"] == 0
    assert share[["share", "low", "high"]].isna().all()


def test_a_flag_that_is_no_flag_is_refused():
    with pytest.raises(ValueError, match="flag holds values other than true and false"):
        grouped_shares(pd.DataFrame({"g": ["a"], "flag": [2]}), ["g"], "flag")


# --- many comparisons, scores, sizes


def test_holm_steps_down():
    assert adjust([0.01, 0.04, 0.03, 0.005], "holm") == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_benjamini_hochberg_agrees_with_scipy():
    p = [0.01, 0.2, 0.03, 0.005, 0.9]
    assert adjust(p, "benjamini-hochberg") == pytest.approx(stats.false_discovery_control(p))


@pytest.mark.parametrize(("method", "theirs"), [("holm", "holm"), ("benjamini-hochberg", "fdr_bh")])
@pytest.mark.parametrize("n", [1, 2, 40])
def test_adjustments_are_those_of_statsmodels(method, theirs, n):
    p = (np.random.default_rng(n).random(n) ** 3).round(2)
    assert adjust(p, method) == pytest.approx(multipletests(p, method=theirs)[1], rel=1e-12)


def test_unknown_p_values_stay_unknown_and_are_not_counted():
    assert adjust([0.02, np.nan, 0.03], "holm") == pytest.approx([0.04, np.nan, 0.04], nan_ok=True)


def test_nothing_to_adjust_is_no_error():
    assert adjust([np.nan], "holm").tolist() == pytest.approx([np.nan], nan_ok=True)


def test_an_unknown_adjustment_is_refused():
    with pytest.raises(ValueError, match="allowed: holm, benjamini-hochberg"):
        adjust([0.1], "bonferroni")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Adjusted Wald of Rocks (2016), computed apart: talkstats.com thread 58500, and a round example.
        ((291, 476, 395), (-8.95008605851979, -13.308370416852505, -4.545706836366388)),
        ((50, 30, 20), (30.0, 14.051130178761607, 44.20129700570441)),
    ],
)
def test_nps_has_its_adjusted_wald_interval(counts, expected):
    assert nps_interval(*counts).iloc[0].tolist() == pytest.approx(expected)


def test_nps_stays_on_its_scale():
    assert nps_interval(100, 0, 0)["high"].item() == 100


def test_nps_of_nobody_is_unknown():
    assert nps_interval(0, 0, 0).isna().all(axis=None)


@pytest.mark.parametrize(
    ("population", "needed"), [(100, 80), (500, 218), (1000, 278), (10000, 370), (None, 385)]
)
def test_sample_size_matches_krejcie_and_morgan_1970(population, needed):
    # Their table prints 217 for 500: 217.49, rounded to the nearest; a sample must not be smaller.
    assert sample_size(0.05, population=population) == needed


@pytest.mark.parametrize(
    "wrong", [{"margin": 0}, {"margin": 0.05, "confidence": 95}, {"margin": 0.05, "population": 0}]
)
def test_sample_size_refuses_what_makes_no_sense(wrong):
    with pytest.raises(ValueError, match=r"between 0 and 1|at least 1"):
        sample_size(**wrong)
