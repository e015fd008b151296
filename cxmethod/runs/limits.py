"""How long a cell, and a whole notebook, may take, and how much it may print."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, inf
from time import monotonic
from typing import Any

from cxmethod.language import Words

_AT_ONCE = 0.001
"""nbclient takes no time left for no limit."""

_IN_MINUTES = 120
"""From so many seconds on, a stretch of time is said in minutes."""


@dataclass(frozen=True)
class Limits:
    """The longest that things may take, in seconds, and the most that they may print.

    Parameters
    ----------
    cell : int
    notebook : float
        From the start of the first cell.
    printed : int
        Millions of characters that a notebook may print and show; the report has about 9.
    """

    cell: int = 600
    notebook: float = inf
    printed: int = 50


LIMITS = Limits()


@dataclass
class Clock:
    """The limits of one run, from its first cell on."""

    limits: Limits
    began: float | None = None
    of_notebook: bool = field(default=False, init=False)

    def left(self, _: Any = None) -> float:
        """Seconds that the cell that starts now may take."""
        self.began = monotonic() if self.began is None else self.began
        rest = max(self.began + self.limits.notebook - monotonic(), _AT_ONCE)
        self.of_notebook = rest < self.limits.cell
        return min(rest, self.limits.cell)

    def why(self, words: Words) -> str:
        """Which limit stopped the cell that was the last to start."""
        if self.of_notebook:
            return _notebook_too_long(self.limits.notebook, words)
        return words.say("runs.too_long", count=self.limits.cell)


def _notebook_too_long(seconds: float, words: Words) -> str:
    if seconds < _IN_MINUTES:
        return words.say(
            "runs.notebook_too_long_seconds", count=ceil(seconds), seconds=words.number(ceil(seconds), 0)
        )
    return words.say("runs.notebook_too_long", minutes=words.number(seconds / 60, 0))
