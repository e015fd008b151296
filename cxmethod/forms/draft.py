"""Edits that do not hold yet, kept beside the table: a restarted kernel or a cell run again loses none."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from cxmethod.engagement import Engagement, write_atomic
from cxmethod.forms.edits import AddedRow, CellEdit, Edits
from cxmethod.language import CxError

_VERSION = 1


def read_draft(client: Engagement, name: str) -> Edits:
    """The unsaved edits of the table called `name`; none where there are none.

    Raises
    ------
    CxError
        When the draft is not one of ours.
    """
    path = draft_path(client, name)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Edits(
            tuple(CellEdit(**edit) for edit in data["cells"]),
            tuple(AddedRow(**row) for row in data["added"]),
            tuple(data["removed"]),
        )
    except FileNotFoundError:
        return Edits()
    except (ValueError, TypeError, KeyError):
        raise CxError("forms.draft_broken", client.words, file=path.name) from None


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
