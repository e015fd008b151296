"""Numbers as people of a locale write them, and as the file holds them."""

import pandas as pd
import pytest

from cxmethod.engagement import TABLES
from cxmethod.forms.cell_text import meaning, said_number, shown_number, text_of, typed_number
from cxmethod.language import Words

COLOMBIA, MEXICO, ENGLISH = Words("es", "es_CO"), Words("es", "es_MX"), Words("en")


@pytest.mark.parametrize(
    ("typed", "words", "held"),
    [
        ("0,3", COLOMBIA, "0.3"),
        ("0.3", COLOMBIA, "0.3"),
        (" −1 ", COLOMBIA, "-1"),
        (",5", COLOMBIA, ".5"),
        ("0.3", MEXICO, "0.3"),
        ("0.3", ENGLISH, "0.3"),
        ("1500", COLOMBIA, "1500"),
        ("", COLOMBIA, ""),
        ("mucho", COLOMBIA, "mucho"),
    ],
)
def test_what_is_typed_becomes_what_the_file_holds(typed: str, words: Words, held: str) -> None:
    assert typed_number(typed, words) == held


@pytest.mark.parametrize(
    ("typed", "words"),
    [("35.000", COLOMBIA), ("1.250.000", COLOMBIA), ("35,000", MEXICO), ("35,000", ENGLISH)],
)
def test_thousands_that_could_be_decimals_are_no_number(typed: str, words: Words) -> None:
    held = typed_number(typed, words)
    assert pd.isna(pd.to_numeric(pd.Series([held]), errors="coerce")[0])
    assert shown_number(held, words) == typed


@pytest.mark.parametrize(
    ("text", "shown"), [("0.3", "0,3"), ("2.0", "2"), ("-1", "-1"), ("x.y", "x.y"), ("", "")]
)
def test_numbers_are_shown_with_the_decimal_mark_of_the_locale(text: str, shown: str) -> None:
    assert shown_number(text, COLOMBIA) == shown


@pytest.mark.parametrize(
    ("text", "said"), [("18000000", "18.000.000"), ("0.25", "0,25"), ("", "—"), ("tres", "tres")]
)
def test_readers_see_thousands_apart(text: str, said: str) -> None:
    assert said_number(text, COLOMBIA) == said


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (float("nan"), ""), (pd.NA, ""), (2.0, "2"), (0.5, "0.5"), (" a ", "a")]
)
def test_values_as_text(value: object, text: str) -> None:
    assert text_of(value) == text


def test_times_as_text() -> None:
    assert text_of(pd.Timestamp("2026-03-31")) == "2026-03-31"
    assert text_of(pd.Timestamp("2026-03-31 14:05")) == "2026-03-31 14:05:00"


@pytest.mark.parametrize(
    ("text", "code"), [("Cliente", "customer"), ("company", "company"), ("", ""), ("nadie", None)]
)
def test_codes_are_understood_in_both_languages(text: str, code: str | None) -> None:
    column = TABLES["touchpoints"].column("initiator")
    assert column is not None
    assert meaning(text, column) == code
