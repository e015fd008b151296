"""Tables and the record of an intake, written so that no edit is lost and no table stands there twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, write_atomic
from cxmethod.engagement.saving import fingerprint, locked
from cxmethod.intake.files import ClientFile
from cxmethod.intake.parts import Notice
from cxmethod.intake.report import TakenFile

_LARGE = 200_000
_VERSION = 1


def write_tables(
    engagement: Engagement,
    tables: dict[str, pd.DataFrame],
    files: Sequence[TakenFile],
    raw: Sequence[ClientFile],
) -> list[Notice]:
    """Put `tables` in ``inputs/``, `raw` in ``inputs/raw/`` and the record in ``inputs/intake.json``.

    A table above 200,000 rows becomes Parquet, else CSV; its file of an earlier intake goes. A file that was
    typed or changed by hand since is first copied to ``inputs/replaced/``.

    Returns
    -------
    list of Notice
        Tables that were typed by hand and are now replaced, and tables of an earlier intake that this one does
        not renew.
    """
    inputs = engagement.inputs
    with locked(engagement.folder, engagement.words):
        before = _record(inputs)
        ours = set(before["tables"].values())
        replaced = [name for name in tables if _keep_edits(inputs, name, ours)]
        written = {name: _write(inputs, name, frame) for name, frame in tables.items()}
        for file in raw:
            if file.path.resolve() != (inputs / "raw" / file.name).resolve():
                write_atomic(inputs / "raw" / file.name, file.content)
        left = [name for name in before["tables"] if name not in tables and engagement.table_path(name)]
        kept = {name: before["tables"][name] for name in left}
        earlier = [file for file in before.get("files", []) if set(file["tables"]) <= set(kept)]
        taken = [file for file in earlier if file["name"] not in {one.name for one in files}]
        record = {
            "version": _VERSION,
            "files": [*taken, *(asdict(file) for file in files)],
            "tables": written | kept,
        }
        write_atomic(
            inputs / "intake.json", (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
        )
    notices = [Notice("intake.replaced", {"tables": tuple(replaced)}, len(replaced))] if replaced else []
    return notices + ([Notice("intake.not_renewed", {"tables": tuple(left)}, len(left))] if left else [])


def _record(inputs: Path) -> dict[str, Any]:
    try:
        record = json.loads((inputs / "intake.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        record = None
    return record if isinstance(record, dict) and record.get("version") == _VERSION else {"tables": {}}


def _files(inputs: Path, name: str) -> list[Path]:
    return [path for kind in ("csv", "parquet") if (path := inputs / f"{name}.{kind}").is_file()]


def _keep_edits(inputs: Path, name: str, ours: set[str]) -> bool:
    """Copy what somebody typed into a table that is about to be replaced; whether there was anything."""
    kept = False
    for path in _files(inputs, name):
        digest = fingerprint(path)
        if digest is None or digest in ours or not _has_rows(path):
            continue
        write_atomic(inputs / "replaced" / f"{name}-{digest[:8]}{path.suffix}", path.read_bytes())
        kept = True
    return kept


def _has_rows(path: Path) -> bool:
    return path.suffix == ".parquet" or len(path.read_bytes().split(b"\n", 1)[-1].strip()) > 0


def _write(inputs: Path, name: str, frame: pd.DataFrame) -> str:
    large = len(frame) > _LARGE
    content = (
        frame.to_parquet(index=False) if large else frame.to_csv(index=False, lineterminator="\n").encode()
    )
    path = write_atomic(inputs / f"{name}.{'parquet' if large else 'csv'}", content)
    for old in _files(inputs, name):
        if old != path:
            old.unlink()
    return sha256(content).hexdigest()
