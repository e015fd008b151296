"""What the sentences of a comparison share: a sentence with its code, clients' words made safe, headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cxmethod.engagement import TABLES
from cxmethod.language import Words
from cxmethod.steps.finding import Severity


@dataclass(frozen=True)
class Said:
    """One sentence: its code, what it names, and how grave it is."""

    code: str
    text: str
    severity: Severity = "info"
    values: Mapping[str, Any] = field(default_factory=dict)


def clean(text: Any) -> str:
    """A client's words on one line, without what would steer a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())


def quoted(names: Iterable[Any], words: Words) -> str:
    """Names in quotation marks, as a list."""
    return words.join(words.say("changes.quoted", name=clean(name)) for name in names)


def known_or(value: Any, words: Words, instead: str) -> str:
    """A client's words, or the code of what is said where there are none."""
    return words.say(f"changes.{instead}") if pd.isna(value) or value == "" else clean(value)


def column(name: str, table: str, words: Words) -> str:
    """The heading of an input column in the language of `words`; a client's own as it is."""
    known = TABLES[table].column(name)
    if known is None or words.language == "en":
        return clean(name)
    english, spanish = next(((e, s) for e, s in TABLES[table].families if name.startswith(e)), ("", ""))
    return clean(spanish + name.removeprefix(english) if english else known.es)


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Values as JSON has them."""
    return {
        str(key): None if pd.isna(value) else value.item() if hasattr(value, "item") else value
        for key, value in row.items()
    }
