"""A table against its schema (pandera) and against the tables that it refers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pandera.pandas as pa

from cxmethod.engagement.cells import parse, zoned
from cxmethod.engagement.problems import Problem
from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.scale_gate import foreign, likely_scale
from cxmethod.engagement.schemas import Column, Table

_RANGES: dict[str, tuple[float | None, float | None]] = {
    "emotion": (-2, 2),
    "grade": (1, 5),
    "share": (0, 1),
    "count": (0, None),
}
_PARTS_ROUTES, _PARTS_LISTS = " > ", ";"
EVERYONE = "all"
"""Stands for every persona in the results, and so for none in the inputs."""
_UNREADABLE = {"date": "engagement.rule_date", "time": "engagement.rule_time", "flag": "engagement.rule_flag"}

Keys = Callable[[str], "pd.Index | None"]


@dataclass(frozen=True)
class Checked:
    """A table's values, and what is wrong with them."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]


def check(raw: RawTable, table: Table, keys: Keys) -> Checked:
    """Values of `raw` by `table`'s schema.

    Parameters
    ----------
    raw : RawTable
    table : Table
    keys : callable
        Table name → the keys that may be referred to, None where nothing is known of that table.
    """
    columns = [column for name in raw.frame.columns if (column := table.column(name))]
    values: dict[str, pd.Series] = {}
    there = {*raw.frame.columns, *raw.assumed}
    problems = [
        _missing(column, raw) for column in table.columns if column.required and column.name not in there
    ]
    for column in columns:
        values[column.name], unreadable = parse(
            raw.frame[column.name], column, decimal_comma=raw.decimal_comma
        )
        problems += _cells(raw, column, unreadable, _unreadable_rule(column), _limits(column))
    frame = raw.frame.assign(**values)
    problems += _schema_problems(frame, columns, raw, {(p.row, p.column) for p in problems})
    problems = _of_another_scale(frame, raw, problems)
    problems += _repeated(frame, table, raw)
    if "persona" in frame and (column := table.column("persona")):
        reserved = (frame["persona"] == EVERYONE).fillna(False)
        problems += _cells(raw, column, reserved, "engagement.rule_reserved", {"name": EVERYONE})
    for column in columns:
        for parting in partings(column, table):
            parted = frame[column.name].str.contains(parting, regex=False).fillna(False)
            problems += _cells(raw, column, parted, "engagement.rule_parting", {"parting": parting.strip()})
    for part, whole in table.parts:
        if part in frame and whole in frame and (column := table.column(part)):
            more = (frame[part] > frame[whole]).fillna(False)
            problems += _cells(
                raw, column, more, "engagement.rule_part", {"whole": raw.written.get(whole, whole)}
            )
    problems += _times(frame, columns, table, raw)
    for column in columns:
        if column.refers and (known := keys(column.refers)) is not None:
            problems += _lost(raw, frame[column.name], column, known)
    return Checked(_completed(frame, table).reset_index(drop=True), tuple(problems))


def partings(column: Column, table: Table) -> tuple[str, ...]:
    """What may not stand in the keys of a column, since it parts keys where several stand in one cell."""
    routes = (_PARTS_ROUTES,) if column.name == "touchpoint" else ()
    return (*routes, _PARTS_LISTS) if table.unique == (column.name,) else routes


def empty(table: Table) -> pd.DataFrame:
    """No rows, every column, each of its kind."""
    no_cells = pd.Series([], dtype="string")
    return pd.DataFrame({c.name: parse(no_cells, c, decimal_comma=False)[0] for c in table.columns})


def _completed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    absent = [column for column in table.columns if column.name not in frame]
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    return frame.assign(**{column.name: parse(blank, column, decimal_comma=False)[0] for column in absent})


def _of_another_scale(frame: pd.DataFrame, raw: RawTable, problems: list[Problem]) -> list[Problem]:
    """Emotions out of range, told with the mend where their curve was plainly answered on another scale."""
    if not {"emotion", "source", "touchpoint"} <= set(frame):
        return problems
    kind = foreign(frame["emotion"], frame["source"], frame["touchpoint"])
    if not kind.any():
        return problems
    found = frame["emotion"][frame["source"].isin(frame["source"][kind != ""]) & (frame["emotion"].notna())]
    scale = likely_scale(found)
    limits = {
        "low": scale.low,
        "high": scale.high,
        "found_low": f"{found.min():g}",
        "found_high": f"{found.max():g}",
    }
    heading = raw.written.get("emotion", "emotion")
    return [
        replace(problem, rule=f"engagement.rule_emotion_{kind[problem.row]}", limits=limits)
        if problem.column == heading and problem.row and kind[problem.row]
        else problem
        for problem in problems
    ]


def _missing(column: Column, raw: RawTable) -> Problem:
    return Problem("engagement.rule_column_missing", raw.file, column.name, limits={"spanish": column.es})


def _unreadable_rule(column: Column) -> str:
    if column.kind == "code":
        return "engagement.rule_allowed"
    if column.kind in _RANGES:
        return _range_rule(column.kind)
    return _UNREADABLE.get(column.kind, "engagement.rule_number")


def _range_rule(kind: str) -> str:
    return "engagement.rule_at_least" if _RANGES[kind][1] is None else "engagement.rule_range"


def _limits(column: Column) -> dict[str, Any]:
    if column.kind == "code":
        return {"allowed": column.allowed}
    low, high = _RANGES.get(column.kind, (None, None))
    return {name: limit for name, limit in (("low", low), ("high", high)) if limit is not None}


def _schema_problems(
    frame: pd.DataFrame, columns: list[Column], raw: RawTable, known: set[tuple[int, str]]
) -> list[Problem]:
    schema = pa.DataFrameSchema({column.name: _pandera(column) for column in columns})
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        by_name = {column.name: column for column in columns}
        cases = errors.failure_cases.drop_duplicates(["column", "index"])
        found = []
        for name, rows in cases.groupby("column", sort=False):
            column = by_name[str(name)]
            at = frame.index.isin(rows["index"])
            blank = frame[column.name].isna().to_numpy() & at
            found += _cells(raw, column, pd.Series(blank, frame.index), "engagement.rule_filled", {})
            wrong = pd.Series(at & ~blank, frame.index)
            found += _cells(raw, column, wrong, _unreadable_rule(column), _limits(column))
        return [problem for problem in found if (problem.row, problem.column) not in known]
    return []


def _pandera(column: Column) -> pa.Column:
    low, high = _RANGES.get(column.kind, (None, None))
    checks = []
    if low is not None:
        checks.append(pa.Check.ge(low))
    if high is not None:
        checks.append(pa.Check.le(high))
    return pa.Column(None, checks, nullable=not column.required)


def _repeated(frame: pd.DataFrame, table: Table, raw: RawTable) -> list[Problem]:
    unique = [name for name in table.unique if name in frame]
    if not unique:
        return []
    twice = frame.duplicated(unique, keep="first") & frame[unique[0]].notna()
    column = table.column(unique[0])
    assert column is not None
    said = tuple(raw.written.get(name, name) for name in unique)
    return _cells(raw, column, twice, "engagement.rule_unique", {"columns": said})


def _times(frame: pd.DataFrame, columns: list[Column], table: Table, raw: RawTable) -> list[Problem]:
    """Times that end before they begin; and the first one without a zone where others have theirs, of each column.

    Taken as UTC beside others that are not, it would move by hours and change places with them.
    """
    timed = {column.name: column for column in columns if column.kind == "time"}
    known = {name: frame[name].notna() for name in timed}
    told = {name: zoned(raw.frame[name]) for name in timed}
    problems: list[Problem] = []
    for name, column in timed.items():
        bare = known[name] & ~told[name]
        if told[name].any():
            problems += _cells(raw, column, bare & (bare.cumsum() == 1), "engagement.rule_zone", {})
    for begin, end in table.spans:
        if not {begin, end} <= set(timed):
            continue
        other = {"other": raw.written.get(end, end)}
        late = (frame[begin] > frame[end]).fillna(False)
        if not problems and known[begin].any() and known[end].any() and told[begin].any() != told[end].any():
            first = known[begin] & (known[begin].cumsum() == 1)
            problems += _cells(raw, timed[begin], first, "engagement.rule_zone_other", other)
        elif not problems:
            problems += _cells(raw, timed[begin], late, "engagement.rule_later", other)
    return problems


def _lost(raw: RawTable, values: pd.Series, column: Column, known: pd.Index) -> list[Problem]:
    items = values.dropna()
    if column.kind == "list":
        items = items.str.split(";").explode().str.strip()
        items = items[items != ""]
    heading = raw.written.get(column.name, column.name)
    lost = items[~items.isin(known)]
    limits = {"table": column.refers}
    return [
        Problem("engagement.rule_reference", raw.file, heading, int(row), str(item), limits)
        for row, item in zip(lost.index, lost, strict=True)
    ]


def _cells(
    raw: RawTable, column: Column, where: pd.Series, rule: str, limits: dict[str, Any]
) -> list[Problem]:
    heading = raw.written.get(column.name, column.name)
    cells = raw.frame[column.name][where.to_numpy(dtype=bool)]
    return [
        Problem(rule, raw.file, heading, int(row), "" if pd.isna(cell) else str(cell).strip(), limits)
        for row, cell in zip(cells.index, cells, strict=True)
    ]
