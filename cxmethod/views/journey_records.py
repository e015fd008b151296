"""Rows of result tables as plain values for other tools, and beside them the same values in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "number", "count", "flag", "list"]
Record = dict[str, Any]


def records(frame: pd.DataFrame, columns: Mapping[str, Kind]) -> list[Record]:
    """One mapping a row: unknown and infinite values are None, an unknown flag is false, an unknown list empty.

    Parameters
    ----------
    columns : mapping
        Name → what stands there; a `list` is items joined by ``;``.
    """
    values = [[_PLAIN[kind](value) for value in frame[name]] for name, kind in columns.items()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def told(row: Record, **forms: Callable[[Any], str]) -> Record:
    """The row with `text`: each named value as `forms` write it, None where it is unknown.

    ``interval`` and names that end so stand for the two limits before them, ``low`` and ``high``.
    """
    return {**row, "text": {name: _told(row, name, form) for name, form in forms.items()}}


def grouped(records_: list[Record], key: str) -> dict[str, list[Record]]:
    """The records by one of their values, in order; those without it are left out."""
    groups: dict[str, list[Record]] = {}
    for record in records_:
        if record[key] is not None:
            groups.setdefault(record[key], []).append(record)
    return groups


def _told(row: Record, name: str, form: Callable[[Any], str]) -> str | None:
    if not name.endswith("interval"):
        return None if row[name] is None else form(row[name])
    start = name.removesuffix("interval")
    low, high = row[f"{start}low"], row[f"{start}high"]
    return None if low is None or high is None else f"[{form(low)}; {form(high)}]"


def _text(value: Any) -> str | None:
    return None if pd.isna(value) or str(value) == "" else str(value)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) or not math.isfinite(value) else float(value)


def _count(value: Any) -> int | None:
    known = _number(value)
    return None if known is None else round(known)


def _flag(value: Any) -> bool:
    return not pd.isna(value) and bool(value)


def _list(value: Any) -> list[str]:
    items = (_text(value) or "").split(";")
    return [item.strip() for item in items if item.strip()]


_PLAIN: Mapping[Kind, Callable[[Any], Any]] = {
    "text": _text,
    "number": _number,
    "count": _count,
    "flag": _flag,
    "list": _list,
}
