"""What a setting or a decision is called, where files know it by its key."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.views.change_words import clean
from cxmethod.views.values import code as coded

Where = Literal["setting", "decision"]
WHERE: tuple[Where, ...] = ("setting", "decision")
Names = Mapping[str, str]
_MONEY = ("budget.amount", "scope.study_budget", "scope.day_rate")
_SHARES = ("scope.margin_of_error",)
_OF_A_MOMENT = 4
"""Kind, reason, author, date."""
_TABLES = {"touchpoints": "touchpoint", "initiatives": "initiative", "personas": "persona"}


def names_of(client: Engagement) -> dict[str, str]:
    """Key → name of what decisions are about: touchpoints, initiatives, personas."""
    tables = [(client.table(table), key) for table, key in _TABLES.items()]
    return {
        str(key): str(name)
        for frame, column in tables
        for key, name in zip(frame[column], frame["name"], strict=True)
    }


def named_place(kind: Where, place: str, words: Words, names: Names | None = None) -> str:
    """The name of a setting or decision in words, its key in brackets; the key alone where it has no name.

    Parameters
    ----------
    kind : {"setting", "decision"}
    place : str
        Dotted, as in ``engagement.yaml`` or ``decisions.yaml``; what a decision is about stands at its end.
    names : mapping, optional
        Key → name of what decisions are about.
    """
    code = place_code(kind, place, words)
    if code is None:
        return clean(place)
    name = words.say(code)
    # A limit stands in a table of its own, where it begins the line.
    name = name[:1].lower() + name[1:]
    about = (names or {}).get(place.split(".")[-1])
    if kind == "decision" and about is not None:
        name = words.say("setting.about", name=name, about=clean(about))
    return words.say("setting.named", name=name, place=clean(place))


def told_value(kind: Where, place: str, value: str, words: Words, names: Names | None = None) -> str:
    """A value as a reader wants it: dates, money and shares in the locale's form, keys and codes as words."""
    if place == "date":
        return words.date(datetime.date.fromisoformat(value))
    if kind == "decision":
        return clean(_decided(place, value, words, names or {}))
    if place == "objective":
        return words.say(f"cover.objective_{value}")
    try:
        number = float(value)
    except ValueError:
        return clean(value)
    if place in _MONEY:
        return words.money(number)
    share = place in _SHARES or (place.startswith("thresholds.") and 0 < number < 1)
    return words.percent(number, 0 if round(100 * number, 6) % 1 == 0 else 1) if share else clean(value)


def _decided(place: str, value: str, words: Words, names: Names) -> str:
    parts = value.split(" · ")
    if place.startswith("moments.") and len(parts) >= _OF_A_MOMENT:
        day = words.date(datetime.date.fromisoformat(parts[-1]))
        return " · ".join([coded(parts[0], words), *parts[1:-1], day])
    if place == "plan.method":
        return coded(value, words)
    return words.join(names.get(part, part) for part in value.split(", "))


def place_code(kind: Where, place: str, words: Words) -> str | None:
    """The catalogue's code of a place, of the nearest one above it, or None."""
    parts = place.split(".")
    if kind == "setting" and parts[0] == "thresholds":
        code = f"threshold.{parts[-1]}"
        return code if words.knows(code) else None
    above = "decided_" if kind == "decision" else ""
    codes = (f"setting.{above}{'_'.join(parts[:length])}" for length in range(len(parts), 0, -1))
    return next((code for code in codes if words.knows(code)), None)
