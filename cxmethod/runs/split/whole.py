"""One engagement split by a column: a whole engagement for each branch, region or seller, each row in exactly one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

from cxmethod.engagement import TABLES, Engagement, InputProblems, Problem
from cxmethod.engagement.folder import SETTINGS
from cxmethod.engagement.reading import RawTable, read_raw
from cxmethod.engagement.saving import locked
from cxmethod.language import CxError, Words
from cxmethod.runs.split.client import Whole, files_of
from cxmethod.runs.split.intake import take_in_once
from cxmethod.runs.split.names import folder_names
from cxmethod.runs.split.notes import notes, refuse_slips
from cxmethod.runs.split.parts import clear_unfinished, read_label, refuse_taken, write_part
from cxmethod.runs.split.rows import find_column, whose
from cxmethod.runs.split.settings import Split, check_settings
from cxmethod.runs.split.shared import own_notebooks

__all__ = ["Split", "split_engagement"]

Tell = Callable[[str], None]

_PATIENCE = 60
"""Seconds to wait for another split."""


def split_engagement(
    split: Split, base: Path, words: Words | None = None, tell: Tell | None = None
) -> list[Path]:
    """The clients of a split, each a whole engagement folder of its own.

    Every table is read once. A row of data goes to exactly one client or, where it leads to none, to nobody, which is
    said; the frame of the work (touchpoints, processes, initiatives …) goes to all. Run again, it rewrites only files
    whose bytes change, and none that somebody changed in a client's folder.

    Parameters
    ----------
    split : Split
    base : Path
        The folder of the portfolio file, from which its paths are seen.
    words : Words, optional
        The language of what is wrong and of what is told; the whole's own without it.
    tell : callable, optional
        Called with each sentence that a reader should know: rows that are nobody's, clients that are no longer in the
        data, files that stay as somebody changed them.

    Returns
    -------
    list of Path
        In the order of the values, whatever their letter case.

    Raises
    ------
    CxError
        When the whole cannot be read, has no such table or column, or settings of the split do not hold; nothing is
        written then. Also when a folder that is needed holds something else.
    """
    base = base.expanduser().resolve()
    place = base / Path(split.engagement).expanduser()
    engagement = Engagement.open(place, words.language if words else None)
    words = engagement.words
    say = tell or _silent
    check_settings(_data(engagement), split, engagement.folder.name, words)
    for sentence in take_in_once(engagement, [base / Path(file).expanduser() for file in split.files]):
        say(sentence)
    whole = _read(engagement, split, words)
    refuse_slips(whole, words)
    into = base / Path(split.into).expanduser()
    with _writing(into, words):
        clear_unfinished(into)
        folders, vanished = _folders(into, whole)
        refuse_taken({folder: whole.label(value) for value, folder in folders.items()}, words)
        written = {
            value: write_part(folders[value], files_of(whole, value), whole.label(value), words)
            for value in whole.rows.values
        }
    for sentence in notes(whole, written, vanished, words):
        say(sentence)
    return list(folders.values())


def _silent(_: str) -> None:
    """Nobody listens."""


def _data(engagement: Engagement) -> dict[str, Any]:
    """The settings as they stand in the file, which held when the engagement was opened."""
    data: dict[str, Any] = yaml.safe_load((engagement.folder / SETTINGS).read_text(encoding="utf-8"))
    return data


def _read(engagement: Engagement, split: Split, words: Words) -> Whole:
    """All of the whole, while nobody writes in it."""
    tables: dict[str, RawTable] = {}
    problems: list[Problem] = []
    with locked(engagement.folder, words):
        for name, schema in TABLES.items():
            path = engagement.table_path(name)
            read = read_raw(path, schema) if path else []
            if isinstance(read, list):
                problems += read
            else:
                tables[name] = read
        notebooks, decisions = own_notebooks(engagement), engagement.decisions
    if problems:
        raise InputProblems(problems, words)
    if split.table not in tables:
        raise CxError("split.no_table", words, table=split.table, folder=engagement.folder.name)
    raw = tables[split.table]
    column = find_column(raw, split.column)
    if column is None:
        headings = words.join(raw.written.values())
        raise CxError("split.no_column", words, column=split.column, file=raw.file, columns=headings)
    rows = whose(tables, split.table, column)
    return Whole(engagement, split, column, _data(engagement), tables, rows, notebooks, decisions)


def _folders(into: Path, whole: Whole) -> tuple[dict[str, Path], dict[str, str]]:
    """Value → its folder; and value that the data no longer have → the name of its folder."""
    labels = {folder.name: read_label(folder) for folder in sorted(into.iterdir())}
    example = whole.label("")
    held = {label.value: name for name, label in labels.items() if label and label.is_of(example)}
    whole_itself = whole.engagement.folder
    taken = [
        name
        for name, label in labels.items()
        if (label and not label.is_of(example)) or (into / name).resolve() == whole_itself
    ]
    names = folder_names(whole.rows.values, held, taken)
    vanished = {value: name for value, name in held.items() if value not in names}
    return {value: into / names[value] for value in whole.rows.values}, vanished


@contextmanager
def _writing(into: Path, words: Words) -> Iterator[None]:
    """One split at a time in a folder; what the disk refuses, as a sentence."""
    try:
        into.mkdir(parents=True, exist_ok=True)
        with FileLock(into / ".split.lock", timeout=_PATIENCE):
            yield
    except Timeout:
        raise CxError("engagement.locked", words, folder=into.name) from None
    except OSError as error:
        raise CxError("split.not_written", words, folder=into.name, why=error.strerror) from error
