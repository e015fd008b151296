"""Headings, codes and rules in words."""

from __future__ import annotations

from typing import Any

from cxmethod.engagement import Problem, Table
from cxmethod.language import Words


def title(name: str, words: Words) -> str:
    """What a table is called in prose."""
    return words.say(f"forms.table_{name}")


def heading(name: str, table: Table, words: Words) -> str:
    """What a column is called in prose; a column that only the client has keeps its own heading."""
    if words.knows(f"forms.column_{name}"):
        return words.say(f"forms.column_{name}")
    column = table.column(name)
    if column is None:
        return name
    for family, _ in table.families:
        if name.startswith(family):
            criterion = said_code(name.removeprefix(family), "", words).replace("_", " ")
            return words.say("forms.column_family", criterion=criterion)
    return (column.es if words.language == "es" else column.name).replace("_", " ").capitalize()


def said_code(code: str, column: str, words: Words) -> str:
    """The word for a code, as `column` means it; a code without a word stays as it is."""
    for known in (f"forms.code_{column}_{code}", f"forms.code_{code}", f"code.{code}"):
        if words.knows(known):
            return words.say(known)
    return code


def rule(problem: Problem, table: Table, words: Words) -> str:
    """What a cell must be, as one short sentence to stand beside it."""
    limits: dict[str, Any] = {name: _said(limit, words) for name, limit in problem.limits.items()}
    if "columns" in limits:
        limits["columns"] = words.join(heading(name, table, words) for name in problem.limits["columns"])
    if "table" in limits:
        limits["table"] = title(problem.limits["table"], words)
        limits["value"] = problem.value
    short = problem.rule.replace("engagement.", "forms.")
    return words.say(short if words.knows(short) else problem.rule, **limits)


def _said(value: Any, words: Words) -> str:
    if isinstance(value, list | tuple):
        return words.join(value)
    return words.number(value, 0) if isinstance(value, int | float) else str(value)
