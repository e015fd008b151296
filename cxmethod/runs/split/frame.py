"""What the clients of a split share: the frame of the work, without what it says of the rows of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from cxmethod.engagement.cells import parse
from cxmethod.engagement.decisions import Decisions, dump_decisions
from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.schemas import TABLES, Column

ORDER = (
    "personas", "phases", "motivations", "touchpoints", "persona_touchpoints", "processes", "touchpoint_processes",
    "process_tasks", "initiatives", "criteria", "owners", "theme_cues",
)  # fmt: skip
"""Tables before those that refer to them."""


def without_others(shared: Mapping[str, RawTable], lost: Mapping[str, frozenset[str]]) -> dict[str, RawTable]:
    """The tables of the frame without references to rows that are another client's.

    A row that stands under a key of another's (a step of their touchpoint, a line of their persona) goes; of a list of
    keys (`addresses`, `requires` …) only the others' do.

    Parameters
    ----------
    shared : mapping
        Tables of the frame as one client gets them.
    lost : mapping
        Table → keys of its rows that are of others.
    """
    gone = dict(lost)
    kept = {}
    for name in ORDER:
        if name not in shared:
            continue
        raw = shared[name]
        columns = [column for column in TABLES[name].columns if column.refers and column.name in raw.frame]
        for column in (column for column in columns if column.kind == "key" and column.refers in gone):
            raw = _dropped(raw, column, gone[column.refers])
        if len(raw.frame) < len(shared[name].frame):
            gone[name] = gone.get(name, frozenset()) | (row_keys(shared[name], name) - row_keys(raw, name))
        for column in (column for column in columns if column.kind == "list" and column.refers in gone):
            raw = _shortened(raw, column, gone[column.refers])
        kept[name] = raw
    return kept


def row_keys(raw: RawTable, name: str) -> frozenset[str]:
    """The keys of a table's rows, where one column names a row; none where several do, for nothing refers to those."""
    unique = TABLES[name].unique
    if len(unique) != 1 or unique[0] not in raw.frame:
        return frozenset()
    column = Column(unique[0], unique[0], "key")
    return frozenset(parse(raw.frame[unique[0]], column, decimal_comma=False)[0].dropna())


def _dropped(raw: RawTable, column: Column, lost: frozenset[str]) -> RawTable:
    others = parse(raw.frame[column.name], column, decimal_comma=False)[0].isin(lost)
    return replace(raw, frame=raw.frame[~others.to_numpy(bool)]) if others.any() else raw


def _shortened(raw: RawTable, column: Column, lost: frozenset[str]) -> RawTable:
    cells = raw.frame[column.name].astype("string")
    items = cells.str.split(";").explode().str.strip()
    others = items.isin(lost)
    touched = cells.index.isin(items.index[others])
    if not touched.any():
        return raw
    left = items[~others].dropna().groupby(level=0).agg(";".join).reindex(cells.index).fillna("")
    return replace(raw, frame=raw.frame.assign(**{column.name: cells.mask(touched, left)}))


def part_decisions(whole: Decisions, mine: Mapping[str, frozenset[str]], *, found: bool) -> bytes | None:
    """The whole's decisions that are of the frame: what is mapped and judged before there are data; None without any.

    What was decided on results of the whole stays with it: moments overruled, the number of segments. Quotes stay
    approved where the client's own people said them.

    Parameters
    ----------
    whole : Decisions
    mine : mapping
        Of ``quotes``, ``initiatives``, ``touchpoints`` and ``personas``, the keys that the client has.
    found : bool
        Whether personas are found in the data, and so are others in each part.
    """
    data: dict[str, Any] = whole.model_dump(mode="json")
    cut, chosen = data["scope"]["cut"], data["opportunities"]
    cut["personas"] = [] if found else _of(cut["personas"], mine["personas"])
    cut["touchpoints"] = _of(cut["touchpoints"], mine["touchpoints"])
    for name in ("keep", "drop"):
        chosen[name] = _of(chosen[name], mine["initiatives"])
    known = mine["touchpoints"]
    matched = {task: stop for task, stop in data["processes"]["matched"].items() if not stop or stop in known}
    kept = {
        "scope": {"cut": cut},
        "plan": data["plan"],
        "importance": {stop: grade for stop, grade in data["importance"].items() if stop in known},
        "opportunities": chosen,
        "quotes": {"approved": _of(data["quotes"]["approved"], mine["quotes"])},
        "processes": {"matched": matched},
    }
    decisions = Decisions.model_validate(kept)
    return None if decisions == Decisions() else dump_decisions(decisions).encode()


def _of(listed: list[str], mine: frozenset[str]) -> list[str]:
    return [key for key in listed if key in mine]


def frame_bytes(raw: RawTable, *, parquet: bool) -> bytes:
    """A table's file with its cells as they stood, under the headings that its file had."""
    frame = raw.frame.rename(columns=raw.written)
    if parquet:
        return bytes(frame.to_parquet(index=False))
    # Cells with a decimal comma are read as numbers only in files parted by semicolons.
    separator = ";" if raw.decimal_comma else ","
    return frame.to_csv(index=False, lineterminator="\n", sep=separator).encode()


def taken(raw: RawTable, rows: Any) -> RawTable:
    """Some rows of a table, by position."""
    frame: pd.DataFrame = raw.frame.iloc[rows]
    return replace(raw, frame=frame)
