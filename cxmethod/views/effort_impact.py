"""Effort against impact: which initiatives change most for customers at least trouble for us."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, Line, Series
from cxmethod.views.key import Sign, draw_key
from cxmethod.views.labels import place_labels
from cxmethod.views.portfolio_words import quoted
from cxmethod.views.readings import named
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import fitted

_HEIGHT = 6.6
_NAMED, _FIRST, _LISTED = 20, 10, 40
"""Up to so many are all named in the plot; of more, so many, and so many others stand in a list by their place."""
_LIST, _SMALL, _LINE = 3.1, 6.2, 0.108
"""The list beside the plot: its inches across, the points of its letters, the least inches of a line."""
_MARKS = {False: (0.019, 0.040), True: (0.038, 0.062)}
"""How wide and tall a mark is, as a share of the axes; the second where it holds a number."""
_SIDES = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
_TITLE = 150


def effort_impact(client: Engagement, result: OpportunityResult) -> Shown:
    """Each initiative by how easy it is (x) and what it would change for customers (y); chosen ones filled."""
    words = client.words
    own = _placed(result)
    if own.empty:
        return show_text(words.say("portfolio.effort_nothing"))
    title, note = _title(own, words), _note(client, result, words)
    beside = own.iloc[_FIRST:] if len(own) > _NAMED else own.head(0)
    with style.house_style():
        right = _LIST + 0.25 if len(beside) else 0.4
        top = 1.12 + style.second_line(title, style.PAGE)
        listed = sum(map(len, _in_list(beside.head(_LISTED))))
        figure = Figure(figsize=(style.PAGE, max(_HEIGHT, top + 1.15 + _LINE * listed)))
        axes = figure.add_subplot()
        style.frame(figure, left=0.95, right=right, top=top, bottom=1.4)
        written = _axes(axes, own, words)
        _points(axes, own, result.facts["portfolio"] == "chosen", words, written)
        _list(figure, beside, top, words)
        style.head(figure, title, words.say("portfolio.effort_subtitle"), note)
        draw_key(figure, _signs(own, result, words), 0.58)
    said = " ".join(_said(row, words) for row in own.to_dict("records"))
    alt = words.say("portfolio.effort_alt", title=title, points=said)
    chart = _chart(own, result.facts["portfolio"] == "chosen", title, note, words)
    return show_figure(figure, alt=alt, caption=words.say("portfolio.effort_caption"), chart=chart)


def _placed(result: OpportunityResult) -> pd.DataFrame:
    """Initiatives whose ease and impact are known: the chosen and the first ones first; `x`, `y` where they are drawn."""
    frame = result.initiatives.dropna(subset=["ease", "customer_impact"])
    chosen = frame["selected"].fillna(False).astype(bool)
    frame = frame.assign(chosen=chosen, place=frame["rank"].fillna(len(frame) + 1).astype(int))
    frame = frame.sort_values(["chosen", "place"], ascending=[False, True], kind="stable", ignore_index=True)
    if frame.empty:
        return frame
    return frame.assign(x=_aside(frame), y=frame["customer_impact"])


def _aside(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Ease, moved sideways as little as keeps the marks apart."""
    ease, impact = frame["ease"].to_numpy(float), frame["customer_impact"].to_numpy(float)
    wide, tall = _MARKS[len(frame) > _NAMED]
    width, height = (wide * (np.ptp(ease) or 1.0), tall * (np.ptp(impact) or 1.0))
    x, done = ease.copy(), np.zeros(len(ease), bool)
    for place in np.lexsort((impact, ease)):
        taken = x[done & (np.abs(impact - impact[place]) < height)]
        steps = np.arange(2 * len(x))
        asides = ease[place] + (steps + 1) // 2 * width * np.where(steps % 2, 1, -1)
        free = (np.abs(asides[:, None] - taken[None, :]) > 0.98 * width).all(axis=1)
        x[place], done[place] = asides[free][0], True
    return x


def _title(own: pd.DataFrame, words: Words) -> str:
    easy = own[own["easy_and_smart"]].sort_values("place")["name"].astype(str).tolist()
    if not easy:
        return words.say("portfolio.effort_title_none")
    title = words.say("portfolio.effort_title", count=len(easy), names=named(quoted(easy, words), words))
    if len(title) <= _TITLE:
        return title
    chosen = int((own["easy_and_smart"] & own["chosen"]).sum())
    return words.say("portfolio.effort_title_many", count=len(easy), n=words.number(chosen, 0))


def _note(client: Engagement, result: OpportunityResult, words: Words) -> str:
    unknown = int((result.initiatives["ease"].isna() | result.initiatives["customer_impact"].isna()).sum())
    parts = [words.say("portfolio.effort_note")]
    if unknown:
        parts.append(words.say("portfolio.effort_note_unknown", count=unknown))
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _axes(axes: Axes, own: pd.DataFrame, words: Words) -> list[Text]:
    width, height = (np.ptp(own[c].to_numpy(float)) or 1.0 for c in ("x", "y"))
    low, high = own["x"].min() - 0.12 * width, own["x"].max() + 0.16 * width
    bottom, top = own["y"].min() - 0.10 * height, own["y"].max() + 0.18 * height
    axes.set(xlim=(low, high), ylim=(bottom, top))
    easy, smart = float(own["ease"].median()), float(own["customer_impact"].median())
    axes.add_patch(
        Rectangle((easy, smart), high - easy, top - smart, facecolor=style.BAND, zorder=0, linewidth=0)
    )
    line: dict[str, Any] = {"color": style.QUIET, "linewidth": 0.9, "linestyle": (0, (4, 3)), "zorder": 1}
    axes.axvline(easy, **line)
    axes.axhline(smart, **line)
    axes.set_xlabel(words.say("portfolio.effort_x"))
    axes.set_ylabel(words.say("portfolio.effort_y"))
    axes.set_xticks([])
    axes.set_yticks([])
    small: dict[str, Any] = {"textcoords": "offset points", "fontsize": 7.6, "color": style.QUIET}
    corner: dict[str, Any] = {"fontsize": 9, "fontweight": "bold", "color": style.GREEN}
    return [
        axes.annotate(
            words.say("portfolio.effort_corner"), (high, top), xytext=(-6, -6), textcoords="offset points", ha="right", va="top",
            **corner,
        ),
        axes.annotate(words.say("portfolio.effort_median"), (easy, bottom), xytext=(3, 3), va="bottom", **small),
        axes.annotate(words.say("portfolio.effort_median"), (low, smart), xytext=(3, 2), va="bottom", **small),
    ]  # fmt: skip


def _points(axes: Axes, own: pd.DataFrame, decided: bool, words: Words, written: list[Text]) -> None:
    numbered = len(own) > _NAMED
    size = 13 if numbered else 9
    for row in own.to_dict("records"):
        colour, marker = _mark(row)
        face = colour if row["chosen"] else "white"
        axes.plot(
            row["x"],
            row["y"],
            marker,
            color=colour,
            markerfacecolor=face,
            markersize=size,
            markeredgewidth=1.3,
            zorder=4,
        )
        if numbered:
            ink = "white" if row["chosen"] else style.INK
            number: dict[str, Any] = {
                "fontsize": 6.2,
                "color": ink,
                "ha": "center",
                "va": "center",
                "zorder": 11,
            }
            axes.text(row["x"], row["y"], words.number(row["place"], 0), **number)
    first = own.head(_FIRST if numbered else _NAMED)
    names = [style.wrapped(str(name), style.letters_for([str(name)], 4, 24)) for name in first["name"]]
    colours = [_mark(row)[0] for row in first.to_dict("records")]
    others = np.vstack([_around(axes, own), _traced(axes, own)])
    place_labels(
        axes, first["x"].to_numpy(float), first["y"].to_numpy(float), names, colours, avoid=others,
        size=6.6 if numbered else 7.8, written=written,
    )  # fmt: skip


def _around(axes: Axes, own: pd.DataFrame) -> NDArray[np.float64]:
    """Each mark with the rim of it, so that no name is written across one."""
    wide, tall = np.array(_MARKS[len(own) > _NAMED]) * 0.42
    reach = wide * np.ptp(axes.get_xlim()), tall * np.ptp(axes.get_ylim())
    return np.vstack([own[["x", "y"]].to_numpy(float) + np.multiply(side, reach) for side in _SIDES])


def _traced(axes: Axes, own: pd.DataFrame) -> NDArray[np.float64]:
    """Points along the medians, so that no name is written across them."""
    across, up = np.linspace(*axes.get_xlim(), 90), np.linspace(*axes.get_ylim(), 60)
    easy, smart = np.full(60, own["ease"].median()), np.full(90, own["customer_impact"].median())
    return np.vstack([np.column_stack([across, smart]), np.column_stack([easy, up])])


def _mark(row: dict[Any, Any]) -> tuple[str, str]:
    return (style.GREEN, "D") if row["easy_and_smart"] else (style.AFTER, "o")


def _in_list(beside: pd.DataFrame) -> list[list[str]]:
    """The names in the list, each on its lines."""
    return [fitted(style.bounded(str(name)), _LIST - 0.36, _SMALL) for name in beside["name"]]


def _list(figure: Figure, beside: pd.DataFrame, top: float, words: Words) -> None:
    """The names of those that carry only their place."""
    if beside.empty:
        return
    width, height = figure.get_size_inches()
    shown = beside.sort_values("place").head(_LISTED)
    left, lines = 1 - _LIST / width, _in_list(shown)
    step = min(0.165, (height - top - 1.15) / sum(map(len, lines)))
    starts = np.cumsum([0, *map(len, lines)])
    figure.text(
        left,
        1 - (top - 0.12) / height,
        words.say("portfolio.effort_others"),
        fontsize=7.4,
        fontweight="bold",
        va="bottom",
    )
    for start, own, row in zip(starts, lines, shown.to_dict("records"), strict=False):
        y = 1 - (top + 0.05 + start * step) / height
        number = words.number(row["place"], 0)
        figure.text(left + 0.2 / width, y, number, fontsize=_SMALL, color=_mark(row)[0], ha="right", va="top")
        look: dict[str, Any] = {"fontsize": _SMALL, "color": style.INK, "va": "top"}
        figure.text(left + 0.26 / width, y, "\n".join(own), linespacing=1.0, **look)


def _signs(own: pd.DataFrame, result: OpportunityResult, words: Words) -> list[Sign]:
    decided = result.facts["portfolio"] == "chosen"
    found = []
    for easy, marker in ((True, "D"), (False, "o")):
        part = own[own["easy_and_smart"] == easy]
        colour, name = (style.GREEN, "easy") if easy else (style.AFTER, "other")
        for chosen in (True, False):
            if (part["chosen"] == chosen).any():
                code = f"portfolio.effort_key_{name}" + (
                    f"_{'chosen' if chosen else 'out'}" if decided else ""
                )
                found.append(Sign(words.say(code), colour, marker, hollow=not chosen))
    return found


def _said(row: dict[Any, Any], words: Words) -> str:
    marks = [words.say("portfolio.effort_alt_easy")] if row["easy_and_smart"] else []
    marks += [words.say("portfolio.effort_alt_chosen")] if row["chosen"] else []
    said = ", ".join([words.number(row["customer_impact"], 3), *marks])
    return words.say(
        "portfolio.effort_alt_point", name=row["name"], ease=words.number(row["ease"]), said=said
    )


def _chart(own: pd.DataFrame, decided: bool, title: str, note: str, words: Words) -> Chart:
    """A series a kind, what is left out hollow, at the places where the figure draws the points."""
    series = []
    for easy, name, marker, colour in ((True, "easy", "D", style.GREEN), (False, "other", "o", style.AFTER)):
        for chosen in (True, False):
            part = (own["easy_and_smart"] == easy) & (own["chosen"] == chosen)
            if part.any():
                code = f"{name}_{'chosen' if chosen else 'out'}" if decided else name
                blank = pd.Series(np.nan, own.index)
                said = words.say(f"portfolio.effort_key_{code}")
                series.append(
                    Series(said, own["y"].where(part), blank, blank, blank, marker, colour, hollow=not chosen)
                )
    points = [(x, y, str(name)) for x, y, name in zip(own["x"], own["y"], own["name"], strict=True)]
    median = words.say("portfolio.effort_median")
    return Chart(
        "scatter", title, words.say("portfolio.effort_subtitle"), note, words.say("portfolio.effort_x"), own["x"].to_list(),
        words.say("portfolio.effort_y"), "number", series, points,
        [Line("x", own["ease"].median(), median), Line("y", own["customer_impact"].median(), median)],
    )  # fmt: skip
