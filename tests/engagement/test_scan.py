"""A Parquet table checked where it lies: what is plainly right, what is wrong, and what has to be read whole."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from cxmethod.engagement import TABLES, Problem
from cxmethod.engagement.scan import scan

RIGHT = pd.DataFrame(
    {
        "journey": ["1", "2"],
        "touchpoint": ["a", "b"],
        "timestamp": pd.to_datetime(["2026-01-01", "2026-01-02"], utc=True),
        "end": pd.to_datetime([None, "2026-01-03"], utc=True),
        "persona": [None, "x"],
    }
)


@pytest.fixture
def scanned(tmp_path: Path):
    """Scan a frame as the table `events`; personas x and y are known."""

    def make(frame: pd.DataFrame) -> tuple[list[Problem] | None, duckdb.DuckDBPyConnection]:
        path = tmp_path / "events.parquet"
        frame.to_parquet(path, index=False)
        connection = duckdb.connect()
        return scan(connection, path, TABLES["events"], lambda name: pd.Index(["x", "y"])), connection

    return make


def places(problems: list[Problem] | None) -> list[tuple[str, str, int]]:
    assert problems is not None
    return [(problem.rule, problem.column, problem.row) for problem in problems]


def test_a_table_that_is_plainly_right_becomes_a_view_with_the_rows_of_a_spreadsheet(scanned):
    problems, connection = scanned(RIGHT.rename(columns={"touchpoint": "Punto de contacto"}))
    assert problems == []
    assert connection.execute("SELECT row, journey, touchpoint FROM events_file ORDER BY row").fetchall() == [
        (2, "1", "a"),
        (3, "2", "b"),
    ]


def test_what_is_wrong_is_said_as_of_a_table_that_is_read(scanned):
    assert places(scanned(RIGHT.assign(touchpoint=["a", ""], persona=["z", "x"]))[0]) == [
        ("engagement.rule_filled", "touchpoint", 3),
        ("engagement.rule_reference", "persona", 2),
    ]


def test_a_missing_column_is_wrong(scanned):
    assert places(scanned(RIGHT.drop(columns="journey"))[0]) == [
        ("engagement.rule_column_missing", "journey", 0)
    ]


def test_a_thousand_wrong_rows_are_listed_and_no_more(scanned):
    many = pd.concat([RIGHT.assign(journey=None)] * 600, ignore_index=True)
    problems, _ = scanned(many)
    assert len(places(problems)) == 1000


@pytest.mark.parametrize(
    "odd",
    [
        RIGHT.assign(timestamp=["2026-01-01", "2026-01-02"]),
        RIGHT.assign(journey=["1 ", "2"]),
        RIGHT.rename(
            columns={"journey": "x", "touchpoint": "y", "timestamp": "z", "end": "e", "persona": "p"}
        ),
        RIGHT.assign(recorrido="1"),
    ],
    ids=["times as text", "blanks around a key", "no column that the table has", "a column twice"],
)
def test_what_is_written_otherwise_has_to_be_read_whole(scanned, odd):
    assert scanned(odd)[0] is None
