import dataclasses

import pandas as pd
import pytest

from cxmethod.teaching.simulate import question_columns, simulate_staff, simulate_survey

from .truths import SMALL


def emotion(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].mask(frame[column] == 9).astype(float) - 3


def test_a_survey_has_one_row_a_customer_and_three_questions_a_touchpoint() -> None:
    frame = simulate_survey(SMALL, 5, 1)
    assert frame["id"].tolist() == ["P0001", "P0002", "P0003", "P0004", "P0005"]
    assert list(frame.columns) == [
        "id", "plan", "edad", "esp_p01", "esp_p02", "exp_p01", "exp_p02", "imp_p01", "imp_p02", "recomendacion",
    ]  # fmt: skip


def test_the_same_seed_gives_the_same_survey_and_another_seed_another() -> None:
    pd.testing.assert_frame_equal(simulate_survey(SMALL, 50, 3), simulate_survey(SMALL, 50, 3))
    assert not simulate_survey(SMALL, 50, 3).equals(simulate_survey(SMALL, 50, 4))


def test_customers_feel_what_is_planted_before_and_after() -> None:
    frame = simulate_survey(SMALL, 20_000, 1)
    assert emotion(frame, "esp_p01").mean() == pytest.approx(0.5, abs=0.03)
    assert emotion(frame, "exp_p01").mean() == pytest.approx(-0.8, abs=0.03)


def test_a_persona_may_feel_otherwise() -> None:
    frame = simulate_survey(SMALL, 20_000, 1)
    by_plan = emotion(frame, "exp_p02").groupby(frame["plan"]).mean()
    assert by_plan["old"] == pytest.approx(0.0, abs=0.05)
    assert by_plan["young"] == pytest.approx(1.0, abs=0.05)


def test_personas_have_their_share_and_their_ages() -> None:
    frame = simulate_survey(SMALL, 20_000, 1)
    assert (frame["plan"] == "old").mean() == pytest.approx(0.25, abs=0.02)
    assert frame.loc[frame["plan"] == "old", "edad"].between(60, 80).all()


def test_unknown_ratings_are_half_coded_and_half_blank() -> None:
    answers = simulate_survey(SMALL, 20_000, 1)["exp_p02"]
    assert answers.isna().mean() == pytest.approx(0.2, abs=0.02)
    assert answers.eq(9).fillna(False).mean() == pytest.approx(0.2, abs=0.02)


def test_importance_is_asked_only_of_those_who_can_rate() -> None:
    frame = simulate_survey(SMALL, 500, 1)
    unrated = frame["exp_p02"].isna() | (frame["exp_p02"] == 9)
    assert frame.loc[unrated, "imp_p02"].isna().all()
    assert frame["imp_p02"].dropna().between(1, 5).all()


def test_the_outcome_follows_the_weighted_touchpoint_only() -> None:
    frame = simulate_survey(SMALL, 20_000, 1)
    outcome = frame["recomendacion"].astype(float)
    assert emotion(frame, "exp_p01").corr(outcome) ** 2 == pytest.approx(0.7, abs=0.05)
    assert abs(emotion(frame, "exp_p02").corr(outcome)) < 0.1


def test_mood_makes_touchpoints_correlate() -> None:
    moody = dataclasses.replace(
        SMALL, touchpoints=tuple(dataclasses.replace(point, mood=0.8) for point in SMALL.touchpoints)
    )
    frame = simulate_survey(moody, 5000, 1)
    assert emotion(frame, "exp_p01").corr(emotion(frame, "exp_p02")) > 0.4


def test_even_a_few_people_of_the_company_hold_the_planted_view() -> None:
    means = simulate_staff(SMALL, 12, 1)[question_columns(SMALL, "int")].mean() - 3
    assert means.tolist() == pytest.approx([0.4, 1.0], abs=0.15)


def test_asking_for_more_staff_leaves_the_survey_alone() -> None:
    before = simulate_survey(SMALL, 20, 1)
    simulate_staff(SMALL, 40, 1)
    pd.testing.assert_frame_equal(simulate_survey(SMALL, 20, 1), before)


HABITS = {"young": {"web": 0.9, "phone": 0.1}, "old": {"web": 0.0, "phone": 1.0}}
WITH_HABITS = dataclasses.replace(
    SMALL,
    personas=tuple(
        dataclasses.replace(one, visits=visits, habits={"books": HABITS[one.persona]})
        for one, visits in zip(SMALL.personas, (2.0, 6.0), strict=True)
    ),
)


def test_habits_are_those_of_the_persona_and_some_are_not_filled_in() -> None:
    frame = simulate_survey(WITH_HABITS, 20_000, 1)
    old = frame["plan"] == "old"
    assert frame.loc[~old, "books"].eq("web").sum() / frame.loc[~old, "books"].notna().sum() == pytest.approx(
        0.9, abs=0.01
    )
    assert set(frame.loc[old, "books"].dropna()) == {"phone"}
    assert frame["visitas"].astype(float).groupby(frame["plan"]).mean().to_dict() == pytest.approx(
        {"young": 2, "old": 6}, abs=0.1
    )
    assert frame[["books", "visitas"]].isna().mean().tolist() == pytest.approx([0.04, 0.04], abs=0.01)


def test_asking_for_habits_leaves_every_other_answer_alone() -> None:
    with_habits = simulate_survey(WITH_HABITS, 50, 1)
    pd.testing.assert_frame_equal(
        with_habits.drop(columns=["visitas", "books"]), simulate_survey(SMALL, 50, 1)
    )
