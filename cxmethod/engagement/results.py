"""Result tables on disk: one CSV each, and a summary that says what the CSVs cannot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from cxmethod.engagement.manifest import StepSpec
from cxmethod.engagement.saving import write_atomic

_SUMMARY = "summary.json"


class Result(Protocol):
    """What a step gives: tables, and a summary of plain values."""

    @property
    def spec(self) -> StepSpec: ...

    @property
    def basis(self) -> Mapping[str, Any]: ...

    def tables(self) -> dict[str, pd.DataFrame]: ...

    def summary(self) -> dict[str, Any]: ...


def write_result(folder: Path, result: Result) -> None:
    """One CSV per table of `result`, then the summary; files of an earlier run that are no more are removed."""
    tables = result.tables()
    for name, frame in tables.items():
        write_atomic(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\r\n").encode())
    for old in folder.glob("*.csv"):
        if old.stem not in tables:
            old.unlink()
    kinds = {name: {str(c): str(frame[c].dtype) for c in frame.columns} for name, frame in tables.items()}
    summary = {**result.summary(), "columns": kinds}
    text = json.dumps(_known(summary), indent=2, ensure_ascii=False, allow_nan=False, default=_plain) + "\n"
    write_atomic(folder / _SUMMARY, text.encode())


def read_result(folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Tables with the kinds that they were saved with, and the summary.

    Raises
    ------
    FileNotFoundError
        When the result was never saved whole.
    """
    summary = json.loads((folder / _SUMMARY).read_text(encoding="utf-8"))
    tables = {name: _read(folder / f"{name}.csv", kinds) for name, kinds in summary.pop("columns").items()}
    return tables, summary


def is_whole(folder: Path) -> bool:
    """Whether a result stands there with all its tables."""
    try:
        summary = json.loads((folder / _SUMMARY).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    tables = summary.get("columns") if isinstance(summary, dict) else None
    return isinstance(tables, dict) and all((folder / f"{name}.csv").is_file() for name in tables)


def _read(path: Path, kinds: dict[str, str]) -> pd.DataFrame:
    dates = [name for name, kind in kinds.items() if kind.startswith("datetime")]
    kept = {name: kind for name, kind in kinds.items() if name not in dates}
    return pd.read_csv(
        path,
        dtype=kept,
        parse_dates=dates,
        keep_default_na=False,
        na_values=[""],
    )


def _known(value: Any) -> Any:
    """NaN is no JSON: what is unknown is null."""
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_known(item) for item in value]
    return None if isinstance(value, float) and value != value else value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return value.item() if hasattr(value, "item") else str(value)
