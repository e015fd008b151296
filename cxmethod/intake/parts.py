"""What one source gives, before it is put together with the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.language import Words


@dataclass(frozen=True)
class Notice:
    """Something that a reader should know about what was taken in: a code and its values."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)
    count: int | None = None

    def say(self, words: Words) -> str:
        """The sentence; lists are joined and numbers formatted in its language."""
        said = {name: _said(value, words) for name, value in self.values.items()}
        return words.say(self.code, count=self.count, **said)


@dataclass(frozen=True)
class Known:
    """Keys that the engagement's own tables have; None where such a table says nothing."""

    touchpoints: frozenset[str] | None = None
    personas: frozenset[str] | None = None
    processes: frozenset[str] | None = None


@dataclass(frozen=True)
class Part:
    """What one source gives.

    Parameters
    ----------
    file : str
    kind : str
        ``survey``, ``event_log``, ``process_log`` or ``bpmn``.
    tables : dict
        Table → rows; the index is the row in the client's file.
    used : frozenset of int
        Positions of the columns that were carried.
    headings : dict
        Column of a table → heading in the client's file, where one stands for the other.
    problems : tuple of Problem
    notices : tuple of Notice
    blanks, unknown : int
        Emotions left blank because nothing was answered, or a code that means unknown.
    by_wave : bool
        Whether the same person may answer again in another wave.
    """

    file: str
    kind: str
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    used: frozenset[int] = frozenset()
    headings: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    blanks: int = 0
    unknown: int = 0
    by_wave: bool = False


def _said(value: Any, words: Words) -> str:
    if isinstance(value, tuple):
        return words.join(value)
    return words.number(value, 0) if isinstance(value, int) else str(value)
