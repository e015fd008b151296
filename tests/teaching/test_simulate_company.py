import dataclasses

import pytest

from cxmethod.teaching.simulate_company import simulate_alignment, simulate_scores, simulate_waves

from .truths import SMALL


def test_answers_of_a_wave_add_up() -> None:
    waves = simulate_waves(SMALL, 1)
    assert (waves[["negative", "neutral", "positive"]].sum(axis="columns") == waves["n"]).all()


def test_a_wave_keeps_the_mean_until_the_change_and_has_the_new_one_from_then() -> None:
    means = simulate_waves(SMALL, 1).set_index("wave")["mean"]
    assert means.tolist() == pytest.approx([-0.8, -0.8, 0.8], abs=0.2)


def test_scores_are_a_recommendation_from_0_to_10_in_every_wave() -> None:
    scores = simulate_scores(SMALL, 1)
    assert scores["score"].between(0, 10).all()
    assert scores.groupby("wave").size().tolist() == [60, 60, 60]


def test_every_person_grades_every_touchpoint_and_both_items_once() -> None:
    alignment = simulate_alignment(SMALL, 1)
    assert alignment.groupby("respondent").size().tolist() == [4] * 7
    assert not alignment.duplicated(["respondent", "touchpoint", "item"]).any()


def test_a_role_that_agrees_orders_touchpoints_as_customers_do_and_one_that_disagrees_the_other_way() -> None:
    importance = simulate_alignment(SMALL, 1).groupby(["role", "touchpoint"])["importance"].mean().unstack()
    assert importance.loc["nurses", "call"] > importance.loc["nurses", "visit"]
    assert importance.loc["bosses", "call"] < importance.loc["bosses", "visit"]


def test_awareness_is_the_roles_own() -> None:
    items = simulate_alignment(SMALL, 1).groupby(["item", "role"])["score"].mean()
    assert items["awareness", "bosses"] > items["awareness", "nurses"] + 2


@pytest.mark.parametrize("make", [simulate_waves, simulate_scores])
def test_a_truth_without_waves_says_so(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="no waves"):
        make(dataclasses.replace(SMALL, waves=None), 1)
