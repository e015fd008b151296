"""Timestamps as clients write them → moments in UTC; a date with two readings is refused, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

_YEAR_FIRST = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"
_YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}),?"
_ISO = r"^(?:\d{4}-\d{1,2}-\d{1,2}(?:[T\s].*)?|\d{8}(?:T\d{4,6}\S*)?)$"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_HALF_DAY_TIME = rf"^[\d-]+\s{_TIME} [AaPp]m$"
_MONTH_NAMED = (
    r"^(?:\d{1,2}[-\s][A-Za-z]{3,9}\.?,?[-\s]\d{4}|[A-Za-z]{3,9}\.?\s\d{1,2},?\s\d{4})"
    rf"(?:,?\s{_TIME}(?: [AaPp]m)?)?$"
)
_HALF_DAY = r"\s*([ap])\.?\s?m\.?$"
_OFFSET = r"(?::\d{2}(?:\.\d+)?|T\d{4,6}(?:\.\d+)?)\s?(?:Z|[+-]\d{2}(?::?\d{2})?)$"
_MONTHS = 12


@dataclass(frozen=True)
class Moments:
    """Moments in UTC.

    Parameters
    ----------
    values : Series of datetime, UTC
        Missing where a cell is blank or cannot be read.
    unreadable : Series of bool
        Cells that are no date and time that can be read for certain.
    two_readings : Series of bool
        Cells that are two different days with the day or the month first, in a column that does not tell which.
    naive : int
        Moments without an offset, taken as UTC.
    zone_lost : Series of bool
        The first cell without an offset in a column where others have theirs: taken as UTC it would change places with them.
    """

    values: pd.Series
    unreadable: pd.Series[bool]
    two_readings: pd.Series[bool]
    naive: int
    zone_lost: pd.Series[bool]


def moments(cells: pd.Series) -> Moments:
    """Moments that `cells` name: ISO 8601, year, month and day in numbers, or the month in English letters.

    Where the year stands last, the day is told from the month by the whole column: some first number above 12 and
    no second one, or the other way round.
    """
    if pd.api.types.is_datetime64_any_dtype(cells):
        naive = 0 if isinstance(cells.dtype, pd.DatetimeTZDtype) else int(cells.notna().sum())
        nowhere = pd.Series(False, cells.index)
        return Moments(pd.to_datetime(cells, utc=True), nowhere, nowhere, naive, nowhere)
    text = cells.astype("string").str.strip()
    text = text.mask(text == "", pd.NA)
    day_month = text.str.extract(_YEAR_LAST)[[0, 1]].astype("float64")
    year_last = day_month[0].notna()
    order = _order(day_month)
    iso = text.str.replace(_YEAR_FIRST, r"\1-\2-\3", regex=True)
    if order:
        iso = iso.str.replace(_YEAR_LAST, order, regex=True)
    iso = iso.str.replace(_HALF_DAY, r" \1m", regex=True, case=False)
    iso = iso.str.replace(r"\s?(?:UTC|GMT)$", "Z", regex=True)
    values = _parsed(iso)
    two_readings = year_last if not order else year_last & False
    unreadable = text.notna() & values.isna() & ~two_readings
    known = values.notna()
    without_offset = known & ~_marked(iso, _OFFSET)
    mixed = bool(without_offset.any()) and not bool(without_offset[known].all())
    zone_lost = without_offset & (without_offset.cumsum() == 1) & mixed
    return Moments(values, unreadable, two_readings, int(without_offset.sum()), zone_lost)


def _parsed(text: pd.Series[str]) -> pd.Series:
    whole = _marked(text, _ISO)
    named = _marked(text, _MONTH_NAMED) | _marked(text, _HALF_DAY_TIME)
    iso = pd.to_datetime(text.where(whole & ~named), format="ISO8601", errors="coerce", utc=True)
    if not named.any():
        return iso
    # Only dates that leave nothing to guess reach this parser, which fills gaps from today's date.
    return iso.fillna(pd.to_datetime(text.where(named), format="mixed", errors="coerce", utc=True))


def _order(day_month: pd.DataFrame) -> str:
    """How the numbers of year-last dates are turned into a year-first one; empty when they do not tell."""
    day_first, month_first = (day_month > _MONTHS).any()
    if day_first == month_first:
        return ""
    return r"\3-\2-\1" if day_first else r"\3-\1-\2"


def _marked(text: pd.Series[str], pattern: str) -> pd.Series[bool]:
    return text.str.contains(pattern, regex=True).fillna(False).astype(bool)
