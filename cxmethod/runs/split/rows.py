"""Whose each row of the tables is, when an engagement is split: exactly one client's, everybody's frame, or nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cxmethod.engagement.cells import parse
from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.schemas import TABLES, Column, plain

Codes = npt.NDArray[np.int32]

OF_CUSTOMERS = (
    "respondents", "ratings", "variables", "outcomes", "kano", "scores", "alignment", "events", "journeys",
    "process_events", "waves",
)  # fmt: skip
"""Tables of data: a row that leads to no client is nobody's. The others are the frame of the work, which all share."""
NOBODY, EVERYBODY = -1, -2
_ENOUGH_CASES = 0.5


@dataclass(frozen=True)
class Rows:
    """Whose each row is.

    Parameters
    ----------
    values : tuple of str
        The clients, in the order that their numbers count.
    codes : dict
        Table → one number a row: a client, `NOBODY` or `EVERYBODY`. Tables that are not here are everybody's as they stand.
    blank : int
        Rows of the table of the column in which it is blank.
    by_case : bool
        Whether rows of process logs follow journeys, or people, that have their cases' keys.
    """

    values: tuple[str, ...]
    codes: dict[str, Codes] = field(default_factory=dict)
    blank: int = 0
    by_case: bool = False


def keys(raw: RawTable, column: str) -> pd.Series:
    """The cells of `column` as the engagement reads keys: trimmed text, missing where blank."""
    return parse(raw.frame[column], Column(column, column, "key"), decimal_comma=False)[0]


def find_column(raw: RawTable, column: str) -> str | None:
    """The column of `raw` that is called `column`: letter by letter, else whatever its case and accents."""
    names = {name: name for name in raw.frame.columns} | {raw.written[name]: name for name in raw.written}
    alike = {plain(str(name)): own for name, own in names.items()}
    return names.get(column) or alike.get(plain(column))


def whose(tables: Mapping[str, RawTable], table: str, column: str) -> Rows:
    """Whose each row of `tables` is, by `column` of `table`.

    A table with that column is split by it. Else a row goes where its respondent goes, without a respondent where its
    journey goes; touchpoints lead to a client where they are what is split. A respondent or journey that leads to two
    clients leads to none. The card of a persona that has a client's value for its key is that client's.

    Parameters
    ----------
    tables : mapping
        All tables that there are; `table` has `column`.
    table, column : str
    """
    cells = keys(tables[table], column)
    values = tuple(sorted(cells.dropna().unique(), key=lambda value: (value.casefold(), value)))
    own = {table: _codes(cells, values), **_of_own_column(tables, table, column, values)}
    links = _Links(tables, table)
    codes = _followed(links, own)
    by_case = False
    if "process_events" in tables and "process_events" not in codes:
        codes["process_events"] = _of_cases(tables["process_events"], links.owners(codes))
        by_case = bool((codes["process_events"] != NOBODY).any())
    for name in OF_CUSTOMERS:
        if name in tables and name not in codes:
            codes[name] = np.full(len(tables[name].frame), NOBODY, np.int32)
    if "motivations" in tables and "motivations" not in own:
        codes["motivations"] = _of_motivations(tables["motivations"], codes.get("motivations"))
    if "personas" in tables and "persona" in tables["personas"].frame and "personas" not in own:
        cards = _codes(keys(tables["personas"], "persona"), values)
        if (cards != NOBODY).any():
            codes["personas"] = np.where(cards == NOBODY, EVERYBODY, cards).astype(np.int32)
    return Rows(values, codes, int(cells.isna().sum()), by_case)


def _codes(cells: pd.Series, values: tuple[str, ...]) -> Codes:
    return _places(pd.Index(values, dtype="object"), cells)


def _places(index: pd.Index, cells: pd.Series) -> Codes:
    """Where each cell stands in `index`, -1 where it does not."""
    return index.get_indexer(pd.Index(cells.astype("object"))).astype(np.int32)


def _of_own_column(
    tables: Mapping[str, RawTable], table: str, column: str, values: tuple[str, ...]
) -> dict[str, Codes]:
    """Rows of other tables that have the column: a heading of the schema's own means the same only beside another one."""
    declared = TABLES[table].column(column) is not None
    found = {}
    for name, raw in tables.items():
        own = find_column(raw, column)
        if name == table or own is None or (TABLES[name].column(own) is not None) != declared:
            continue
        codes = _codes(keys(raw, own), values)
        if (codes != NOBODY).any():
            found[name] = codes
    return found


class _Links:
    """What leads from a row to a client: its respondent, its journey; its touchpoint where touchpoints are what is split."""

    def __init__(self, tables: Mapping[str, RawTable], table: str) -> None:
        self.tables, self.table = tables, table
        self.names: tuple[str, ...] = ("respondent", "journey")
        if table == "touchpoints":
            self.names = ("touchpoint", *self.names)
        if table == "journeys":
            self.names = ("journey", "respondent")
        self._keys: dict[tuple[str, str], pd.Series] = {}

    def of(self, name: str) -> list[str]:
        """The links that a table has, the first one first."""
        return [key for key in self.names if key in self.tables[name].frame]

    def keys(self, name: str, key: str) -> pd.Series:
        """A table's keys, read once."""
        if (name, key) not in self._keys:
            self._keys[name, key] = keys(self.tables[name], key)
        return self._keys[name, key]

    def owners(self, codes: Mapping[str, Codes]) -> dict[str, pd.Series]:
        """Link → whose each of its keys is; the table that is split says it, else all tables that are split already."""
        found = {}
        for key in self.names:
            first = key in self.of(self.table) or key == "touchpoint"
            told = [self.table] if first else [name for name in codes if key in self.of(name)]
            if told:
                found[key] = _sole((self.keys(name, key), codes[name]) for name in told)
        return {key: owned for key, owned in found.items() if len(owned)}

    def follow(self, name: str, owners: Mapping[str, pd.Series]) -> Codes:
        """Each row goes where the first of its links goes that is filled, also where that is nowhere."""
        codes = np.full(len(self.tables[name].frame), NOBODY, np.int32)
        unsaid = np.ones(len(codes), bool)
        for key in self.of(name):
            cells = self.keys(name, key)
            if key in owners:
                codes = np.where(unsaid, _mapped(cells, owners[key]), codes)
            unsaid &= cells.isna().to_numpy(bool)
        return codes.astype(np.int32)


def _followed(links: _Links, own: dict[str, Codes]) -> dict[str, Codes]:
    """`own` with the tables that lead to a client; events may say by their respondents where journeys lead."""
    followers = [name for name in (*OF_CUSTOMERS, "motivations") if name in links.tables and name not in own]
    codes = dict(own)
    known: set[str] = set()
    while known < set(owners := links.owners(codes)):
        for name in followers:
            if (set(owners) - known) & set(links.of(name)):
                codes[name] = links.follow(name, owners)
        known = set(owners)
    return codes


def _sole(told: Iterable[tuple[pd.Series, Codes]]) -> pd.Series:
    """Key → the one client that it leads to."""
    pairs = pd.concat([pd.DataFrame({"key": cells, "code": codes}) for cells, codes in told])
    pairs = pairs[pairs["key"].notna() & (pairs["code"] >= 0)].drop_duplicates()
    return pairs[~pairs["key"].duplicated(keep=False)].set_index("key")["code"]


def _mapped(cells: pd.Series, owned: pd.Series) -> Codes:
    at = _places(owned.index.astype("object"), cells)
    return np.where(at < 0, NOBODY, owned.to_numpy()[at]).astype(np.int32)


def _of_cases(raw: RawTable, owners: Mapping[str, pd.Series]) -> Codes:
    """Rows of process logs whose cases are journeys, or people; a few keys that happen to be alike say nothing."""
    cells = keys(raw, "case")
    for key in ("journey", "respondent"):
        if key in owners and cells.drop_duplicates().isin(owners[key].index).mean() >= _ENOUGH_CASES:
            return _mapped(cells, owners[key])
    return np.full(len(raw.frame), NOBODY, np.int32)


def _of_motivations(raw: RawTable, followed: Codes | None) -> Codes:
    """Somebody's words are those of their client; what the consultant summed up is the frame of all.

    Answers of a survey (`measured`) that do not say whose they are, are nobody's.
    """
    blank: Any = np.ones(len(raw.frame), bool)
    if "respondent" in raw.frame:
        blank = keys(raw, "respondent").isna().to_numpy(bool)
    codes = np.full(len(raw.frame), NOBODY, np.int32) if followed is None else followed
    evidence = TABLES["motivations"].column("evidence")
    assert evidence is not None
    measured: Any = np.zeros(len(raw.frame), bool)
    if "evidence" in raw.frame:
        given = parse(raw.frame["evidence"], evidence, decimal_comma=False)[0]
        measured = (given == "measured").fillna(False).to_numpy(bool)
    return np.where(blank & ~measured & (codes == NOBODY), EVERYBODY, codes).astype(np.int32)
