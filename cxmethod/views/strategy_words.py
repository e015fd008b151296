"""Why each touchpoint gets its strategy: one sentence each, with the numbers that decided, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.strategies import ACTING, STRATEGIES
from cxmethod.steps.strategy import StrategyResult
from cxmethod.views.markup import Cell
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_table, show_text


def strategy_table(client: Engagement, result: StrategyResult) -> Shown:
    """Touchpoint, strategy, reason and owner; what is to be repaired first, each strategy in the journey's order."""
    words, own = client.words, result.touchpoints
    if own.empty:
        return show_text(words.say("strategies.none"))
    place = own["strategy"].map({strategy: n for n, strategy in enumerate(STRATEGIES)})
    ordered = own.assign(place=place).sort_values("place", kind="stable").drop(columns="place")
    rows = [
        [
            Cell(str(row["name"])),
            Cell(code(str(row["strategy"]), words)),
            Cell(reason(row, words)),
            Cell(owner(row, words)),
        ]
        for row in ordered.to_dict("records")
    ]
    labels = ("label.touchpoint", "label.strategy", "strategies.heading_why", "label.owner")
    headings = [Cell(words.say(label)) for label in labels]
    return show_table(words.say("strategies.table_caption"), headings, rows, ordered)


def reason(row: Mapping[Any, Any], words: Words) -> str:
    """The sentence of one touchpoint: what is known of it, with its numbers, and what follows."""
    known = "; ".join([_kind(row, words), *_factor(row, words), *_gap(row, words), *_fit(row, words)])
    text = words.say("strategies.why", known=known, because=words.say(f"strategies.because_{row['reason']}"))
    return text[:1].upper() + text[1:]


def owner(row: Mapping[Any, Any], words: Words) -> str:
    """Who answers for it; that nobody does is said where something is to be done."""
    if not pd.isna(row["owner"]):
        return str(row["owner"])
    return words.say("strategies.no_owner") if row["strategy"] in ACTING else "—"


def _kind(row: Mapping[Any, Any], words: Words) -> str:
    kind = words.say(f"strategies.kind_{row['kind']}")
    if pd.isna(row["status"]):
        return kind
    return words.say("strategies.with_status", kind=kind, status=code(str(row["status"]), words))


def _factor(row: Mapping[Any, Any], words: Words) -> list[str]:
    return [] if pd.isna(row["factor"]) else [words.say(f"strategies.factor_{row['factor']}")]


def _gap(row: Mapping[Any, Any], words: Words) -> list[str]:
    if pd.isna(row["expectation_gap"]):
        return []
    gap, low, high = (words.signed(row[name]) for name in ("expectation_gap", "gap_low", "gap_high"))
    return [words.say("strategies.gap", gap=gap, low=low, high=high, n=words.number(row["gap_n"], 0))]


def _fit(row: Mapping[Any, Any], words: Words) -> list[str]:
    if pd.isna(row["fit"]):
        return []
    n, fit = int(row["cues"]), words.signed(row["theme_fit"])
    return [words.say(f"strategies.fit_{row['fit']}", count=n, n=words.number(n, 0), fit=fit)]
