"""A table's rows before and after a person's edits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from cxmethod.forms.cell_text import texts_of
from cxmethod.forms.edits import Edits, edits_between, next_label, row_of, with_cell, with_row
from cxmethod.forms.table_file import TableFile

Cell = tuple[int, str]


@dataclass(frozen=True, eq=False)
class Sheet:
    """The file as it was read, and its rows as they stand in the form.

    Parameters
    ----------
    file : TableFile
    base : DataFrame
        The rows on file, with every column of the table; those that the file lacks are blank.
    work : DataFrame
        The rows now; a row keeps its index label from `base`.
    touched : set of (label, column)
        Cells that may differ from `base`.
    order : tuple of str
        The columns that the file has.
    """

    file: TableFile
    base: pd.DataFrame
    work: pd.DataFrame
    touched: frozenset[Cell] = frozenset()
    order: tuple[str, ...] = ()

    @classmethod
    def of(cls, file: TableFile, more: tuple[str, ...] = ()) -> Sheet:
        """The sheet of a file that was just read; `more` are columns to offer beside those of the table."""
        known = [*(column.name for column in file.table.columns), *more]
        blank = pd.Series("", file.frame.index, dtype="str")
        frame = file.frame.assign(**{name: blank for name in known if name not in file.frame})
        base = frame[[*known, *(name for name in frame.columns if name not in known)]]
        return cls(file, base, base, order=tuple(map(str, file.frame.columns)))

    @property
    def edits(self) -> Edits:
        """What is not on file yet."""
        return edits_between(self.base, self.work, self.touched)

    def written(self) -> pd.DataFrame:
        """The rows and columns as they would go to the file: without blank new rows."""
        kept = self.work.drop(index=self.blank())
        more = [name for name in kept.columns if name not in self.order and self._needs(kept, str(name))]
        return kept[[*self.order, *more]]

    def saved(self, stamp: str | None, columns: tuple[str, ...]) -> Sheet:
        """The sheet once `columns` of it are on file."""
        headings = {name: self.file.heading(name) for name in columns}
        file = replace(self.file, stamp=stamp, written=headings)
        return Sheet(file, self.work.drop(index=self.blank()), self.work, order=columns)

    def with_cell(self, label: int, column: str, text: str) -> Sheet:
        """With `text` in one cell."""
        work = with_cell(self.work, label, column, text)
        return replace(self, work=work, touched=self.touched | {(label, column)})

    def with_row(self, place: int, cells: dict[str, str], label: int | None = None) -> Sheet:
        """With one more row at `place`: under its own label, where it was only removed a while ago."""
        if label is None or label in self.work.index:
            label = next_label(self.base, self.work)
        touched = self.touched | {(label, column) for column in cells}
        return replace(self, work=with_row(self.work, place, label, cells), touched=touched)

    def without_row(self, label: int) -> Sheet:
        """Without one row."""
        return replace(self, work=self.work.drop(index=label))

    def blank(self) -> list[int]:
        """Labels of new rows in which nothing stands yet."""
        new = self.work.loc[self.work.index.difference(self.base.index)]
        return [int(label) for label in new.index if not any(row_of(new, int(label)).values())]

    def _needs(self, frame: pd.DataFrame, name: str) -> bool:
        column = self.file.table.column(name)
        required = column is not None and column.required
        return required or bool((texts_of(frame[name]) != "").any())
