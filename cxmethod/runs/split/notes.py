"""What a split refuses, and what it tells: sentences for whoever started it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from cxmethod.engagement.schemas import plain
from cxmethod.language import CxError, Words
from cxmethod.runs.split.client import Whole
from cxmethod.runs.split.frame import ORDER
from cxmethod.runs.split.parts import Written
from cxmethod.runs.split.rows import NOBODY
from cxmethod.runs.split.shared import prose, sources_of, spoken_by
from cxmethod.runs.split.text import naming, texts_of

_FEW, _EACH = 20, 0.9
_SHOWN = 8
_AMOUNTS = (
    ("budget", "amount"),
    ("scope", "population"),
    ("scope", "interviewable_customers"),
    ("scope", "study_budget"),
)
"""Settings that are of the whole's size, and hardly of each client's."""


def refuse_slips(whole: Whole, words: Words) -> None:
    """Refuse a column that cannot be what was meant, and clients who are written otherwise than in the data.

    Raises
    ------
    CxError
    """
    values, raw = whole.rows.values, whole.tables[whole.split.table]
    heading = raw.written[whole.column]
    if not values:
        raise CxError("split.no_values", words, column=heading, file=raw.file)
    filled = len(raw.frame) - whole.rows.blank
    if filled > _FEW and len(values) > _EACH * filled:
        many = {"values": words.number(len(values), 0), "rows": words.number(filled, 0)}
        raise CxError("split.each_its_own", words, column=heading, file=raw.file, **many)
    alike = {plain(value): value for value in values}
    for name in whole.split.clients:
        if name not in values and plain(name) in alike:
            raise CxError("split.near", words, value=name, near=alike[plain(name)], column=heading)


def notes(
    whole: Whole, written: Mapping[str, Written], vanished: Mapping[str, str], words: Words
) -> Iterator[str]:
    """What was split, and what went otherwise than one may think.

    Parameters
    ----------
    whole : Whole
    written : mapping
        Value → what was done in its folder.
    vanished : mapping
        Value that the data no longer have → its folder.
    words : Words
    """
    changed = sum(bool(done.changed) for done in written.values())
    column = whole.tables[whole.split.table].written[whole.column]
    yield words.say(
        "split.done",
        count=len(written),
        engagement=whole.origin,
        column=column,
        changed=words.number(changed, 0),
    )
    yield from _rows(whole, column, words)
    yield from _clients(whole, vanished, words)
    yield from _shared(whole, words)
    for value, done in written.items():
        if done.kept:
            files = words.join(done.kept)
            yield words.say("split.kept", count=len(done.kept), client=value, files=files)


def _rows(whole: Whole, column: str, words: Words) -> Iterator[str]:
    rows, base = whole.rows, whole.split.table
    if rows.blank:
        yield words.say("split.blank", count=rows.blank, file=whole.tables[base].file, column=column)
    left = {
        name: int(np.count_nonzero(codes == NOBODY)) for name, codes in rows.codes.items() if name != base
    }
    of_all = [name for name, count in left.items() if count and count == len(rows.codes[name])]
    if of_all:
        files = words.join(whole.tables[name].file for name in of_all)
        yield words.say("split.left_out", count=len(of_all), files=files)
    for name, count in left.items():
        if count and name not in of_all:
            yield words.say("split.unlinked", count=count, file=whole.tables[name].file)
    if rows.by_case:
        yield words.say("split.by_case", file=whole.tables["process_events"].file)


def _clients(whole: Whole, vanished: Mapping[str, str], words: Words) -> Iterator[str]:
    values = whole.rows.values
    spelt: dict[str, list[str]] = {}
    for value in values:
        spelt.setdefault(plain(value), []).append(value)
    for alike in spelt.values():
        if len(alike) > 1:
            yield words.say("split.alike", values=_quoted(alike, words))
    absent = [name for name in whole.split.clients if name not in values and name not in vanished]
    if absent:
        yield words.say("split.absent", count=len(absent), clients=words.join(absent[:_SHOWN]))
    for value, folder in vanished.items():
        yield words.say("split.vanished", client=value, folder=folder)


def _shared(whole: Whole, words: Words) -> Iterator[str]:
    split = whole.split
    of_whole = [
        f"{section}.{name}"
        for section, name in _AMOUNTS
        if _given(whole.data, section, name)
        and not _given(split.settings, section, name)
        and not all(_given(split.clients.get(value, {}), section, name) for value in whole.rows.values)
    ]
    if of_whole:
        yield words.say("split.amounts", count=len(of_whole), settings=words.join(of_whole))
    texts = {whole.tables[name].file: texts_of(whole.tables[name]) for name in _frame(whole)}
    settings = {k: v for k, v in whole.data.items() if k not in ("client", "compare_with")}
    texts["engagement.yaml"] = list(prose(settings))
    texts |= {name: sources_of(notebook) for name, notebook in whole.notebooks.items()}
    named = [str(own["client"]) for own in split.clients.values() if own.get("client")]
    for place, names in naming(texts, [*whole.rows.values, *named]).items():
        yield words.say("split.names", file=place, names=_quoted(names, words))
    languages = {str(whole.settings(value).get("language", "es")) for value in whole.rows.values}
    for language in sorted(languages):
        mute = len(whole.notebooks) - len(spoken_by(whole.notebooks, language))
        if mute:
            yield words.say(f"split.notebooks_{language}", count=mute)


def _frame(whole: Whole) -> list[str]:
    """Tables that all clients get as they stand."""
    return [name for name in ORDER if name in whole.tables and name not in whole.rows.codes]


def _given(settings: Mapping[str, Any], section: str, name: str) -> bool:
    held = settings.get(section)
    return isinstance(held, Mapping) and held.get(name) is not None


def _quoted(names: Iterable[str], words: Words) -> str:
    before, after = "«»" if words.language == "es" else "''"
    return words.join(f"{before}{name}{after}" for name in names)
