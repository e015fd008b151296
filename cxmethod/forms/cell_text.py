"""One cell as text: what a person reads and types, and what the file holds."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from cxmethod.engagement.cells import parse
from cxmethod.engagement.schemas import Column
from cxmethod.language import Words

NUMBERS = frozenset({"number", "count", "share", "emotion", "grade"})

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DOUBT = "\u2060"
"""A word joiner: unseen, and with it no reader takes the text for a number."""


def text_of(value: Any) -> str:
    """A cell's value as text; blank where it is missing."""
    if isinstance(value, str):
        return value.strip()
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def texts_of(cells: pd.Series) -> pd.Series:
    """A column's values as text."""
    if pd.api.types.is_string_dtype(cells):
        return cells.fillna("").str.strip()
    return cells.map(text_of).astype("str")


def shown_number(text: str, words: Words) -> str:
    """A number of the file as this locale writes it: ``0.3`` → ``0,3``; other text as it is."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return text.removesuffix(_DOUBT)
    whole = re.sub(r"\.0+$", "", text)
    return whole.replace(".", _marks(words.cldr)[0])


def said_number(text: str, words: Words) -> str:
    """A number for readers, thousands apart; a dash where there is none, other text as it is."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return text or "—"
    decimals = re.sub(r"\.0+$", "", text).partition(".")[2]
    return words.number(float(text), len(decimals))


def typed_number(text: str, words: Words) -> str:
    """What a person typed as the file holds numbers: ``0,3`` → ``0.3``.

    Where ``35.000`` may be thirty-five thousand or thirty-five, it is left as no number at all, so that the check
    asks for it again.
    """
    typed = text.strip().replace("−", "-")
    decimal, group = _marks(words.cldr)
    if re.fullmatch(rf"-?\d{{1,3}}({re.escape(group)}\d{{3}})+", typed):
        return typed + _DOUBT
    return typed.replace(decimal, ".") if re.fullmatch(rf"-?\d*{re.escape(decimal)}\d+", typed) else typed


def meaning(text: str, column: Column) -> str | None:
    """The code, ``yes`` or ``no`` that a cell stands for; None where it stands for none of the allowed."""
    if not text:
        return ""
    value = parse(pd.Series([text], dtype="string"), column, decimal_comma=False)[0].iloc[0]
    if pd.isna(value):
        return None
    return ("yes" if value else "no") if column.kind == "flag" else str(value)


@cache
def _marks(locale: str) -> tuple[str, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return str(get_decimal_symbol(locale)), str(get_group_symbol(locale))
