"""Times that people can picture: minutes up to two hours, hours up to two days, then days."""

from __future__ import annotations

import math

from cxmethod.language import Words

_HOUR, _DAY = 60, 1440
_TWO = 2


def duration(minutes: float | None, words: Words) -> str:
    """So many minutes in the unit that suits them, by the locale's own abbreviation; a dash when unknown."""
    if minutes is None or not math.isfinite(float(minutes)):
        return words.number(None)
    from babel.units import format_unit

    value, unit, digits = _unit(float(minutes))
    pattern = "#,##0.0" if digits else "#,##0"
    return str(format_unit(round(value, digits), unit, "short", pattern, locale=words.cldr)).replace("-", "−")


def _unit(minutes: float) -> tuple[float, str, int]:
    if abs(minutes) < _TWO * _HOUR:
        return minutes, "duration-minute", 0 if abs(minutes) >= 10 or minutes % 1 == 0 else 1
    if abs(minutes) < _TWO * _DAY:
        return minutes / _HOUR, "duration-hour", 1
    return minutes / _DAY, "duration-day", 1
