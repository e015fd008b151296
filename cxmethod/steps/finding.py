"""A thing that the work found and a person should know: a code with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pandas as pd

Severity = Literal["blocks", "warns", "info"]


@dataclass(frozen=True)
class Finding:
    """One finding.

    Parameters
    ----------
    code : str
        Catalogue code of its sentence, without ``finding.``.
    severity : {"blocks", "warns", "info"}
        `blocks` keeps deliverables a draft.
    item : str
        The key of what it is about: a touchpoint, a phase, a process, a table.
    values : mapping
        What the sentence names: numbers unrounded, client text as it is.
    evidence : str
        What it rests on: ``measured``, ``observed``, ``assumed`` or ``proposed``.
    """

    code: str
    severity: Severity
    item: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for files."""
        return asdict(self)


def missing_table(table: str, *, blocks: bool = False) -> Finding:
    """A table that a step lacks: the sentence says what it is for and how to get it."""
    return Finding(f"missing.{table}", "blocks" if blocks else "warns", table)


def for_each(frame: pd.DataFrame, code: str, severity: Severity, item: str, **columns: str) -> list[Finding]:
    """One finding for each row of `frame`.

    Parameters
    ----------
    item : str
        Column that holds the key of what each finding is about.
    **columns
        Name in the sentence → column of `frame`; `evidence` names the column of the evidence.
    """
    evidence = columns.pop("evidence", None)
    return [
        Finding(
            code, severity, str(row[item]), {k: row[c] for k, c in columns.items()}, _text(row.get(evidence))
        )
        for row in frame.to_dict("records")
    ]


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
