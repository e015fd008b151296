"""A table's file: its cells as they stand, and written back with its own headings and marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, Problem, Table
from cxmethod.engagement.cells import parse
from cxmethod.engagement.grid import decode, delimiter_of
from cxmethod.engagement.reading import read_raw
from cxmethod.engagement.saving import fingerprint
from cxmethod.engagement.schemas import plain
from cxmethod.forms.cell_text import NUMBERS

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Marks:
    """How a CSV file is written: what Excel or the client chose is kept."""

    delimiter: str = ","
    decimal_comma: bool = False
    signed: bool = False
    line_end: str = "\n"


@dataclass(frozen=True, eq=False)
class TableFile:
    """The file of a table as it stood when it was read.

    Parameters
    ----------
    path : Path
        Where it is, or will be.
    stamp : str or None
        Its SHA-256; None where there is no file yet.
    frame : DataFrame
        Text in a CSV file, typed values in Parquet; known columns under their English names.
    written : dict
        Column → heading as the file has it.
    problems : tuple of Problem
        What keeps the file from being read as a table.
    legacy : bool
        Whether it was read as Windows-1252; it will be written as UTF-8.
    """

    table: Table
    path: Path
    stamp: str | None
    frame: pd.DataFrame
    written: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    legacy: bool = False
    marks: Marks = Marks()
    spanish: bool = False

    def heading(self, name: str) -> str:
        """The heading that a column has, or gets, in this file."""
        column = self.table.column(name)
        if name in self.written or column is None or not self.spanish:
            return self.written.get(name, name)
        for english, spanish in self.table.families:
            if name.startswith(english):
                return spanish + name.removeprefix(english)
        return column.es


def load(client: Engagement, name: str) -> TableFile:
    """The file of the table called `name`, as it stands now.

    Raises
    ------
    CxError
        When the table stands there twice, as CSV and as Parquet.
    """
    table, path = TABLES[name], client.table_path(name)
    spanish = client.words.language == "es"
    blank = pd.DataFrame(columns=[column.name for column in table.columns], dtype="str")
    if path is None:
        return TableFile(table, client.inputs / f"{name}.csv", None, blank, spanish=spanish)
    # The stamp first: if the file changes in between, the next save sees it and merges.
    stamp = fingerprint(path)
    raw = read_raw(path, table)
    if isinstance(raw, list):
        emptied = all(problem.rule == "engagement.rule_empty_file" for problem in raw)
        return TableFile(table, path, stamp, blank, problems=() if emptied else tuple(raw), spanish=spanish)
    marks = Marks() if path.suffix == ".parquet" else _marks(path, raw.decimal_comma)
    frame = raw.frame.reset_index(drop=True)
    frame = _with_points(frame, table) if raw.decimal_comma else frame
    spanish = _is_spanish(raw.written, table, spanish)
    return TableFile(table, path, stamp, frame, raw.written, (), raw.legacy, marks, spanish)


def content(file: TableFile, frame: pd.DataFrame) -> bytes:
    """The bytes of `file` with the cells of `frame`, under its own headings."""
    headings = {name: file.heading(str(name)) for name in frame.columns}
    if file.path.suffix == ".parquet":
        return bytes(_typed(frame, file).rename(columns=headings).to_parquet(index=False))
    cells = _with_commas(frame, file.table) if file.marks.decimal_comma else frame
    text = cells.rename(columns=headings).to_csv(
        index=False, sep=file.marks.delimiter, lineterminator=file.marks.line_end
    )
    return (_BOM if file.marks.signed else b"") + text.encode()


def _marks(path: Path, decimal_comma: bool) -> Marks:
    start = path.read_bytes()
    text, _ = decode(start)
    line_end = "\r\n" if "\r\n" in text else "\n"
    return Marks(delimiter_of(text), decimal_comma, start.startswith(_BOM), line_end)


def _is_spanish(written: dict[str, str], table: Table, otherwise: bool) -> bool:
    told_apart = [(plain(heading), column) for name, heading in written.items()
                  if (column := table.column(name)) and column.es != column.name]  # fmt: skip
    return any(heading == column.es for heading, column in told_apart) if told_apart else otherwise


def _numbers(frame: pd.DataFrame, table: Table) -> list[str]:
    return [name for name in frame.columns if (c := table.column(name)) is not None and c.kind in NUMBERS]


def _with_points(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    point = {
        name: frame[name].str.replace(r"^\s*([-−]?\d+),(\d+)\s*$", r"\1.\2", regex=True)
        for name in _numbers(frame, table)
    }
    return frame.assign(**point)


def _with_commas(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    comma = {
        name: frame[name].str.replace(r"^(-?\d+)\.(\d+)$", r"\1,\2", regex=True)
        for name in _numbers(frame, table)
    }
    return frame.assign(**comma)


def _typed(frame: pd.DataFrame, file: TableFile) -> pd.DataFrame:
    """Columns that were edited as text, back to the kind that the Parquet file holds."""
    before = file.frame.dtypes
    edited = [name for name in frame.columns if name not in before or frame[name].dtype != before[name]]
    values = {}
    for name in edited:
        column = file.table.column(name)
        if column is not None:
            values[name] = parse(frame[name], column, decimal_comma=False)[0]
        elif name in before and pd.api.types.is_numeric_dtype(before[name]):
            numbers = pd.to_numeric(frame[name], errors="coerce")
            # What is no number stays as it was typed: this column is the client's, nobody declared its kind.
            values[name] = frame[name] if (numbers.isna() & (frame[name] != "")).any() else numbers
    return frame.assign(**values)
