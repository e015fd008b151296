"""Client text on as many lines as it takes, measured rather than counted."""

from __future__ import annotations

import re
from functools import cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

_POINTS = 72.0
_SLACK = 1.03
"""Outlines are a little wider than what is measured at so few dots."""


@cache
def _renderer() -> RendererAgg:
    """At 72 dots an inch a dot is a point."""
    return RendererAgg(10, 10, _POINTS)


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Inches that `text` takes on one line in the typeface of the figure being drawn."""
    font = FontProperties(size=size, weight=weight)
    return _SLACK * float(_renderer().get_text_width_height_descent(text, font, False)[0]) / _POINTS


def fitted(text: str, inches: float, size: float, weight: str = "normal") -> list[str]:
    """`text` on lines of at most so many inches; a word that is longer than a line is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in re.split(r"[ \t]+", paragraph.strip()):
            longer = f"{line} {word}".strip()
            if width_of(longer, size, weight) <= inches:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _broken(word, inches, size, weight)
            lines += whole
        lines.append(line)
    return [line for line in lines if line]


def _broken(word: str, inches: float, size: float, weight: str) -> list[str]:
    """Pieces of a word, each as long as fits."""
    if width_of(word, size, weight) <= inches:
        return [word]
    low, high = 1, len(word)
    while high - low > 1:
        middle = (low + high) // 2
        fits = width_of(word[:middle] + "-", size, weight) <= inches
        low, high = (middle, high) if fits else (low, middle)
    return [word[:low] + "-", *_broken(word[low:], inches, size, weight)]
