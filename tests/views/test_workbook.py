"""Sheets of the workbook: every column of every result has its kind, heading, meaning and unit in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cxmethod.language import LANGUAGES, Words
from cxmethod.steps import STEPS
from cxmethod.views import workbook
from cxmethod.views.columns import COLUMNS
from cxmethod.views.sheet_columns import KEYS, PERSONAL, REPEATED, sheet_columns
from cxmethod.views.sheet_words import heading, meaning, sheet_name
from cxmethod.views.workbook import MIME, workbook_tables

from .clients import CLIENTS

SPOKEN = [
    *((name, ("es", "en")[n % 2]) for n, name in enumerate(CLIENTS)),
    *((name, language) for name in ("demo", "workshop") for language in LANGUAGES),
]


@pytest.fixture
def tables(spoken, threaded, monkeypatch):
    """The sheets of a client in a language, by name."""

    def make(name: str, language: str = "en") -> dict[str, dict[str, Any]]:
        shown: list[Any] = []
        monkeypatch.setattr(workbook, "display", shown.append)
        client, results = spoken(name, language)
        workbook_tables(client, results, threaded(name))
        assert {one.kind for one in shown} == {"sheet"}
        return {one.data[MIME]["name"]: one.data[MIME] for one in shown}

    return make


def frames(spoken):
    results = spoken("demo", "es")[1]
    return {
        f"{step}.{name}": frame
        for step in STEPS
        for name, frame in results[step].tables().items()
        if f"{step}.{name}" not in PERSONAL | REPEATED
    }


def test_every_column_of_every_result_is_in_the_workbook_or_has_its_name_there(spoken):
    """A new result column needs its kind in `columns` or `sheet_columns`."""
    missing = [
        (key, name)
        for key, frame in frames(spoken).items()
        for name in frame.columns
        if name not in sheet_columns(key, [*frame.columns]) and name not in KEYS.get(key, ())
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_its_heading_and_meaning(spoken, language):
    """A new result column needs ``heading.…`` (or ``label.…``) and ``meaning.…`` in both languages."""
    words = Words(language)
    missing = [
        (key, name)
        for key, frame in frames(spoken).items()
        for name in sheet_columns(key, [*frame.columns])
        if meaning(key, name, words) is None or (heading(key, name, words) == name and name != "n")
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_columns_of_a_sheet_have_one_heading(tables, language):
    twice = []
    for key, table in tables("demo", language).items():
        titles = [field["title"] for field in table["schema"]["fields"]]
        twice += [(key, title) for title in set(titles) if titles.count(title) > 1]
    assert twice == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_short_name_of_its_own(spoken, language):
    words = Words(language)
    names = [sheet_name(key, words) for key in frames(spoken)]
    assert len({name.casefold() for name in names}) == len(names)
    assert [name for name in names if len(name) > 31 or "_" in name or not name[2:3].isalpha()] == []


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_the_sheets_of_every_client_are_plain_values_of_their_type(tables, name, language):
    types = {"string": str, "number": (int, float), "integer": (int, float), "boolean": bool, "date": str}
    for key, table in tables(name, language).items():
        json.dumps(table, allow_nan=False)
        for field in table["schema"]["fields"]:
            values = [row[field["name"]] for row in table["data"]]
            wrong = [
                value for value in values if value is not None and not isinstance(value, types[field["type"]])
            ]
            assert wrong == [], (key, field["name"])
            assert field["unit"]


def test_numbers_are_those_of_the_results(tables, spoken):
    found = tables("demo", "es")
    results = spoken("demo", "es")[1]
    for key, column in (
        ("04_touchpoints.emotions", "mean"),
        ("05_moments_of_truth.drivers", "relative_share"),
    ):
        step, name = key.split(".")
        frame = results[step].tables()[name]
        values = [None if value != value else value for value in frame[column].astype(float)]
        assert [row[column] for row in found[key]["data"]] == values


def test_the_first_month_of_the_plan_is_1_as_on_the_page(tables, spoken):
    roadmap = spoken("demo", "es")[1]["07_opportunities"].roadmap
    shown = tables("demo", "es")["07_opportunities.roadmap"]["data"]
    assert [row["start"] for row in shown] == [start + 1 for start in roadmap["start"]]


def test_no_row_is_one_customer(tables):
    found = tables("demo", "es")
    assert "01_persona.membership" not in found
    assert not any(
        field["name"] == "respondent" for table in found.values() for field in table["schema"]["fields"]
    )


def test_every_table_that_a_page_shows_is_in_it_and_what_is_open_and_the_limits(tables):
    assert set(COLUMNS) | {"method.open", "method.thresholds", "method.inputs"} <= set(tables("demo", "es"))


def test_an_empty_table_is_told_with_its_columns(tables):
    table = tables("nothing", "en")["09_monitoring.signals"]
    assert table["data"] == []
    assert table["schema"]["fields"]
