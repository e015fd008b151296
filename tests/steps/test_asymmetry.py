"""Penalty and reward of the touchpoints that enter, by persona."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.steps.asymmetry import COLUMNS, asymmetry, asymmetry_findings
from cxmethod.steps.drivers import Cases

from .reading import by, row

GRID = np.array(list(product((-2, -1, 0, 1, 2), repeat=2)) * 8, float)
NAMES = pd.Series({"desk": "The desk", "web": "The web"})


def cases(emotions: np.ndarray = GRID) -> Cases:
    """Failing costs at the desk; the web shines."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(emotions, columns=["desk", "web"])
    low, high = GRID < 0, GRID == 2
    outcome = low @ [-3.0, -0.7] + high @ [0.7, 3.0] + rng.normal(scale=0.5, size=len(GRID))
    return Cases(frame, pd.Series(outcome), pd.Series(1.0, frame.index))


def test_each_persona_has_its_rows():
    table = asymmetry({"all": cases(), "big": cases()}, Thresholds())
    assert list(table.columns) == COLUMNS
    assert by(table[table["persona"] == "big"], "touchpoint", "kind") == {
        "desk": "basic",
        "web": "excitement",
    }


def test_badly_is_below_0_and_very_well_is_2():
    desk = row(asymmetry({"all": cases()}, Thresholds()), touchpoint="desk")
    assert (desk["low_n"], desk["high_n"], desk["n"]) == (80, 40, 200)


def test_the_fewest_answers_are_a_setting():
    table = asymmetry({"all": cases()}, Thresholds(contrast_cases=41))
    assert table["kind"].isna().all()
    assert table["reward"].isna().all()


def test_answers_that_cannot_be_contrasted_give_no_row():
    assert asymmetry({"all": cases(GRID * 0)}, Thresholds()).empty
    assert asymmetry({}, Thresholds()).empty


def test_a_class_that_occurs_is_told_by_name():
    table = asymmetry({"all": cases()}, Thresholds())
    told = {found.code: found.values["touchpoints"] for found in asymmetry_findings(table, NAMES)}
    assert told == {"asymmetry.basic": ["The desk"], "asymmetry.excitement": ["The web"]}


def test_only_touchpoints_with_a_name_are_told():
    table = asymmetry({"all": cases()}, Thresholds())
    assert [found.code for found in asymmetry_findings(table, NAMES[["desk"]])] == ["asymmetry.basic"]
