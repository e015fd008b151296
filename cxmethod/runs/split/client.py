"""The files of one client of a split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from cxmethod.engagement import Decisions, Engagement
from cxmethod.engagement.folder import DECISIONS, SETTINGS
from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.schemas import plain
from cxmethod.runs.split.frame import ORDER, frame_bytes, part_decisions, row_keys, taken, without_others
from cxmethod.runs.split.parts import Label
from cxmethod.runs.split.rows import EVERYBODY, OF_CUSTOMERS, Rows, keys
from cxmethod.runs.split.settings import Split, part_settings
from cxmethod.runs.split.shared import brand_files, spoken_by

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Whole:
    """An engagement that is split, all of it read once.

    Parameters
    ----------
    engagement : Engagement
    split : Split
    column : str
        The column as the table has it.
    data : dict
        Its settings as the file has them.
    tables : dict
        Table → its cells.
    rows : Rows
        Whose each row is.
    notebooks : dict
        Own notebooks by their path in the folder.
    decisions : Decisions
    """

    engagement: Engagement
    split: Split
    column: str
    data: Mapping[str, Any]
    tables: Mapping[str, RawTable]
    rows: Rows
    notebooks: Mapping[str, dict[str, Any]]
    decisions: Decisions
    _rendered: dict[str, bytes] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Name of the whole's folder."""
        return self.engagement.folder.name

    def label(self, value: str) -> Label:
        """What the folder of the client of `value` is known by."""
        return Label(self.origin, self.split.table, plain(self.column), value)

    def settings(self, value: str) -> dict[str, Any]:
        """The settings of the client of `value`."""
        return part_settings(self.data, self.split, value, self.origin)

    @cached_property
    def by_client(self) -> dict[str, tuple[RawTable, Positions]]:
        """Table of customers → its rows client by client, as they stood within each; and where each client's begin.

        Put in this order once, so that each client's rows are one stretch of them.
        """
        found = {}
        for name in OF_CUSTOMERS:
            if name in self.rows.codes:
                codes = self.rows.codes[name]
                order = np.argsort(codes, kind="stable")
                bounds = np.searchsorted(codes[order], np.arange(len(self.rows.values) + 1))
                found[name] = (taken(self.tables[name], order), bounds)
        return found

    @cached_property
    def table_keys(self) -> dict[str, frozenset[str]]:
        """Keys of the rows of those tables of the frame that not all clients have whole."""
        return {name: row_keys(self.tables[name], name) for name in ORDER if name in self.rows.codes}

    def own(self, name: str, client: int) -> RawTable:
        """The rows of a table that a client has, in their order."""
        if name in self.by_client:
            raw, bounds = self.by_client[name]
            return taken(raw, slice(bounds[client], bounds[client + 1]))
        codes = self.rows.codes[name]
        return taken(self.tables[name], np.flatnonzero((codes == client) | (codes == EVERYBODY)))

    def rendered(self, name: str, raw: RawTable) -> bytes:
        """A table's file; one that all clients share is made once."""
        parquet = self.kind(name) == ".parquet"
        if raw is not self.tables[name]:
            return frame_bytes(raw, parquet=parquet)
        if name not in self._rendered:
            self._rendered[name] = frame_bytes(raw, parquet=parquet)
        return self._rendered[name]

    def kind(self, name: str) -> str:
        """``.csv`` or ``.parquet``, as the whole's own file."""
        return "." + self.tables[name].file.rpartition(".")[2]


def files_of(whole: Whole, value: str) -> dict[str, bytes]:
    """All files of the client of `value`, by their path in its folder."""
    client = whole.rows.values.index(value)
    tables = client_tables(whole, client)
    settings = whole.settings(value)
    files = {
        f"inputs/{name}{whole.kind(name)}": whole.rendered(name, raw)
        for name, raw in tables.items()
        if len(raw.frame)
    }
    files |= spoken_by(whole.notebooks, str(settings.get("language", "es")))
    files |= brand_files(whole.engagement, settings)
    if whole.decisions != Decisions():
        decided = part_decisions(whole.decisions, _mine(whole, tables, client), found=_found(whole))
        files |= {DECISIONS: decided} if decided else {}
    return files | {SETTINGS: yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).encode()}


def client_tables(whole: Whole, client: int) -> dict[str, RawTable]:
    """The tables of a client: its own rows, and the frame without what that says of others."""
    tables = {
        name: whole.own(name, client) if name in whole.rows.codes else raw
        for name, raw in whole.tables.items()
    }
    lost = {name: held - row_keys(tables[name], name) for name, held in whole.table_keys.items()}
    if any(lost.values()):
        tables |= without_others({name: tables[name] for name in ORDER if name in tables}, lost)
    return tables


def _found(whole: Whole) -> bool:
    rule = whole.engagement.settings.persona
    return rule is not None and rule.indicators is not None


def _mine(whole: Whole, tables: Mapping[str, RawTable], client: int) -> dict[str, frozenset[str]]:
    none: frozenset[str] = frozenset()
    mine = {
        name: row_keys(tables[name], name) if name in tables else none
        for name in ("touchpoints", "initiatives", "personas")
    }
    rule, people = whole.engagement.settings.persona, tables.get("respondents")
    if rule is not None and rule.column is not None and people is not None and rule.column in people.frame:
        mine["personas"] |= frozenset(keys(people, rule.column).dropna())
    quotes = none
    if "motivations" in whole.tables:
        said = whole.rows.codes["motivations"] == client
        quotes = row_keys(taken(whole.tables["motivations"], np.flatnonzero(said)), "motivations")
    return mine | {"quotes": quotes}
