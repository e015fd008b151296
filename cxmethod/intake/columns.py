"""The columns that a source names, found among the headings that a file has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.engagement.schemas import plain
from cxmethod.intake.answers import text_cells
from cxmethod.intake.files import ClientFile


@dataclass(frozen=True)
class Columns:
    """The columns that a source asks for.

    Parameters
    ----------
    file : ClientFile
    places : dict
        Name in the settings → position in the file; without the names that were not found.
    problems : tuple of Problem
        Names that the file lacks, or has twice.
    """

    file: ClientFile
    places: dict[str, int]
    problems: tuple[Problem, ...]

    def __contains__(self, name: str | None) -> bool:
        return name in self.places

    def cells(self, name: str) -> pd.Series[str]:
        """Cells of the column called `name` as trimmed text; blank ones are missing."""
        return text_cells(self.typed(name))

    def typed(self, name: str) -> pd.Series:
        """Cells of the column called `name` as the file holds them."""
        cells: pd.Series = self.file.frame[self.places[name]]
        return cells

    def heading(self, name: str) -> str:
        """The heading of that column as the file has it."""
        return self.file.headings[self.places[name]]

    def wrong(self, name: str, where: pd.Series[bool], rule: str, **limits: object) -> list[Problem]:
        """A problem for each row of the column called `name` that `where` marks."""
        rows = where.index[where.to_numpy(dtype=bool)]
        cells = self.cells(name).loc[rows].fillna("")
        heading = self.heading(name)
        return [
            Problem(rule, self.file.name, heading, int(row), str(cell), limits)
            for row, cell in zip(rows, cells, strict=True)
        ]


def find_columns(file: ClientFile, names: Iterable[str | None]) -> Columns:
    """Where each of `names` stands in `file`: letter by letter, else without case and accents."""
    wanted = list(dict.fromkeys(name for name in names if name is not None))
    found = {name: _found(name, file.headings) for name in wanted}
    places = {name: at[0] for name, at in found.items() if len(at) == 1}
    spare = [heading for place, heading in enumerate(file.headings) if place not in places.values()]
    problems = [_not_one(name, bool(at), spare, file.name) for name, at in found.items() if len(at) != 1]
    return Columns(file, places, tuple(problems))


def _found(name: str, headings: tuple[str, ...]) -> list[int]:
    exact = [place for place, heading in enumerate(headings) if heading == name.strip()]
    return exact or [place for place, heading in enumerate(headings) if plain(heading) == plain(name)]


def _not_one(name: str, several: bool, spare: list[str], file: str) -> Problem:
    if several:
        return Problem("intake.rule_heading_twice", file, name)
    by_plain = {plain(heading): heading for heading in spare}
    near = difflib.get_close_matches(plain(name), by_plain, n=1)
    if near:
        return Problem("intake.rule_column_near", file, name, limits={"near": by_plain[near[0]]})
    return Problem("intake.rule_column_missing", file, name)
