"""Names beneath a plot, of the points that carry a number because their names find no place beside them."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from cxmethod.language import Words
from cxmethod.views import style
from cxmethod.views.text_fit import fitted, lines_height

_SIZE = 7.8
_LEFT, _GAP = 0.30, 0.25
_COLUMNS = 2
_AIR = 0.04
_BESIDE = 0.16
"""Inches between the list and what stands above it."""


def list_numbered(figure: Figure, names: Sequence[tuple[str, str]], bottom: float, words: Words) -> None:
    """Write names and their colours by number, from 1 on, so many inches above the foot; the figure becomes taller by them.

    To be called before anything is written in parts of the figure: the plot keeps its size in inches.
    """
    if not names:
        return
    width = figure.get_size_inches()[0]
    across = (width - 2 * _LEFT - _GAP * (_COLUMNS - 1)) / _COLUMNS
    said = [f"{words.number(place, 0)} · {name}" for place, (name, _) in enumerate(names, 1)]
    lines = [fitted(style.bounded(text), across, _SIZE) for text in said]
    rows = [lines[first : first + _COLUMNS] for first in range(0, len(lines), _COLUMNS)]
    heights = [lines_height(max(map(len, row)), _SIZE) + _AIR for row in rows]
    _make_room(figure, sum(heights) + _BESIDE)
    top = bottom + sum(heights)
    tall = figure.get_size_inches()[1]
    for number, text in enumerate(lines):
        row, column = divmod(number, _COLUMNS)
        figure.text(
            (_LEFT + column * (across + _GAP)) / width, (top - sum(heights[:row])) / tall, "\n".join(text), fontsize=_SIZE,
            color=names[number][1], va="top", linespacing=1.0,
        )  # fmt: skip


def _make_room(figure: Figure, inches: float) -> None:
    """A taller figure with the same plot, so many inches further from the foot."""
    width, height = figure.get_size_inches()
    above, beneath = (1 - figure.subplotpars.top) * height, figure.subplotpars.bottom * height
    taller = height + inches
    figure.set_size_inches(width, taller)
    figure.subplots_adjust(top=1 - above / taller, bottom=(beneath + inches) / taller)
