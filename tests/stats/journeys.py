"""Journeys written as words: one journey a word, one event a letter, in the order of time."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from cxmethod.stats.event_log import EventLog, event_log

words = st.lists(st.text("abcd", min_size=1, max_size=7), min_size=1, max_size=12)


def events(*journeys: str) -> pd.DataFrame:
    """`journey` 0, 1, …, `touchpoint`, `timestamp` (a whole number)."""
    rows = [(i, letter, t) for i, word in enumerate(journeys) for t, letter in enumerate(word)]
    return pd.DataFrame(rows, columns=["journey", "touchpoint", "timestamp"])


def told(*journeys: str, outcome: str = "", persona: str = "") -> EventLog:
    """The log of `journeys`; `outcome` and `persona` have a letter for each (s, f, o; any), a blank where unknown."""
    ended = {"s": "success", "f": "failure", "o": "open", " ": None}
    return event_log(
        events(*journeys),
        pd.Series([ended[letter] for letter in outcome], dtype=object),
        pd.Series([None if letter == " " else letter for letter in persona], dtype=object),
    )
