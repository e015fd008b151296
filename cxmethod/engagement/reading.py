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
        Known columns under their English names, others under the file's own.
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
        frame = pd.read_parquet(path)
        return _named(frame, path.name, table, decimal_comma=False, legacy=False)
    content, legacy = decode(path.read_bytes())
    if not content.strip():
        return [Problem("engagement.rule_empty_file", path.name)]
    if "\0" in content:
        return [Problem("engagement.rule_not_text", path.name)]
    delimiter = delimiter_of(content)
    try:
        frame = pd.read_csv(
            io.StringIO(content), sep=delimiter, dtype=str, keep_default_na=False, index_col=False
        )
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        return _ragged(content, delimiter, path.name)
    if wide := _ragged(content, delimiter, path.name):
        return wide
    return _named(frame, path.name, table, decimal_comma=delimiter == ";", legacy=legacy)


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


def _ragged(content: str, delimiter: str, file: str) -> list[Problem]:
    rows = csv.reader(io.StringIO(content), delimiter=delimiter)
    width = len(next(rows, []))
    return [
        Problem("engagement.rule_row_width", file, "*", number, str(len(row)), {"expected": width})
        for number, row in enumerate(rows, start=2)
        if len(row) > width
    ]


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
