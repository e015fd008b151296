"""A client's file, and whether it can be read at all."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.engagement.grid import Grid, read_grid
from cxmethod.intake.xes import read_xes

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".numbers")


@dataclass(frozen=True)
class ClientFile:
    """What a client sent.

    Parameters
    ----------
    path : Path
    content : bytes
        The file as it was sent.
    grid : Grid
        Its cells.
    """

    path: Path
    content: bytes
    grid: Grid

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.content).hexdigest()

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings in the file's order."""
        return self.grid.headings

    @property
    def frame(self) -> pd.DataFrame:
        """Cells by position, under the rows that a spreadsheet counts."""
        return self.grid.frame


def read_file(path: Path) -> ClientFile | list[Problem]:
    """The cells of `path`, or what keeps it from being read."""
    if not path.is_file():
        return [Problem("intake.rule_file_missing", path.name)]
    if path.suffix.lower() in _WORKBOOKS:
        return [Problem("intake.rule_workbook", path.name)]
    content = path.read_bytes()
    read = read_xes if path.suffix.lower() == ".xes" else read_grid
    grid = read(path.name, content)
    if isinstance(grid, list):
        return grid
    if grid.frame.empty:
        return [Problem("intake.rule_no_rows", path.name)]
    return ClientFile(path, content, grid)
