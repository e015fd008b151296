"""What each step's results were computed from, by SHA-256, and so which of them are stale."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import cxmethod
from cxmethod.engagement.saving import fingerprint, write_atomic

VERSION = 1


@dataclass(frozen=True)
class StepSpec:
    """What a step reads.

    Parameters
    ----------
    name : str
        The step's folder and notebook, such as ``04_touchpoints``.
    tables : tuple of str
        Input tables.
    decisions : tuple of str
        Sections of the decisions.
    after : tuple of str
        Steps whose results it takes.
    """

    name: str
    tables: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest at `path`; an empty one where there is none or it cannot be read (then all is stale)."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        data = {}
    readable = (
        isinstance(data, dict) and data.get("version") == VERSION and isinstance(data.get("steps"), dict)
    )
    return data if readable else {"version": VERSION, "steps": {}}


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    """Put the manifest at `path`, whole."""
    write_atomic(path, (json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode())


def entry(
    spec: StepSpec,
    tables: dict[str, Path | None],
    settings: dict[str, Any],
    decisions: dict[str, Any],
    notebook: Path,
    upstream: dict[str, Any],
) -> dict[str, Any]:
    """What `spec` stands on at this moment.

    Parameters
    ----------
    spec : StepSpec
    tables : dict
        Table name → its file, None where there is none.
    settings : dict
        Plain values other than the defaults: neither a comment in the file nor a setting that a later version adds makes
        anything stale. The defaults are the package's own, whose version is beside them.
    decisions : dict
        Section → plain values.
    notebook : Path
        The consultant's own copy, or the stock one.
    upstream : dict
        Step name → its own entry in the manifest.
    """
    return {
        "package": cxmethod.__version__,
        "tables": {name: fingerprint(path) if path else None for name, path in tables.items()},
        "settings": _digest(settings),
        "decisions": {name: _digest(value) for name, value in decisions.items()},
        "notebook": _notebook(notebook),
        "after": {name: _digest(value) for name, value in upstream.items()},
    }


def _notebook(path: Path) -> str | None:
    """What its cells say: running a notebook, which changes counts and outputs, makes nothing stale."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return fingerprint(path)
    return _digest([(cell.get("cell_type"), "".join(cell.get("source", ""))) for cell in cells])


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
