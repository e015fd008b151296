"""The explosion of cells as a multiplication that one can read: each dimension multiplies all that stood before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.scope import ScopeResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, Series
from cxmethod.views.show import Shown, show_figure, show_text

_ROW = 0.62
_BAR = 0.36


def explosion(client: Engagement, scope: ScopeResult) -> Shown:
    """Cells of the map (x) after each dimension (y): of the whole map, and of what the cut leaves of it."""
    words, facts = client.words, scope.facts
    steps = scope.size[scope.size["dimension"] != "cells"].reset_index(drop=True)
    if not facts["touchpoints"]:
        return show_text(words.say("study.no_touchpoints"))
    cut = facts["cells_kept"] < facts["cells"]
    said: dict[str, Any] = {
        "cells": words.number(facts["cells"], 0),
        "kept": words.number(facts["cells_kept"], 0),
    }
    title = words.say(
        "study.explosion_title_cut" if cut else "study.explosion_title", count=facts["cells"], **said
    )
    unknown = [words.say(f"study.unknown_{name}") for name in steps.loc[steps["count"] == 0, "dimension"]]
    note = words.say("study.explosion_note")
    if unknown:
        note = words.say("study.explosion_unknown", note=note, names=words.join(unknown))
    names = [_name(row, words) for row in steps.to_dict("records")]
    top = 1.15 + style.second_line(title, style.PAGE)
    bottom = 0.35 + style.note_height(note, style.PAGE)
    with style.house_style():
        figure = Figure(figsize=(style.PAGE, top + bottom + _ROW * len(steps)))
        axes = figure.add_subplot()
        style.frame(figure, left=2.3, right=2.6, top=top, bottom=bottom)
        _draw(axes, steps, names, words, cut=cut)
        style.head(figure, title, words.say("study.explosion_subtitle"), note)
    alt = words.say("study.explosion_alt", title=title, steps=_told(steps, names, words, cut=cut))
    chart = _chart(steps, names, title, note, words, cut=cut)
    return show_figure(figure, alt=alt, caption=words.say("study.explosion_caption"), chart=chart)


def _draw(axes: Axes, steps: pd.DataFrame, names: list[str], words: Words, *, cut: bool) -> None:
    rows = range(len(steps))
    most = float(steps["product"].max())
    lines = [("product", style.QUIET if cut else style.AFTER, -_BAR / 2 if cut else 0, "study.whole_map")]
    lines += [("kept_product", style.AFTER, _BAR / 2, "study.after_cut")] if cut else []
    for column, colour, shift, code in lines:
        places, sums = [row + shift for row in rows], _sums(steps, column, words)
        values = steps[column].to_list()
        axes.barh(places, values, height=_BAR * 0.86, color=colour, zorder=2)
        for place, value, text in zip(places, values, sums, strict=True):
            said = words.say(code, cells=text) if place == places[-1] and cut else text
            axes.annotate(
                said, (value, place), xytext=(5, 0), textcoords="offset points", va="center", color=colour
            )
    axes.set_yticks(list(rows), names, color=style.INK)
    axes.set_ylim(len(steps) - 0.4, -0.6)
    axes.set_xlim(0, most)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _sums(steps: pd.DataFrame, column: str, words: Words) -> list[str]:
    """Each product as it comes about: 4, 4 × 6 = 24, 4 × 16 = 64, 64 × 3 = 192."""
    counts = steps[column.replace("product", "count")].clip(lower=1)
    before = steps[column].shift(fill_value=1)
    # Touchpoints take the place of phases: both multiply the personas.
    before = before.mask(steps["dimension"] == "touchpoints", counts.iloc[0])
    rows = zip(before, counts, steps[column], steps["count"], strict=True)
    said = [
        words.say(
            "study.times",
            before=words.number(left, 0),
            factor=words.number(factor, 0),
            cells=words.number(cells, 0),
        )
        if known
        else words.number(cells, 0)
        for left, factor, cells, known in rows
    ]
    return [words.number(steps[column].iloc[0], 0), *said[1:]]


def _name(row: Mapping[Any, Any], words: Words) -> str:
    count = int(row["count"])
    if count == 0:
        return words.say("study.dimension_unknown", name=words.say(f"study.unknown_{row['dimension']}"))
    return words.say(f"study.dimension_{row['dimension']}", count=count)


def _told(steps: pd.DataFrame, names: list[str], words: Words, *, cut: bool) -> str:
    said = []
    for name, row in zip(names, steps.to_dict("records"), strict=True):
        whole, kept = (words.number(row[column], 0) for column in ("product", "kept_product"))
        said.append(
            words.say("study.alt_cut" if cut else "study.alt_whole", name=name, cells=whole, kept=kept)
        )
    return " ".join(said)


def _chart(steps: pd.DataFrame, names: list[str], title: str, note: str, words: Words, *, cut: bool) -> Chart:
    none = [None] * len(steps)
    series = [Series(words.say("study.series_whole"), steps["product"], none, none, none)]
    if cut:
        series.append(Series(words.say("study.series_cut"), steps["kept_product"], none, none, none))
    subtitle = words.say("study.explosion_subtitle")
    return Chart("bar", title, subtitle, note, "", names, words.say("study.cells"), "number", series)
