"""Client files that the whole takes in before it is split: once, and again only when something in them is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from cxmethod.engagement import Engagement, write_atomic
from cxmethod.engagement.saving import fingerprint

_RECORD = "split_intake.json"


def take_in_once(whole: Engagement, files: Sequence[Path]) -> list[str]:
    """Take `files` in, unless they, the sources and the seed are those of the last time and the tables are still there.

    Returns
    -------
    list of str
        What was taken in, in sentences; nothing where nothing was.

    Raises
    ------
    InputProblems, CxError
        As `cxmethod.intake.take_in`.
    """
    from cxmethod.intake import take_in

    if not files:
        return []
    record = whole.inputs / _RECORD
    basis = _basis(whole, files)
    before = _read(record)
    if before.get("basis") == basis and all(whole.table_path(name) for name in before["tables"]):
        return []
    taken = take_in(whole, files)
    done = {"version": 1, "basis": basis, "tables": sorted(taken.tables)}
    write_atomic(record, (json.dumps(done, indent=2) + "\n").encode())
    return taken.sentences(whole.words)


def _basis(whole: Engagement, files: Sequence[Path]) -> str:
    settings = whole.settings.model_dump(mode="json", include={"sources", "seed", "persona"})
    read = [settings, sorted((path.name, fingerprint(path)) for path in files)]
    return sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def _read(record: Path) -> dict[str, Any]:
    try:
        done = json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return done if isinstance(done, dict) and isinstance(done.get("tables"), list) else {}
