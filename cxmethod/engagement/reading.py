"""A table's file as text cells under the table's own column names."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cxmethod.engagement.problems import Problem
from cxmethod.engagement.schemas import Table, headings, plain


@dataclass(frozen=True)
class RawTable:
    """Cells as they stand in the file.

    Parameters
    ----------
    frame : DataFrame
        Known columns under their English names, others under the file's own. The index is the row as a spreadsheet
        counts it (the heading is row 1); wholly blank rows are left out.
    file : str
    written : dict
        Column name → heading as the file has it.
    decimal_comma : bool
        Whether ``3,5`` is a number here (files parted by semicolons).
    legacy : bool
        Whether the file was not UTF-8 and was read as Windows-1252.
    unknown : tuple of str
        Headings that the table does not have.
    """

    frame: pd.DataFrame
    file: str
    written: dict[str, str]
    decimal_comma: bool = False
    legacy: bool = False
    unknown: tuple[str, ...] = ()


def read_raw(path: Path, table: Table) -> RawTable | list[Problem]:
    """The cells of `path`, or what keeps it from being read."""
    if path.suffix == ".parquet":
        try:
            frame = pd.read_parquet(path)
        except (OSError, ValueError, NotImplementedError):  # Arrow's own errors derive from these
            return [Problem("engagement.rule_parquet", path.name)]
        return _named(by_row(frame, first=2), path.name, table, decimal_comma=False, legacy=False)
    content, legacy = decode(path.read_bytes())
    if not content.strip():
        return [Problem("engagement.rule_empty_file", path.name)]
    if "\0" in content:
        return [Problem("engagement.rule_not_text", path.name)]
    body = content.lstrip("\r\n")
    delimiter = delimiter_of(body)
    try:
        cells = pd.read_csv(
            io.StringIO(body),
            sep=delimiter,
            header=None,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError:
        return _unreadable(body, delimiter, path.name)
    cells = by_row(cells, first=1 + len(content[: len(content) - len(body)].splitlines()))
    if cells.empty:
        return [Problem("engagement.rule_empty_file", path.name)]
    return _named(_headed(cells), path.name, table, decimal_comma=delimiter == ";", legacy=legacy)


def by_row(frame: pd.DataFrame, first: int) -> pd.DataFrame:
    """`frame` under the rows that a spreadsheet counts from `first`, without its wholly blank rows."""
    numbered = frame.set_axis(range(first, first + len(frame)), axis=0)
    return numbered[(numbered.notna() & (numbered != "")).any(axis=1)]


def _headed(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells under their headings; a column without heading and cells is none."""
    headings = [str(heading).strip() for heading in cells.iloc[0].fillna("")]
    rows = cells.iloc[1:]
    filled = (rows.fillna("") != "").any()
    kept = [place for place, heading in enumerate(headings) if heading or filled[place]]
    return rows[kept].set_axis([headings[place] or f"#{place + 1}" for place in kept], axis=1)


def decode(content: bytes) -> tuple[str, bool]:
    """Text of a file, and whether it was not UTF-8 but Windows-1252, as older Excel writes it."""
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), True


def delimiter_of(content: str) -> str:
    """What parts the cells: the one of ``, ; tab`` that the heading row has most of."""
    first = next(line for line in content.splitlines() if line.strip())
    return max(",;\t", key=lambda mark: len(next(csv.reader([first], delimiter=mark))))


def _unreadable(content: str, delimiter: str, file: str) -> list[Problem]:
    """The rows that are wider than the heading; else a quotation mark that is never closed."""
    rows = csv.reader(io.StringIO(content, newline=None), delimiter=delimiter)
    width = len(next(rows))
    try:
        wide = [
            Problem("engagement.rule_row_width", file, "*", number, str(len(row)), {"expected": width})
            for number, row in enumerate(rows, start=2)
            if len(row) > width
        ]
    except csv.Error:  # the rest of a large file taken for one cell
        wide = []
    return wide or [Problem("engagement.rule_open_quote", file)]


def _named(
    frame: pd.DataFrame, file: str, table: Table, *, decimal_comma: bool, legacy: bool
) -> RawTable | list[Problem]:
    accepted = headings(table)
    names = [_name(str(heading), accepted, table) for heading in frame.columns]
    problems = [
        Problem("engagement.rule_heading_twice", file, str(frame.columns[place]), limits={"name": name})
        for place, name in enumerate(names)
        if name in names[:place]
    ]
    if problems:
        return problems
    written = {name: str(heading) for name, heading in zip(names, frame.columns, strict=True)}
    known = {column.name for column in table.columns}
    unknown = tuple(
        heading for name, heading in written.items() if name not in known and not table.column(name)
    )
    return RawTable(frame.set_axis(names, axis=1), file, written, decimal_comma, legacy, unknown)


def _name(heading: str, accepted: dict[str, str], table: Table) -> str:
    bare = plain(heading)
    for english, spanish in table.families:
        if bare.startswith((english, spanish)):
            return english + bare.removeprefix(english).removeprefix(spanish)
    return accepted.get(bare, heading)
