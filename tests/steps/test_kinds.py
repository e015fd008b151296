"""Why a touchpoint is what it is: the clause that fits, by what decided."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from cxmethod.engagement import Decisions, Thresholds
from cxmethod.steps.kinds import with_kinds

ROW: dict[str, Any] = {
    "touchpoint": "desk", "n": 100, "mean": -1.0, "low": -1.2, "high": -0.8, "negative_share": 0.7, "negative_low": 0.6,
    "matters": "yes", "relative_share": 0.6, "equal_share": 0.5, "above_equal_share": 0.9, "association": 0.5,
    "stated_importance": None,
}  # fmt: skip
OUTSIDE = {"relative_share": None, "equal_share": None, "above_equal_share": None}


def decided(measured: bool = True, importance: dict[str, float] | None = None, **values: Any) -> pd.Series:
    frame = pd.DataFrame([{**ROW, **values}]).astype(
        {
            "stated_importance": float,
            "relative_share": float,
            "equal_share": float,
            "above_equal_share": float,
        }
    )
    return with_kinds(frame, measured, Decisions(importance=importance or {}), Thresholds()).iloc[0]


@pytest.mark.parametrize(
    ("values", "clause"),
    [
        ({"matters": "yes"}, "weighs"),
        ({"matters": "suspected", "above_equal_share": 0.7}, "weighs_unsure"),
        ({"matters": "suspected"}, "weighs_unproven"),
        ({"matters": "suspected", **OUTSIDE}, "goes_with"),
        ({"matters": "no", **OUTSIDE}, "not_tied"),
        ({"matters": "no", "relative_share": 0.4}, "weighs_little"),
        ({"matters": "no", "association": -0.5}, "wrong_way"),
    ],
)
def test_with_a_model_the_reason_says_what_the_model_found(values, clause):
    assert decided(**values)["reason"].split(".")[0] == clause


@pytest.mark.parametrize(
    ("stated", "judged", "clause"),
    [
        (4.2, None, "stated"),
        (3.2, 5, "stated_little"),
        (None, 4, "judged"),
        (None, 3, "judged_little"),
        (None, None, "unknown"),
    ],
)
def test_without_a_model_the_reason_says_whose_word_it_is(stated, judged, clause):
    importance = None if judged is None else {"desk": judged}
    assert decided(False, importance, stated_importance=stated)["reason"].split(".")[0] == clause


@pytest.mark.parametrize(
    ("values", "clause"),
    [
        ({}, "badly_mean"),
        ({"mean": 0.5, "low": 0.2, "high": 0.8, "negative_share": 0.4, "negative_low": 0.3}, "badly_share"),
        ({"high": 0.1, "negative_share": 0.2, "negative_low": 0.1}, "leaning_mean"),
        ({"mean": 0.5, "low": 0.2, "high": 0.8, "negative_share": 0.3, "negative_low": 0.2}, "leaning_share"),
        ({"mean": 0.5, "low": 0.2, "high": 0.8, "negative_share": 0.1, "negative_low": 0.05}, "well"),
        ({"mean": 0.1, "low": -0.2, "high": 0.4, "negative_share": 0.1, "negative_low": 0.05}, "unclear"),
        ({"n": 4}, "unseen"),
    ],
)
def test_the_reason_says_what_customers_feel(values, clause):
    assert decided(**values)["reason"].split(".")[1] == clause
