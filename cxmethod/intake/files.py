"""A client's file as cells, each row under the number that a spreadsheet gives it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.engagement.reading import decode, delimiter_of

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers")


@dataclass(frozen=True)
class ClientFile:
    """What stands in a client's file.

    Parameters
    ----------
    path : Path
    content : bytes
        The file as the client sent it.
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

    path: Path
    content: bytes
    headings: tuple[str, ...]
    frame: pd.DataFrame
    decimal_comma: bool = False
    legacy: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.content).hexdigest()


def read_file(path: Path) -> ClientFile | list[Problem]:
    """The cells of `path`, or what keeps it from being read."""
    if not path.is_file():
        return [Problem("intake.rule_file_missing", path.name)]
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        return [Problem("intake.rule_workbook", path.name)]
    content = path.read_bytes()
    if not content.strip():
        return [Problem("intake.rule_empty_file", path.name)]
    read = _parquet(path, content) if suffix == ".parquet" else _text(path, content)
    if isinstance(read, ClientFile) and read.frame.empty:
        return [Problem("intake.rule_no_rows", path.name)]
    return read


def _parquet(path: Path, content: bytes) -> ClientFile | list[Problem]:
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except (OSError, ValueError, NotImplementedError):  # Arrow's own errors derive from these
        return [Problem("intake.rule_parquet", path.name)]
    headings = tuple(str(heading).strip() for heading in frame.columns)
    return ClientFile(path, content, headings, _by_row(frame.set_axis(range(len(headings)), axis=1), first=2))


def _text(path: Path, content: bytes) -> ClientFile | list[Problem]:
    text, legacy = decode(content)
    if "\0" in text:
        return [Problem("intake.rule_not_text", path.name)]
    if not text.strip():
        return [Problem("intake.rule_empty_file", path.name)]
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
        return _unreadable(body, delimiter, path.name)
    above = len(text[: len(text) - len(body)].splitlines())
    cells = _by_row(cells.set_axis(range(cells.shape[1]), axis=1), first=1 + above)
    if cells.empty:
        return [Problem("intake.rule_empty_file", path.name)]
    headings = tuple(str(heading).strip() for heading in cells.iloc[0].fillna(""))
    return ClientFile(path, content, headings, cells.iloc[1:], delimiter == ";", legacy)


def _by_row(frame: pd.DataFrame, first: int) -> pd.DataFrame:
    numbered = frame.set_axis(range(first, first + len(frame)), axis=0)
    return numbered[(numbered.notna() & (numbered != "")).any(axis=1)]


def _unreadable(text: str, delimiter: str, file: str) -> list[Problem]:
    """The rows that are wider than the heading; else a quotation mark that is never closed."""
    rows = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    width = len(next(rows))
    try:
        wide = [
            Problem("intake.rule_row_width", file, "*", number, str(len(row)), {"expected": width})
            for number, row in enumerate(rows, start=2)
            if len(row) > width
        ]
    except csv.Error:  # the rest of a large file taken for one cell
        wide = []
    return wide or [Problem("intake.rule_open_quote", file)]
