"""Waves against their limits: signal or noise."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.monitoring import MonitoringResult
from cxmethod.views import style
from cxmethod.views.readings import named
from cxmethod.views.show import Shown, show_figure

_COLUMNS = 4


def control_charts(client: Engagement, result: MonitoringResult) -> Shown:
    """One small p chart a touchpoint: share who feel badly by wave, baseline and limits, signals in red and named."""
    words = client.words
    names = touchpoints_in_order(client).set_index("touchpoint")["name"]
    signals = result.signals
    groups = {str(t): group for t, group in signals.groupby("touchpoint", sort=False)}
    ordered = [t for t in names.index if t in groups]
    rows = max(math.ceil(len(ordered) / _COLUMNS), 1)
    highest = float(signals[["value", "upper"]].fillna(0.0).max().max()) if len(signals) else 1.0
    top = max(math.ceil(10 * highest + 0.2) / 10, 0.2)
    with style.house_style():
        figure = Figure(figsize=(10.5, 1.25 + 1.75 * rows))
        for place, touchpoint in enumerate(ordered):
            axes = figure.add_subplot(rows, _COLUMNS, place + 1)
            _chart(axes, groups[touchpoint], str(names[touchpoint]), min(top, 1.0), words)
        style.frame(figure, left=0.5, right=0.25, top=1.25, bottom=0.6)
        figure.subplots_adjust(hspace=0.62, wspace=0.22)
        style.head(figure, _title(signals, names, words), words.say("charts.subtitle"), _note(result, words))
    return show_figure(figure, alt=_alternative(groups, names, words), caption=words.say("charts.caption"))


def _chart(axes: Axes, group: pd.DataFrame, name: str, top: float, words: Words) -> None:
    x = range(len(group))
    signal = group["signal"].isin(["beyond", "run"]).to_numpy()
    axes.fill_between(x, group["lower"], group["upper"], step="mid", color=style.BAND, linewidth=0)
    axes.plot(x, group["centre"], color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.plot(x, group["value"], color=style.AFTER, linewidth=1.4, marker="o", markersize=3)
    worse = (group["value"] > group["centre"]).to_numpy()
    for part, colour, marker in ((signal & worse, style.RED, "D"), (signal & ~worse, style.GREEN, "*")):
        size = 10 if marker == "*" else 6
        axes.plot(part.nonzero()[0], group["value"][part], marker, color=colour, markersize=size, zorder=5)
    latest = worse[signal][-1] if signal.any() else None
    colour = style.INK if latest is None else style.RED if latest else style.GREEN
    axes.set_title(
        style.wrapped(name, 30, 1), fontsize=8.4, fontweight="bold", color=colour, loc="left", pad=4
    )
    axes.set(xlim=(-0.5, len(group) - 0.5), ylim=(0, top))
    axes.set_yticks([0, top / 2, top], [words.percent(value) for value in (0, top / 2, top)], fontsize=7)
    ends = [0, len(group) - 1] if len(group) > 1 else [0]
    axes.set_xticks(ends, [str(group["wave"].iloc[end]) for end in ends], fontsize=7)
    axes.spines["left"].set_visible(False)


def _title(signals: pd.DataFrame, names: pd.Series, words: Words) -> str:
    found = signals.loc[signals["signal"].isin(["beyond", "run"]), "touchpoint"].unique()
    if signals.empty:
        return words.say("charts.none")
    if signals["centre"].isna().all():
        return words.say("charts.no_limits")
    if not len(found):
        return words.say("charts.noise")
    return words.say(
        "charts.signals", count=len(found), touchpoints=named([str(names[t]) for t in found], words)
    )


def _note(result: MonitoringResult, words: Words) -> str:
    n = result.signals["n"]
    if not len(n):
        return ""
    low, high = words.number(n.min(), 0), words.number(n.max(), 0)
    baseline = words.number(result.facts["baseline"], 0)
    return words.say("charts.note", n=low if low == high else f"{low}–{high}", baseline=baseline)


def _alternative(groups: dict[str, pd.DataFrame], names: pd.Series, words: Words) -> str:
    lines = [words.say("charts.alt", n=words.number(len(groups), 0))]
    for touchpoint, group in groups.items():
        values = words.join(
            f"{row['wave']} {words.percent(row['value'])}" for row in group.to_dict("records")
        )
        lines.append(
            words.say("charts.alt_line", touchpoint=names.get(touchpoint, touchpoint), values=values)
        )
    return " ".join(lines)
