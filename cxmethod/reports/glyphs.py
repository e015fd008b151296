"""Which signs of a text none of our typefaces can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHOWN = ("Inter-Regular.otf", "DejaVuSans.ttf")
"""The typefaces of the report's text, the first before the second."""


def without_glyph(text: str, folders: Iterable[Path]) -> list[str]:
    """The signs of `text`, each once and in their order, for which no typeface in `folders` has a shape."""
    known = _shapes(tuple(folders))
    return [
        sign
        for sign in dict.fromkeys(text)
        if ord(sign) not in known and unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Mn")
    ]


@cache
def _shapes(folders: tuple[Path, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    shapes: set[int] = set()
    for file in (folder / name for folder in folders for name in SHOWN if (folder / name).is_file()):
        with TTFont(file, lazy=True) as font:
            # Names of shapes, which nobody asks for here, would be read out of the outlines.
            font.setGlyphOrder([f"shape{number}" for number in range(font["maxp"].numGlyphs)])
            shapes.update(font.getBestCmap())
    return frozenset(shapes)
