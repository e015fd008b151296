"""A ratings table that was answered on another scale is refused in one sentence, with the mend."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.engagement import InputProblems
from cxmethod.engagement.scale_gate import foreign, likely_scale


def kinds(*rows: tuple[str, str, float | None]) -> list[str]:
    frame = pd.DataFrame(rows, columns=["source", "touchpoint", "emotion"])
    return foreign(frame["emotion"].astype(float), frame["source"], frame["touchpoint"]).to_list()


def curve(source: str, emotions: list[float], touchpoint: str = "web") -> list[tuple[str, str, float]]:
    return [(source, touchpoint, emotion) for emotion in emotions]


def test_one_to_five_typed_as_emotions_is_another_scale():
    assert kinds(*curve("after", [1, 2, 3, 4, 5, 4, 3])) == ["", "", *["scale"] * 5]


def test_a_symmetrical_scale_beyond_two_is_another_scale():
    assert kinds(*curve("after", [-3, -3, 0, 3, 3, 3])) == ["scale", "scale", "", "scale", "scale", "scale"]


def test_a_slip_of_the_pen_is_no_scale():
    assert set(kinds(*curve("after", [-1, 0, 1, 2, 5, 1, 0, 1]))) == {""}


def test_few_wrong_answers_among_many_are_slips():
    assert set(kinds(*curve("after", [0, 1, 2] * 20 + [5] * 6))) == {""}


def test_two_scales_at_the_same_touchpoint_are_mixed():
    assert set(kinds(*curve("after", [-2, -1, 0, 1, 3, 4, 5, 5, 4]))) == {"", "mixed"}


def test_a_touchpoint_on_our_scale_does_not_make_the_others_mixed():
    rows = [*curve("after", [-1, -2, 0, 1], "desk"), *curve("after", [3, 4, 5, 5, 4])]
    assert kinds(*rows) == ["", "", "", "", *["scale"] * 5]


def test_each_source_is_a_curve_of_its_own():
    rows = [*curve("internal", [-1, -2, 0]), *curve("after", [3, 4, 5, 5, 4])]
    assert kinds(*rows) == ["", "", "", *["scale"] * 5]


def test_answers_within_our_scale_tell_nothing():
    assert set(kinds(*curve("after", [0, 1, 2] * 10))) == {""}


def test_unknown_answers_tell_nothing():
    assert set(kinds(*[("after", "web", None)] * 8)) == {""}


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        ([1, 5], ("1", "5")),
        ([2, 4], ("1", "5")),
        ([0, 10], ("0", "10")),
        ([1, 7], ("1", "7")),
        ([0, 87], ("0", "100")),
        ([-3, 2], ("-3", "3")),
        ([0.5, 4.5], ("0.5", "4.5")),
    ],
)
def test_the_likely_scale_is_the_narrowest_common_one(answers, ends):
    assert tuple(likely_scale(pd.Series(answers, dtype=float))) == ends


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_refusal_names_file_column_what_was_found_and_the_mend_once(engagement, language):
    client = engagement(after={"web": [1, 2, 3, 4, 5, 5, 4]}, language=language)
    with pytest.raises(InputProblems) as caught:
        client.table("ratings")
    (line,) = str(caught.value).splitlines()[1:]
    assert all(part in line for part in ("ratings.csv", "emotion", "scale: {low: 1, high: 5}", "1", "5"))
    assert {problem.rule for problem in caught.value.problems} == {"engagement.rule_emotion_scale"}


def test_a_form_still_marks_every_cell_concerned(engagement):
    client = engagement(after={"web": [1, 2, 3, 4, 5, 5, 4]})
    assert [problem.row for problem in client.problems(["ratings"])] == [4, 5, 6, 7, 8]


def test_a_slip_is_told_as_before(engagement):
    client = engagement(after={"web": [1, -2, 7, 0, 1, 1]})
    assert [problem.rule for problem in client.problems(["ratings"])] == ["engagement.rule_range"]
