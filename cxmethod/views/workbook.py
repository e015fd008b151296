"""Every result table of every step for the workbook: typed values with their meaning, unit and format, and no layout."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.result import StepResult
from cxmethod.steps.thread import Thread
from cxmethod.views import evidence
from cxmethod.views.left_out import why
from cxmethod.views.moment_reasons import reason
from cxmethod.views.sentences import code, display
from cxmethod.views.sheet_columns import PERSONAL, REPEATED, sheet_columns
from cxmethod.views.sheet_words import heading, meaning, sheet_name, sheet_title, unit
from cxmethod.views.show import Shown
from cxmethod.views.strategy_words import reason as strategy_reason
from cxmethod.views.tables import Reader
from cxmethod.views.telling import telling

MIME = "application/vnd.dataresource+json"
Format = dict[str, Any]
Row = Mapping[Any, Any]

_DIGITS = {
    "count": 0, "month": 0, "number": 1, "signed": 1, "score": 3, "p": 3, "money": 0, "percent": 0, "signed_percent": 0,
    "duration": 0,
}  # fmt: skip
_WRITTEN = {"count": "number", "month": "number", "score": "number", "duration": "number"}
_STATISTICS = {"negative_share": "percent", "mean": "signed", "distribution": "count"}
_VARYING: Mapping[str, Callable[[Row], str]] = {
    "share_or_mean": lambda row: "number" if pd.isna(row["value"]) else "percent",
    "nps_or_share": lambda row: "whole" if row["metric"] == "nps" else "percent",
    "nps_or_points": lambda row: "whole" if row["metric"] == "nps" else "signed_percent",
    "charted": lambda row: _STATISTICS[row["statistic"]],
    "amount": lambda row: "count" if row["reason"] == "days" else "money",
    "threshold": lambda row: "percent" if 0 < row["value"] < 1 else "count",
}
"""Kinds whose unit depends on the row."""
_ALIKE = {"share_or_count": "percent", "of_people": "percent"}
"""What a page says in words and a sheet as the number behind them."""
_GOOD, _BAD = ("value", "exceeded", "closed"), ("red", "disappointed", "blocks", "opened", "contradiction")
_LIMITS = ("low", "high", "lower", "upper", "centre", "equal_share")


def workbook_tables(client: Engagement, results: Mapping[str, StepResult], thread: Thread) -> None:
    """Show each result table as a sheet of the workbook, and what is open, by which limits, and from which inputs.

    Rows that are one customer each are not among them. A table in which there is nothing is told with no rows.

    Parameters
    ----------
    results : mapping
        Step name → its result, as `steps.obtain_all` gives them.
    """
    reader = Reader(client)
    for step, result in results.items():
        for name, frame in result.tables().items():
            if f"{step}.{name}" not in PERSONAL | REPEATED:
                display(sheet(client, f"{step}.{name}", frame, reader))
    for name, frame in _beside(client, thread).items():
        display(sheet(client, f"method.{name}", frame, reader))


def sheet(client: Engagement, key: str, frame: pd.DataFrame, reader: Reader) -> Shown:
    """One table as a sheet: Table Schema with title, unit, description and format of each field.

    Parameters
    ----------
    key : str
        Step and table, such as ``04_touchpoints.emotions``.
    """
    words = client.words
    kinds = _METHOD[key] if key in _METHOD else sheet_columns(key, [str(name) for name in frame.columns])
    rows = frame.to_dict("records")
    columns = {
        name: [_value(client, reader, row, name, kind) for row in rows] for name, kind in kinds.items()
    }
    fields = [_field(client, key, name, kind, rows, columns[name]) for name, kind in kinds.items()]
    title = sheet_title(key, words)
    step = key.split(".")[0]
    resource = {
        "name": key,
        "title": sheet_name(key, words),
        "description": title,
        "step": code(step, words) if step[:2].isdigit() else words.say("sheets.step_method"),
        "locale": words.cldr,
        "currency": words.currency,
        "schema": {"fields": fields},
        "data": [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)],
    }
    text = words.say("sheets.shown", name=resource["title"], title=title, count=len(rows))
    return Shown({MIME: json.loads(json.dumps(resource)), "text/plain": text}, "sheet", {})


def _field(
    client: Engagement, key: str, name: str, kind: str, rows: list[dict[Any, Any]], values: list[Any]
) -> dict[str, Any]:
    words = client.words
    described = {"title": heading(key, name, words), "description": meaning(key, name, words)}
    field: dict[str, Any] = {"name": name, "type": _type(kind), **described}
    field["unit"] = unit(key, name, kind, words)
    if kind in _VARYING:
        field["format"] = [_format(_VARYING[kind](row), []) for row in rows]
    elif _type(kind) in ("number", "integer"):
        field["format"] = _format(kind, values)
    return {**field, **_look(client, key, name, kind, rows)}


def _format(kind: str, values: list[Any]) -> Format:
    """How a number is written: the same digits as on the page; whole minutes where all are whole."""
    if kind == "whole":
        return {"kind": "signed", "digits": 0}
    kind = _ALIKE.get(kind, kind)
    fine = kind == "duration" and any(value is not None and value % 1 for value in values)
    return {"kind": _WRITTEN.get(kind, kind), "digits": 1 if fine else _DIGITS[kind]}


def _look(client: Engagement, key: str, name: str, kind: str, rows: list[dict[Any, Any]]) -> dict[str, Any]:
    """What should catch the eye: feelings by their sign, certain differences, the red points, great shares."""
    if kind == "p":
        return {"look": "significant", "below": client.settings.thresholds.significance}
    if kind == "signed":
        # What sets a persona apart is neither good nor bad.
        return {} if key == "01_persona.traits" else {"look": "sign"}
    if _ALIKE.get(kind, kind) == "percent" and not name.endswith(_LIMITS):
        return {"look": "bar"}
    if kind not in ("code", "term"):
        return {}
    known = {str(row[name]) for row in rows if not pd.isna(row[name])}
    said = {"bad": sorted(known & set(_BAD)), "good": sorted(known & set(_GOOD))}
    marks = {as_: [_word(kind, one, client.words) for one in ones] for as_, ones in said.items() if ones}
    return {"look": "marks", "marks": marks} if marks else {}


def _type(kind: str) -> Literal["string", "number", "integer", "boolean", "date"]:
    if kind in ("count", "month"):
        return "integer"
    if kind in _DIGITS or kind in _VARYING or kind in _ALIKE:
        return "number"
    if kind in ("flag", "mark"):
        return "boolean"
    return "date" if kind == "date" else "string"


def _value(client: Engagement, reader: Reader, row: Row, name: str, kind: str) -> Any:
    """What stands in one cell: numbers as they were computed, everything else in words; None where it is unknown."""
    value, words = row[name], client.words
    unknown = bool(pd.isna(value)) or value == ""
    if kind == "words" and unknown:
        return words.say("motivations.withheld")
    if unknown:
        return None
    if _type(kind) in ("number", "integer"):
        return _number(value, kind)
    if _type(kind) == "boolean":
        return bool(value)
    said: dict[str, Callable[[], str]] = {
        "date": lambda: str(value)[:10],
        "term": lambda: _word("term", str(value), words),
        "moment_reason": lambda: reason(row, words, client.settings.thresholds),
        "strategy_reason": lambda: strategy_reason(row, words),
        "why": lambda: why(client, row),
        "limit": lambda: words.say(f"threshold.{value}"),
        "quotes": lambda: str(value),
        "sentence": lambda: str(value),
    }
    return said[kind]() if kind in said else reader.cell(row, name, kind)  # type: ignore[arg-type]


def _number(value: Any, kind: str) -> float | int | None:
    number = float(value)
    if not math.isfinite(number):
        return None
    if kind == "month":
        # The plan counts from 0, people from 1, as on the page.
        return round(number) + 1
    return round(number) if kind == "count" and number.is_integer() else number


def _word(kind: str, value: str, words: Words) -> str:
    own = f"sheets.term_{value.replace('-', '_')}"
    return words.say(own) if kind == "term" and words.knows(own) else code(value, words)


_METHOD: Mapping[str, dict[str, str]] = {
    "method.open": {"severity": "term", "finding": "sentence", "evidence": "code"},
    "method.thresholds": {"threshold": "limit", "value": "threshold", "default": "flag"},
    "method.inputs": {"table": "sentence", "rows": "count", "file": "sentence", "sha256": "sentence"},
}


_SHOWN = {"thresholds": evidence.thresholds, "inputs": evidence.inputs}


def _beside(client: Engagement, thread: Thread) -> dict[str, pd.DataFrame]:
    """What is not a step's result: what is open in the thread, the limits, and the tables that were read."""
    words = client.words
    found = [
        {"severity": one.severity, "finding": one.text, "evidence": one.evidence or None}
        for one in telling(thread.findings, words)
    ]
    return {
        "open": pd.DataFrame(found, columns=list(_METHOD["method.open"])),
        **{name: pd.DataFrame(show(client).data[MIME]["data"]) for name, show in _SHOWN.items()},
    }
