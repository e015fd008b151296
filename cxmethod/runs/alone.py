"""One run of an engagement at a time, and nothing left of runs that were killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from cxmethod.engagement import Engagement
from cxmethod.engagement.saving import locked
from cxmethod.language import CxError

RUNNING = ".running-"
"""Begins the name of the folder that a notebook is executed in."""


@contextmanager
def alone(engagement: Engagement) -> Iterator[None]:
    """Hold the engagement for one run; what a killed one left half made is removed first.

    Raises
    ------
    CxError
        When somebody else is running it.
    """
    executed = engagement.folder / "executed"
    executed.mkdir(exist_ok=True)
    lock = FileLock(executed / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CxError("runs.being_run", engagement.words, client=engagement.settings.client) from None
    try:
        _sweep(engagement)
        yield
    finally:
        lock.release()


def _sweep(engagement: Engagement) -> None:
    for left in engagement.folder.glob(f"executed/{RUNNING}*"):
        shutil.rmtree(left, ignore_errors=True)
    # With the lock that those who edit inputs hold, what they are writing at this moment stays.
    with locked(engagement.folder, engagement.words):
        for part in _parts(engagement.folder):
            part.unlink(missing_ok=True)


def _parts(folder: Path) -> Iterator[Path]:
    """What `write_atomic` had not put in its place yet."""
    yield from folder.glob(".*.part")
    for room in ("inputs", "notebooks", "results", "executed", "deliverables"):
        yield from (folder / room).rglob(".*.part")
