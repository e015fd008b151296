"""The phases' names at the left of a picture whose rows are touchpoints."""

from __future__ import annotations

import pandas as pd

from cxmethod.views.style import bounded
from cxmethod.views.text_fit import fitted, lines_height

_SIZES = (7.4, 7.0, 6.6, 6.2)

Named = tuple[list[list[str]], float]
"""Each name on its lines, and the points of their letters."""


def phase_runs(own: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each stretch of one phase."""
    names = own["phase_name"].fillna("")
    runs = (names != names.shift(fill_value="\0")).astype("int64").cumsum()
    return [rows for _, rows in own.groupby(runs, sort=False)]


def phase_names(own: pd.DataFrame, row: float, inches: float) -> Named:
    """The phases' names on their lines, in letters as large as the rows of each allow."""
    runs = phase_runs(own)
    shown = ["" if pd.isna(rows["phase_name"].iloc[0]) else str(rows["phase_name"].iloc[0]) for rows in runs]
    for size in _SIZES:
        lines = [fitted(bounded(name), inches, size, "bold") for name in shown]
        if all(lines_height(len(o), size) <= row * len(rows) for o, rows in zip(lines, runs, strict=True)):
            break
    return lines, size


def tallest(own: pd.DataFrame, named: Named) -> float:
    """Inches that a row needs for the phases' names."""
    lines, size = named
    return max(lines_height(len(o), size) / len(rows) for o, rows in zip(lines, phase_runs(own), strict=True))
