from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.intake.times import moments


def read(*cells: object) -> list[str | None]:
    values = moments(pd.Series(list(cells), dtype="str")).values
    return [None if pd.isna(value) else value.isoformat() for value in values]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-31 14:05", "2026-03-31T14:05:00+00:00"),
        ("2026-03-31", "2026-03-31T00:00:00+00:00"),
        ("20260331T140500Z", "2026-03-31T14:05:00+00:00"),
        ("2026-03-31T14:05:00Z", "2026-03-31T14:05:00+00:00"),
        ("2026-03-31T14:05:00-05:00", "2026-03-31T19:05:00+00:00"),
        ("2026-03-31 14:05:00-05", "2026-03-31T19:05:00+00:00"),
        ("2026-03-31 14:05:00 UTC", "2026-03-31T14:05:00+00:00"),
        ("2026/3/1 9:05", "2026-03-01T09:05:00+00:00"),
        ("2026-03-31 02:05:30 PM", "2026-03-31T14:05:30+00:00"),
        ("2026-03-31 12:05 a. m.", "2026-03-31T00:05:00+00:00"),
        ("31-Mar-2026 14:05", "2026-03-31T14:05:00+00:00"),
        ("March 31, 2026 2:05 pm", "2026-03-31T14:05:00+00:00"),
        (" 2026-03-31 14:05 ", "2026-03-31T14:05:00+00:00"),
        ("31/03/2026 14:05", "2026-03-31T14:05:00+00:00"),
        ("03/31/2026 14:05", "2026-03-31T14:05:00+00:00"),
        ("31.03.2026", "2026-03-31T00:00:00+00:00"),
        ("31/03/2026, 14:05:06", "2026-03-31T14:05:06+00:00"),
    ],
)
def test_what_can_be_read_for_certain(cell, moment):
    assert read(cell) == [moment]


@pytest.mark.parametrize(
    "cell",
    ["soon", "14:05", "2026", "03/2026", "31/03/26", "2026-02-30", "2026-13-01", "43770.75", "1572631153", "Mon 3 Apr",
     "Fri 03/04/2026", "31/04/2026", "2026-03-31 25:00", "99 Foo 2026"],
)  # fmt: skip
def test_what_cannot_is_named(cell):
    result = moments(pd.Series([cell], dtype="str"))
    assert result.unreadable.tolist() == [True]
    assert result.values.isna().all()


def test_one_row_tells_the_day_for_the_whole_column():
    assert read("03/04/2026", "31/03/2026") == ["2026-04-03T00:00:00+00:00", "2026-03-31T00:00:00+00:00"]
    assert read("03/04/2026", "03/31/2026") == ["2026-03-04T00:00:00+00:00", "2026-03-31T00:00:00+00:00"]


@pytest.mark.parametrize(
    "cells", [["03/04/2026"], ["03/04/2026", "12-12-2026 10:00"], ["31/03/2026", "03/31/2026"]]
)
def test_a_column_that_does_not_tell_is_not_guessed(cells):
    result = moments(pd.Series(cells, dtype="str"))
    assert result.two_readings.all()
    assert result.values.isna().all()
    assert not result.unreadable.any()


def test_offsets_that_differ_become_one_clock():
    assert read("2026-03-31T14:00:00-05:00", "2026-03-31T20:00:00+01:00") == ["2026-03-31T19:00:00+00:00"] * 2


def test_times_without_a_zone_are_counted():
    cells = ["2026-03-31 14:05", "2026-03-31", "2026-03-31T14:05Z", "2026-03-31T14:05:01.5-05:00", "", "soon"]
    assert moments(pd.Series(cells, dtype="str")).naive == 2


def test_the_first_time_without_a_zone_beside_others_that_have_one_is_told():
    mixed = ["2026-03-31T14:05Z", "", "2026-03-31 14:05", "2026-03-31"]
    assert moments(pd.Series(mixed, dtype="str")).zone_lost.tolist() == [False, False, True, False]
    for alike in (["2026-03-31T14:05Z", "20260331T1405+02"], ["2026-03-31 14:05", ""], [""]):
        assert not moments(pd.Series(alike, dtype="str")).zone_lost.any()


def test_fractions_of_a_second_are_kept():
    assert read("2019-11-01 17:59:13.273932") == ["2019-11-01T17:59:13.273932+00:00"]


def test_a_typed_column_with_a_zone():
    cells = pd.Series(pd.to_datetime(["2026-03-31 14:05"])).dt.tz_localize("America/Bogota")
    result = moments(cells)
    assert (result.values[0].isoformat(), result.naive) == ("2026-03-31T19:05:00+00:00", 0)


def test_a_typed_column_without_a_zone():
    result = moments(pd.Series(pd.to_datetime(["2026-03-31 14:05", None])))
    assert (result.values[0].isoformat(), result.naive) == ("2026-03-31T14:05:00+00:00", 1)


def test_a_blank_column_has_no_moments():
    result = moments(pd.Series(["", None], dtype="str"))
    assert result.values.isna().all()
    assert not result.unreadable.any()
