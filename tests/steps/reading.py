"""How the tests of the steps read a result."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxmethod.steps import Finding


def found(result: Any) -> set[tuple[str, str]]:
    """Code and item of every finding of a result, or of the thread."""
    return {(finding.code, finding.item) for finding in result.findings}


def finding(result: Any, code: str) -> Finding:
    """The only finding of that code."""
    (one,) = [each for each in result.findings if each.code == code]
    return one


def row(frame: pd.DataFrame, **keys: Any) -> pd.Series:
    """The only row in which each of those columns has that value."""
    matching = frame
    for column, value in keys.items():
        matching = matching[matching[column] == value]
    assert len(matching) == 1, f"{len(matching)} rows with {keys}"
    return matching.iloc[0]


def by(frame: pd.DataFrame, key: str, value: str) -> dict[Any, Any]:
    """Two columns of a table as a dictionary; what is missing becomes None."""
    return {k: None if pd.isna(v) else v for k, v in zip(frame[key], frame[value], strict=True)}
