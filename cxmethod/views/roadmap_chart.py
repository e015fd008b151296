"""The roadmap: what is done in which months, by whom, and what waits for what."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.steps.placement import pairs
from cxmethod.views import style
from cxmethod.views.key import Sign, draw_key
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import NameColumn, fitted, name_column, width_of

_WAVES = {1: style.GREEN, 2: style.AFTER, 3: style.BEFORE}
_ROW, _MOST, _SMALLEST = 0.30, 4.4, 6.2
_LABEL, _NARROW, _WIDE = 0.95, 3.6, 5.0


def roadmap_chart(client: Engagement, result: OpportunityResult) -> Shown:
    """The chosen initiatives as bars over the months, by wave; arrows from what has to be ready first."""
    words, plan = client.words, result.roadmap
    if plan.empty:
        return show_text(words.say("portfolio.roadmap_nothing"))
    names = result.initiatives.set_index("initiative")["name"]
    months = int(client.settings.budget.months)
    title, note = _title(plan, months, words), _note(client, plan, months, words)
    waits = pairs(result.initiatives, "requires")
    waits = waits[waits["option"].isin(plan["initiative"]) & waits["other"].isin(plan["initiative"])]
    with style.house_style():
        shown = name_column(
            names.reindex(plan["initiative"]),
            width=_NARROW - _LABEL - 0.15,
            widest=_WIDE - _LABEL - 0.15,
            row=min(_ROW, _MOST / len(plan)),
            size=8.2,
        )
        left, row = shown.width + _LABEL + 0.15, shown.row
        top = 1.45 + style.second_line(title, style.PAGE)
        figure = Figure(figsize=(style.PAGE, max(top + 1.1 + row * len(plan), 3.4)))
        axes = figure.add_subplot()
        style.frame(figure, left=left, right=0.4, top=top, bottom=1.0)
        _axes(axes, plan, months, words)
        _bars(figure, axes, plan, shown, left)
        _labels(axes, plan, left, words)
        _arrows(axes, plan, waits)
        style.head(figure, title, words.say("portfolio.roadmap_subtitle"), note)
        draw_key(figure, _signs(plan, len(waits) > 0, words), 0.42)
    lines = " ".join(_said(one, names, words) for one in plan.to_dict("records"))
    alt = words.say("portfolio.roadmap_alt", title=title, lines=lines)
    return show_figure(figure, alt=alt, caption=words.say("portfolio.roadmap_caption"))


def _title(plan: pd.DataFrame, months: int, words: Words) -> str:
    last, first = int(plan["end"].max()), int((plan["tranche"] == 1).sum())
    code = "late" if last > months else "first" if first else "plain"
    soon = int((plan["end"] <= 3).sum())
    said = {"last": words.number(last, 0), "months": words.number(months, 0), "first": words.number(first, 0)}
    return words.say(f"portfolio.roadmap_title_{code}", count=len(plan), soon=words.number(soon, 0), **said)


def _note(client: Engagement, plan: pd.DataFrame, months: int, words: Words) -> str:
    parts = [words.say("portfolio.roadmap_note", months=words.number(months, 0))]
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _axes(axes: Axes, plan: pd.DataFrame, months: int, words: Words) -> None:
    last = max(int(plan["end"].max()), months)
    axes.set(xlim=(0, last), ylim=(len(plan) - 0.4, -0.6))
    axes.set_yticks([])
    every = 1 if last <= 18 else 3 if last <= 48 else 6
    centres = [month + 0.5 for month in range(0, last, every)]
    axes.set_xticks(centres, [words.number(month + 0.5, 0) for month in centres])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(words.say("portfolio.roadmap_x"))
    axes.spines[["left", "bottom"]].set_visible(False)
    for month in range(0, last + 1, every):
        axes.axvline(month, color=style.FAINT, linewidth=0.6, zorder=0)
    if last > months:
        axes.axvline(months, color=style.RED, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
        axes.annotate(
            words.say("portfolio.roadmap_horizon"), (months, len(plan) - 0.4), xytext=(-3, 2), textcoords="offset points", ha="right",
            va="bottom", fontsize=7.6, color=style.RED,
        )  # fmt: skip


def _bars(figure: Figure, axes: Axes, plan: pd.DataFrame, names: NameColumn, left: float) -> None:
    size = min(8.2, names.size)
    width = figure.get_size_inches()[0] - left - 0.4
    a_month = width / axes.get_xlim()[1]
    for line, one in enumerate(plan.to_dict("records")):
        colour = _WAVES[int(one["tranche"])]
        axes.barh(line, one["end"] - one["start"], left=one["start"], height=0.62, color=colour, zorder=3)
        axes.annotate(
            names.texts[line], (0, line), xytext=(-8, 0), textcoords="offset points", ha="right", va="center",
            fontsize=names.size, linespacing=1.0, color=style.INK, annotation_clip=False,
        )  # fmt: skip
        if pd.notna(one["owner"]):
            _owner(axes, str(one["owner"]), one, line, size, a_month)


def _owner(axes: Axes, owner: str, one: dict[Any, Any], line: int, size: float, a_month: float) -> None:
    """The owner's name in the bar where it fits, else beside it, on the side that has room."""
    style_: dict[str, Any] = {
        "fontsize": size * 0.92,
        "va": "center",
        "zorder": 6,
        "textcoords": "offset points",
    }
    start, end, last = one["start"], one["end"], axes.get_xlim()[1]
    places: list[tuple[float, float, dict[str, Any]]] = [
        (end - start, start, {"xytext": (5, 0), "color": "white"}),
        (last - end, end, {"xytext": (5, 0), "color": style.INK}),
        (start, start, {"xytext": (-5, 0), "ha": "right", "color": style.INK}),
    ]
    needed = width_of(owner, size * 0.92) + 0.12
    widest = max(places, key=lambda place: place[0])
    room, at, look = next((place for place in places if place[0] * a_month > needed), widest)
    text = owner
    if room * a_month <= needed:
        style_["fontsize"] = _SMALLEST
        text = "\n".join(fitted(style.bounded(owner), max(room * a_month - 0.12, 0.6), _SMALLEST))
    axes.annotate(text, (at, line), linespacing=1.0, **look, **style_)


def _labels(axes: Axes, plan: pd.DataFrame, left: float, words: Words) -> None:
    """Which rows are which wave, so that nobody needs the colour."""
    for number in sorted(set(plan["tranche"].astype(int))):
        lines = plan.index[plan["tranche"] == number]
        axes.annotate(
            words.say("portfolio.roadmap_wave", wave=words.number(number, 0)), (0, lines[0]),
            xytext=(-72 * (left - 0.3), 0), textcoords="offset points", va="center", fontsize=8.2, fontweight="bold",
            color=_WAVES[number], annotation_clip=False,
        )  # fmt: skip
        if lines[0] > 0:
            axes.axhline(lines[0] - 0.5, color=style.FAINT, linewidth=0.8, zorder=0)


def _arrows(axes: Axes, plan: pd.DataFrame, waits: pd.DataFrame) -> None:
    lines = {key: line for line, key in enumerate(plan["initiative"])}
    ends, starts = (
        dict(zip(plan["initiative"], plan[c].astype(float), strict=True)) for c in ("end", "start")
    )
    arrow = {"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 1}
    for option, other in zip(waits["option"], waits["other"], strict=True):
        begin = (ends[other], lines[other])
        end = (starts[option], lines[option])
        bend = {"connectionstyle": "arc3,rad=-0.15" if end[1] > begin[1] else "arc3,rad=0.15"}
        axes.annotate("", end, xytext=begin, arrowprops={**arrow, **bend}, zorder=7)


def _signs(plan: pd.DataFrame, waits: bool, words: Words) -> list[Sign]:
    found = [
        Sign(words.say(f"portfolio.tranche_{wave}"), colour, "s")
        for wave, colour in _WAVES.items()
        if (plan["tranche"] == wave).any()
    ]
    if waits:
        found.append(Sign(words.say("portfolio.roadmap_key_requires"), style.INK, ">"))
    return found


def _said(one: dict[Any, Any], names: pd.Series, words: Words) -> str:
    owner = words.say("portfolio.roadmap_nobody") if pd.isna(one["owner"]) else str(one["owner"])
    return words.say(
        "portfolio.roadmap_alt_line",
        name=names[one["initiative"]],
        owner=owner,
        start=words.number(one["start"] + 1, 0),
        end=words.number(one["end"], 0),
        wave=words.number(one["tranche"], 0),
    )
