"""How many segments: on data whose number is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from cxmethod.stats.segments import Rules, segment

QUICK = Rules(most=4, subsamples=5)


def three_kinds(n: int, seed: int, *, blank: float = 0.05) -> tuple[pd.DataFrame, np.ndarray]:
    """Three kinds of people, told apart by two categories and two numbers together; some of it unknown."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(3, n, p=[0.5, 0.3, 0.2])
    plan = np.array([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])[kind]
    city = np.array([[0.8, 0.2], [0.5, 0.5], [0.1, 0.9]])[kind]
    frame = pd.DataFrame(
        {
            "plan": np.array(["a", "b", "c"])[(rng.random((n, 1)) > plan.cumsum(axis=1)).sum(axis=1)],
            "city": np.where(rng.random(n) < city[:, 0], "north", "south"),
            "age": rng.normal(np.array([28, 47, 70])[kind], 5).round(),
            "tenure": rng.normal(np.array([4, 14, 20])[kind], 3.0),
        }
    )
    return frame.mask(rng.random(frame.shape) < blank), kind


def alike(n: int, seed: int) -> pd.DataFrame:
    """People of one kind."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "plan": rng.choice(["a", "b", "c"], n, p=[0.5, 0.3, 0.2]),
            "city": rng.choice(["north", "south"], n),
            "age": rng.normal(40, 12, n).round(),
        }
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_kinds_are_found_with_their_members(seed):
    frame, kind = three_kinds(400, seed)
    found = segment(frame, ["plan", "city"], ["age", "tenure"], np.ones(400), seed, QUICK)
    assert (found.best, 3 in found.supported) == (3, True)
    assert adjusted_rand_score(kind, found.posteriors[3].argmax(axis=1)) >= 0.9


@pytest.mark.slow
def test_of_people_of_one_kind_at_least_19_of_20_samples_say_so():
    answers = [
        segment(alike(300, seed), ["plan", "city"], ["age"], np.ones(300), seed, Rules(subsamples=5))
        for seed in range(20)
    ]
    assert sum(found.best == 1 or found.best not in found.supported for found in answers) >= 19


def test_the_figures_of_each_number_stand_there():
    frame, _ = three_kinds(300, 1)
    table = segment(frame, ["plan", "city"], ["age", "tenure"], np.ones(300), 1, QUICK).choice.set_index(
        "classes"
    )
    assert table.index.tolist() == [1, 2, 3, 4]
    assert table.loc[1, "status"] == "one"
    assert table.loc[3, ["entropy", "posterior", "stability"]].between(0.7, 1).all()
    assert table["bic"].idxmin() == 3
    assert table.loc[1, "smallest_n"] == 300


def test_a_number_with_too_small_a_segment_is_not_offered():
    frame, _ = three_kinds(300, 1)
    strict = Rules(most=4, subsamples=5, smallest_share=0.3)
    found = segment(frame, ["plan", "city"], ["age", "tenure"], np.ones(300), 1, strict)
    assert found.choice.set_index("classes")["status"][3] == "small"
    assert found.best != 3


def test_numbers_that_could_not_all_be_large_enough_are_not_tried():
    frame, _ = three_kinds(100, 1)
    found = segment(frame, ["plan", "city"], ["age", "tenure"], np.ones(100), 1, Rules(subsamples=2))
    assert found.choice["classes"].tolist() == [1, 2, 3]


def test_a_number_that_comes_out_otherwise_on_samples_is_unstable():
    frame, _ = three_kinds(300, 1)
    strict = Rules(most=3, subsamples=5, stability=1.0)
    found = segment(frame, ["plan", "city"], ["age", "tenure"], np.ones(300), 1, strict)
    assert found.choice.set_index("classes")["status"][3] == "unstable"
    assert 3 not in found.supported


def test_the_choice_rests_on_a_sample_and_everybody_is_assigned():
    frame, kind = three_kinds(900, 2)
    found = segment(
        frame, ["plan", "city"], ["age", "tenure"], np.ones(900), 2, Rules(most=3, subsamples=3, sample=400)
    )
    assert (found.sampled, len(found.posteriors[3])) == (400, 900)
    assert adjusted_rand_score(kind, found.posteriors[3].argmax(axis=1)) >= 0.85


def test_unequal_weights_do_not_make_the_evidence_larger():
    frame, _ = three_kinds(300, 3)
    rules = Rules(most=2, subsamples=2)
    weights = np.random.default_rng(0).gamma(0.5, 2, 300) + 0.05
    even = segment(frame, ["plan"], ["age"], np.ones(300), 1, rules).choice
    uneven = segment(frame, ["plan"], ["age"], weights, 1, rules).choice
    doubled = segment(frame, ["plan"], ["age"], 2 * np.ones(300), 1, rules).choice
    assert doubled["bic"].tolist() == pytest.approx(even["bic"].tolist())
    assert uneven["bic"].max() < even["bic"].max()


def test_the_same_seed_gives_the_same_choice():
    frame, _ = three_kinds(200, 5)
    one, again = (
        segment(frame, ["plan"], ["age"], np.ones(200), 7, Rules(most=3, subsamples=3)) for _ in range(2)
    )
    pd.testing.assert_frame_equal(one.choice, again.choice)
