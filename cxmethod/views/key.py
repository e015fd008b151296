"""The key of a figure: the marks that occur in it, drawn as they are, with a word each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from cxmethod.views import style
from cxmethod.views.labels import text_size

_SIZE = 8.0
_MARK = 0.16
_GAP = 0.22
ROW = 0.21


@dataclass(frozen=True)
class Sign:
    """One mark of the key.

    Parameters
    ----------
    text : str
    colour : str
    marker : str
        Matplotlib's marker; blank for a hatched patch.
    hollow : bool
    hatch : str
        Of a patch.
    """

    text: str
    colour: str
    marker: str = ""
    hollow: bool = False
    hatch: str = style.HATCH


def draw_key(figure: Figure, signs: Sequence[Sign], bottom: float, left: float = 0.30) -> None:
    """Write `signs` in a row (in several where they need it) so many inches above the figure's foot."""
    width, height = figure.get_size_inches()
    for row, line in enumerate(reversed(key_rows(figure, signs, left))):
        x, y = left, bottom + row * ROW
        for sign in line:
            _mark(figure, sign, (x + _MARK / 2) / width, (y + 0.07) / height)
            text = figure.text(
                (x + _MARK + 0.06) / width,
                (y + 0.07) / height,
                sign.text,
                fontsize=_SIZE,
                color=style.INK,
                va="center",
            )
            text.set_gid("key")
            x += _advance(figure, sign)


def key_rows(figure: Figure, signs: Sequence[Sign], left: float = 0.30) -> list[list[Sign]]:
    """`signs` in as many rows as the figure's width asks for."""
    room = figure.get_size_inches()[0] - left - 0.2
    rows: list[list[Sign]] = [[]]
    taken = 0.0
    for sign in signs:
        advance = _advance(figure, sign)
        if rows[-1] and taken + advance > room:
            rows.append([])
            taken = 0.0
        rows[-1].append(sign)
        taken += advance
    return [row for row in rows if row]


def _advance(figure: Figure, sign: Sign) -> float:
    return _MARK + 0.06 + text_size(figure, sign.text, fontsize=_SIZE)[0] + _GAP


def _mark(figure: Figure, sign: Sign, x: float, y: float) -> None:
    if not sign.marker:
        width, height = figure.get_size_inches()
        patch = Rectangle(
            (x - 0.08 / width, y - 0.06 / height), 0.16 / width, 0.12 / height, transform=figure.transFigure,
            facecolor=style.SHADE, edgecolor=sign.colour, hatch=sign.hatch, linewidth=0.6,
        )  # fmt: skip
        figure.add_artist(patch)
        return
    size = 11 if sign.marker == "*" else 7
    face = "white" if sign.hollow else sign.colour
    line = Line2D(
        [x], [y], marker=sign.marker, linestyle="none", markersize=size, markerfacecolor=face, markeredgecolor=sign.colour,
        markeredgewidth=1.3, transform=figure.transFigure,
    )  # fmt: skip
    figure.add_artist(line)
