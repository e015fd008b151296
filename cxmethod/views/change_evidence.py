"""Which evidence changed, and what it may have moved, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from cxmethod.language import Words
from cxmethod.steps.changes import Changes
from cxmethod.views.change_places import WHERE, Names, Where, named_place, told_value
from cxmethod.views.change_words import Said, clean, column, known_or, plain, quoted


def because(changes: Changes, part: str, words: Words, names: Names | None = None) -> list[Said]:
    """What changed of all that a part reads; the method where nothing of it did."""
    own = changes.causes[changes.causes["part"] == part]
    if own.empty:
        return []
    if own["kind"].isin(["method", "notebook", "package"]).all():
        kind, what = own["kind"].iloc[0], own["what"].iloc[0]
        return [Said(f"by_{kind}", words.say(f"changes.by_{kind}", what=what))]
    kinds = own.groupby("kind", sort=False)["what"].agg(list).items()
    listed = words.join(_cause(str(kind), what, words, names) for kind, what in kinds)
    return [
        Said("because", words.say("changes.because", causes=listed), "info", {"causes": list(own["what"])})
    ]


def _cause(kind: str, what: list[str], words: Words, names: Names | None) -> str:
    if kind == "table":
        named = quoted((words.say(f"forms.table_{table}") for table in what), words)
    elif kind in WHERE:
        named = words.join(
            named_place("setting" if kind == "setting" else "decision", one, words, names) for one in what
        )
    else:
        named = words.join(map(clean, what))
    return words.say(f"changes.cause_{kind}", count=len(what), what=named)


def evidence(changes: Changes, words: Words, names: Names | None = None) -> Iterable[Said]:
    """Tables by their rows, settings and decisions by their values."""
    for row in changes.tables.to_dict("records"):
        counts: dict[str, Any] = {
            name: words.number(None if pd.isna(row[name]) else row[name], 0)
            for name in ("rows_before", "rows_after", "added", "removed", "changed")
        }
        told = f"table_{row['change']}"
        same = row["change"] == "rows" and row["rows_before"] == row["rows_after"]
        form = f"{told}_same" if same else told
        text = words.say(f"changes.{form}", table=words.say(f"forms.table_{row['table']}"), **counts)
        if row["change"] == "rows" and row["columns"]:
            named = words.join(column(name, row["table"], words) for name in str(row["columns"]).split(";"))
            text = f"{text} {words.say('changes.columns', columns=named)}"
        yield Said(told, text, "warns" if row["change"] == "unreadable" else "info", plain(row))
    for kind in WHERE:
        for row in getattr(changes, f"{kind}s").to_dict("records"):
            told = "sources" if row["place"] == "sources" else kind
            # A sentence of the client's own brings its full stop.
            was, now = (
                known_or(_value(kind, row, state, words, names), words, f"no_{kind}").rstrip(".")
                for state in ("before", "after")
            )
            place = named_place(kind, row["place"], words, names)
            text = words.say(f"changes.{told}", place=place, before=was, after=now)
            yield Said(told, text, "info", plain(row))


def _value(kind: Where, row: Mapping[Any, Any], state: str, words: Words, names: Names | None) -> str:
    """What stood at a place in one state, in words; nothing where it was not said."""
    value = row[state]
    return "" if pd.isna(value) else told_value(kind, str(row["place"]), str(value), words, names)


def missing(changes: Changes, words: Words, places: tuple[str, str] | None = None) -> Iterable[Said]:
    """What could not be compared, and in which state; what to run there, where the caller named the folders."""
    folders = places or (changes.before.folder, changes.after.folder)
    for (state, why), own in changes.missing.groupby(["state", "why"], sort=False):
        folder = folders[0] if state == "before" else folders[1]
        parts = words.join(words.say(f"changes.part_{part}") for part in own["part"])
        text = words.say(f"changes.missing_{why}", parts=parts, folder=folder)
        if places and words.knows(f"changes.run_{why}"):
            text = f"{text} {words.say(f'changes.run_{why}', folder=folder)}"
        yield Said(f"missing_{why}", text, "warns", {"state": state, "parts": list(own["part"])})
