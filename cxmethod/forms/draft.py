"""Edits that do not hold yet, kept beside the table: a restarted kernel or a cell run again loses none."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from cxmethod.engagement import Engagement, write_atomic
from cxmethod.forms.edits import AddedRow, CellEdit, Edits

_VERSION = 1


def read_draft(client: Engagement, name: str) -> Edits:
    """The unsaved edits of the table called `name`; none where there are none."""
    try:
        data = json.loads(draft_path(client, name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Edits()
    return Edits(
        tuple(CellEdit(**edit) for edit in data["cells"]),
        tuple(AddedRow(**row) for row in data["added"]),
        tuple(data["removed"]),
    )


def keep_draft(client: Engagement, name: str, edits: Edits) -> None:
    """Put `edits` on file, or take the file away where there is nothing to keep."""
    path = draft_path(client, name)
    if not edits:
        path.unlink(missing_ok=True)
        return
    text = json.dumps({"version": _VERSION, **asdict(edits)}, ensure_ascii=False, indent=1)
    write_atomic(path, text.encode())


def draft_path(client: Engagement, name: str) -> Path:
    """Where the unsaved edits of the table called `name` are."""
    return client.inputs / f".{name}.draft.json"
