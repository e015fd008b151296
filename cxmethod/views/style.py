"""One hand for every figure: colours safe for colour-blind readers, quiet axes, direct labels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.language.direction import closed_lines
from cxmethod.views.text_width import FALLBACK, falls_back, house_font, width_of

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

_MARGINS = 0.6
"""Inches left and right of a title together."""

LONGEST = 160
"""Letters of the longest name that a figure writes whole."""

SOURCE_COLOURS = {"internal": INTERNAL, "before": BEFORE, "after": AFTER}


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib settings of all our figures, and of nobody else's."""
    settings: Any = {
        "font.family": [house_font(), FALLBACK],
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
    lines = title_lines(title, width)
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
    if falls_back(subtitle):
        size *= min(1.0, (width - _MARGINS) / width_of(subtitle, size))
    figure.text(left, 1 - below / height, subtitle, fontsize=size, color=QUIET, va="top", label="subtitle")
    if note:
        lines = _note_lines(note, width)
        figure.text(
            left, 0.14 / height, "\n".join(lines), fontsize=8, color=QUIET, va="bottom", linespacing=1.3,
            label="note",
        )  # fmt: skip


def title_lines(title: str, width: float) -> list[str]:
    """The lines of a title in a figure of so many inches."""
    return _lines(title, width, 9.2, 14, "bold")


def _note_lines(note: str, width: float) -> list[str]:
    return _lines(note, width, 15.5, 8, "normal")


def _lines(text: str, width: float, letters: float, size: float, weight: str) -> list[str]:
    """`text` on lines of so many letters an inch, and of fewer where the wider typeface of other scripts needs it."""
    most = int(width * letters)
    lines = textwrap.wrap(text, most)
    if falls_back(text):
        while most > 1 and any(width_of(line, size, weight) > width - _MARGINS for line in lines):
            most -= 1
            lines = textwrap.wrap(text, most)
    return closed_lines(lines)


def note_height(note: str, width: float) -> float:
    """Inches that a note takes from the foot of a figure of so many inches."""
    return 0.14 + 0.145 * len(_note_lines(note, width))


def second_line(title: str, width: float) -> float:
    """Inches that a title takes beyond its first line, in a figure of so many inches."""
    return 0.27 * (len(title_lines(title, width)) - 1)


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
        closed_lines(
            piece
            for part in textwrap.wrap(bounded(text), letters, break_long_words=False)
            for piece in ([part] if len(part) <= letters + 3 else textwrap.wrap(part, letters))
        )
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
