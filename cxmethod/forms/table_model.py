"""A table as a form edits it: rows of text, checked as a whole at each change, saved when nothing is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, Problem, write_atomic
from cxmethod.engagement.saving import fingerprint, locked
from cxmethod.forms.cell_text import text_of, texts_of
from cxmethod.forms.columns import criteria_columns
from cxmethod.forms.draft import keep_draft, read_draft
from cxmethod.forms.edits import Conflict, Edits, apply, row_of
from cxmethod.forms.sheet import Cell, Sheet
from cxmethod.forms.table_file import TableFile, content, load
from cxmethod.language import CxError


@dataclass(frozen=True)
class State:
    """How the form stands to its file.

    Parameters
    ----------
    kind : str
        ``loaded``: as the file is; ``saved``; ``open``: edits wait until the table holds; ``conflict``: somebody else
        changed the same; ``failed``: the file could not be written.
    at : datetime, optional
        When it was saved.
    conflicts : tuple of Conflict
        Edits that the file no longer allows: they wait under ``conflict``, and were let go otherwise.
    reason : str
        Why the file could not be written.
    """

    kind: Literal["loaded", "saved", "open", "conflict", "failed"] = "loaded"
    at: datetime.datetime | None = None
    conflicts: tuple[Conflict, ...] = ()
    reason: str = ""


class TableModel:
    """One input table in the hands of a person.

    Rows are counted from 0 in the order of the file. What is wrong stays in the form, and as a draft beside the file;
    the file itself only ever takes a table in which nothing is wrong.

    Parameters
    ----------
    client : Engagement
    name : str
        A key of `cxmethod.engagement.TABLES`.
    now : callable, optional
        Gives the time.

    Raises
    ------
    CxError
        When the table stands there twice, as CSV and as Parquet.
    """

    def __init__(
        self, client: Engagement, name: str, now: Callable[[], datetime.datetime] = datetime.datetime.now
    ) -> None:
        self.client, self.name, self.table = client, name, TABLES[name]
        self.state = State()
        self.problems: dict[Cell, Problem] = {}
        self._now = now
        draft = read_draft(client, name)
        self._drafted = bool(draft)
        self._removed: list[tuple[int, int, dict[str, str]]] = []
        self._sheet: Sheet
        self._read(draft)

    # -- what it shows ------------------------------------------------------------------------

    @property
    def file(self) -> TableFile:
        """The file as it was read or saved last."""
        return self._sheet.file

    @property
    def rows(self) -> int:
        """How many rows it has, blank new ones too."""
        return len(self._sheet.work)

    @property
    def filled(self) -> int:
        """How many rows it has in which something stands, or stood on file."""
        return self.rows - len(self._sheet.blank())

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns: those of the table, then those that only this file has."""
        return tuple(map(str, self._sheet.work.columns))

    @property
    def edits(self) -> Edits:
        """What is not on file yet."""
        return self._sheet.edits

    @property
    def can_undo(self) -> bool:
        """Whether there is a removed row to bring back."""
        return bool(self._removed)

    def text(self, row: int, column: str) -> str:
        """What stands in one cell."""
        work = self._sheet.work
        return text_of(work.at[work.index[row], column])

    def frame(self) -> pd.DataFrame:
        """The rows as they would go to the file, counted from 0."""
        return self._sheet.written().reset_index(drop=True)

    def matching(self, text: str) -> list[int]:
        """Rows in which any cell contains `text`, in any letter case."""
        wanted, work = text.strip().casefold(), self._sheet.work
        found = pd.Series(False, work.index)
        for name in work.columns:
            found |= texts_of(work[name]).str.casefold().str.contains(wanted, regex=False)
        return [int(place) for place in found.to_numpy().nonzero()[0]]

    # -- what a person does -------------------------------------------------------------------

    def set_cell(self, row: int, column: str, text: str) -> None:
        """Put `text` in one cell, and save the table if it holds."""
        if text.strip() != self.text(row, column):
            self._sheet = self._sheet.with_cell(self._label(row), column, text.strip())
            self._save()

    def add_row(self) -> int:
        """Add a blank row at the end; it counts once something stands in it."""
        self._sheet = self._sheet.with_row(self.rows, {})
        return self.rows - 1

    def remove_row(self, row: int) -> None:
        """Remove a row, and save the table if it holds."""
        label = self._label(row)
        cells = row_of(self._sheet.work, label)
        if any(cells.values()):
            self._removed.append((row, label, cells))
        self._sheet = self._sheet.without_row(label)
        self._save()

    def undo_remove(self) -> int:
        """Bring the row that was removed last back to its place, and say which that is."""
        place, label, cells = self._removed.pop()
        place = min(place, self.rows)
        self._sheet = self._sheet.with_row(place, cells, label)
        self._save()
        return place

    def reload(self) -> None:
        """Read the file afresh and do the unsaved edits again; those that it no longer allows are let go."""
        self._read(self.edits)

    def discard(self) -> None:
        """Let go of everything that is not on file."""
        self._read(Edits())
        self._keep_draft(Edits())

    # -- how ----------------------------------------------------------------------------------

    def _fresh(self) -> Sheet:
        return Sheet.of(load(self.client, self.name), criteria_columns(self.client, self.name))

    def _label(self, row: int) -> int:
        return int(self._sheet.work.index[row])

    def _read(self, edits: Edits) -> None:
        self._sheet = self._fresh()
        self._removed = []
        self.state = State()
        if self.file.problems:
            return
        self._sheet, conflicts = _merged(self._sheet, edits)
        self._save() if edits else self._check()
        self.state = replace(self.state, conflicts=conflicts)

    def _check(self) -> None:
        written = self._sheet.written()
        found = self.client.check_frame(self.name, written) if len(written) else []
        places = self._sheet.work.index.get_indexer(written.index)
        self.problems = {}
        for problem in found:
            self.problems.setdefault((int(places[problem.row - 2]), problem.column), problem)

    def _save(self) -> None:
        try:
            self._check()
            if self.problems:
                self._wait(State("open"))
                return
            with locked(self.client.folder, self.client.words):
                self._write()
        except OSError as error:
            self._wait(State("failed", reason=error.strerror or str(error)))
        except CxError as error:
            self._wait(State("failed", reason=str(error)))

    def _write(self) -> None:
        if self._changed_meanwhile():
            fresh = self._fresh()
            merged, conflicts = _merged(fresh, self.edits)
            if conflicts or fresh.file.problems:
                self._wait(State("conflict", conflicts=conflicts))
                return
            self._sheet = merged
            self._check()
            if self.problems:
                self._wait(State("open"))
                return
        written = self._sheet.written()
        if self.edits:
            write_atomic(self.file.path, content(self.file, written))
        self._sheet = self._sheet.saved(fingerprint(self.file.path), tuple(map(str, written.columns)))
        self.state = State("saved", at=self._now())
        self._keep_draft(Edits())

    def _changed_meanwhile(self) -> bool:
        path = self.client.table_path(self.name)
        return (fingerprint(path) if path else None) != self.file.stamp

    def _wait(self, state: State) -> None:
        edits = self.edits
        self.state = state if edits else State()
        self._keep_draft(edits)

    def _keep_draft(self, edits: Edits) -> None:
        """Keep what is not saved; another form's draft is left alone."""
        if edits or self._drafted:
            # Where not even the draft can be written, the state already says that nothing is saved.
            with suppress(OSError):
                keep_draft(self.client, self.name, edits)
                self._drafted = bool(edits)


def _merged(sheet: Sheet, edits: Edits) -> tuple[Sheet, tuple[Conflict, ...]]:
    work, touched, conflicts = apply(edits, sheet.base, sheet.file.table.unique)
    return replace(sheet, work=work, touched=frozenset(touched)), conflicts
