"""What a set of control charts says: its title, its alternative text, the latest signal of each touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.language import Words
from cxmethod.steps.wave_stretches import stretches
from cxmethod.views.readings import named

_TITLED = 2
"""A title of two lines holds so many signals with their waves."""


@dataclass(frozen=True)
class Told:
    """The latest stretch of signals of one touchpoint.

    Parameters
    ----------
    since : str
        The wave in which it began.
    last : str
        Its last wave.
    holds : bool
        Whether no known wave denies it since.
    at : int
        Place on the chart of the wave in which it began.
    value : float
        That wave's value.
    kind : str
        ``worse``, ``better`` or ``other``: a distribution has no better end.
    """

    since: str
    last: str
    holds: bool
    at: int
    value: float
    kind: str


def told(signals: pd.DataFrame) -> dict[str, Told]:
    """The latest stretch of signals after the baseline, by touchpoint.

    Parameters
    ----------
    signals : DataFrame
        Rows of one statistic.
    """
    latest = stretches(signals).drop_duplicates("touchpoint", keep="last")
    drawn = signals.assign(place=signals.groupby("touchpoint").cumcount())
    began = latest.drop(columns="at").merge(
        drawn[["touchpoint", "wave", "value", "place"]],
        left_on=["touchpoint", "since"],
        right_on=["touchpoint", "wave"],
    )
    return {
        str(row["touchpoint"]): Told(
            since=str(row["since"]),
            last=str(row["last"]),
            holds=bool(row["holds"]),
            at=int(row["place"]),
            value=float(row["value"]),
            kind=_kind(row),
        )
        for row in began.to_dict("records")
    }


def _kind(row: Mapping[Any, Any]) -> str:
    if row["statistic"] == "distribution":
        return "other"
    return "better" if (row["side"] > 0) == (row["statistic"] == "mean") else "worse"


def chart_title(
    signals: pd.DataFrame, names: pd.Series, found: dict[str, Told], statistic: str, words: Words
) -> str:
    """Signal or noise, where, since when."""
    if signals["centre"].isna().all():
        return words.say("charts.no_limits")
    if not found:
        return words.say("charts.noise")
    where = [key for key in names.index if key in found]
    if len(where) > _TITLED:
        points = named([str(names[key]) for key in where], words)
        return words.say("charts.signals", count=len(where), touchpoints=points)
    dated = [_dated(str(names[key]), found[key], words) for key in where]
    return words.say("charts.signals", count=len(where), touchpoints=words.join(dated))


def _dated(name: str, told: Told, words: Words) -> str:
    if told.holds:
        return words.say(f"charts.since_{told.kind}", touchpoint=name, wave=told.since)
    return words.say(f"charts.until_{told.kind}", touchpoint=name, wave=told.last)


def chart_text(
    signals: pd.DataFrame, names: pd.Series, found: dict[str, Told], statistic: str, words: Words
) -> str:
    """The charts in words: every wave of every touchpoint, its limits at the end, its signal."""
    groups = {str(key): rows for key, rows in signals.groupby("touchpoint", sort=False)}
    title = chart_title(signals, names, found, statistic, words)
    lines = [words.say("charts.alt", n=words.number(len(groups), 0), title=title)]
    for key, rows in groups.items():
        values = words.join(
            f"{row['wave']} {value_text(row['value'], statistic, words)}" for row in rows.to_dict("records")
        )
        lines.append(words.say("charts.alt_line", touchpoint=names.get(key, key), values=values))
        last = rows.iloc[-1]
        if pd.notna(last["upper"]):
            lower, upper = (value_text(float(last[end]), statistic, words) for end in ("lower", "upper"))
            lines.append(words.say("charts.alt_limits", lower=lower, upper=upper))
    return " ".join(lines)


def value_text(value: float, statistic: str, words: Words) -> str:
    """A value of a chart in the form of its statistic."""
    if statistic == "mean":
        return words.signed(value)
    return words.number(value, 0) if statistic == "distribution" else words.percent(value)
