"""Writing so that nothing is ever half written, and two open notebooks lose nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from cxmethod.language import CxError, Words

_PATIENCE = 60
"""Seconds to wait for another writer."""


def write_atomic(path: Path, content: bytes) -> Path:
    """Put `content` at `path`: whole or not at all (temporary file, fsync, replace)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


@contextmanager
def locked(folder: Path, words: Words) -> Iterator[None]:
    """One writer at a time in an engagement's folder.

    Raises
    ------
    CxError
        When another writer holds it for a minute.
    """
    lock = FileLock(folder / ".lock", timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise CxError("engagement.locked", words, folder=folder.name) from None
    try:
        yield
    finally:
        lock.release()


def fingerprint(path: Path) -> str | None:
    """SHA-256 of a file, None where there is none."""
    if not path.exists():
        return None
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
