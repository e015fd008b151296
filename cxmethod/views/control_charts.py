"""Waves against their limits: signal or noise."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.monitoring import MonitoringResult
from cxmethod.views import style
from cxmethod.views.control_words import Told, chart_text, chart_title, value_text
from cxmethod.views.control_words import told as latest_signals
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import fitted, lines_height

_COLUMNS = 4
_SIDES, _BESIDE, _BENEATH = (0.62, 0.28), 0.28, 0.72
"""Margins in inches; between panels, as shares of one."""
_NAME = 8.4
_ROW = 1.85
_MARKS = {"worse": ("D", style.RED, 6), "better": ("*", style.GREEN, 10), "other": ("s", style.INK, 6)}


@dataclass(frozen=True)
class _Panel:
    """What one small chart shows."""

    rows: pd.DataFrame
    name: str
    told: Told | None
    bottom: float
    top: float


def control_charts(
    client: Engagement, result: MonitoringResult, *, statistic: str = "negative_share"
) -> Shown:
    """One small control chart a touchpoint: waves, baseline, limits; signals by shape and colour, named with their wave.

    Parameters
    ----------
    statistic : {"negative_share", "mean", "distribution"}
        The share who feel badly (p or p′), the mean (XmR) or the distribution of emotions (χ²).
    """
    words = client.words
    names = touchpoints_in_order(client).set_index("touchpoint")["name"]
    signals = result.signals[result.signals["statistic"] == statistic]
    if signals.empty:
        return show_text(words.say("charts.nothing" if result.signals.empty else "charts.not_measured"))
    found = latest_signals(signals)
    panels = _panels(signals, names, found, statistic)
    rows = max(math.ceil(len(panels) / _COLUMNS), 1)
    title = chart_title(signals, names, found, statistic, words)
    note = _note(signals, result, words)
    foot = style.note_height(note, style.PAGE) + 0.42
    top = 1.3 + style.second_line(title, style.PAGE)
    with style.house_style():
        across = (style.PAGE - _SIDES[0] - _SIDES[1]) / (_COLUMNS + (_COLUMNS - 1) * _BESIDE)
        shown = [fitted(style.bounded(panel.name), across, _NAME, "bold") for panel in panels]
        # Two lines have their room already.
        more = lines_height(max([0, *(len(lines) - 2 for lines in shown)]), _NAME, 1.2)
        top += more
        tall = _ROW * rows / (rows + (rows - 1) * _BENEATH)
        height = top + _ROW * rows + more * (rows - 1) + foot
        figure = Figure(figsize=(style.PAGE, height))
        for place, (panel, lines) in enumerate(zip(panels, shown, strict=True)):
            axes = figure.add_subplot(rows, _COLUMNS, place + 1)
            _draw(axes, panel, "\n".join(lines), statistic, words)
        style.frame(figure, left=_SIDES[0], right=_SIDES[1], top=top, bottom=foot)
        figure.subplots_adjust(hspace=_BENEATH + more / tall, wspace=_BESIDE)
        style.head(figure, title, words.say(f"charts.subtitle_{statistic}"), note)
    return show_figure(
        figure,
        alt=chart_text(signals, names, found, statistic, words),
        caption=words.say(f"charts.caption_{statistic}"),
    )


def _panels(signals: pd.DataFrame, names: pd.Series, found: dict[str, Told], statistic: str) -> list[_Panel]:
    """In the map's order; one scale for all, but for χ², whose size says nothing beside its own limit."""
    groups = {str(key): rows for key, rows in signals.groupby("touchpoint", sort=False)}
    bottom, top = _ends(signals, statistic)
    return [
        _Panel(
            groups[key], str(names[key]), found.get(key),
            *((bottom, top) if statistic != "distribution" else _ends(groups[key], statistic)),
        )
        for key in names.index
        if key in groups
    ]  # fmt: skip


def _ends(rows: pd.DataFrame, statistic: str) -> tuple[float, float]:
    known = rows[["value", "lower", "upper"]].to_numpy(float)
    known = known[np.isfinite(known)]
    if statistic == "mean":
        edge = max(math.ceil(2 * float(np.abs(known).max(initial=0.4)) + 0.2) / 2, 0.5)
        return -edge, edge
    highest = float(known.max(initial=0.0))
    if statistic == "distribution":
        return 0.0, max(1.25 * highest, 1.0)
    return 0.0, min(max(math.ceil(10 * highest + 0.2) / 10, 0.2), 1.0)


def _draw(axes: Axes, panel: _Panel, name: str, statistic: str, words: Words) -> None:
    rows, x = panel.rows, np.arange(len(panel.rows))
    axes.fill_between(x, rows["lower"], rows["upper"], step="mid", color=style.BAND, linewidth=0)
    for edge in ("lower", "upper"):
        axes.step(x, rows[edge], where="mid", color=style.FAINT, linewidth=0.8)
    axes.plot(x, rows["centre"], color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.plot(x, rows["value"], color=style.AFTER, linewidth=1.4, marker="o", markersize=3)
    _baseline(axes, rows)
    _signals(axes, rows, statistic)
    axes.set(xlim=(-0.6, max(len(rows) - 0.4, 0.6)), ylim=(panel.bottom, panel.top))
    if panel.told is not None:
        _label(axes, panel, statistic, words)
    ticks = sorted({panel.bottom, (panel.bottom + panel.top) / 2, panel.top})
    axes.set_yticks(ticks, [value_text(tick, statistic, words) for tick in ticks], fontsize=7)
    ends = [0, len(rows) - 1] if len(rows) > 1 else [0]
    axes.set_xticks(ends, [style.wrapped(str(rows["wave"].iloc[end]), 14) for end in ends], fontsize=7)
    axes.spines["left"].set_visible(False)
    kind = panel.told.kind if panel.told is not None else ""
    colour = _MARKS[kind][1] if kind else style.INK
    axes.set_title(name, fontsize=_NAME, fontweight="bold", color=colour, loc="left", pad=5)


def _baseline(axes: Axes, rows: pd.DataFrame) -> None:
    """A tick of a line where the baseline ends and its limits begin to be tested."""
    made = rows["baseline"].to_numpy(bool)
    if made.any():
        last = int(np.flatnonzero(made)[-1])
        axes.axvline(last + 0.5, color=style.QUIET, linewidth=0.7, linestyle=(0, (1, 2)))


def _signals(axes: Axes, rows: pd.DataFrame, statistic: str) -> None:
    signal = rows["signal"].isin(["beyond", "run"]).to_numpy(bool)
    up = (rows["value"] > rows["centre"]).to_numpy(bool)
    worse = ~up if statistic == "mean" else up
    parts = {"worse": signal & worse, "better": signal & ~worse}
    if statistic == "distribution":
        parts = {"other": signal}
    for kind, part in parts.items():
        marker, colour, size = _MARKS[kind]
        at = np.flatnonzero(part)
        axes.plot(at, rows["value"].to_numpy()[at], marker, color=colour, markersize=size, zorder=5)


def _label(axes: Axes, panel: _Panel, statistic: str, words: Words) -> None:
    """The wave and value at which the latest signal began, beside its mark, on the side where there is room."""
    assert panel.told is not None
    told = panel.told
    at, value = told.at, told.value
    left = at > (len(panel.rows) - 1) / 2
    high = value > (panel.bottom + panel.top) / 2
    # A run began at a wave without a mark, among the waves that follow it: its label stands clear of their line.
    clear = 9 if pd.notna(panel.rows["signal"].iloc[at]) else 20
    axes.annotate(
        f"{told.since}: {value_text(value, statistic, words)}", (at, value),
        xytext=(-7 if left else 7, -clear if high else clear), textcoords="offset points", ha="right" if left else "left",
        va="center", fontsize=7.5, fontweight="bold", color=_MARKS[told.kind][1], zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
    )  # fmt: skip


def _note(signals: pd.DataFrame, result: MonitoringResult, words: Words) -> str:
    n = signals["n"]
    if not len(n):
        return ""
    low, high = words.number(n.min(), 0), words.number(n.max(), 0)
    baseline = words.number(result.facts["baseline"], 0)
    said = words.say("charts.note", n=low if low == high else f"{low}–{high}", baseline=baseline)
    marks = "charts.marks_other" if (signals["statistic"] == "distribution").all() else "charts.marks"
    return f"{words.say(marks)} · {said}"
