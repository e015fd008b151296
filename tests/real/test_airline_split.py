"""The airline split by class: each class with the numbers that it has when its passengers alone are taken in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import cxmethod
from cxmethod.intake import take_in
from cxmethod.runs.split.whole import Split, split_engagement
from cxmethod.steps import obtain_all

from .conftest import HERE, at_hand

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(taken_in) -> Path:
    return taken_in("airline", "data/airline/train.csv").folder.parent


@pytest.fixture(scope="module")
def classes(place) -> dict[str, Path]:
    folders = split_engagement(Split(engagement="airline", column="Class", into="classes"), place)
    return {folder.name: folder for folder in folders}


def test_every_passenger_and_rating_is_in_one_class(place, classes):
    whole = cxmethod.open(place / "airline")
    for table in ("respondents", "ratings", "outcomes"):
        parts = [cxmethod.open(folder).table(table) for folder in classes.values()]
        assert sum(map(len, parts)) == len(whole.table(table))
    people = [set(cxmethod.open(folder).table("ratings")["respondent"]) for folder in classes.values()]
    assert sum(map(len, people)) == len(set().union(*people)) == 103_904


def test_a_class_has_the_numbers_of_its_passengers_alone(place, classes):
    passengers = pd.read_csv(at_hand("data/airline/train.csv"), dtype=str, keep_default_na=False)
    by_hand = shutil.copytree(HERE / "airline", place / "by_hand")
    passengers[passengers["Class"] == "Eco Plus"].to_csv(place / "train.csv", index=False)
    take_in(cxmethod.open(by_hand), [place / "train.csv"])
    split_off, made = (obtain_all(cxmethod.open(folder)) for folder in (classes["eco-plus"], by_hand))
    assert made["05_moments_of_truth"].facts["respondents"] == 7_494
    for step, result in made.items():
        for name, table in result.tables().items():
            pd.testing.assert_frame_equal(split_off[step].tables()[name], table)
