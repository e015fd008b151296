"""A table's file as text cells under the table's own column names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cxmethod.engagement.grid import Grid, read_grid
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
    assumed : tuple of str
        Columns that the file leaves empty and that may be, as in a first list of touchpoints.
    """

    frame: pd.DataFrame
    file: str
    written: dict[str, str]
    decimal_comma: bool = False
    legacy: bool = False
    unknown: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


def read_raw(path: Path, table: Table) -> RawTable | list[Problem]:
    """The cells of `path`, or what keeps it from being read."""
    grid = read_grid(path.name, path.read_bytes())
    if isinstance(grid, list):
        return grid
    return _named(_headed(grid), path.name, table, decimal_comma=grid.decimal_comma, legacy=grid.legacy)


def _headed(grid: Grid) -> pd.DataFrame:
    """The cells under their headings; a column without heading and cells is none."""
    filled = (grid.frame.notna() & (grid.frame != "")).any()
    kept = [place for place, heading in enumerate(grid.headings) if heading or filled[place]]
    return grid.frame[kept].set_axis([grid.headings[place] or f"#{place + 1}" for place in kept], axis=1)


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
