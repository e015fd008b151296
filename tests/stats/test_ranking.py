import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.ranking import rank, rescale, topsis, weighted_sum

# Opricovic & Tzeng (2004), European Journal of Operational Research 156:445–455: risk (a cost) and altitude.
MOUNTAIN = pd.DataFrame({"risk": [1, 2, 5], "altitude": [3000, 3750, 4500]}, index=["A1", "A2", "A3"])
DIRECTIONS = {"risk": "cost", "altitude": "benefit"}
EQUAL = {"risk": 0.5, "altitude": 0.5}


def test_criteria_run_from_worst_to_best():
    scaled = rescale(MOUNTAIN, DIRECTIONS)
    assert scaled["risk"].tolist() == [1, 0.75, 0]
    assert scaled["altitude"].tolist() == [0, 0.5, 1]


def test_a_criterion_without_differences_is_neutral_and_unknown_stays_unknown():
    scaled = rescale(pd.DataFrame({"x": [3, 3, np.nan]}), {"x": "cost"})
    assert scaled["x"].tolist() == pytest.approx([0.5, 0.5, np.nan], nan_ok=True)


def test_a_criterion_that_nobody_knows_stays_unknown():
    assert rescale(pd.DataFrame({"x": [np.nan, np.nan]}), {"x": "benefit"})["x"].isna().all()


@pytest.mark.parametrize("directions", [{"risk": "cost"}, DIRECTIONS | {"altitude": "more"}])
def test_every_criterion_needs_a_direction(directions):
    with pytest.raises(ValueError, match="direction must be benefit or cost: altitude"):
        rescale(MOUNTAIN, directions)


def test_weights_need_not_add_up_to_one():
    scaled = pd.DataFrame({"x": [1.0, 0.0], "y": [0.0, 1.0]})
    assert weighted_sum(scaled, {"x": 30, "y": 10}).tolist() == [0.75, 0.25]


def test_what_is_unknown_of_an_alternative_is_left_out():
    scaled = pd.DataFrame({"x": [1.0, np.nan, np.nan], "y": [0.0, 0.4, np.nan]})
    assert weighted_sum(scaled, {"x": 3, "y": 1}).tolist() == pytest.approx([0.75, 0.4, np.nan], nan_ok=True)


@pytest.mark.parametrize("weights", [{"x": 1}, {"x": 1, "y": -1}, {"x": 0, "y": 0}])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="every criterion needs a weight"):
        weighted_sum(pd.DataFrame({"x": [1.0], "y": [1.0]}), weights)


def test_topsis_gives_the_published_scores():
    assert topsis(MOUNTAIN, EQUAL, DIRECTIONS).round(3).tolist() == [0.5, 0.617, 0.5]


def test_topsis_with_vector_normalisation_agrees_with_an_independent_computation():
    expected = [0.7621405801238009, 0.7221778332293296, 0.23785941987619905]
    assert topsis(MOUNTAIN, EQUAL, DIRECTIONS, "vector").tolist() == pytest.approx(expected)


@pytest.mark.parametrize("normalisation", ["minmax", "vector"])
def test_alternatives_that_do_not_differ_score_one_half(normalisation):
    alike = pd.DataFrame({"risk": [2, 2], "altitude": [0, 0]})
    assert topsis(alike, EQUAL, DIRECTIONS, normalisation).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("normalisation", ["minmax", "vector"])
def test_an_alternative_with_a_missing_criterion_has_no_topsis_score(normalisation):
    scores = topsis(MOUNTAIN.assign(risk=[1, np.nan, 5]), EQUAL, DIRECTIONS, normalisation)
    assert scores.isna().tolist() == [False, True, False]


def test_an_unknown_normalisation_is_refused():
    with pytest.raises(ValueError, match="allowed: minmax, vector"):
        topsis(MOUNTAIN, EQUAL, DIRECTIONS, "sum")


def test_equals_share_the_better_place_and_unknown_has_none():
    places = rank(pd.Series([0.5, 0.1 + 0.2, np.nan, 0.3, 0.1]))
    assert places.tolist() == [1, 2, pd.NA, 2, 4]
