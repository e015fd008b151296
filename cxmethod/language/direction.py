"""Texts that run from right to left, amid sentences that run from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import bidirectional

OPEN, CLOSE = "\u2068", "\u2069"
"""First strong isolate, and its end: what stands between them has a direction of its own (Unicode annex 9)."""
_FIRST_HEBREW = "\u0590"


def isolated(text: str) -> str:
    """`text` in its own direction where any of it runs from right to left, whatever stands beside it.

    Parameters
    ----------
    text : str
        A name or a sentence; what is isolated in it stays as it is, so that nothing is isolated twice.
    """
    # Nearly every text ends here: no letter before Hebrew runs from right to left.
    if not text or max(text) < _FIRST_HEBREW:
        return text
    return f"{OPEN}{text}{CLOSE}" if _runs_leftwards(text) else text


def _runs_leftwards(text: str) -> bool:
    """Whether any letter outside of isolates runs from right to left."""
    depth = 0
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE and depth > 0)
        if not depth and bidirectional(sign) in ("R", "AL"):
            return True
    return False


def closed_lines(lines: Iterable[str]) -> list[str]:
    """Lines of one text, each with its isolates whole: a name that goes on in the next line is isolated there too."""
    found, depth = [], 0
    for line in lines:
        begun = depth
        depth = max(depth + line.count(OPEN) - line.count(CLOSE), 0)
        found.append(OPEN * begun + line + CLOSE * depth)
    return found
