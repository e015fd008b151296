from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxmethod.engagement.settings import Scale
from cxmethod.intake.answers import answer_keys, code_keys, text_cells
from cxmethod.intake.scales import Scaled, emotions, grades

NUMBERS = st.integers(-1000, 1000)
ANSWERS = st.lists(
    st.one_of(st.none(), st.just(""), st.integers(0, 12).map(str), st.sampled_from(["ns", "n/a"]))
)


def keys(*answers: object) -> pd.Series:
    return answer_keys(text_cells(pd.Series(list(answers), dtype=object)), decimal_comma=False)


def scaled(answers: list[object], scale: Scale, *unknown: str) -> Scaled:
    return emotions(keys(*answers), scale, code_keys(unknown))


def test_the_anchors_are_the_ends():
    assert scaled(["1", "2", "3", "4", "5"], Scale(low=1, high=5)).values.tolist() == [-2, -1, 0, 1, 2]


def test_a_reversed_scale():
    assert scaled(["5", "3", "1"], Scale(low=5, high=1)).values.tolist() == [-2, 0, 2]


def test_answers_between_the_points_are_in_between():
    assert scaled(["4.5"], Scale(low=1, high=5)).values.tolist() == [1.5]


def test_outside_the_anchors_is_wrong():
    result = scaled(["0", "6", "-1", "good"], Scale(low=1, high=5))
    assert result.wrong.all()
    assert result.values.isna().all()


def test_named_answers():
    scale = Scale(values={"Muy malo": -2, "Regular": 0, "Muy bueno": 2})
    result = scaled(["MUY MALO", "regular", " Muy  bueno", "Bueno"], scale)
    assert result.values.tolist()[:3] == [-2, 0, 2]
    assert result.wrong.tolist() == [False, False, False, True]


@pytest.mark.parametrize("answer", ["1", "1.0", 1, 1.0])
def test_numbered_answers(answer):
    assert scaled([answer], Scale(values={"1": -2, "2": 2})).values.tolist() == [-2]


@pytest.mark.parametrize("answer", ["0", "0.0", 0, 0.0])
def test_an_unknown_code_however_it_is_written(answer):
    result = scaled([answer], Scale(low=0, high=10), "0")
    assert result.unknown.all()
    assert result.values.isna().all()


def test_a_named_unknown_code():
    result = scaled(["No sabe", "no  SABE"], Scale(low=1, high=5), "no sabe")
    assert result.unknown.all()
    assert not result.wrong.any()


def test_grades_go_from_1_to_5():
    result = grades(keys("1", "5", "0", "9"), code_keys(["9"]))
    assert result.values.tolist()[:2] == [1, 5]
    assert (result.wrong.tolist(), result.unknown.tolist()) == (
        [False, False, True, False],
        [False, False, False, True],
    )


@given(ANSWERS)
def test_unknown_stays_unknown(answers):
    result = scaled(list(answers), Scale(low=1, high=10), "0", "ns", "n/a")
    known = [answer not in (None, "", "0", "ns", "n/a") for answer in answers]
    wrong = [known_ and not 1 <= int(answer) <= 10 for known_, answer in zip(known, answers, strict=True)]
    assert result.wrong.tolist() == wrong
    assert result.values.notna().tolist() == [k and not w for k, w in zip(known, wrong, strict=True)]
    assert (result.blank | result.unknown).tolist() == [not k for k in known]


@given(NUMBERS, NUMBERS)
def test_anchors_map_to_the_ends(low, high):
    assume(low != high)
    assert scaled([low, high], Scale(low=low, high=high)).values.tolist() == [-2, 2]


@given(NUMBERS, NUMBERS, st.lists(st.floats(0, 1), min_size=2))
def test_order_is_kept(low, high, positions):
    assume(low != high)
    answers = [f"{low + (high - low) * position:.6f}" for position in positions]
    values = scaled(answers, Scale(low=low, high=high)).values
    assert values.between(-2, 2).all()
    ordered = values[pd.Series(answers).astype(float).sort_values(kind="stable").index]
    assert ordered.is_monotonic_increasing if low < high else ordered.is_monotonic_decreasing
