"""The ledger of a batch: one JSON line for each job that ended, so that a rerun knows what is left to do."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from cxmethod.language import CxError, Words
from cxmethod.runs.batch.job import Outcome
from cxmethod.runs.batch.portfolio import LEDGER

VERSION = 1

_LINE: TypeAdapter[Outcome] = TypeAdapter(Outcome)


@dataclass(frozen=True)
class Shard:
    """The part of a portfolio that one of several batches runs: each n-th client, from the i-th on.

    Parameters
    ----------
    index, count : int
        From 1 to `count`.
    """

    index: int = 1
    count: int = 1

    @property
    def suffix(self) -> str:
        """What tells the files of shards apart; nothing where there is one."""
        return f".shard-{self.index}-of-{self.count}" if self.count > 1 else ""


WHOLE = Shard()
"""The portfolio that one batch runs."""


def read_shard(text: str, words: Words) -> Shard:
    """The shard that ``i/n`` names.

    Raises
    ------
    CxError
        When there is none of that name.
    """
    found = re.fullmatch(r"(\d+)/(\d+)", text.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise CxError("batch.shard", words, shard=text)
    return Shard(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Ledger:
    """The ledger files of one portfolio.

    Each shard appends to a file of its own, and reads all of them.

    Parameters
    ----------
    base : Path
        The portfolio's folder.
    name : str
        The portfolio's.
    shard : Shard
    """

    base: Path
    name: str
    shard: Shard = WHOLE

    @property
    def path(self) -> Path:
        """The file that this batch appends to."""
        return self.base / LEDGER / f"{self.name}{self.shard.suffix}.jsonl"

    def latest(self, unread: Callable[[int], None] | None = None) -> dict[str, Outcome]:
        """The last outcome of each client, by its place, from the files of all shards.

        Parameters
        ----------
        unread : callable, optional
            Called with the number of lines that do not say what a line says, if there are any; a torn one is none.
        """
        own = self.path.parent / f"{self.name}.jsonl"
        files = [own, *self.path.parent.glob(f"{self.name}.shard-*.jsonl")]
        read = [outcome for file in files if file.is_file() for outcome in _read(file)]
        outcomes = [outcome for outcome in read if outcome is not None]
        if unread is not None and len(outcomes) < len(read):
            unread(len(read) - len(outcomes))
        return {outcome.place: outcome for outcome in sorted(outcomes, key=lambda one: one.finished)}

    def append(self, outcome: Outcome, words: Words) -> None:
        """Put a line at the end, on the disk before this returns; by the parent of a batch alone.

        Raises
        ------
        CxError
            When it cannot be written; the lines before it stay whole.
        """
        line = json.dumps({"version": VERSION, **asdict(outcome)}, ensure_ascii=False) + "\n"
        try:
            _append(self.path, line.encode())
        except OSError as error:
            raise CxError("batch.ledger_unwritable", words, file=self.path, why=error.strerror) from error

    @contextmanager
    def held(self, words: Words) -> Iterator[None]:
        """No other batch of this portfolio, or of this shard of it, at the same time.

        Raises
        ------
        CxError
            When there is one, or the folder cannot be written.
        """
        lock = FileLock(self.path.with_suffix(".lock"), timeout=0)
        try:
            self.path.parent.mkdir(exist_ok=True)
            lock.acquire()
        except Timeout:
            raise CxError("batch.taken", words, folder=self.base) from None
        except OSError as error:
            raise CxError("batch.ledger_unwritable", words, file=self.path, why=error.strerror) from error
        try:
            yield
        finally:
            lock.release()


def _append(path: Path, line: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        end = os.fstat(descriptor).st_size
        # A line that a kill or a full disk tore stays alone: what follows it begins a new one.
        glued = end > 0 and _last_byte(descriptor) != b"\n"
        whole = b"\n" + line if glued else line
        if os.write(descriptor, whole) < len(whole):
            os.ftruncate(descriptor, end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _last_byte(descriptor: int) -> bytes:
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1)


def _read(path: Path) -> Iterator[Outcome | None]:
    """What each line says; None for one that is JSON and yet no line of a ledger."""
    with path.open("rb") as file:
        for line in file:
            try:
                said = json.loads(line)
            except ValueError:
                # Torn by a kill or a full disk, as may happen.
                continue
            if not isinstance(said, dict) or said.get("version") == VERSION:
                yield _outcome(said)


def _outcome(said: Any) -> Outcome | None:
    """What is `said`, as far as this version knows its fields; None where they are not of their types."""
    known = {field.name for field in fields(Outcome)}
    try:
        return _LINE.validate_python({name: value for name, value in said.items() if name in known})
    except (ValidationError, AttributeError):
        return None
