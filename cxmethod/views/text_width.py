"""How wide a text is in the typeface of our figures, and in the one that it falls back to."""

from __future__ import annotations

import unicodedata
from functools import cache

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from cxmethod.assets import asset

FALLBACK = "DejaVu Sans"
"""Has the letters that our own typeface lacks; it is wider."""
_POINTS = 72.0
_SLACK = 1.03
"""Outlines are a little wider than what is measured: a letter may jut out, and two may be set further apart."""
_SAMPLE = 100.0
_FIXED_POINT = 65536.0


@cache
def house_font() -> str:
    """Our own typeface, which figures carry as outlines; names in other scripts fall back to Matplotlib's."""
    for path in sorted((asset("templates") / "fonts").glob("*.otf")):
        font_manager.fontManager.addfont(path)
    return "Inter"


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Inches that `text` takes on one line.

    A browser takes only the letters that our typeface lacks from the fallback, a PDF the whole line: the wider one counts.
    """
    families = (FALLBACK, house_font()) if falls_back(text) else (house_font(), FALLBACK)
    # Letter by letter: Matplotlib's own measure sets and hints the whole line each time, which is 200 times as long.
    return _SLACK * sum(_advance(letter, families, weight) for letter in text) * size / _POINTS


def falls_back(text: str) -> bool:
    """Whether our own typeface lacks any letter of `text`."""
    return not text.isascii() and any(_lacking(letter) for letter in text)


@cache
def _lacking(letter: str) -> bool:
    (own,) = _fonts((house_font(),), "normal")
    return not _unseen(letter) and not own.get_char_index(ord(letter))


def _unseen(letter: str) -> bool:
    """Signs that direct the text and have no shape, and those that end or join lines."""
    return unicodedata.category(letter) in ("Cf", "Cc")


@cache
def _advance(letter: str, families: tuple[str, ...], weight: str) -> float:
    """How far a letter of size 1 goes: in the first of the fonts that has it, and a square where none has."""
    if _unseen(letter):
        return 0.0
    for font in _fonts(families, weight):
        if font.get_char_index(ord(letter)):
            font.set_size(_SAMPLE, _POINTS)
            glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
            return float(glyph.linearHoriAdvance) / _FIXED_POINT / _SAMPLE
    return 1.0


@cache
def _fonts(families: tuple[str, ...], weight: str) -> list[FT2Font]:
    return [get_font(findfont(FontProperties(family=family, weight=weight))) for family in families]
