import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.imputation import two_way


def test_an_answer_is_case_mean_plus_column_mean_less_overall_mean():
    frame = pd.DataFrame({"a": [1.0, 2, np.nan], "b": [0.0, 2, 1], "c": [0.0, 1, 0]})
    filled = two_way(frame, 0.4)
    assert filled.loc[2, "a"] == pytest.approx(0.5 + 1.5 - 7 / 8)
    assert filled.drop(columns="a").equals(frame.drop(columns="a"))


def test_cases_with_more_unknown_stay_as_they_are():
    frame = pd.DataFrame({"a": [1.0, np.nan, np.nan], "b": [0.0, 2, np.nan], "c": [0.0, 1, 0]})
    filled = two_way(frame, 0.34)
    assert not np.isnan(filled.loc[1, "a"])
    assert filled.loc[2].isna().tolist() == [True, True, False]


def test_with_none_allowed_nothing_is_filled():
    frame = pd.DataFrame({"a": [1.0, np.nan], "b": [0.0, 2]})
    pd.testing.assert_frame_equal(two_way(frame, 0), frame)


def test_what_is_filled_in_stays_within_what_was_answered():
    frame = pd.DataFrame({"a": [2.0, 2, np.nan], "b": [-2.0, -2, 2.0], "c": [-2.0, -2, 2]})
    assert two_way(frame, 0.5).loc[2, "a"] == 2


def test_what_nobody_answered_stays_unknown():
    frame = pd.DataFrame({"a": [np.nan, np.nan], "b": [1.0, 2.0]})
    assert two_way(frame, 0.5)["a"].isna().all()
