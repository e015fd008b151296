"""What one form changed, so that it can be done again on a file that somebody else changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cxmethod.forms.cell_text import text_of, texts_of

Row = Mapping[str, str]


@dataclass(frozen=True)
class CellEdit:
    """One cell: in which row of the file, what stood there, what stands there now."""

    row: Row
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class AddedRow:
    """A new row and its place among the others."""

    place: int
    cells: Row


@dataclass(frozen=True)
class Edits:
    """Everything that was changed since the file was read."""

    cells: tuple[CellEdit, ...] = ()
    added: tuple[AddedRow, ...] = ()
    removed: tuple[Row, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.added or self.removed)


@dataclass(frozen=True)
class Conflict:
    """An edit that the file no longer allows: its row is gone, or the same cell was changed by somebody else."""

    kind: Literal["gone", "changed"]
    row: Row
    column: str = ""
    mine: str = ""
    theirs: str = ""


def edits_between(before: pd.DataFrame, after: pd.DataFrame, touched: Iterable[tuple[int, str]]) -> Edits:
    """What changed from `before` to `after`.

    Parameters
    ----------
    before, after : DataFrame
        The same row has the same index label in both.
    touched : iterable of (label, column)
        The cells that may differ.
    """
    cells = []
    for label, column in sorted(touched):
        if label in before.index and label in after.index:
            old, new = text_of(before.at[label, column]), text_of(after.at[label, column])
            if old != new:
                cells.append(CellEdit(row_of(before, label), column, old, new))
    added = [
        AddedRow(list(after.index).index(label), cells_of)
        for label in after.index.difference(before.index)
        if any((cells_of := row_of(after, label)).values())
    ]
    removed = [row_of(before, label) for label in before.index.difference(after.index)]
    return Edits(tuple(cells), tuple(added), tuple(row for row in removed if any(row.values())))


def apply(
    edits: Edits, frame: pd.DataFrame, unique: tuple[str, ...]
) -> tuple[pd.DataFrame, set[tuple[int, str]], tuple[Conflict, ...]]:
    """Do `edits` again on `frame`.

    Parameters
    ----------
    edits : Edits
    frame : DataFrame
        Its index is 0, 1, …
    unique : tuple of str
        The columns that name a row; without them a row is known by all its cells.

    Returns
    -------
    frame : DataFrame
    touched : set of (label, column)
    conflicts : tuple of Conflict
        Edits that were not done; one that somebody else did already is none.
    """
    conflicts: list[Conflict] = []
    touched: set[tuple[int, str]] = set()
    # Rows are looked up before any is changed: an edit of a key must not hide the row from the next edit.
    places = [_find(frame, edit.row, unique) for edit in edits.cells]
    gone = [_find(frame, row, unique) for row in edits.removed]
    result = frame
    for edit, label in zip(edits.cells, places, strict=True):
        theirs = "" if label is None or edit.column not in frame else text_of(frame.at[label, edit.column])
        if label is None:
            conflicts.append(Conflict("gone", edit.row, edit.column, edit.after))
        elif theirs not in (edit.before, edit.after):
            conflicts.append(Conflict("changed", edit.row, edit.column, edit.after, theirs))
        elif theirs != edit.after:
            result = with_cell(result, label, edit.column, edit.after)
            touched.add((label, edit.column))
    for row, label in zip(edits.removed, gone, strict=True):
        if label is not None and row_of(frame, label) != {**row_of(frame, label), **row}:
            conflicts.append(Conflict("changed", row))
        elif label is not None:
            result = result.drop(index=label)
    for added in edits.added:
        if _find(result, added.cells, ()) is None:
            result = with_row(result, min(added.place, len(result)), next_label(frame, result), added.cells)
    return result, touched, tuple(conflicts)


def with_cell(frame: pd.DataFrame, label: int, column: str, text: str) -> pd.DataFrame:
    """`frame` with `text` in one cell; its column becomes text."""
    if column not in frame:
        cells = pd.Series("", frame.index, dtype="str")
    elif pd.api.types.is_string_dtype(frame[column]):
        cells = frame[column].copy()
    else:
        cells = texts_of(frame[column])
    cells.at[label] = text
    return frame.assign(**{column: cells})


def with_row(frame: pd.DataFrame, place: int, label: int, cells: Row) -> pd.DataFrame:
    """`frame` with one more row at `place`."""
    longer = frame.reindex(frame.index.insert(place, label))
    for column, text in cells.items():
        if text:
            longer = with_cell(longer, label, column, text)
    return longer


def next_label(*frames: pd.DataFrame) -> int:
    """A label that no row of `frames` has."""
    return max((int(frame.index.max()) for frame in frames if len(frame)), default=-1) + 1


def row_of(frame: pd.DataFrame, label: int) -> dict[str, str]:
    """The cells of one row as text."""
    return {str(name): text_of(frame.at[label, name]) for name in frame.columns}


def _find(frame: pd.DataFrame, row: Row, unique: tuple[str, ...]) -> int | None:
    by_key = [name for name in unique if name in frame and name in row]
    named = by_key and any(row[name] for name in by_key)
    columns = by_key if named else [name for name in row if row[name] or name in frame]
    same = np.ones(len(frame), dtype=bool)
    for name in columns:
        same &= (texts_of(frame[name]) == row[name]).to_numpy() if name in frame else row[name] == ""
    found = frame.index[same]
    # Rows that are alike in every cell stand for each other; rows that only share a key do not.
    return int(found[0]) if len(found) == 1 or (len(found) and not named) else None
