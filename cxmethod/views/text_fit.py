"""Client text on as many lines as it takes, measured rather than counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cxmethod.language.direction import closed_lines
from cxmethod.views.style import LONGEST, bounded
from cxmethod.views.text_width import width_of

__all__ = ["NameColumn", "fitted", "lines_height", "name_column", "width_of"]

_POINTS = 72.0

_LEADING = 1.2
_AIR = 0.03
_STEP = 0.2
_LESS = 0.3


@dataclass(frozen=True)
class NameColumn:
    """Names beside the rows of a figure.

    Parameters
    ----------
    texts : list of str
        Each on its lines.
    size : float
        Points of their letters.
    width, row : float
        Inches of the column, and of each row.
    """

    texts: list[str]
    size: float
    width: float
    row: float


def name_column(
    names: Iterable[str],
    *,
    width: float,
    widest: float,
    row: float,
    size: float,
    smallest: float = 6.8,
    weight: str = "normal",
    longest: int = LONGEST,
) -> NameColumn:
    """Names written whole: in a wider column where they need it, then smaller, and last in taller rows.

    Parameters
    ----------
    width, widest : float
        Inches that a line takes, and may take.
    row : float
        Inches of a row as it is drawn where no name is long.
    size, smallest : float
        Points of the letters, and the least they may have.
    longest : int
        Letters of the longest text that is written whole: of several names, more than of one.
    """
    bound = [bounded(str(name), longest) for name in names]
    widths = [width + _STEP * n for n in range(round((widest - width) / _STEP) + 1)]
    smaller = [size - _LESS * n for n in range(1, int((size - smallest) / _LESS + 0.01) + 1)]
    tried = [*((size, each) for each in widths), *((each, widths[-1]) for each in smaller)]
    for points, inches in tried:
        lines = [fitted(name, inches, points, weight) for name in bound]
        tall = lines_height(max(map(len, lines), default=1), points) + _AIR
        if tall <= row:
            break
    return NameColumn(["\n".join(each) for each in lines], points, inches, max(row, tall))


def lines_height(lines: int, size: float, leading: float = 1.0) -> float:
    """Inches that so many lines take, one close above the other."""
    return lines * size * _LEADING * leading / _POINTS


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
    return closed_lines(line for line in lines if line)


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
