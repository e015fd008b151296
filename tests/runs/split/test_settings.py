"""The section of a portfolio that splits an engagement, and the settings that come of it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from cxmethod.engagement.settings import parse_section
from cxmethod.language import CxError, Words
from cxmethod.runs.split.settings import Split, merged, part_settings


def test_only_the_engagement_and_the_column_must_be_said():
    given = Split.model_validate({"engagement": "airline", "column": "Class"})
    assert (given.table, given.into, given.files, given.clients) == ("respondents", ".", (), {})


def test_values_and_columns_that_yaml_reads_as_numbers_are_text():
    given = Split.model_validate({"engagement": "a", "column": 2026, "clients": {1: None, 2: {"seed": 3}}})
    assert (given.column, given.clients) == ("2026", {"1": {}, "2": {"seed": 3}})


def test_a_table_may_be_named_in_spanish():
    assert Split(engagement="a", column="sede", table="recorridos").table == "journeys"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"engagment": "a"}, "engagment"),
        ({"table": "clients"}, "table"),
        ({"column": " "}, "column"),
        ({"clients": {False: {}}}, "clients"),
        ({"files": "train.csv"}, "files"),
    ],
)
def test_what_does_not_hold_is_named_in_both_languages(language, wrong, field):
    data = {"engagement": "a", "column": "b"} | wrong
    with pytest.raises(CxError) as caught:
        parse_section(data, Split, "portfolio.yaml", Words(language))
    assert field in str(caught.value)


def test_a_split_never_changes():
    with pytest.raises(ValidationError):
        Split(engagement="a", column="b").column = "c"


def test_sections_are_merged_and_all_else_is_replaced():
    below = {"budget": {"amount": 1, "months": 2}, "theme": {"attributes": ["a", "b"]}, "seed": 1}
    above = {"budget": {"months": 9}, "theme": {"attributes": ["c"]}, "persona": None}
    assert merged(below, above) == {
        "budget": {"amount": 1, "months": 9},
        "theme": {"attributes": ["c"]},
        "seed": 1,
        "persona": None,
    }
    assert below["budget"]["months"] == 2


def test_sources_keep_their_meaning_and_lose_their_file():
    whole = {
        "client": "W",
        "compare_with": "../w",
        "sources": [{"kind": "survey", "file": "ola_*.csv", "ratings": {}}],
    }
    given = part_settings(whole, Split(engagement="w", column="c"), "Sur", "w")
    assert given == {"client": "Sur", "sources": [{"kind": "survey", "file": "w/ola_*.csv", "ratings": {}}]}
