"""How long a cell, and a whole notebook, may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import Any

from cxmethod.language import Words

_AT_ONCE = 0.001
"""nbclient takes no time left for no limit."""


@dataclass(frozen=True)
class Limits:
    """The longest that things may take, in seconds.

    Parameters
    ----------
    cell : int
    notebook : float
        From the start of the first cell.
    """

    cell: int = 600
    notebook: float = inf


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
            return words.say("runs.notebook_too_long", minutes=words.number(self.limits.notebook / 60, 0))
        return words.say("runs.too_long", count=self.limits.cell)
