"""A split of a client's file: taken in once, and each part with the numbers that it would have on its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import cxmethod
from cxmethod.intake import take_in
from cxmethod.language import CxError
from cxmethod.steps import obtain_all

from .wholes import TABLES, lines, make_whole, split, state

SOURCES = """persona: {column: plan}
sources:
  - kind: survey
    file: survey.csv
    respondent: id
    scale: {low: 1, high: 5}
    unknown: [9]
    ratings: {after: {q1: shop, q2: call}}
    outcome: {column: nps}
    attributes: {sede: sede, plan: plan}
"""


def survey(people: int = 240) -> pd.DataFrame:
    """Answers that hang on one another, and on nothing but the row's number."""
    number = pd.Series(range(people))
    first = 1 + (number * 7 % 11) % 5
    second = (1 + (number * 5 % 13) % 5).mask(number % 17 == 0, 9)
    return pd.DataFrame(
        {
            "id": number + 1,
            "sede": (number % 3).map({0: "Norte", 1: "Sur", 2: "Centro"}),
            "plan": (number % 2).map({0: "básico", 1: "oro"}),
            "q1": first,
            "q2": second,
            "nps": (first + second.where(second < 9, 3) + number % 2).clip(0, 10),
        }
    )


def client_of(base: Path, answers: pd.DataFrame) -> Path:
    """An engagement made by hand of `answers`."""
    touchpoints = "touchpoint,name,phase,order\nshop,Shop,buy,1\ncall,Call,use,2\n"
    frame = {"phases": TABLES["phases"], "touchpoints": touchpoints}
    base.mkdir(exist_ok=True)
    folder = make_whole(base, settings=SOURCES, tables=frame)
    answers.to_csv(base / "survey.csv", index=False)
    return folder


def test_the_wholes_raw_file_cannot_be_taken_in_by_a_client(tmp_path):
    client_of(tmp_path, survey())
    parts, _ = split(tmp_path, files=["survey.csv"])
    before = lines(parts["sur"], "ratings")
    with pytest.raises(CxError, match=r"survey\.csv"):
        take_in(cxmethod.open(parts["sur"]), [tmp_path / "survey.csv"])
    assert lines(parts["sur"], "ratings") == before


def test_a_client_has_the_numbers_of_an_engagement_made_by_hand_of_its_rows(tmp_path):
    answers = survey()
    client_of(tmp_path, answers)
    parts, _ = split(tmp_path, files=["survey.csv"])
    by_hand = client_of(tmp_path / "by_hand", answers[answers["sede"] == "Sur"])
    take_in(cxmethod.open(by_hand), [tmp_path / "by_hand" / "survey.csv"])
    split_off, made = (obtain_all(cxmethod.open(folder)) for folder in (parts["sur"], by_hand))
    drivers = made["05_moments_of_truth"].drivers
    assert len(drivers)
    for step, result in made.items():
        assert list(split_off[step].tables()) == list(result.tables())
        for name, table in result.tables().items():
            pd.testing.assert_frame_equal(split_off[step].tables()[name], table)


def test_files_are_taken_in_once_until_they_change(tmp_path):
    whole = client_of(tmp_path, survey())
    _, first = split(tmp_path, files=["survey.csv"])
    before = state(whole)
    _, again = split(tmp_path, files=["survey.csv"])
    assert state(whole) == before
    assert (len(first) > len(again), again[0].endswith("3 clientes; nuevos o con cambios: 0.")) == (
        True,
        True,
    )
    survey().assign(q1=1).to_csv(tmp_path / "survey.csv", index=False)
    parts, _ = split(tmp_path, files=["survey.csv"])
    assert {row.split(",")[3] for row in lines(parts["sur"], "ratings") if ",shop," in row} == {"-2.0"}
