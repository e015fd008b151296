import pandas as pd
import pytest

from cxmethod.stats.ahp import pairwise_weights, reciprocal_matrix

# "Choosing a leader", the example of the encyclopaedia article on the analytic hierarchy process: four criteria,
# published weights 0.547, 0.127, 0.270, 0.056 and consistency ratio 0.044.
LEADER = {
    ("experience", "education"): 4, ("experience", "charisma"): 3, ("experience", "age"): 7,
    ("charisma", "education"): 3, ("education", "age"): 3, ("charisma", "age"): 5,
}  # fmt: skip
CRITERIA = ["experience", "education", "charisma", "age"]


def test_the_published_weights_and_consistency_are_found():
    found = pairwise_weights(reciprocal_matrix(LEADER, CRITERIA))
    assert found.weights.round(3).tolist() == [0.548, 0.127, 0.270, 0.056]
    assert found.weights.to_numpy() == pytest.approx(
        [0.5475692389618297, 0.12655528437341862, 0.2699499224522027, 0.05592555421254902], abs=1e-9
    )
    assert found.consistency_ratio == pytest.approx(0.0439, abs=5e-5)


def test_comparisons_that_follow_from_one_another_are_consistent():
    found = pairwise_weights(reciprocal_matrix({("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 6}, list("abc")))
    assert found.weights.to_numpy() == pytest.approx([0.6, 0.3, 0.1])
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert found.worst is None


def test_a_circle_of_preferences_is_told_with_its_worst_pair():
    found = pairwise_weights(reciprocal_matrix({("a", "b"): 3, ("b", "c"): 3, ("c", "a"): 9}, list("abc")))
    assert found.consistency_ratio > 0.10
    assert found.worst is not None


def test_one_criterion_weighs_all():
    assert pairwise_weights(reciprocal_matrix({}, ["a"])).weights.tolist() == [1.0]


def test_a_pair_that_nobody_compared_is_named():
    with pytest.raises(ValueError, match="not compared: a – c"):
        reciprocal_matrix({("a", "b"): 2, ("b", "c"): 3}, list("abc"))


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (pd.DataFrame([[1, 2], [2, 1]], list("ab"), list("ab")), "reciprocal"),
        (pd.DataFrame([[1, 0], [0, 1]], list("ab"), list("ab")), "above 0"),
        (pd.DataFrame([[1.0]], ["a"], ["b"]), "same criteria"),
    ],
)
def test_what_is_no_comparison_is_refused(matrix, message):
    with pytest.raises(ValueError, match=message):
        pairwise_weights(matrix)
