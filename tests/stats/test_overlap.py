"""Two samples with people in common, against the tests that they become at either end."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cxmethod.stats.intervals import newcombe
from cxmethod.stats.overlap import overlapping_means, overlapping_shares


def sample(people, values, weight=1.0, group="desk"):
    return pd.DataFrame({"group": group, "who": list(people), "x": list(values), "w": weight})


def means(a, b, **options):
    return overlapping_means(a, b, ["group"], "who", "x", "w", **options).iloc[0]


def shares(a, b):
    return overlapping_shares(a, b, ["group"], "who", "x", "w").iloc[0]


A, B = [1.0, 2, 2, 4, 5, 3], [0.0, 1, 1, 3, 1]


def test_with_nobody_in_common_it_is_welchs_test():
    ours = means(sample("abcdef", A), sample("ghijk", B))
    theirs = stats.ttest_ind(B, A, equal_var=False)
    limits = theirs.confidence_interval(0.95)
    assert ours[["low", "high", "p_value"]].tolist() == pytest.approx(
        [limits.low, limits.high, theirs.pvalue]
    )


def test_with_the_same_people_it_is_the_paired_t_test():
    later = [0.0, 2, 1, 4, 2, 2]
    ours = means(sample("abcdef", A), sample("fedcba", later[::-1]))
    theirs = stats.ttest_rel(later, A)
    limits = theirs.confidence_interval(0.95)
    assert ours[["low", "high", "p_value"]].tolist() == pytest.approx(
        [limits.low, limits.high, theirs.pvalue]
    )


def test_a_sample_that_only_grew_varies_by_what_the_new_people_add():
    """Var(mean of B − mean of A) is s²(1/nA − 1/nB) where B holds A."""
    old = np.tile([-1.0, 1.0], 50)
    new = np.tile([-1.0, 1.0], 25)
    people = np.arange(150)
    ours = means(sample(people[:100], old), sample(people, [*old, *new]))
    error = np.sqrt(1 / 100 - 1 / 150)
    assert (ours["high"] - ours["low"]) / 2 == pytest.approx(1.98 * error, rel=0.01)


def test_answers_that_did_not_change_have_not_moved():
    ours = means(sample("abcdef", A), sample("abcdef", A))
    assert ours[["n_shared", "n_changed", "difference", "low", "high", "p_value"]].tolist() == [
        6,
        0,
        0,
        0,
        0,
        1,
    ]


def test_the_same_people_all_moved_by_the_same_leave_nothing_to_chance():
    ours = means(sample("abcdef", A), sample("abcdef", np.add(A, 1)))
    assert ours[["n_changed", "difference", "low", "high", "p_value"]].tolist() == [6, 1, 1, 1, 0]


def test_samples_without_any_spread_give_the_difference_only():
    ours = means(sample("abc", [1, 1, 1]), sample("def", [2, 2, 2]))
    assert ours["difference"] == 1
    assert ours[["low", "high", "p_value"]].isna().all()


def test_the_scale_of_the_weights_does_not_matter():
    a, b = sample("abcdef", A), sample("defgh", B)
    again = means(a.assign(w=3.0), b.assign(w=0.5))
    assert again.drop("group").tolist() == pytest.approx(means(a, b).drop("group").tolist())


def test_a_group_that_one_sample_lacks_is_not_compared():
    a = pd.concat([sample("abc", [1, 2, 3]), sample("abc", [1, 2, 3], group="web")])
    assert overlapping_means(a, sample("abc", [1, 2, 3]), ["group"], "who", "x", "w")["group"].tolist() == [
        "desk"
    ]


def test_missing_answers_are_left_out():
    ours = means(sample("abcd", [1, 2, 3, None]), sample("abcd", [1, None, 2, 2]))
    assert ours[["n_a", "n_b", "n_shared"]].tolist() == [3, 3, 2]


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 0, 20), (5, 56, 0, 29)])
def test_shares_of_different_people_have_newcombes_interval(counts):
    yes_b, n_b, yes_a, n_a = counts
    a = sample(range(n_a), np.arange(n_a) < yes_a)
    b = sample(range(100, 100 + n_b), np.arange(n_b) < yes_b)
    ours, theirs = shares(a, b), newcombe(*counts).iloc[0]
    names = ["difference", "low", "high", "p_value"]
    assert ours[names].tolist() == pytest.approx(theirs[names].tolist())


def test_shares_of_the_same_answers_have_not_moved():
    a = sample("abcdef", [True, False, True, False, False, False])
    assert shares(a, a)[["difference", "low", "high", "p_value"]].tolist() == pytest.approx([0, 0, 0, 1])


def test_codes_shared_by_chance_change_little():
    """Where files number their rows, other people bear the same codes: their answers do not go together."""
    random = np.random.default_rng(7)
    before, after = random.normal(0, 1, 400), random.normal(0.2, 1, 400)
    same_codes = means(sample(range(400), before), sample(range(400), after))
    others = means(sample(range(400), before), sample(range(400, 800), after))
    assert same_codes["high"] - same_codes["low"] == pytest.approx(others["high"] - others["low"], rel=0.06)


@pytest.mark.parametrize(("stay", "new"), [(0, 60), (60, 0), (40, 30), (60, 40), (20, 60)])
def test_where_nothing_moved_five_in_a_hundred_say_so(stay, new):
    """Emotions in five steps; who stays answers much as before."""
    random = np.random.default_rng(11)
    runs, n = 3000, 60
    level = random.normal(0, 1, (runs, n + new))
    first = np.clip(np.round(level[:, :n] + random.normal(0, 0.7, (runs, n))), -2, 2)
    chosen = np.r_[0:stay, n : n + new]
    second = np.clip(np.round(level[:, chosen] + random.normal(0, 0.7, (runs, len(chosen)))), -2, 2)
    a = pd.DataFrame(
        {"run": np.repeat(range(runs), n), "who": np.tile(range(n), runs), "x": first.ravel(), "w": 1.0}
    )
    b = pd.DataFrame(
        {
            "run": np.repeat(range(runs), len(chosen)),
            "who": np.tile(chosen, runs),
            "x": second.ravel(),
            "w": 1.0,
        }
    )
    told = overlapping_means(a, b, ["run"], "who", "x", "w")["p_value"] < 0.05
    assert 0.038 <= told.mean() <= 0.062
    fewer = overlapping_shares(a.assign(x=a["x"] < 0), b.assign(x=b["x"] < 0), ["run"], "who", "x", "w")
    assert 0.035 <= (fewer["p_value"] < 0.05).mean() <= 0.065
    covered = (fewer["low"] <= 0) & (fewer["high"] >= 0)
    assert covered.mean() >= 0.93


def test_the_published_example_of_both_paired_and_unpaired_answers_has_its_p_value():
    """From the authors' R package Partiallyoverlapping (Derrick 2017), which says 0.026."""
    a_alone, a_both = [20, 21, 16, 18, 14, 12, 14, 17], [14, 15, 18, 20, 11, 19, 14, 15]
    b_alone, b_both = [10, 16, 18, 16, 15, 14, 13, 10], [15, 10, 15, 17, 13, 19, 12, 13]
    ours = means(
        sample(range(16), [*a_alone, *a_both]), sample([*range(20, 28), *range(8, 16)], [*b_alone, *b_both])
    )
    assert ours["p_value"] == pytest.approx(0.026, abs=0.0005)
