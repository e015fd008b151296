"""How much room words take on a slide, measured before they are set: nothing may run over its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from cxmethod.assets import asset

LEADING = 1.2
"""Height of a line, as a multiple of its size."""
_SAMPLE = 100
_ELLIPSIS = "…"


def words_of(text: str) -> list[str]:
    """What a line may break between: not at a space that holds a number and its unit together."""
    return [word for word in re.split("[ \t\r\n]+", text) if word]


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Inches that `text` takes on one line of `size` points, in our own typeface.

    It is a little wider than Arial or Calibri, so what fits here fits in theirs.
    """
    return _length(text, bold) * size / _SAMPLE / 72


def line_height(size: float) -> float:
    """Inches from one line of `size` points to the next."""
    return size * LEADING / 72


def wrapped(text: str, inches: float, size: float, bold: bool = False) -> list[str]:
    """The lines of `text` in a column of so many inches; a word that is wider than the column is broken."""
    found = []
    for paragraph in text.split("\n"):
        line = ""
        for word in words_of(paragraph):
            longer = f"{line} {word}" if line else word
            if text_width(longer, size, bold) <= inches:
                line = longer
                continue
            if line:
                found.append(line)
            *whole, line = _broken(word, inches, size, bold)
            found += whole
        found.append(line)
    return found


def broken_evenly(text: str, rows: int, size: float, bold: bool = False) -> list[str]:
    """`text` in so many lines of about the same length, in fewer where its words do not allow it; no word is broken."""
    words = words_of(text)
    widest = max((text_width(word, size, bold) for word in words), default=0.0)
    whole = text_width(" ".join(words), size, bold)
    tried = (max(whole * part / 20 / rows, widest + 0.01) for part in range(20, 20 * rows + 2))
    return next(
        (lines for inches in tried if len(lines := wrapped(" ".join(words), inches, size, bold)) <= rows),
        [text],
    )


def text_height(
    texts: Iterable[str], inches: float, size: float, gap: float = 0.0, bold: bool = False
) -> float:
    """Inches that paragraphs take in a column, with `gap` inches after each."""
    return sum(len(wrapped(text, inches, size, bold)) * line_height(size) + gap for text in texts)


def fitting_size(
    texts: Sequence[str],
    box: tuple[float, float],
    sizes: Iterable[float],
    *,
    gap: float = 0.0,
    bold: bool = False,
) -> float | None:
    """The first of `sizes` (points, largest first) at which all paragraphs fit a box of so many inches; None without."""
    width, height = box
    return next((size for size in sizes if text_height(texts, width, size, gap, bold) <= height), None)


def shortened(text: str, inches: float, size: float, rows: int, bold: bool = False) -> str:
    """`text` itself where it fits so many lines, else its beginning and an ellipsis."""
    lines = wrapped(text, inches, size, bold)
    if len(lines) <= rows:
        return text
    last = lines[rows - 1]
    while last and text_width(last + _ELLIPSIS, size, bold) > inches:
        # A word goes as a whole; only a single one that is wider than the column is cut.
        last = last.rsplit(" ", 1)[0] if " " in last else last[:-1]
    return " ".join([*lines[: rows - 1], last.rstrip(" ,;:.") + _ELLIPSIS])


def _broken(word: str, inches: float, size: float, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and text_width(parts[-1] + letter, size, bold) > inches:
            parts.append("")
        parts[-1] += letter
    return parts


@lru_cache(maxsize=50_000)
def _length(text: str, bold: bool) -> float:
    return float(_font(bold).getlength(text))


@cache
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    name = "Inter-Bold.otf" if bold else "Inter-Regular.otf"
    return ImageFont.truetype(str(asset("templates") / "fonts" / name), _SAMPLE)
