"""Sentences by code, from gettext catalogues: one file per language and domain."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str, domain: str) -> dict[str, tuple[str, ...]]:
    """Sentences of one domain: code → (sentence,) or (singular, plural).

    Parameters
    ----------
    language : {"es", "en"}
    domain : str
        The part of the codes before the first dot; the name of the ``.po`` file.
    """
    from babel.messages.pofile import read_po

    with (LOCALE / language / f"{domain}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    return {_code(message): _forms(message) for message in messages if message.id}


def _code(message: Any) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Any) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def sentence(language: str, code: str, count: float | None = None) -> str:
    """The sentence of `code`, before its values are filled in.

    Raises
    ------
    KeyError
        When the catalogue has no such code: a fault of ours that the tests look for.
    """
    forms = catalogue(language, code.split(".", 1)[0])[code]
    return forms[0] if len(forms) == 1 or count == 1 else forms[1]
