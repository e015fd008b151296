"""The section «what changed since» of the report, and the same for a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import CxError, Words
from cxmethod.steps.changes import Changes
from cxmethod.views.change_places import WHERE, Names, Where, named_place, names_of, told_value
from cxmethod.views.change_sentences import Section, sections, title
from cxmethod.views.change_words import Said, clean
from cxmethod.views.markup import Cell
from cxmethod.views.sentences import display
from cxmethod.views.show import Shown, show_finding, show_table

_SAID = ("missing", "touchpoints", "emotions", "moments", "portfolio")
"""Parts that the report says in sentences; the evidence stands in a table."""


def changes(client: Engagement, found: Changes | CxError | None) -> None:
    """Show what moved since the state that the settings compare with; nothing at all where they name none.

    Parameters
    ----------
    found : Changes, CxError or None
        As `cxmethod.steps.changes_since` gives it.
    """
    if found is None:
        return
    words = client.words
    if isinstance(found, CxError):
        display(show_finding(found.code, str(found), "warns", {}))
        return
    display(_heading(title(found, words), "h2"))
    names = names_of(client)
    said = {section.part: section for section in _sections(client, found)}
    if is_same(found):
        display(_finding(Said("nothing", words.say("changes.nothing"))))
        return
    for part in (part for part in _SAID if part in said):
        display(_heading(said[part].title, "h3"))
        for line in said[part].lines:
            display(_finding(line))
        for one in _tables(part, found, words, names):
            display(one)
    display(_heading(said["evidence"].title, "h3"))
    for one in _tables("evidence", found, words, names) or [
        _finding(line) for line in said["evidence"].lines
    ]:
        display(one)


def lines(client: Engagement, found: Changes, places: tuple[str, str]) -> list[str]:
    """All of it as plain text, for a terminal."""
    words = client.words
    head = words.say("changes.head_client", client=clean(client.settings.client), title=title(found, words))
    if is_same(found):
        return [head, words.say("changes.nothing")]
    text = [head]
    for section in _sections(client, found, places):
        text += ["", section.title, *(f"  · {line.text}" for line in section.lines)]
    return text


def as_dict(client: Engagement, found: Changes, places: tuple[str, str]) -> dict[str, Any]:
    """All of it for a machine: the states, every table as records, and the sentences with their codes."""
    tables = {
        name: json.loads(frame.to_json(orient="records", double_precision=15))
        for name, frame in found.frames().items()
    }
    said = [
        {"part": section.part, "code": line.code, "severity": line.severity, "text": line.text}
        for section in _sections(client, found, places)
        for line in section.lines
    ]
    sides = {
        name: {"folder": side.folder, "date": side.date or None}
        for name, side in (("before", found.before), ("after", found.after))
    }
    return {
        "version": 1,
        **sides,
        "same": is_same(found),
        "people": dict(found.people),
        **tables,
        "said": said,
    }


def is_same(found: Changes) -> bool:
    """Whether nothing changed: neither evidence nor result, and everything was compared."""
    frames = found.frames()
    emotions = frames.pop("emotions")
    frames.pop("causes")
    return all(frame.empty for frame in frames.values()) and bool((emotions["verdict"] == "same").all())


def _sections(client: Engagement, found: Changes, places: tuple[str, str] | None = None) -> list[Section]:
    confidence = client.settings.thresholds.confidence
    return sections(found, client.words, confidence, places, names_of(client))


def _heading(text: str, level: str) -> Shown:
    return Shown({"text/html": f"<{level}>{escape(text)}</{level}>", "text/plain": text}, "text", {})


def _finding(line: Said) -> Shown:
    return show_finding(f"changes.{line.code}", line.text, line.severity, line.values)


def _tables(part: str, found: Changes, words: Words, names: Names) -> list[Shown]:
    if part == "evidence":
        shown = _evidence(found, words, names)
    else:
        made = {"emotions": _emotions, "portfolio": _portfolio}.get(part)
        shown = made(found, words) if made else None
    return [shown] if shown else []


def _emotions(found: Changes, words: Words) -> Shown | None:
    frame = found.emotions[found.emotions["verdict"] != "same"]
    if frame.empty:
        return None
    names = ("point", "source", "n", "mean", "difference", "share", "points", "verdict")
    rows = [_emotion_row(row, words) for row in frame.to_dict("records")]
    return show_table(words.say("changes.caption_emotions"), _headings(names, words), rows, frame)


def _emotion_row(row: Mapping[Any, Any], words: Words) -> list[Cell]:
    points = {name: 100 * row[f"share_{name}"] for name in ("difference", "low", "high")}
    figures = [
        _from_to(words, *(words.number(row[f"n_{state}"], 0) for state in ("before", "after"))),
        _from_to(words, *(words.signed(row[f"mean_{state}"], 2) for state in ("before", "after"))),
        _with_limits(words, *(words.signed(row[name], 2) for name in ("difference", "low", "high"))),
        _from_to(words, *(words.percent(row[f"share_{state}"]) for state in ("before", "after"))),
        _with_limits(words, *(words.signed(value, 0) for value in points.values())),
    ]
    return [
        Cell(clean(row["name"])), Cell(words.say(f"changes.source_{row['source']}")), *(Cell(text, True) for text in figures),
        Cell(words.say(f"changes.verdict_{row['verdict']}")),
    ]  # fmt: skip


def _portfolio(found: Changes, words: Words) -> Shown | None:
    frame = found.portfolio
    if frame.empty:
        return None
    names = ("initiative", "what", "cost", "rank", "tranche", "owner")
    rows = [_initiative_row(row, words) for row in frame.to_dict("records")]
    return show_table(words.say("changes.caption_portfolio"), _headings(names, words), rows, frame)


def _initiative_row(row: Mapping[Any, Any], words: Words) -> list[Cell]:
    told = [name for name in (row["change"], *str(row["also"]).split(";")) if name]
    forms: dict[str, Callable[[Any], str]] = {
        "cost": words.money,
        "rank": lambda n: words.number(n, 0),
        "tranche": lambda n: words.number(n, 0),
    }
    figures = [
        Cell(_from_to(words, *(form(row[f"{name}_{state}"]) for state in ("before", "after"))), True)
        for name, form in forms.items()
    ]
    owners = (
        "—" if pd.isna(row[f"owner_{state}"]) else clean(row[f"owner_{state}"])
        for state in ("before", "after")
    )
    what = words.join(words.say(f"changes.what_{name}") for name in told)
    return [Cell(clean(row["name"])), Cell(what), *figures, Cell(_from_to(words, *owners))]


def _evidence(found: Changes, words: Words, names: Names) -> Shown | None:
    rows = [_table_row(row, words) for row in found.tables.to_dict("records")]
    for kind in WHERE:
        frame = getattr(found, f"{kind}s")
        rows += [_field_row(kind, row, words, names) for row in frame.to_dict("records")]
    if not rows:
        return None
    columns = ("evidence", "before", "after", "rows")
    values = pd.DataFrame([[cell.text for cell in row] for row in rows], columns=list(columns))
    return show_table(words.say("changes.caption_evidence"), _headings(columns, words), rows, values)


def _table_row(row: Mapping[Any, Any], words: Words) -> list[Cell]:
    name = words.say("changes.is_table", name=words.say(f"forms.table_{row['table']}"))
    counts = [
        "—" if pd.isna(row[f"rows_{state}"]) else words.say("changes.rows", count=int(row[f"rows_{state}"]))
        for state in ("before", "after")
    ]
    if row["change"] in ("rewritten", "unreadable"):
        what = words.say(f"changes.rows_{row['change']}")
    else:
        told: dict[str, Any] = {part: words.number(row[part], 0) for part in ("added", "removed", "changed")}
        what = words.say("changes.rows_told", **told)
    return [Cell(name), *(Cell(count) for count in counts), Cell(what)]


def _field_row(kind: Where, row: Mapping[Any, Any], words: Words, names: Names) -> list[Cell]:
    place = str(row["place"])
    name = words.say(f"changes.is_{kind}", name=named_place(kind, place, words, names))
    values = [
        "—" if pd.isna(row[state]) else told_value(kind, place, str(row[state]), words, names)
        for state in ("before", "after")
    ]
    return [Cell(name), *(Cell(value) for value in values), Cell("")]


def _headings(names: tuple[str, ...], words: Words) -> list[Cell]:
    numbers = {"n", "mean", "difference", "share", "points", "cost", "rank", "tranche"}
    return [Cell(words.say(f"changes.col_{name}"), name in numbers) for name in names]


def _from_to(words: Words, before: str, after: str) -> str:
    """Both values, or one where they are the same."""
    return before if before == after else words.say("changes.from_to", before=before, after=after)


def _with_limits(words: Words, value: str, low: str, high: str) -> str:
    return value if "—" in (low, high) else words.say("changes.with_limits", value=value, low=low, high=high)
