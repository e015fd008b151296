"""What customers said, by phase and kind: where it weighs, and what nobody answers."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.themes import WORRIES
from cxmethod.views import style
from cxmethod.views.markup import paragraph
from cxmethod.views.phase_labels import LEADING, PhaseLabels, phase_labels
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_figure
from cxmethod.views.theme_rows import NOWHERE, of_persona, phase_names, theme_rows

_KINDS = (*WORRIES, "trigger", "motivation", "need", "expectation", "goal")
"""Rows from above: what holds customers back, then what moves them."""
_SPREAD = 3
"""So many phases with as many worries each have no first."""
_LEFT, _RIGHT, _BOTTOM, _ROW = 1.25, 0.25, 0.82, 0.46
_COLUMNS = (0.95, 1.3)
"""A column's width in inches: the least, and the most."""
_WIDTHS = (8.2, 9.4)
_LABELS = 0.45
"""Inches above the table that the phases' names have in any case."""


def themes_map(client: Engagement, result: MotivationsResult, persona: str = ALL) -> Shown:
    """Statements by kind (rows) and phase (columns): how many, how intense, and how many worries wait for an answer.

    What holds customers back stands above what moves them, in another colour; the more statements, the darker. Where nothing
    was said a sentence says how to collect it.

    Parameters
    ----------
    persona : str
        Whose statements; ``all`` for everyone's.
    """
    words = client.words
    own = theme_rows(result, persona)
    if own.empty:
        text = words.say("motivations.no_statements")
        return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})
    columns = phase_names(client, own)
    title = of_persona(client, _title(own, columns, words), persona)
    with style.house_style():
        figure = _drawn(client, own, columns, title)
    return show_figure(
        figure, alt=_alternative(title, own, columns, words), caption=words.say("motivations.map_caption")
    )


def _drawn(client: Engagement, own: pd.DataFrame, columns: dict[str, str], title: str) -> Figure:
    words = client.words
    kinds = [kind for kind in _KINDS if (own["kind"] == kind).any()]
    width = _width(len(columns))
    column = (width - _LEFT - _RIGHT) / len(columns)
    bands = [(column * place, column * (place + 1)) for place in range(len(columns))]
    labels = phase_labels(list(columns.values()), bands)
    top = 1.5 + style.second_line(title, width) + max(labels.height - _LABELS, 0)
    height = top + _ROW * len(kinds) + _BOTTOM
    figure = Figure(figsize=(width, height))
    across = (width - _LEFT - _RIGHT) / width
    axes = figure.add_axes((_LEFT / width, _BOTTOM / height, across, _ROW * len(kinds) / height))
    axes.set(xlim=(0, len(columns)), ylim=(len(kinds), 0))
    axes.axis("off")
    _names(axes, kinds, labels, column, words)
    most = float(own["n"].max())
    for row in own.to_dict("records"):
        place = list(columns).index(row["phase"]), kinds.index(row["kind"])
        _cell(axes, *place, row, most, words)
    style.head(figure, title, words.say("motivations.map_subtitle"), _note(client, own))
    return figure


def _width(columns: int) -> float:
    """As wide as the phases want, up to what a page holds; more phases than that narrow the columns, then go beyond."""
    (least, most), (narrow, wide) = _COLUMNS, _WIDTHS
    beside = _LEFT + _RIGHT
    return max(narrow, min(wide, beside + most * columns), beside + least * columns)


def _names(axes: Axes, kinds: list[str], labels: PhaseLabels, column: float, words: Words) -> None:
    for middle, name in zip(labels.middles, labels.texts, strict=True):
        axes.annotate(
            name, (middle / column, 0), xytext=(0, 5), textcoords="offset points", ha="center", va="bottom",
            fontsize=labels.size, fontweight="bold", linespacing=LEADING,
        )  # fmt: skip
    for y, kind in enumerate(kinds):
        axes.annotate(
            code(kind, words), (0, y + 0.5), xytext=(-8, 0), textcoords="offset points", ha="right", va="center",
            fontsize=9, color=_colour(kind), fontweight="bold",
        )  # fmt: skip


def _colour(kind: str) -> str:
    return style.BEFORE if kind in WORRIES else style.AFTER


def _cell(axes: Axes, x: int, y: int, row: dict[Any, Any], most: float, words: Words) -> None:
    waiting = 0 if pd.isna(row["unanswered"]) else int(row["unanswered"])
    box = FancyBboxPatch(
        (x + 0.03, y + 0.06), 0.94, 0.88, boxstyle="round,pad=0,rounding_size=0.05", mutation_aspect=2,
        facecolor=_colour(row["kind"]), alpha=0.06 + 0.17 * row["n"] / most, linewidth=0,
    )  # fmt: skip
    axes.add_patch(box)
    axes.text(x + 0.12, y + 0.5, words.number(row["n"], 0), fontsize=13, fontweight="bold", va="center")
    known = pd.notna(row["intensity"])
    look: dict[str, Any] = {"fontsize": 7.8, "va": "center"}
    if known:
        text = words.say("motivations.map_short", intensity=words.number(row["intensity"]))
        axes.text(x + 0.4, y + (0.33 if waiting else 0.5), text, color=style.INK, **look)
    if waiting:
        text = f"◆ {words.number(waiting, 0)}"
        axes.text(x + 0.4, y + (0.7 if known else 0.5), text, color=style.RED, fontweight="bold", **look)


def _title(own: pd.DataFrame, columns: dict[str, str], words: Words) -> str:
    """About which phase most worries were heard, and how many of all wait for an answer."""
    held = own[own["kind"].isin(WORRIES)]
    if held.empty:
        return words.say("motivations.title_no_worries")
    by_phase = held.groupby("phase")["n"].sum().reindex(list(columns)).dropna()
    most = by_phase[by_phase == by_phase.max()]
    waiting, total = int(held["unanswered"].sum()), int(by_phase.sum())
    answer = "motivations.title_waiting" if waiting else "motivations.title_answered"
    names = words.join(columns[str(key)] for key in most.index)
    n = words.number(most.iloc[0], 0)
    first = words.say("motivations.title_most", names=names, n=n, total=words.number(total, 0))
    text = words.say(answer, count=waiting, text=first)
    lines = style.title_lines(text, _width(len(columns)))
    if len(lines) <= 2 and len(most) < _SPREAD and NOWHERE not in most.index:
        return text
    return words.say(answer, count=waiting, text=words.say("motivations.title_heard", count=total))


def _note(client: Engagement, own: pd.DataFrame) -> str:
    words, limits = client.words, client.settings.thresholds
    people = int(own["of"].iloc[0])
    parts = [
        words.say("motivations.map_n", n=words.number(own["n"].sum(), 0), people=words.number(people, 0))
    ]
    if people < limits.min_n:
        parts.append(words.say("motivations.map_indicative", n=words.number(limits.min_n, 0)))
    return " · ".join(parts)


def _alternative(title: str, own: pd.DataFrame, columns: dict[str, str], words: Words) -> str:
    lines = []
    for key, name in columns.items():
        rows = own[own["phase"] == key]
        themes = words.join(_said(row, words) for row in rows.to_dict("records")) if len(rows) else words.say(
            "motivations.silence"
        )  # fmt: skip
        lines.append(words.say("motivations.map_alt_phase", phase=name, themes=themes))
    return " ".join([words.say("motivations.map_alt", message=title), *lines])


def _said(row: dict[Any, Any], words: Words) -> str:
    text = f"{code(row['kind'], words)} {words.number(row['n'], 0)}"
    about = []
    if pd.notna(row["intensity"]):
        about.append(words.say("motivations.map_intensity", intensity=words.number(row["intensity"])))
    if pd.notna(row["unanswered"]) and row["unanswered"] > 0:
        about.append(words.say("motivations.map_waiting", n=words.number(row["unanswered"], 0)))
    return f"{text} ({'; '.join(about)})" if about else text
