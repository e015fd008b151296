import numpy as np
import pytest

from cxmethod.teaching.emotions import CUSTOMER_SPREAD, STAFF_SPREAD, emotions, grades, standard, stream


@pytest.mark.parametrize("spread", [CUSTOMER_SPREAD, STAFF_SPREAD])
@pytest.mark.parametrize("mean", [-1.2, 0.0, 0.75])
def test_emotions_have_the_planted_mean(mean: float, spread: float) -> None:
    draws = stream(1, 1).standard_normal(200_000)
    assert emotions(draws, np.array(mean), spread).mean() == pytest.approx(mean, abs=0.02)


def test_emotions_are_the_five_steps_of_the_scale() -> None:
    made = emotions(stream(1, 1).standard_normal(2000), np.array(0.0), CUSTOMER_SPREAD)
    assert set(made) == {-2.0, -1.0, 0.0, 1.0, 2.0}


def test_a_higher_draw_never_feels_worse() -> None:
    assert (np.diff(emotions(np.linspace(-4, 4, 99), np.array(0.3), CUSTOMER_SPREAD)) >= 0).all()


def test_streams_of_two_parts_differ() -> None:
    assert stream(7, 1).random() != stream(7, 2).random()


def test_a_constant_column_standardises_to_zero() -> None:
    assert standard(np.array([[1.0, 2.0], [1.0, 4.0]])).tolist() == [[0.0, -1.0], [0.0, 1.0]]


def test_grades_are_whole_and_stay_on_the_scale() -> None:
    assert grades(np.array([-3.0, 2.4, 9.0])).tolist() == [1, 2, 5]
