"""What a set of control charts says: its title, its alternative text, the latest signal of each touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.language import Words
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
    at : int
        That wave's place on the chart.
    value : float
        Its value.
    kind : str
        ``worse``, ``better`` or ``other``: a distribution has no better end.
    """

    since: str
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
    rows = signals.assign(at=signals.groupby("touchpoint").cumcount())
    loud = rows["signal"].notna() & ~rows["baseline"].astype(bool)
    up = rows["value"] > rows["centre"]
    label = loud.astype(str) + up.astype(str)
    stretch = (label != label.groupby(rows["touchpoint"]).shift()).cumsum()
    found = rows.assign(stretch=stretch, up=up)[loud]
    last = found.groupby("touchpoint")["stretch"].transform("max")
    first = found[found["stretch"] == last].drop_duplicates("touchpoint")
    return {
        str(row["touchpoint"]): Told(str(row["wave"]), int(row["at"]), float(row["value"]), _kind(row))
        for row in first.to_dict("records")
    }


def _kind(row: Mapping[Any, Any]) -> str:
    if row["statistic"] == "distribution":
        return "other"
    return "better" if bool(row["up"]) == (row["statistic"] == "mean") else "worse"


def chart_title(
    signals: pd.DataFrame, names: pd.Series, found: dict[str, Told], statistic: str, words: Words
) -> str:
    """Signal or noise, where, since when."""
    if signals.empty:
        return words.say("charts.none")
    if signals["centre"].isna().all():
        return words.say("charts.no_limits")
    if not found:
        return words.say("charts.noise")
    where = [key for key in names.index if key in found]
    if len(where) > _TITLED:
        points = named([str(names[key]) for key in where], words)
        return words.say("charts.signals", count=len(where), touchpoints=points)
    dated = [
        words.say(f"charts.since_{found[key].kind}", touchpoint=str(names[key]), wave=found[key].since)
        for key in where
    ]
    return words.say("charts.signals", count=len(where), touchpoints=words.join(dated))


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
