"""Standardised differences, against statsmodels and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_effectsize

from cxmethod.stats.traits import traits

FRAME = pd.DataFrame(
    {"plan": ["gold", "gold", "basic", "gold", "basic", None], "age": [20, 30, 40, 60, 70, np.nan]}
)
GROUP = pd.Series(["a", "a", "a", "b", "b", "b"])
EVEN = pd.Series(1.0, FRAME.index)


def of(table: pd.DataFrame, group: str, trait: str, value: str | None = None) -> pd.Series:
    own = table[(table["group"] == group) & (table["trait"] == trait)]
    own = own[own["value"].isna() if value is None else own["value"] == value]
    (row,) = own.to_dict("records")
    return pd.Series(row)


def test_shares_differ_by_cohens_h():
    row = of(traits(FRAME, ["plan"], [], GROUP, EVEN), "a", "plan", "gold")
    assert (row["inside"], row["rest"], row["everyone"], row["n"]) == (2 / 3, 1 / 2, 3 / 5, 3)
    assert row["difference"] == pytest.approx(proportion_effectsize(2 / 3, 1 / 2))


def test_means_differ_by_cohens_d():
    row = of(traits(FRAME, [], ["age"], GROUP, EVEN), "b", "age")
    pooled = np.sqrt((3 * np.var([20, 30, 40]) + 2 * np.var([60, 70])) / 5)
    assert (row["inside"], row["rest"], row["everyone"], row["n"]) == (65, 30, 44, 2)
    assert row["difference"] == pytest.approx(35 / pooled)


def test_weights_count():
    row = of(traits(FRAME, ["plan"], [], GROUP, pd.Series([3.0, 1, 1, 1, 1, 1])), "a", "plan", "gold")
    assert row["inside"] == 4 / 5


def test_the_greatest_difference_comes_first_whatever_its_sign():
    table = traits(FRAME, ["plan"], ["age"], GROUP, EVEN)
    strengths = table[table["group"] == "a"]["difference"].abs()
    assert strengths.tolist() == sorted(strengths, reverse=True)
