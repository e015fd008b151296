from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.intake.answers import answer_key, answer_keys, numbers, text_cells


@pytest.mark.parametrize("answer", [1, 1.0, "1", "1.0", " 1 ", "+1", "01"])
def test_a_number_is_one_answer_however_it_is_written(answer):
    assert answer_key(answer) == 1.0


@pytest.mark.parametrize("answer", ["Muy Malo", "muy malo", " MUY  MALO ", "múy malo"])
def test_a_text_is_one_answer_whatever_its_case_and_accents(answer):
    assert answer_key(answer) == "muy_malo"


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-inf", "1e3", "1_000", "1,5", "1.000,5", "0x10", "5 - Excelente", "½"]
)
def test_what_is_not_plainly_a_number_is_text(text):
    assert isinstance(answer_key(text), str)


def test_a_comma_parts_decimals_only_where_the_file_does():
    assert answer_key("3,5", decimal_comma=True) == 3.5
    assert isinstance(answer_key("3,5"), str)


def test_a_typographic_minus_is_a_minus():
    assert answer_key("−2") == -2.0


def test_blanks_have_no_key():
    keys = answer_keys(text_cells(pd.Series(["1", "", "  ", None, "x"])), decimal_comma=False)
    assert keys.isna().tolist() == [False, True, True, True, False]
    assert numbers(keys).isna().tolist() == [False, True, True, True, True]


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series([7, 8]),
        pd.Series([7.0, 8.0]),
        pd.Series([7, 8], dtype="Int64"),
        pd.Series(["7", "8"], dtype="category"),
    ],
)
def test_typed_columns_read_as_their_text(cells):
    assert text_cells(cells).tolist() == ["7", "8"]


def test_separators_of_thousands_are_not_read_as_decimals():
    def read(*cells):
        return numbers(answer_keys(text_cells(pd.Series(cells)), decimal_comma=True)).tolist()

    assert pd.isna(read("1.200")[0])
    assert read("1.200", "0.85") == [1.2, 0.85]
    assert read("1,200") == [1.2]
