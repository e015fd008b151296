"""A table as a form edits it: rows of text, checked as a whole at each change, saved when nothing is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, Problem, write_atomic
from cxmethod.engagement.saving import fingerprint, locked
from cxmethod.forms.cell_text import text_of, texts_of
from cxmethod.forms.draft import keep_draft, read_draft
from cxmethod.forms.edits import (
    Conflict,
    Edits,
    apply,
    edits_between,
    next_label,
    row_of,
    with_cell,
    with_row,
)
from cxmethod.forms.table_file import TableFile, content, load

Cell = tuple[int, str]


@dataclass(frozen=True)
class State:
    """How the form stands to its file.

    Parameters
    ----------
    kind : str
        ``loaded`` as the file is; ``saved``; ``open``: edits wait until the table holds; ``conflict``: somebody else
        changed the same; ``failed``: the file could not be written.
    at : time, optional
        When it was saved.
    conflicts : tuple of Conflict
    reason : str
        Why it could not be written.
    """

    kind: Literal["loaded", "saved", "open", "conflict", "failed"] = "loaded"
    at: datetime.time | None = None
    conflicts: tuple[Conflict, ...] = ()
    reason: str = ""


class TableModel:
    """One input table in the hands of a person.

    Rows are counted from 0 in the order of the file. What is wrong stays in the form, and as a draft beside the file;
    the file itself only ever holds what was right when it was saved.

    Parameters
    ----------
    client : Engagement
    name : str
        A key of `cxmethod.engagement.TABLES`.
    now : callable, optional
        Gives the time; for tests.

    Raises
    ------
    CxError
        When the table stands there twice, as CSV and as Parquet.
    """

    def __init__(
        self, client: Engagement, name: str, now: Callable[[], datetime.datetime] = datetime.datetime.now
    ) -> None:
        self.client, self.name, self.table = client, name, TABLES[name]
        self._now = now
        self.reload(read_draft(client, name))

    # -- what it shows ------------------------------------------------------------------------

    @property
    def rows(self) -> int:
        """How many rows it has, blank new ones too."""
        return len(self._work)

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns: those of the table, then those that only this file has."""
        return tuple(str(name) for name in self._work.columns)

    @property
    def edits(self) -> Edits:
        """What is not on file yet."""
        return edits_between(self._base, self._work, self._touched)

    @property
    def unreadable(self) -> tuple[Problem, ...]:
        """What keeps the file from being read as a table at all."""
        return self.file.problems

    @property
    def removed(self) -> bool:
        """Whether there is a removed row to bring back."""
        return bool(self._removed)

    def text(self, row: int, column: str) -> str:
        """What stands in one cell."""
        return text_of(self._work.at[self._work.index[row], column])

    def frame(self) -> pd.DataFrame:
        """Its rows that are not blank, by column."""
        return self._written().reset_index(drop=True)

    def matching(self, text: str) -> list[int]:
        """Rows in which any cell contains `text`, in any letter case."""
        wanted = text.strip().casefold()
        found = pd.Series(False, self._work.index)
        for name in self._work.columns:
            found |= texts_of(self._work[name]).str.casefold().str.contains(wanted, regex=False)
        return [int(place) for place in found.to_numpy().nonzero()[0]]

    # -- what a person does -------------------------------------------------------------------

    def set_cell(self, row: int, column: str, text: str) -> None:
        """Put `text` in one cell, and save the table if it holds."""
        if text.strip() == self.text(row, column):
            return
        label = int(self._work.index[row])
        self._work = with_cell(self._work, label, column, text.strip())
        self._touched.add((label, column))
        self._save()

    def add_row(self) -> int:
        """Add a blank row at the end; it counts once something stands in it."""
        self._work = with_row(self._work, len(self._work), self._new_label(), {})
        return len(self._work) - 1

    def remove_row(self, row: int) -> None:
        """Remove a row, and save the table if it holds."""
        label = int(self._work.index[row])
        cells = row_of(self._work, label)
        if any(cells.values()):
            self._removed.append((row, label, cells))
        self._work = self._work.drop(index=label)
        self._save()

    def undo_remove(self) -> int:
        """Bring the row that was removed last back to its place."""
        place, label, cells = self._removed.pop()
        label = self._new_label() if label in self._work.index else label
        place = min(place, len(self._work))
        self._work = with_row(self._work, place, label, cells)
        self._touched |= {(label, column) for column in cells}
        self._save()
        return place

    def reload(self, edits: Edits | None = None) -> None:
        """Read the file afresh and do the unsaved edits again; those that no longer fit are let go and said."""
        edits = self.edits if edits is None else edits
        self._adopt(load(self.client, self.name))
        conflicts: tuple[Conflict, ...] = ()
        if edits and not self.unreadable:
            self._work, self._touched, conflicts = apply(edits, self._base, self.table.unique)
        self._check()
        self.state = State("conflict", conflicts=conflicts) if conflicts else State()
        if self.edits and not conflicts:
            self._save()

    def discard(self) -> None:
        """Let go of every edit that is not on file."""
        self.reload(Edits())
        keep_draft(self.client, self.name, Edits())

    # -- how ----------------------------------------------------------------------------------

    def _adopt(self, file: TableFile) -> None:
        self.file = file
        absent = [column.name for column in self.table.columns if column.name not in file.frame]
        blank = pd.Series("", file.frame.index, dtype="str")
        frame = file.frame.assign(**dict.fromkeys(absent, blank))
        known = [column.name for column in self.table.columns]
        self._base = frame[[*known, *(name for name in frame.columns if name not in known)]]
        self._order = [str(name) for name in file.frame.columns]
        self._work, self._touched = self._base, set[Cell]()
        self._removed: list[tuple[int, int, dict[str, str]]] = []
        self._labels = next_label(self._base)

    def _new_label(self) -> int:
        self._labels = max(self._labels, next_label(self._work)) + 1
        return self._labels

    def _written(self) -> pd.DataFrame:
        """The rows and columns as they would go to the file."""
        work = self._work
        new = work.loc[work.index.difference(self._base.index)]
        blank = [label for label in new.index if not any(row_of(new, int(label)).values())]
        kept = work.drop(index=blank)
        needed = [name for name in kept.columns if name in self._order or self._needs(kept, str(name))]
        ordered = [*self._order, *(name for name in needed if name not in self._order)]
        return kept[ordered]

    def _needs(self, frame: pd.DataFrame, name: str) -> bool:
        column = self.table.column(name)
        required = column is not None and column.required
        return required or bool((texts_of(frame[name]) != "").any())

    def _check(self) -> None:
        written = self._written()
        found = self.client.check_frame(self.name, written) if len(written) else []
        self.problems: dict[Cell, Problem] = {}
        positions = self._work.index.get_indexer(written.index)
        for problem in found:
            self.problems.setdefault((int(positions[problem.row - 2]), problem.column), problem)

    def _save(self) -> None:
        self._check()
        if self.problems:
            return self._wait(State("open" if self.edits else "loaded"))
        try:
            with locked(self.client.folder):
                self._write()
        except OSError as error:
            self._wait(State("failed", reason=error.strerror or str(error)))

    def _write(self) -> None:
        current = self.client.table_path(self.name)
        if (fingerprint(current) if current else None) != self.file.stamp:
            fresh = load(self.client, self.name)
            edits, removed = self.edits, self._removed
            before = self.file, self._base, self._work, self._touched, self._order
            self._adopt(fresh)
            merged, touched, conflicts = apply(edits, self._base, self.table.unique)
            if conflicts or fresh.problems:
                self.file, self._base, self._work, self._touched, self._order = before
                self._removed = removed
                return self._wait(State("conflict", conflicts=conflicts))
            self._work, self._touched, self._removed = merged, touched, removed
            self._check()
            if self.problems:
                return self._wait(State("open"))
        if not self.edits:
            return self._saved()
        write_atomic(self.file.path, content(self.file, self._written()))
        return self._saved()
