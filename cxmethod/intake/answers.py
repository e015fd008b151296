"""Cells as text, and what an answer is compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from cxmethod.engagement.schemas import plain

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")
_GROUPED = r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+"
_POINTED = r"[+-]?\d+\.\d+"

Key = float | str


def text_cells(cells: pd.Series) -> pd.Series[str]:
    """`cells` as trimmed text, missing where blank; whole numbers of a typed column without their ``.0``."""
    text = cells.astype("string")
    if pd.api.types.is_float_dtype(cells):
        text = text.str.replace(r"\.0$", "", regex=True)
    text = text.str.strip()
    return text.mask(text == "", pd.NA)


def answer_key(answer: object, *, decimal_comma: bool = False) -> Key:
    """What `answer` is compared by: its number where it is one, else its text without case and accents.

    ``1``, ``"1"`` and ``"1.0"`` are one answer; so are ``"Sí"`` and ``"si"``.
    """
    text = str(answer).strip().replace("−", "-")
    if decimal_comma and _COMMA_NUMBER.fullmatch(text):
        text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else plain(text)


def answer_keys(cells: pd.Series[str], *, decimal_comma: bool) -> pd.Series:
    """The key of each of `cells`, worked out once for each different answer; missing where blank."""
    answers = pd.Series(cells.dropna().unique(), dtype="string")
    lookup: dict[str, Key] = {answer: answer_key(answer, decimal_comma=decimal_comma) for answer in answers}
    if decimal_comma:
        # 1.200 is twelve hundred here, unless other answers of the column have a decimal point.
        grouped = answers.str.fullmatch(_GROUPED)
        if not (answers.str.fullmatch(_POINTED) & ~grouped).any():
            lookup |= {answer: plain(answer) for answer in answers[grouped]}
    keys: pd.Series = cells.astype(object).map(lookup)
    return keys


def numbers(keys: pd.Series) -> pd.Series[float]:
    """The numbers among `keys`; missing where an answer is blank or text."""
    numeric = {key: key for key in keys.dropna().unique() if isinstance(key, float)}
    return keys.map(numeric).astype("float64")


def code_keys(codes: Iterable[str]) -> frozenset[Key]:
    """What `codes` are compared by."""
    return frozenset(answer_key(code) for code in codes)
