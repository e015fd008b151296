"""An executed notebook as its file holds it, read once for all formats."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode, read


def executed(notebook: Path) -> NotebookNode:
    """The notebook in the file `notebook`; read again only when the file has changed.

    Every caller gets the same one: nobody may change it.
    """
    state = notebook.stat()
    return _read(notebook.resolve(), state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=1)
def _read(notebook: Path, *_state: int) -> NotebookNode:
    return read(notebook, as_version=4)  # type: ignore[no-any-return]
