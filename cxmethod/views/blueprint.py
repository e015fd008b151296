"""The service blueprint: the journey above the line of visibility; processes, owners and bottlenecks below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.processes import ProcessResult
from cxmethod.views import style
from cxmethod.views.blueprint_parts import (
    OWNER_LETTERS,
    ROW,
    SMALL,
    Box,
    Lane,
    lanes,
    marked_ranks,
    wrapped_name,
)
from cxmethod.views.blueprint_words import alternative, shown_kind, title
from cxmethod.views.key import ROW as KEY_ROW
from cxmethod.views.key import Sign, draw_key, key_rows
from cxmethod.views.labels import text_size
from cxmethod.views.phase_labels import LEADING, PhaseLabels, phases_of
from cxmethod.views.show import Shown, show_figure, show_text

_TURN = 60
_LEFT, _RIGHT = 1.72, 1.0
_LANE_GAP = 0.07
_PHASE = 0.32
_LETTERS = 24
"""Of a line of a touchpoint's name, at least."""
_MARKS: dict[str, tuple[str, str, float]] = {
    "red": ("D", style.RED, 9), "value": ("*", style.GREEN, 13), "": ("o", style.QUIET, 6),
}  # fmt: skip
_ON_BAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
_BESIDE = {"facecolor": "white", "edgecolor": "none", "alpha": 0.65, "pad": 0.4}
_NAME: dict[str, Any] = {"fontsize": SMALL, "linespacing": 1.02, "rotation": _TURN, "rotation_mode": "anchor"}


@dataclass(frozen=True)
class _Plan:
    """Heights of the parts, in inches from the foot of the plot, and what stands in them."""

    points: pd.DataFrame
    lanes: list[Lane]
    uncovered: pd.DataFrame
    handed: pd.DataFrame
    marks: float
    line: float
    named: PhaseLabels
    phase: float


def blueprint(client: Engagement, result: ProcessResult) -> Shown:
    """Phases and touchpoints with their channel above the line of visibility; below it each owner's lane of processes.

    Red and value points and the first three bottlenecks are marked by shape and label, hand-overs between owners by an
    arrow on the line, red points that nobody works on by a cross.
    """
    words = client.words
    points = result.links.drop_duplicates("touchpoint").sort_values("position", ignore_index=True)
    if points.empty:
        return show_text(words.say("processes.no_journey"))
    with style.house_style():
        width = max(12.2, 2.75 + 0.48 * len(points))
        column = (width - _LEFT - _RIGHT) / len(points)
        figure, axes = style.new_figure(width, 6)
        wide, tall = _leaning(figure, points, column)
        width += wide
        message = title(result, words, int(width * 9.2))
        plan = _planned(figure, points, result, words, column)
        signs = _signs(plan, result, words)
        top = 0.72 + style.second_line(message, width) + tall
        bottom = 0.55 + KEY_ROW * len(key_rows(figure, signs))
        figure.set_size_inches(width, top + plan.marks + bottom)
        style.frame(figure, left=_LEFT, right=_RIGHT + wide, top=top, bottom=bottom)
        _ground(axes, plan, words)
        _journey(axes, plan)
        _below(axes, plan, words)
        draw_key(figure, signs, bottom=0.40)
        style.head(figure, message, words.say("processes.subtitle"), _note(client, result))
    return show_figure(figure, alt=alternative(result, words), caption=words.say("processes.caption"))


def _planned(
    figure: Figure, points: pd.DataFrame, result: ProcessResult, words: Words, column: float
) -> _Plan:
    table = result.processes.set_index("process")
    ranks = marked_ranks(result.processes)
    hours = {
        process: words.say("processes.hours", hours=words.number(table["waiting_hours"][process], 0))
        for process in ranks
    }
    texts = {
        str(key): wrapped_name(str(name), hours.get(str(key), "")) for key, name in table["name"].items()
    }
    nobody = words.say("processes.no_owner")
    found = lanes(figure, result.links, result.processes, texts, column, nobody)
    uncovered = points[(points["kind"] == "red").fillna(False) & points["process"].isna()]
    below = sum(lane.height for lane in found) + (ROW if len(uncovered) else 0)
    line = below + (len(found) + 1) * _LANE_GAP + 0.12
    named = phases_of(points, column)
    phase = max(_PHASE, named.height + 0.06)
    return _Plan(points, found, uncovered, result.handovers, line + 0.16 + phase + 0.14, line, named, phase)


def _leaning(figure: Figure, points: pd.DataFrame, column: float) -> tuple[float, float]:
    """Inches that the leaning names and channels need: beyond the right margin, and above the marks."""
    both = zip(_names(points), _channels(points), strict=True)
    sizes = [[text_size(figure, text, **_NAME) for text in texts] for texts in both]
    room = (len(points) - points["position"] + 0.5) * column + _RIGHT - 0.3
    wide = [max(wide for wide, _ in own) - left for own, left in zip(sizes, room, strict=True)]
    return max([0.0, *wide]), max(tall for own in sizes for _, tall in own) + 0.26


def _names(points: pd.DataFrame) -> list[str]:
    """Two lines each: a third would reach into the next touchpoint's channel."""
    names = [str(name) for name in points["name"]]
    letters = style.letters_for(names, 2, _LETTERS)
    return [style.wrapped(name, letters) for name in names]


def _channels(points: pd.DataFrame) -> list[str]:
    return ["" if pd.isna(channel) else style.bounded(str(channel)) for channel in points["channel"]]


def _ground(axes: Axes, plan: _Plan, words: Words) -> None:
    """Phases, the line of visibility with its hand-overs, the lanes."""
    count = len(plan.points)
    axes.set_xlim(0.5, count + 0.5)
    axes.set_ylim(0, plan.marks)
    axes.set_axis_off()
    foot = plan.marks - 0.14 - plan.phase
    for place, (_, phase) in enumerate(plan.points.groupby("phase_name", sort=False, dropna=False)):
        left, right = phase["position"].min() - 0.5, phase["position"].max() + 0.5
        axes.fill_between(
            [left + 0.03, right - 0.03], foot, foot + plan.phase, color=style.BAND if place % 2 else style.FAINT, linewidth=0
        )  # fmt: skip
    for text, middle in zip(plan.named.texts, plan.named.middles, strict=True):
        axes.text(
            middle / _inches(axes), foot + plan.phase / 2, text, ha="center", va="center", fontsize=plan.named.size,
            fontweight="bold", linespacing=LEADING,
        )  # fmt: skip
    axes.plot([0.5, count + 0.5], [plan.line] * 2, color=style.INK, linewidth=1.3, linestyle=(0, (5, 3)))
    _beside(axes, plan.line, words.say("processes.line"), style.INK, "bold")
    if plan.handed.empty:
        return
    between = (plan.handed["position"] + plan.handed["next_position"]) / 2
    axes.plot(
        between, np.full(len(between), plan.line), ">", color=style.BEFORE, markersize=8, markeredgecolor="white",
        clip_on=False, zorder=6,
    )  # fmt: skip


def _inches(axes: Axes) -> float:
    """Inches of one touchpoint."""
    width = axes.figure.get_figure(root=True).get_size_inches()[0]
    return float(axes.get_position().width * width / np.ptp(axes.get_xlim()))


def _beside(axes: Axes, y: float, text: str, colour: str, weight: str = "normal") -> None:
    axes.annotate(
        style.wrapped(text, OWNER_LETTERS), (0, y), xycoords=("axes fraction", "data"), xytext=(-8, 0), textcoords="offset points",
        ha="right", va="center", fontsize=8, color=colour, fontweight=weight, linespacing=1.05, annotation_clip=False,
    )  # fmt: skip


def _journey(axes: Axes, plan: _Plan) -> None:
    """Touchpoints with their names and channels, each by the shape of its kind."""
    rows = plan.points.assign(text=_names(plan.points), by=_channels(plan.points)).to_dict("records")
    for row in rows:
        kind = shown_kind(row["kind"])
        marker, colour, size = _MARKS[kind]
        face = "white" if kind and str(row["status"]) != "confirmed" else colour
        axes.plot(
            row["position"], plan.marks, marker, color=colour, markerfacecolor=face, markersize=size, markeredgewidth=1.5,
            clip_on=False, zorder=8,
        )  # fmt: skip
        known = pd.notna(row["channel"])
        weight = "bold" if kind else "normal"
        _lean(
            axes,
            row["position"],
            plan.marks,
            row["text"],
            10 if known else 0,
            colour if kind else style.INK,
            weight,
        )
        if known:
            _lean(axes, row["position"], plan.marks, row["by"], 0, style.QUIET)


def _lean(
    axes: Axes, x: float, y: float, text: str, lift: float, colour: str, weight: str = "normal"
) -> None:
    """A leaning text above a mark; `lift` points across its own line, so that two stand side by side."""
    turn = np.radians(_TURN)
    offset = (3 - lift * np.sin(turn), 9 + lift * np.cos(turn))
    axes.annotate(
        text, (x, y), xytext=offset, textcoords="offset points", ha="left", va="bottom", color=colour,
        fontweight=weight, annotation_clip=False, **_NAME,
    )  # fmt: skip


def _below(axes: Axes, plan: _Plan, words: Words) -> None:
    """The lanes, and from each touchpoint a thread down to what is done for it."""
    y = plan.line - 0.12
    if len(plan.uncovered):
        middle = y - ROW / 2
        _beside(axes, middle, words.say("processes.nobody"), style.RED, "bold")
        for x in plan.uncovered["position"]:
            _thread(axes, x, plan.line, middle, red=True)
            axes.plot(x, middle, "X", color=style.RED, markersize=9, markeredgecolor="white", zorder=8)
        y -= ROW
    for lane in plan.lanes:
        y -= _LANE_GAP
        axes.plot(
            [0.5 - (_LEFT - 0.3) / _inches(axes), len(plan.points) + 0.5], [y + _LANE_GAP / 2] * 2, color=style.FAINT, linewidth=0.8,
            clip_on=False, zorder=1,
        )  # fmt: skip
        middle = y - lane.height / 2
        colour, weight = (style.INK, "normal") if lane.owner else (style.RED, "bold")
        _beside(axes, middle, lane.label.replace("\n", " "), colour, weight)
        first = middle + lane.rows * lane.row / 2
        for box in lane.boxes:
            _draw_box(axes, plan, box, first - (box.row + 0.5) * lane.row)
        y -= lane.height


def _thread(axes: Axes, x: float, top: float, foot: float, *, red: bool) -> None:
    colour = style.RED if red else style.FAINT
    axes.plot([x, x], [top, foot], color=colour, linewidth=0.9, alpha=0.8, zorder=2)


def _draw_box(axes: Axes, plan: _Plan, box: Box, y: float) -> None:
    reds = set(plan.points.loc[(plan.points["kind"] == "red").fillna(False), "position"])
    for x in box.columns:
        _thread(axes, x, plan.line, y, red=x in reds)
    axes.plot(
        [box.columns[0], box.columns[-1]],
        [y, y],
        color=style.AFTER,
        linewidth=2.2,
        solid_capstyle="round",
        zorder=4,
    )
    axes.plot(box.columns, [y] * len(box.columns), "s", color=style.AFTER, markersize=6, zorder=5)
    if box.rank:
        x = box.columns[-1 if box.side == "right" else 0]
        axes.plot(x, y, "v", color=style.RED, markersize=16, markeredgecolor="white", zorder=6)
        axes.annotate(
            str(box.rank), (x, y), xytext=(0, 1.8), textcoords="offset points", ha="center", va="center", fontsize=7,
            color="white", fontweight="bold", zorder=7,
        )  # fmt: skip
    end, side = (box.columns[-1 if box.side == "right" else 0], -1 if box.side == "left" else 1)
    axes.annotate(
        box.text, (end, y), xytext=(side * 11, 0), textcoords="offset points", ha="right" if side < 0 else "left",
        va="center", fontsize=SMALL, linespacing=1.0, zorder=9, annotation_clip=False,
        fontweight="bold" if box.rank else "normal", bbox=_ON_BAR if box.side == "over" else _BESIDE,
    )  # fmt: skip


def _signs(plan: _Plan, result: ProcessResult, words: Words) -> list[Sign]:
    kinds = set(plan.points["kind"].dropna())
    known = {
        "red": ("red" in kinds, style.RED, "D"),
        "value": ("value" in kinds, style.GREEN, "*"),
        "process": (bool(plan.lanes), style.AFTER, "s"),
        "bottleneck": (bool(marked_ranks(result.processes)), style.RED, "v"),
        "handover": (bool(len(plan.handed)), style.BEFORE, ">"),
        "uncovered": (bool(len(plan.uncovered)), style.RED, "X"),
    }
    return [
        Sign(words.say(f"processes.sign_{name}"), colour, marker)
        for name, (there, colour, marker) in known.items()
        if there
    ]


def _note(client: Engagement, result: ProcessResult) -> str:
    """How much is not drawn, what was measured, and the day of the evidence."""
    words, table = client.words, result.processes
    idle, measured = int(table["touchpoints"].isna().sum()), int(table["measured"].notna().sum())
    parts = [words.say("processes.suspected")]
    if measured:
        parts.append(words.say("processes.measured", count=measured))
    if idle:
        parts.append(words.say("processes.idle", count=idle))
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)
