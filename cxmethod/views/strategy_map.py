"""One strategy a touchpoint along the journey, beside what was lived less what was expected, the promise and the owner."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.strategies import ACTING, STRATEGIES
from cxmethod.steps.strategy import StrategyResult
from cxmethod.views import style
from cxmethod.views.readings import named
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.strategy_words import owner, reason
from cxmethod.views.text_fit import NameColumn, name_column

MARKS = {
    "repair": ("v", style.RED),
    "protect": ("s", style.GREEN),
    "elevate": ("^", style.AFTER),
    "simplify": ("D", style.BEFORE),
    "watch": ("o", style.QUIET),
}
"""Shape and colour of each strategy; the column in which a mark stands says the same."""

_ROW = 0.29
_NAMES, _WIDEST = 2.75, 3.6
_COLUMN = 0.72
_FIT = 0.75
_OWNER = 2.0
_BREAK = "✕"


def strategy_map(client: Engagement, result: StrategyResult) -> Shown:
    """The journey from top to bottom, a mark in the column of each touchpoint's strategy.

    At the right the expectation gap with its interval, the fit of the cues and the owner, as far as any is known.
    """
    words, own = client.words, result.touchpoints.reset_index(drop=True)
    if own.empty:
        return show_text(words.say("strategies.none"))
    title, lived = _title(own, words), bool(own["expectation_gap"].notna().any())
    note = _note(client, own)
    with style.house_style():
        rows = name_column(own["name"], width=_NAMES - 0.35, widest=_WIDEST - 0.35, row=_ROW, size=8.4)
        owners = [owner(row, words) for row in own.to_dict("records")]
        owned = name_column(owners, width=_OWNER - 0.22, widest=_OWNER - 0.22, row=rows.row, size=8.0)
        top, height = 1.28 + style.second_line(title, style.PAGE), owned.row * len(own)
        bottom = (0.42 if lived else 0.15) + style.note_height(note, style.PAGE) + 0.12
        figure = Figure(figsize=(style.PAGE, top + bottom + height))
        names = rows.width + 0.35
        column = _COLUMN - (names - _NAMES) / 2 / len(STRATEGIES)
        _marks(_axes(figure, own, names, column * len(STRATEGIES), top, bottom), own, rows, words)
        left = names + column * len(STRATEGIES) + 0.15
        right = style.PAGE - _OWNER - _FIT - 0.1
        if lived:
            _gaps(_axes(figure, own, left, right - left, top, bottom), own, words)
        side = _axes(figure, own, right, _FIT + _OWNER, top, bottom)
        _beside(side, own, owned, words)
        style.head(figure, title, _subtitle(client, lived), note)
    alt = " ".join([f"{title}.", *(f"{row['name']}: {_said(row, words)}" for row in own.to_dict("records"))])
    return show_figure(figure, alt=alt, caption=words.say("strategies.map_caption"))


def _axes(figure: Figure, own: pd.DataFrame, left: float, width: float, top: float, bottom: float) -> Axes:
    """A part of the picture with a line a touchpoint; inches from the edges."""
    across, down = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / down, width / across, (down - top - bottom) / down))
    axes.set(ylim=(len(own) - 0.5, -0.5))
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    for y in range(0, len(own), 2):
        axes.axhspan(y - 0.5, y + 0.5, color=style.BAND, linewidth=0, zorder=0)
    return axes


def _marks(axes: Axes, own: pd.DataFrame, names: NameColumn, words: Words) -> None:
    axes.set(xlim=(-0.5, len(STRATEGIES) - 0.5))
    axes.set_xticks([])
    for x, strategy in enumerate(STRATEGIES):
        marker, colour = MARKS[strategy]
        rows = np.flatnonzero(own["strategy"] == strategy)
        face = "white" if strategy == "watch" else colour
        axes.axvline(x, color=style.FAINT, linewidth=0.6, zorder=1)
        axes.plot(
            np.full(len(rows), x), rows, marker, color=colour, markerfacecolor=face, markersize=8, zorder=3
        )
        heading = f"{code(strategy, words)}\n{words.number(len(rows), 0)}"
        axes.annotate(
            heading, (x, 1), xycoords=("data", "axes fraction"), xytext=(0, 4), textcoords="offset points", ha="center",
            va="bottom", fontsize=8.2, fontweight="bold", color=colour, linespacing=1.15,
        )  # fmt: skip
    for y, name in enumerate(names.texts):
        axes.annotate(
            name, (0, y), xycoords=("axes fraction", "data"), xytext=(-6, 0), textcoords="offset points", ha="right",
            va="center", fontsize=names.size, linespacing=1.0, annotation_clip=False,
        )  # fmt: skip


def _gaps(axes: Axes, own: pd.DataFrame, words: Words) -> None:
    y = np.arange(len(own))
    reach = 1.1 * float(np.nanmax(np.abs(own[["gap_low", "gap_high", "expectation_gap"]].to_numpy(float))))
    axes.set(xlim=(-max(reach, 0.5), max(reach, 0.5)))
    axes.axvline(0, color=style.INK, linewidth=1.0, zorder=2)
    axes.hlines(y, own["gap_low"], own["gap_high"], color=style.AFTER, linewidth=1.4, zorder=3)
    sure = ((own["gap"] == "disappointed") | (own["gap"] == "exceeded")).fillna(False).to_numpy(bool)
    for part, face in ((sure, style.AFTER), (~sure, "white")):
        axes.plot(
            own.loc[part, "expectation_gap"], y[part], "o", color=style.AFTER, markerfacecolor=face, markersize=5, zorder=4
        )  # fmt: skip
    axes.xaxis.set_major_formatter(lambda value, _: words.signed(value))
    axes.locator_params(axis="x", nbins=3)
    axes.tick_params(axis="x", labelsize=7.6)
    _heading(axes, 0.5, words.say("strategies.map_gap"), "center")


def _beside(axes: Axes, own: pd.DataFrame, owned: NameColumn, words: Words) -> None:
    """What the cues say of the promise, and who answers."""
    part = _FIT / (_FIT + _OWNER)
    axes.set(xlim=(0, 1))
    axes.set_xticks([])
    _heading(axes, 0.85 * part, words.say("strategies.map_fit"), "right")
    _heading(axes, part + 0.03, words.say("strategies.map_owner"), "left")
    for y, row in enumerate(own.to_dict("records")):
        broken = row["fit"] == "breaks" if pd.notna(row["fit"]) else False
        fit = "—" if pd.isna(row["theme_fit"]) else words.signed(row["theme_fit"])
        look: dict[str, Any] = {"fontsize": 8.0, "va": "center"}
        bold = "bold" if broken else "normal"
        text = f"{_BREAK} {fit}" if row["contradiction"] else fit
        colour = style.RED if broken else style.INK
        axes.text(0.85 * part, y, text, ha="right", color=colour, fontweight=bold, **look)
        missing = pd.isna(row["owner"]) and row["strategy"] in ACTING
        axes.text(
            part + 0.03, y, owned.texts[y], ha="left", va="center", color=style.RED if missing else style.INK,
            fontsize=owned.size, linespacing=1.0, fontstyle="italic" if missing else "normal",
        )  # fmt: skip


def _heading(axes: Axes, x: float, text: str, side: Any) -> None:
    axes.annotate(
        text, (x, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points", ha=side, va="bottom",
        fontsize=8.2, fontweight="bold", color=style.QUIET,
    )  # fmt: skip


def _title(own: pd.DataFrame, words: Words) -> str:
    """The strategy that calls loudest, and where."""
    for strategy in ACTING:
        names = [str(name) for name in own.loc[own["strategy"] == strategy, "name"]]
        if names and not (strategy == "protect" and (own["strategy"] == "elevate").any()):
            return words.say(f"strategies.title_{strategy}", names=named(names, words))
    unknown = bool((own["kind"] == "insufficient").all())
    return words.say("strategies.title_unknown" if unknown else "strategies.title_watch")


def _subtitle(client: Engagement, lived: bool) -> str:
    if not lived:
        return client.words.say("strategies.map_subtitle")
    confidence = client.words.percent(client.settings.thresholds.confidence)
    return client.words.say("strategies.map_subtitle_gap", confidence=confidence)


def _note(client: Engagement, own: pd.DataFrame) -> str:
    words, parts = client.words, []
    n = own["gap_n"].dropna()
    if len(n):
        low, high = (words.number(end, 0) for end in (n.min(), n.max()))
        parts.append(words.say("strategies.map_note_n", low=low, high=high))
    if own["theme_fit"].notna().any():
        parts.append(words.say("strategies.map_note_fit"))
    if own["contradiction"].any():
        parts.append(words.say("strategies.map_note_contradiction"))
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _said(row: dict[Any, Any], words: Words) -> str:
    return f"{code(str(row['strategy']), words)}. {reason(row, words)}"
