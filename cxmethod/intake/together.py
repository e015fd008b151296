"""What several sources give, put together: one row a respondent, an outcome, a journey and a rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import TABLES, Problem
from cxmethod.intake.parts import Notice, Part

ORDER = (
    "respondents",
    "ratings",
    "outcomes",
    "scores",
    "events",
    "journeys",
    "process_events",
    "process_tasks",
)
_PLACE = ["_file", "_row", "_by_wave"]
_OF_A_PERSON = ("respondents", "outcomes")
_RATING = ["respondent", "touchpoint", "source", "wave"]


@dataclass(frozen=True)
class Together:
    """Tables of all sources, what contradicts itself in them, and what a reader should know."""

    tables: dict[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]


def put_together(parts: Sequence[Part]) -> Together:
    """The tables of `parts`, sources in their order, each row where it first stands.

    A respondent who stands in several files is one respondent. Files that disagree on the persona, weight or
    outcome of one, or rate the same touchpoint twice, are a problem; other attributes keep the first known value.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    notices: list[Notice] = []
    for name in ORDER:
        placed = [_placed(part, name) for part in parts if name in part.tables]
        if not placed:
            continue
        rows = pd.concat(placed, ignore_index=True)
        if name in _OF_A_PERSON:
            rows = _latest(rows, list(TABLES[name].unique))
        if name == "ratings" and len(placed) > 1:
            problems += _rated_twice(rows, parts)
        if key := list(TABLES[name].unique) if name not in ("ratings", "events") else []:
            repeated = rows[rows.duplicated(key, keep=False)]
            fixed, free = _compared(name, rows, key)
            problems += [found for column in fixed for found in _conflicts(repeated, key, column, parts)]
            notices += _differences(repeated, key, free)
            rows = rows.groupby(key, sort=False, as_index=False).first() if len(repeated) else rows
        tables[name] = rows.drop(columns=_PLACE)
    return Together(tables, tuple(problems), (*notices, *_staff_and_customers(tables)))


def _placed(part: Part, name: str) -> pd.DataFrame:
    frame = part.tables[name]
    return frame.assign(_file=part.file, _row=frame.index, _by_wave=part.by_wave)


def _latest(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Who answered in several waves is one person: what was said last of them counts, blanks filled from before."""
    again = rows["_by_wave"] & rows.duplicated([*key, "_by_wave"], keep=False)
    if not again.any():
        return rows
    last = rows[again].groupby(key, sort=False, as_index=False).last()
    first = rows[~(again & rows.duplicated([*key, "_by_wave"]))]
    known = last.set_index(key).reindex(first.set_index(key).index)
    taken = again.loc[first.index].to_numpy()
    columns = [name for name in rows.columns if name not in key]
    return first.assign(**{name: first[name].mask(taken, known[name].to_numpy()) for name in columns})


def _compared(name: str, rows: pd.DataFrame, key: list[str]) -> tuple[list[str], list[str]]:
    columns = [column for column in rows.columns if column not in (*key, *_PLACE)]
    fixed = {column.name for column in TABLES[name].columns}
    return [c for c in columns if c in fixed], [c for c in columns if c not in fixed]


def _conflicts(repeated: pd.DataFrame, key: list[str], column: str, parts: Sequence[Part]) -> list[Problem]:
    known = repeated.dropna(subset=[column])
    if known.empty:
        return []
    first = known.groupby(key)[[column, *_PLACE]].transform("first")
    wrong = known[column] != first[column]
    return [
        Problem(
            "intake.rule_conflict",
            row["_file"],
            _heading(parts, row["_file"], column),
            int(row["_row"]),
            str(row[column]),
            {"other": other},
        )
        for row, other in zip(known[wrong].to_dict("records"), first.loc[wrong, "_file"], strict=True)
    ]


def _differences(repeated: pd.DataFrame, key: list[str], columns: list[str]) -> list[Notice]:
    differing = tuple(c for c in columns if (repeated.groupby(key)[c].nunique() > 1).any())
    return [Notice("intake.attributes_differ", {"columns": differing})] if differing else []


def _rated_twice(rows: pd.DataFrame, parts: Sequence[Part]) -> list[Problem]:
    twice = rows[rows.duplicated([name for name in _RATING if name in rows])]
    return [
        Problem(
            "intake.rule_rated_twice",
            row["_file"],
            _heading(parts, row["_file"], "respondent"),
            int(row["_row"]),
            row["respondent"],
            {"touchpoint": row["touchpoint"]},
        )
        for row in twice.to_dict("records")
    ]


def _heading(parts: Sequence[Part], file: str, column: str) -> str:
    return next(
        (part.headings[column] for part in parts if part.file == file and column in part.headings), column
    )


def _staff_and_customers(tables: dict[str, pd.DataFrame]) -> list[Notice]:
    """Staff and customers whose ids are the same: one person, or two lists that both count from 1."""
    if "ratings" not in tables:
        return []
    internal = tables["ratings"]["source"] == "internal"
    staff, customers = (pd.Index(tables["ratings"].loc[who, "respondent"]) for who in (internal, ~internal))
    both = staff.unique().intersection(customers.unique())
    return [Notice("intake.staff_and_customers", {"ids": tuple(both[:5])}, len(both))] if len(both) else []
