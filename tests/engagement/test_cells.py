from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.engagement.cells import parse
from cxmethod.engagement.schemas import TABLES, Column

GRADE = Column("x", "x", "grade")


def read(kind: str, *cells: object, comma: bool = False, allowed: tuple[str, ...] = ()):
    values, unreadable = parse(
        pd.Series(cells, dtype="str"), Column("x", "x", kind, allowed=allowed), decimal_comma=comma
    )
    return [None if pd.isna(value) else value for value in values], unreadable.tolist()


def test_numbers():
    cells = ["1", "1.5", "-2", "−2", " 3 ", "1e3", "", "  "]
    assert read("number", *cells) == ([1, 1.5, -2, -2, 3, 1000, None, None], [False] * 8)


@pytest.mark.parametrize(
    "cell", ["x", "1,5", "1,200", "1 200", "inf", "-inf", "NaN", "5%", "$5", "½", "0x1F"]
)
def test_what_is_no_number_is_named(cell):
    assert read("number", cell) == ([None], [True])


def test_decimal_commas_where_the_file_has_them():
    assert read("number", "1,5", "-0,25", "2", "1.5", comma=True) == ([1.5, -0.25, 2, 1.5], [False] * 4)


@pytest.mark.parametrize("cell", ["1.234,5", "1.234.567", "1,2,3", "1.200"])
def test_separators_of_thousands_are_not_decimals(cell):
    assert read("number", cell, comma=True) == ([None], [True])


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2026-03-31", "2026-03-31"), ("2026-3-1", "2026-03-01"), ("20260331", "2026-03-31"),
     ("2026-03-31T23:30:00", "2026-03-31"), ("2026-03-31T23:30:00-05:00", "2026-04-01")],
)  # fmt: skip
def test_dates(cell, day):
    assert read("date", cell) == ([pd.Timestamp(day)], [False])


@pytest.mark.parametrize(
    "cell",
    ["31/03/2026", "03-31-2026", "31.3.26", "March 3, 2026", "3 de marzo", "2026", "2026-02-30", "46112"],
)
def test_a_date_that_is_not_iso_is_named(cell):
    assert read("date", cell) == ([None], [True])


def test_times_are_one_clock():
    values, _ = read("time", "2026-03-31T10:00:00-05:00", "2026-03-31 15:00", "2026-03-31T15:00Z")
    assert values == [pd.Timestamp("2026-03-31T15:00Z")] * 3


def test_typed_times_without_a_zone_are_utc():
    cells = pd.Series(pd.to_datetime(["2026-03-31 10:00"]))
    values, _ = parse(cells, Column("x", "x", "time"), decimal_comma=False)
    assert values.tolist() == [pd.Timestamp("2026-03-31T10:00Z")]


@pytest.mark.parametrize("cell", ["yes", "Sí", "SI", "si", "x", "1", "true", "Verdadero"])
def test_yes(cell):
    assert read("flag", cell) == ([True], [False])


@pytest.mark.parametrize("cell", ["no", "No", "0", "false", "Falso"])
def test_no(cell):
    assert read("flag", cell) == ([False], [False])


def test_typed_flags():
    values, _ = parse(
        pd.Series([True, False, None], dtype="boolean"), Column("x", "x", "flag"), decimal_comma=False
    )
    assert values.tolist()[:2] == [True, False]
    assert pd.isna(values[2])


def test_codes_in_spanish():
    assert read("code", "Después", "ANTES", "interna", "after", allowed=("internal", "before", "after")) == (
        ["after", "before", "internal", "after"],
        [False] * 4,
    )


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_code_has_a_spanish_word_that_means_only_it(table):
    from cxmethod.engagement.cells import _SPANISH_CODES

    for column in TABLES[table].columns:
        spanish = [word for code in column.allowed for word in _SPANISH_CODES.get(code, ())]
        assert len(spanish) == len(set(spanish)), column.name
        if column.name not in ("metric", "role"):
            assert all(code in _SPANISH_CODES for code in column.allowed), column.name


def test_text_is_trimmed_and_blank_is_missing():
    assert read("text", " Ana ", "", "NA") == (["Ana", None, "NA"], [False] * 3)


@pytest.mark.parametrize(
    "kind",
    ["number", "count", "share", "emotion", "grade", "date", "time", "flag", "code", "key", "text", "list"],
)
@given(st.lists(st.sampled_from(["", " ", "\t"])))
def test_blank_is_unknown_and_never_wrong(kind, blanks):
    values, unreadable = read(kind, *blanks)
    assert values == [None] * len(blanks)
    assert not any(unreadable)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_is_read_as_it_was_written(number):
    assert read("number", repr(number)) == ([pytest.approx(number, rel=1e-15)], [False])
