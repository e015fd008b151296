"""A file as a grid of cells, each row under the number that a spreadsheet gives it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement.problems import Problem


@dataclass(frozen=True)
class Grid:
    """What stands in a file.

    Parameters
    ----------
    headings : tuple of str
        In the file's order; a heading may be blank or stand twice.
    frame : DataFrame
        Columns by position 0, 1, …; the index is the row as a spreadsheet counts it (the heading is row 1).
        Text from a text file, whatever it holds from Parquet. Wholly blank rows are left out.
    decimal_comma : bool
        Whether ``3,5`` is a number here (files parted by semicolons).
    legacy : bool
        Whether the file was not UTF-8 and was read as Windows-1252.
    """

    headings: tuple[str, ...]
    frame: pd.DataFrame
    decimal_comma: bool = False
    legacy: bool = False


def read_grid(name: str, content: bytes) -> Grid | list[Problem]:
    """The cells of a CSV or Parquet file called `name`, or what keeps it from being read."""
    if not content.strip():
        return [Problem("engagement.rule_empty_file", name)]
    return _parquet(name, content) if name.lower().endswith(".parquet") else _text(name, content)


def _parquet(name: str, content: bytes) -> Grid | list[Problem]:
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except (OSError, ValueError, NotImplementedError):  # Arrow's own errors derive from these
        return [Problem("engagement.rule_parquet", name)]
    headings = tuple(str(heading).strip() for heading in frame.columns)
    return Grid(headings, _by_row(frame.set_axis(range(len(headings)), axis=1), first=2))


def _text(name: str, content: bytes) -> Grid | list[Problem]:
    text, legacy = decode(content)
    if "\0" in text:
        return [Problem("engagement.rule_not_text", name)]
    if not text.strip():
        return [Problem("engagement.rule_empty_file", name)]
    body = text.lstrip("\r\n")
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
        return _unreadable(body, delimiter, name)
    above = len(text[: len(text) - len(body)].splitlines())
    cells = _by_row(cells.set_axis(range(cells.shape[1]), axis=1), first=1 + above)
    if cells.empty:
        return [Problem("engagement.rule_empty_file", name)]
    headings = tuple(str(heading).strip() for heading in cells.iloc[0].fillna(""))
    return Grid(headings, cells.iloc[1:], delimiter == ";", legacy)


def _by_row(frame: pd.DataFrame, first: int) -> pd.DataFrame:
    """`frame` under the rows that a spreadsheet counts from `first`, without its wholly blank rows."""
    numbered = frame.set_axis(range(first, first + len(frame)), axis=0)
    return numbered[(numbered.notna() & (numbered != "")).any(axis=1)]


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


def _unreadable(content: str, delimiter: str, name: str) -> list[Problem]:
    """The rows that are wider than the heading; else a quotation mark that is never closed."""
    rows = csv.reader(io.StringIO(content, newline=None), delimiter=delimiter)
    width = len(next(rows))
    try:
        wide = [
            Problem("engagement.rule_row_width", name, "*", number, str(len(row)), {"expected": width})
            for number, row in enumerate(rows, start=2)
            if len(row) > width
        ]
    except csv.Error:  # the rest of a large file taken for one cell
        wide = []
    return wide or [Problem("engagement.rule_open_quote", name)]
