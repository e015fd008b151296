"""Who is hidden beside the few."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps.disclosure import protecting


def hidden(sizes: dict[str, int], **others) -> set[str]:
    frame = pd.DataFrame({"persona": list(sizes), "n": list(sizes.values()), "at": "desk"})
    return set(frame.loc[protecting(frame, ["at"], 5, **others), "persona"])


@pytest.mark.parametrize(
    ("sizes", "joins"),
    [
        ({"all": 20, "a": 12, "b": 8}, set()),
        ({"all": 23, "a": 12, "b": 8, "c": 3}, {"b"}),
        ({"all": 26, "a": 12, "b": 8, "c": 3, "d": 3}, set()),
        ({"all": 43, "a": 40, "b": 3}, {"a"}),
        ({"all": 22, "a": 12, "b": 8}, {"b"}),  # two of no persona
        ({"all": 23, "a": 10, "b": 10, "c": 3}, {"a"}),  # of two alike the first by name
        ({"all": 3, "a": 3}, set()),
    ],
)
def test_the_smallest_that_is_shown_joins_the_few(sizes, joins):
    assert hidden(sizes) == joins


def test_each_place_has_a_whole_of_its_own():
    frame = pd.DataFrame(
        {"persona": ["all", "a", "all", "a"], "n": [9, 6, 9, 9], "at": ["desk", "desk", None, None]}
    )
    assert protecting(frame, ["at"], 5).tolist() == [False, True, False, False]


def test_a_whole_that_is_not_shown_gives_nobody_away():
    frame = pd.DataFrame({"persona": ["a", "b"], "n": [9, 6], "at": "desk"})
    assert not protecting(frame, ["at"], 5).any()
    assert protecting(frame, ["at"], 5, whole=pd.Series([18, 18])).tolist() == [False, True]


def test_nobody_is_hidden_among_nobody():
    assert protecting(pd.DataFrame({"persona": [], "n": [], "at": []}), ["at"], 5).empty
