"""Client confidentiality: people's names, addresses and numbers stay in the client's own files."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.intake.columns import Columns

_EMAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
_WRITTEN_PHONE = r"(?:\+\d|\(\d)[\d\s().\-/]{5,}\d|\d+(?:[\s.\-/]\d+)+"
_BARE_PHONE = r"\d{9,15}"
_LEAST_PHONE_DIGITS = 7
_FULL_NAME = r"[^\W\d_]+[.,]?\s+[^\W\d_]+"
_ONE_WORD = r"[^\W\d_]+"
_LONG_NUMBER = r"\D{0,3}(?:\d[\s.\-]?){9,}"
_MOSTLY = 0.8
_FEW = 10


def pseudonyms(respondents: Iterable[str], cases: Iterable[str], seed: int) -> dict[str, str]:
    """Pseudonyms of those ids that look like a person's e-mail address, phone number or name.

    A pseudonym depends on `seed` and the id alone, so that one person has the same in every file: ``R`` and ten
    hexadecimal digits of a SHA-256. Where some ids are full names, ids of one plain word are names too. A bare
    long number is a phone number among `respondents`; among `cases` it is what a system counts with.
    """
    personal = [_personal(respondents, bare_phones=True), _personal(cases, bare_phones=False)]
    return {person: _pseudonym(person, seed) for person in pd.concat(personal).unique()}


def _personal(ids: Iterable[str], *, bare_phones: bool) -> pd.Series[str]:
    distinct = pd.Series(sorted(set(ids)), dtype="string")
    named = distinct.str.contains(_FULL_NAME, regex=True)
    written = distinct.str.fullmatch(_WRITTEN_PHONE) & (distinct.str.count(r"\d") >= _LEAST_PHONE_DIGITS)
    personal = named | distinct.str.fullmatch(_EMAIL) | written
    if bare_phones:
        personal |= distinct.str.fullmatch(_BARE_PHONE)
    if named.any():
        personal |= distinct.str.fullmatch(_ONE_WORD)
    return distinct[personal]


def clashes(names: dict[str, str], ids: Iterable[str]) -> bool:
    """Whether two people, or a person and a code among `ids`, would share one pseudonym."""
    given = list(names.values())
    return len(set(given)) < len(given) or not set(given).isdisjoint(ids)


def _pseudonym(person: str, seed: int) -> str:
    return f"R{sha256(f'{seed}:{person}'.encode()).hexdigest()[:10]}"


def identifying(columns: Columns, attributes: Iterable[str]) -> list[Problem]:
    """A problem for each attribute column that tells who somebody is rather than what they are like.

    E-mail addresses anywhere, or long numbers or full names in most cells and hardly ever twice.
    """
    return [
        Problem(rule, columns.file.name, columns.heading(name))
        for name in attributes
        if name in columns and (rule := _rule(columns.cells(name).dropna()))
    ]


def _rule(cells: pd.Series[str]) -> str:
    if cells.str.contains(_EMAIL, regex=True).any():
        return "intake.rule_attribute_email"
    if cells.empty or cells.nunique() < _MOSTLY * len(cells):
        return ""
    if cells.str.fullmatch(_LONG_NUMBER).mean() >= _MOSTLY:
        return "intake.rule_attribute_number"
    if len(cells) >= _FEW and cells.str.contains(_FULL_NAME, regex=True).mean() >= _MOSTLY:
        return "intake.rule_attribute_name_of_person"
    return ""
