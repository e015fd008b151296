"""How a form stands to its file, in sentences."""

from __future__ import annotations

from cxmethod.engagement import TABLES, Engagement
from cxmethod.forms.edits import Conflict
from cxmethod.forms.table_model import TableModel
from cxmethod.forms.wording import heading, rule, title

_MOST_LINES = 5


def state(model: TableModel) -> str:
    """One sentence: saved, waiting, or as on file."""
    words, now = model.client.words, model.state
    if now.kind == "saved" and now.at is not None:
        return "✓ " + words.say("forms.state_saved", time=f"{now.at:%H:%M:%S}")
    if now.kind == "failed":
        return "⚠ " + words.say("forms.state_failed", reason=now.reason)
    if now.kind == "conflict":
        return "⚠ " + words.say("forms.state_conflict")
    if model.problems:
        code = "forms.state_open" if model.edits else "forms.state_wrong"
        return "⚠ " + words.say(code, count=len(model.problems))
    return words.say("forms.state_new" if model.file.stamp is None else "forms.state_loaded")


def wrong(model: TableModel) -> dict[tuple[int, str], str]:
    """Cell → what it must be."""
    words = model.client.words
    return {cell: rule(problem, model.table, words) for cell, problem in model.problems.items()}


def details(model: TableModel, rules: dict[tuple[int, str], str]) -> list[str]:
    """What else there is to know: cells that are wrong, edits that clash, an old encoding."""
    words = model.client.words
    lines = [words.say("forms.legacy")] if model.file.legacy else []
    conflicts = [_conflict(model, conflict) for conflict in model.state.conflicts]
    if model.state.kind == "conflict":
        lines += conflicts or [words.say("forms.conflict_file")]
    elif conflicts:
        lines += [words.say("forms.let_go"), *conflicts]
    places = {name: place for place, name in enumerate(model.columns)}
    cells = sorted(rules.items(), key=lambda cell: (cell[0][0], places[cell[0][1]]))
    lines += [_elsewhere(model, row, name, said) for (row, name), said in cells[:_MOST_LINES]]
    if len(cells) > _MOST_LINES:
        lines.append(words.say("forms.more_wrong", count=len(cells) - _MOST_LINES))
    return lines


def dangling(client: Engagement, name: str) -> list[str]:
    """Other tables that refer to rows which are not in the table called `name`."""
    lines = []
    for other in TABLES.values():
        refers = any(column.refers == name for column in other.columns)
        if other.name == name or not refers or client.table_path(other.name) is None:
            continue
        lost = {p.row for p in client.problems([other.name]) if p.limits.get("table") == name}
        if lost:
            table = title(other.name, client.words)
            lines.append(client.words.say("forms.dangling", table=table, count=len(lost)))
    return lines


def row_name(cells: dict[str, str]) -> str:
    """What a row is called: its name, else the first that stands in it."""
    return cells.get("name") or next((text for text in cells.values() if text), "—")


def _elsewhere(model: TableModel, row: int, name: str, said: str) -> str:
    words = model.client.words
    column = heading(name, model.table, words)
    return words.say("forms.wrong_elsewhere", row=words.number(row + 1, 0), heading=column, rule=said)


def _conflict(model: TableModel, conflict: Conflict) -> str:
    words = model.client.words
    row = row_name(dict(conflict.row))
    if not conflict.column:
        return words.say("forms.conflict_row", row=row)
    column = heading(conflict.column, model.table, words)
    code = f"forms.conflict_{conflict.kind}"
    return words.say(code, row=row, column=column, mine=conflict.mine or "—", theirs=conflict.theirs or "—")
