"""Client text on as many lines as it takes, measured rather than counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from matplotlib import rcParams
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from cxmethod.views.style import LONGEST, bounded

_POINTS = 72.0
_SLACK = 1.03
"""Outlines are a little wider than what is measured: a letter may jut out, and two may be set further apart."""
_SAMPLE = 100.0
_FIXED_POINT = 65536.0

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


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Inches that `text` takes on one line in the typeface of the figure being drawn."""
    families = tuple(rcParams["font.family"])
    # Letter by letter: Matplotlib's own measure sets and hints the whole line each time, which is 200 times as long.
    return _SLACK * sum(_advance(letter, families, weight) for letter in text) * size / _POINTS


@cache
def _advance(letter: str, families: tuple[str, ...], weight: str) -> float:
    """How far a letter of size 1 goes: in the first of the fonts that has it, and a square where none has."""
    for font in _fonts(families, weight):
        if font.get_char_index(ord(letter)):
            font.set_size(_SAMPLE, _POINTS)
            glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
            return float(glyph.linearHoriAdvance) / _FIXED_POINT / _SAMPLE
    return 1.0


@cache
def _fonts(families: tuple[str, ...], weight: str) -> list[FT2Font]:
    return [get_font(findfont(FontProperties(family=family, weight=weight))) for family in families]


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
