"""Shared text that names one of the clients: every other one would read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cxmethod.engagement.reading import RawTable

_LONG = 4
_SHORTEST = 2
_SHOWN = 5


def naming(texts: Mapping[str, Iterable[str]], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Place → the names that its texts hold, at most five, each as a word of its own.

    Names of four letters or more are found in any letter case. Names without letters, and of one letter, say nothing.

    Parameters
    ----------
    texts : mapping
        Place, such as a file → its texts.
    names : iterable of str
        Clients, by their values and by their names.
    """
    telling = {name for name in names if sum(map(str.isalpha, name)) >= _SHORTEST}
    if not telling:
        return {}
    # Longer names first: «Eco Plus» is not «Eco».
    named = "|".join(_named(name) for name in sorted(telling, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?<!\w)(?:{named})(?!\w)")
    found = {}
    for place, said in texts.items():
        by_case: dict[str, str] = {}
        for hit in pattern.findall("\n".join(said)):
            by_case.setdefault(hit.casefold(), hit)
        if by_case:
            found[place] = tuple(by_case.values())[:_SHOWN]
    return found


def texts_of(raw: RawTable) -> list[str]:
    """The distinct texts in a table's cells, without numbers."""
    columns = raw.frame.select_dtypes(exclude=["number", "bool", "datetime"])
    return [str(text) for name in columns for text in columns[name].dropna().unique()]


def _named(name: str) -> str:
    return f"(?i:{re.escape(name)})" if len(name) >= _LONG else re.escape(name)
