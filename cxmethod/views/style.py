"""One hand for every figure: colours safe for colour-blind readers, quiet axes, direct labels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.assets import asset

INK = "#1F2933"
QUIET = "#5B6770"
FAINT = "#D5DBDF"
BAND = "#F3F6F7"
RED = "#B3261E"
GREEN = "#1B6E4B"
AFTER = "#0B5C6B"
BEFORE = "#955608"
INTERNAL = "#6B5B95"

SHADE = "#EFEAF6"
HATCH = "//////"
DOTS = "...."
"""Blind spots: a tint of the internal view's colour, hatched so that it is seen without colour; dotted without a test."""

PAGE = 10.6
"""Inches across: a figure of this width is printed on A4 landscape in its own size, and fits a 16:9 slide."""

LONGEST = 160
"""Letters of the longest name that a figure writes whole."""

SOURCE_COLOURS = {"internal": INTERNAL, "before": BEFORE, "after": AFTER}


@cache
def _font() -> str:
    """Our own typeface, which figures carry as outlines; names in other scripts fall back to Matplotlib's."""
    for path in sorted((asset("templates") / "fonts").glob("*.otf")):
        font_manager.fontManager.addfont(path)
    return "Inter"


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib settings of all our figures, and of nobody else's."""
    settings: Any = {
        "font.family": [_font(), "DejaVu Sans"],
        "font.size": 9.5,
        "text.color": INK,
        "text.parse_math": False,
        "axes.edgecolor": FAINT,
        "axes.labelcolor": QUIET,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "hatch.linewidth": 0.5,
    }
    with rc_context(settings):
        yield


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of so many inches, outside pyplot, so that nothing stays behind in the kernel."""
    figure = Figure(figsize=(width, height))
    return figure, figure.add_subplot()


def head(figure: Figure, title: str, subtitle: str, note: str = "") -> None:
    """Title that says the message, subtitle the measure, note what it rests on; in inches from the edges.

    Each is labelled as what it is, so that `show_figure` tells exporters.
    """
    width, height = figure.get_size_inches()
    letters = int(width * 9.2)
    lines = textwrap.wrap(title, letters)
    left = 0.30 / width
    figure.text(
        left,
        1 - 0.22 / height,
        "\n".join(lines),
        fontsize=14,
        fontweight="bold",
        va="top",
        linespacing=1.25,
        label="title",
    )
    below = 0.30 + 0.27 * len(lines)
    # Shrunk rather than cut: it may name a client's own outcome.
    size = 9.5 * min(1.0, 12.5 * width / max(len(subtitle), 1))
    figure.text(left, 1 - below / height, subtitle, fontsize=size, color=QUIET, va="top", label="subtitle")
    if note:
        lines = textwrap.wrap(note, int(width * 15.5))
        figure.text(
            left, 0.14 / height, "\n".join(lines), fontsize=8, color=QUIET, va="bottom", linespacing=1.3,
            label="note",
        )  # fmt: skip


def note_height(note: str, width: float) -> float:
    """Inches that a note takes from the foot of a figure of so many inches."""
    return 0.14 + 0.145 * len(textwrap.wrap(note, int(width * 15.5)))


def second_line(title: str, width: float) -> float:
    """Inches that a title takes beyond its first line, in a figure of so many inches."""
    return 0.27 * (len(textwrap.wrap(title, int(width * 9.2))) - 1)


def frame(figure: Figure, *, left: float, right: float, top: float, bottom: float) -> None:
    """Margins of the plot, in inches."""
    width, height = figure.get_size_inches()
    figure.subplots_adjust(
        left=left / width, right=1 - right / width, top=1 - top / height, bottom=bottom / height
    )


def wrapped(text: str, letters: int) -> str:
    """`text` on as many lines of about so many letters as it takes; nothing of it is lost.

    A word that is longer than a line is broken. Only what nobody would call a name, of more than `LONGEST` letters, ends
    in an ellipsis; the alternative text says it whole.
    """
    return "\n".join(
        piece
        for part in textwrap.wrap(bounded(text), letters, break_long_words=False)
        for piece in ([part] if len(part) <= letters + 3 else textwrap.wrap(part, letters))
    )


def bounded(text: str, longest: int = LONGEST) -> str:
    """`text` of at most so many letters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def letters_for(texts: Iterable[str], lines: int, least: int) -> int:
    """The fewest letters a line, from `least` on, with which each of `texts` stands whole on so many lines."""
    bound = [bounded(text) for text in texts]
    return next(n for n in range(least, LONGEST + 1) if all(fits(text, n, lines) for text in bound))


def fits(text: str, letters: int, lines: int) -> bool:
    """Whether `text` stands whole on so many lines of so many letters."""
    parts = textwrap.wrap(text, letters, break_long_words=False)
    return len(parts) <= lines and all(len(part) <= letters for part in parts)


def spread(places: list[float], gap: float) -> list[float]:
    """`places` pushed apart to at least `gap`, in their order, around where they were."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [places[i] for i in order]
    for _ in range(60):
        for i in range(1, len(moved)):
            lack = gap - (moved[i] - moved[i - 1])
            if lack > 1e-9:
                moved[i - 1] -= lack / 2
                moved[i] += lack / 2
    result = [0.0] * len(places)
    for rank, i in enumerate(order):
        result[i] = moved[rank]
    return result
