"""How far a long computation is, in one line of the notebook, once it takes long enough to wonder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from cxmethod.engagement import Engagement

_QUIET = 2.0
_BETWEEN = 0.5
"""Seconds before anything is said, and between two words."""


def progress(client: Engagement) -> Callable[[int, int], None]:
    """What a step may tell how many of how many parts are done; it shows nothing where nobody watches."""
    return _Line(client)


class _Line:
    def __init__(self, client: Engagement) -> None:
        self._words, self._begun, self._last = client.words, time.monotonic(), 0.0
        self._watched = os.environ.get("CXMETHOD_HEADLESS") != "1"
        self._shown: Any = None

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        due = now - self._begun > _QUIET and (now - self._last > _BETWEEN or done >= total)
        if not self._watched or not due:
            return
        self._last = now
        say, number = self._words.say, self._words.number
        if done < total:
            self._show(say("portfolio.progress", done=number(done, 0), total=number(total, 0)))
        elif self._shown is not None:
            self._show(say("portfolio.progress_done"))

    def _show(self, text: str) -> None:
        from IPython.display import display

        bundle = {"text/plain": text}
        if self._shown is None:
            self._shown = display(bundle, raw=True, display_id=True)
        else:
            self._shown.update(bundle, raw=True)
