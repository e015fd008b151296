"""Initiatives before and after they were done: how many points fewer, or more, feel badly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.monitoring import MonitoringResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, Series
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import NameColumn, name_column

_ROW = 0.62
_LABEL = 3.6
_BESIDE = 1.9
_MARKS = {"better": ("*", style.GREEN, 13), "worse": ("D", style.RED, 7), "unclear": ("o", style.QUIET, 7)}


def before_after(client: Engagement, result: MonitoringResult) -> Shown:
    """A line an initiative and touchpoint: the difference in points with its interval, and both shares beside it.

    An initiative whose interval holds zero, or that is not told apart after Holm's adjustment, is drawn hollow.
    """
    words, limits = client.words, client.settings.thresholds
    rows = _judged(result.initiatives, limits.significance)
    if rows.empty:
        return show_text(words.say("initiatives.none"))
    title = _title(rows, words)
    note = words.say("initiatives.note")
    top = 1.3 + style.second_line(title, style.PAGE)
    foot = style.note_height(note, style.PAGE) + 0.62
    with style.house_style():
        names = _names(rows)
        figure, axes = style.new_figure(style.PAGE, top + names.row * len(rows) + foot)
        style.frame(figure, left=_LABEL, right=_BESIDE, top=top, bottom=foot)
        _draw(axes, rows, names, words)
        style.head(figure, title, words.say("initiatives.subtitle"), note)
        _headings(figure, top, words)
    return show_figure(
        figure,
        alt=_alternative(rows, title, words),
        caption=words.say("initiatives.caption"),
        chart=_chart(rows, title, note, words),
    )


def _judged(initiatives: pd.DataFrame, significance: float) -> pd.DataFrame:
    """Points, and what is said of them; the clearest improvement first."""
    moved = initiatives["p_adjusted"] < significance
    said = np.select(
        [moved & (initiatives["difference"] < 0), moved & (initiatives["difference"] > 0)],
        ["better", "worse"],
        "unclear",
    )
    points = 100 * initiatives[["difference", "low", "high"]]
    return initiatives.assign(**points, said=said).sort_values("difference", kind="stable", ignore_index=True)


def _names(rows: pd.DataFrame) -> NameColumn:
    """What stands beside each row: the initiative, and beneath it the touchpoint with its wave."""
    said = [f"{row['initiative']}\n{row['name']} ({row['done_wave']})" for row in rows.to_dict("records")]
    return name_column(
        said, width=_LABEL - 0.4, widest=_LABEL - 0.4, row=_ROW, size=8.5, longest=2 * style.LONGEST + 40
    )


def _draw(axes: Axes, rows: pd.DataFrame, names: NameColumn, words: Words) -> None:
    y = -np.arange(len(rows), dtype=float)
    edge = max(float(rows[["low", "high"]].abs().to_numpy().max(initial=0.0)) * 1.1, 10.0)
    axes.axvline(0, color=style.QUIET, linewidth=0.9)
    for said, (marker, colour, size) in _MARKS.items():
        own = rows["said"].to_numpy() == said
        axes.hlines(y[own], rows.loc[own, "low"], rows.loc[own, "high"], color=colour, linewidth=1.6)
        face = "white" if said == "unclear" else colour
        axes.plot(
            rows.loc[own, "difference"], y[own], marker, color=colour, markersize=size, markerfacecolor=face
        )
    axes.set(xlim=(-edge, edge), ylim=(y.min(initial=0) - 0.6, 0.6))
    axes.set_yticks(y, names.texts, fontsize=names.size, linespacing=1.0, color=style.INK)
    ticks = [-round(edge / 10) * 5, 0, round(edge / 10) * 5]
    axes.set_xticks(ticks, [words.signed(tick, 0) for tick in ticks], fontsize=8)
    axes.spines["left"].set_visible(False)
    for place, row in zip(y, rows.to_dict("records"), strict=True):
        axes.annotate(
            f"{words.percent(row['before'])} → {words.percent(row['after'])}", (1, place),
            xycoords=("axes fraction", "data"), xytext=(12, 0), textcoords="offset points", va="center", fontsize=9,
            fontweight="bold", color=_MARKS[row["said"]][1],
        )  # fmt: skip


def _headings(figure: Figure, top: float, words: Words) -> None:
    """Over the axis, which side is which; over the shares, what they are."""
    width, height = figure.get_size_inches()
    y = 1 - (top - 0.12) / height
    middle = (_LABEL + (width - _BESIDE)) / 2 / width
    small: dict[str, Any] = {"fontsize": 8.0, "color": style.QUIET, "va": "bottom"}
    figure.text(middle - 0.012, y, words.say("initiatives.fewer"), ha="right", **small)
    figure.text(middle + 0.012, y, words.say("initiatives.more"), ha="left", **small)
    figure.text((width - _BESIDE + 0.17) / width, y, words.say("initiatives.shares"), ha="left", **small)


def _chart(rows: pd.DataFrame, title: str, note: str, words: Words) -> Chart:
    """A bar an initiative and touchpoint, in points, each with both shares."""
    measure = words.say("initiatives.subtitle")
    names = [f"{row['initiative']} · {row['name']} ({row['done_wave']})" for row in rows.to_dict("records")]
    blank = [None] * len(rows)
    series = Series(measure, rows["difference"], rows["low"], rows["high"], blank, "o", style.AFTER)
    shares = [
        (name, float(row["difference"]), f"{words.percent(row['before'])} → {words.percent(row['after'])}")
        for name, row in zip(names, rows.to_dict("records"), strict=True)
    ]
    return Chart(
        "bar",
        title,
        measure,
        note,
        "",
        names,
        words.say("label.difference_points"),
        "signed",
        [series],
        shares,
    )


def _title(rows: pd.DataFrame, words: Words) -> str:
    best = rows.iloc[0]
    if best["said"] == "better":
        return words.say(
            "initiatives.better", initiative=best["initiative"], touchpoint=best["name"],
            before=words.percent(best["before"]), after=words.percent(best["after"]),
        )  # fmt: skip
    worst = rows.iloc[-1]
    if worst["said"] == "worse":
        return words.say(
            "initiatives.worse", initiative=worst["initiative"], touchpoint=worst["name"],
            before=words.percent(worst["before"]), after=words.percent(worst["after"]),
        )  # fmt: skip
    return words.say("initiatives.unclear")


def _alternative(rows: pd.DataFrame, title: str, words: Words) -> str:
    lines = [
        words.say(
            "initiatives.alt", initiative=row["initiative"], touchpoint=row["name"], difference=words.signed(row["difference"]),
            low=words.signed(row["low"]), high=words.signed(row["high"]),
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return " ".join([f"{title}.", *lines])
