"""Values and codes in words: numbers by what they mean, codes of the method as words, client text as it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from cxmethod.language import Words
from cxmethod.views.durations import duration

_COUNTS = {
    "n", "count", "needed", "missing", "respondents", "complete", "entering", "most", "baseline", "drivers", "cells", "imputed", "effective", "suppress_below",
    "min_n", "room",
}  # fmt: skip
_MONEY = {"monthly_rework_cost", "total_cost", "budget", "cost", "chosen_cost"}
_SIGNED = {"mean", "difference", "low", "high", "internal", "after"}
_FINE = {"wave_mean", "centre_mean"}
"""Means whose difference shows in the second digit."""
_CODES = {
    "criterion",
    "other_criterion",
    "question",
    "kind",
    "rule_kind",
    "strategy",
    "step",
    "evidence",
    "source",
}


def said(values: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Values as a sentence names them: formatted by what they are, client text as it is."""
    told = {key: _said(key, value, words) for key, value in values.items()}
    if "negative_below" in values:
        told["negative_share"] = below(values["negative_below"], words)
    return told


def below(share: float, words: Words) -> str:
    """A share of so few that it would count them: only below what it is."""
    return f"<{words.percent(share)}"


def _said(key: str, value: Any, words: Words) -> str:
    if isinstance(value, Mapping):
        return words.say(f"portfolio.limit_{value['kind']}", **said(value, words))
    if isinstance(value, list | tuple):
        return words.join(_said("", item, words) for item in value)
    if isinstance(value, str):
        if key == "date":
            return words.date(datetime.date.fromisoformat(value))
        if key == "reason" and words.knows(f"portfolio.{value}"):
            return words.say(f"portfolio.{value}")
        return code(value, words) if key in _CODES else value
    return _formatter(key, words)(value)


def _formatter(key: str, words: Words) -> Callable[[Any], str]:
    if key in _COUNTS or key.startswith("n_"):
        return lambda value: words.number(value, 0)
    if key in _MONEY:
        return words.money
    if key.startswith("rho"):
        return lambda value: words.signed(value, 2)
    if key in ("r2", "consistency_ratio") or key.endswith("stability"):
        return lambda value: words.number(value, 2)
    if key.endswith("_minutes"):
        return lambda value: duration(value, words)
    if key.endswith("_cases"):
        return lambda value: words.number(value, 0)
    if key.endswith(("share", "rate", "margin")):
        return words.percent
    if key.startswith("p_"):
        return words.p_value
    if key in _FINE:
        return lambda value: words.signed(value, 2)
    return words.signed if key in _SIGNED else words.number


def code(value: str, words: Words) -> str:
    """The word for a code of the method; a client's own key is shown without its underscores."""
    return words.say(f"code.{value}") if words.knows(f"code.{value}") else value.replace("_", " ")
