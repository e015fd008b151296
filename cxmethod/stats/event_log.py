"""An event log as an Ibis table, on a DuckDB of its own or wherever the client's log already lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cxmethod.stats.backend import collected, connect, kept, register, table
from cxmethod.stats.tallies import Tallies

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

REQUIRED = ("journey", "touchpoint", "timestamp")
_TIES = ("sequence",)
_ORDER = ("timestamp", *_TIES)


@dataclass(frozen=True, eq=False)
class EventLog:
    """Events of many journeys, and for each of them the event that follows.

    Made by `event_log`, `event_log_in` or `event_log_of`; the statistics of routes take it and give pandas frames.

    Parameters
    ----------
    all_events : ibis Table
        One row an event: `journey` (a key), `name` (the journey's own), `touchpoint`, `timestamp` (UTC), `sequence`
        (order among events of one moment), `outcome` (success, failure, open or missing), `persona` (may be
        missing), `failed` (bool: something went wrong in the event).
    all_steps : ibis Table
        One row an event: `journey`, `touchpoint`, `position` (1 for the first of its journey), `next` (the
        touchpoint that follows, missing for the last), `outcome`, `persona`, `failed`; `customer` where one of them
        makes several journeys. On DuckDB it is computed once and kept; elsewhere it is an expression.
    tallies : Tallies
        Counts over all journeys, shared by the logs that `where` gives.
    rules : tuple of (column, values)
        What `where` asked for.
    """

    all_events: ir.Table
    all_steps: ir.Table
    tallies: Tallies
    rules: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def events(self) -> ir.Table:
        """Of `all_events`, those of these journeys."""
        return self._of_these(self.all_events)

    @cached_property
    def steps(self) -> ir.Table:
        """Of `all_steps`, those of these journeys."""
        return self._of_these(self.all_steps)

    def where(
        self, outcome: str | Sequence[str] | None = None, persona: str | Sequence[str] | None = None
    ) -> EventLog:
        """The journeys of an outcome or of several, of a persona or of several, or of both."""
        wanted = (("outcome", outcome), ("persona", persona))
        rules = tuple(
            (column, (value,) if isinstance(value, str) else tuple(value))
            for column, value in wanted
            if value is not None
        )
        return replace(self, rules=(*self.rules, *rules))

    def chosen(self, counts: pd.DataFrame) -> pd.DataFrame:
        """Those of the counts by `outcome` and `persona` that are of these journeys."""
        for column, values in self.rules:
            counts = counts[counts[column].isin(values)]
        return counts

    def tally(self, name: str) -> pd.DataFrame:
        """One of the `Tallies` for these journeys: `moves`, `pairs` or `visits`."""
        return self.chosen(getattr(self.tallies, name))

    @property
    def n_events(self) -> int:
        """How many events there are."""
        return int(self.tally("moves")["count"].sum())

    @property
    def n_journeys(self) -> int:
        """How many journeys there are."""
        return int(self.tally("moves")["first"].sum())

    @property
    def n_customers(self) -> int:
        """How many customers made these journeys; one whom nobody names is one for each journey."""
        if not self.tallies.returning:
            return self.n_journeys
        counted = lambda: self.steps.aggregate(n=self.steps.customer.nunique())  # noqa: E731
        return int(self.tallies.other(("customers", self.rules), counted)["n"].iloc[0])

    def customers_at(self, *by: str) -> pd.Series:
        """How many customers come to each `touchpoint`, also `by` outcome or persona: the index is both, or the one."""
        keys = ["touchpoint", *by]
        if not self.tallies.returning:
            return self.tally("visits").groupby(keys, observed=True)["journeys"].sum()
        key = ("customers", *keys, self.rules)
        counted = lambda: self.steps.group_by(keys).agg(n=self.steps.customer.nunique())  # noqa: E731
        return self.tallies.other(key, counted).set_index(keys)["n"]

    def _of_these(self, table: ir.Table) -> ir.Table:
        for column, values in self.rules:
            table = table.filter(table[column].isin(values))
        return table


def event_log(
    events: pd.DataFrame,
    outcome: pd.Series | None = None,
    persona: pd.Series | None = None,
    customer: pd.Series | None = None,
) -> EventLog:
    """The log of a data frame.

    Events of the same moment keep the order in which they came; times with a zone are brought to UTC.

    Parameters
    ----------
    events
        `journey`, `touchpoint`, `timestamp`; `failed` (bool) where it is known. Other columns are left out.
    outcome, persona, customer
        By journey (their index).

    Raises
    ------
    ValueError
        A journey, touchpoint or timestamp is missing, or a journey has two outcomes, personas or customers.
    """
    missing = [name for name in REQUIRED if events[name].isna().any()]
    if missing:
        raise ValueError(f"values are missing in {', '.join(missing)}")
    given = {"outcome": outcome, "persona": persona, "customer": customer}
    groups = {name: _known(name, values) for name, values in given.items()}
    whole = all(
        map(pd.api.types.is_integer_dtype, [events["journey"], *(g["journey"] for g in groups.values())])
    )
    failed = events["failed"] if "failed" in events else pd.Series(False, events.index)
    connection = connect()
    columns: dict[str, Any] = {
        "journey": events["journey"] if whole else events["journey"].astype(str),
        "touchpoint": events["touchpoint"].astype(str),
        "timestamp": _utc(events["timestamp"]),
        "sequence": np.arange(len(events), dtype="uint32"),
        "failed": failed.fillna(False).to_numpy(dtype=bool),
    }
    register(connection, "raw", columns)
    for name, by_journey in groups.items():
        known = by_journey if whole else by_journey.astype({"journey": str})
        register(connection, f"{name}s", known)
    # A log that is in order of time already needs no second key to be sorted by.
    order = _TIES if columns["timestamp"].is_monotonic_increasing else _ORDER
    return event_log_in(connection, order)


def event_log_in(connection: Backend, order: Sequence[str] = _ORDER) -> EventLog:
    """The log of what `connection` holds.

    Journeys become numbers and touchpoints, outcomes and personas enumerations: what is sorted and counted is a few
    bytes an event, while the expressions still see text.

    Parameters
    ----------
    connection
        With the tables or views `raw` (`journey`, `touchpoint`, `timestamp`, `sequence`, `failed`, none missing),
        `outcomes` (`journey`, `outcome`), `personas` (`journey`, `persona`) and `customers` (`journey`, `customer`),
        each journey once.
    order
        Columns of `raw` that put the events of a journey in order.
    """
    execute = connection.con.execute
    for name in ("touchpoint", "outcome", "persona"):
        held = "raw" if name == "touchpoint" else f"{name}s"
        execute(f"CREATE TYPE {name} AS ENUM (SELECT DISTINCT {name}::VARCHAR FROM {held} ORDER BY 1)")
    execute("""
        CREATE TABLE journeys AS
        SELECT row_number() OVER ()::INTEGER AS journey, journey AS name, outcome::outcome AS outcome,
               persona::persona AS persona
        FROM (SELECT DISTINCT journey FROM raw)
        LEFT JOIN outcomes USING (journey) LEFT JOIN personas USING (journey)
    """)
    returning = _returning(connection)
    execute("""
        CREATE VIEW events AS
        SELECT journeys.journey, name, touchpoint::touchpoint AS touchpoint, timestamp, sequence, outcome, persona, failed
        FROM raw JOIN journeys ON raw.journey = name
    """)
    events = table(connection, "events")
    # What is sorted is kept small: how a journey ended and whose it was come back by its number.
    own = kept(connection, "own", _followed(events, order))
    steps = own.join(table(connection, "journeys").drop("name"), "journey")
    return EventLog(events, steps, Tallies(steps, returning))


def _returning(connection: Backend) -> bool:
    """Whether some customer makes several journeys: then `journeys` says whose each is, by a number."""
    execute = connection.con.execute
    found = execute("SELECT count(customer) > count(DISTINCT customer) FROM customers").fetchone()
    if found is None or not found[0]:
        return False
    execute("""
        CREATE OR REPLACE TABLE journeys AS
        SELECT journeys.*, coalesce(number, -journeys.journey) AS customer
        FROM journeys
        LEFT JOIN customers ON journeys.name = customers.journey
        LEFT JOIN (SELECT customer, row_number() OVER () AS number FROM (SELECT DISTINCT customer FROM customers))
        USING (customer)
    """)
    return True


def event_log_of(
    table: ir.Table,
    order: str,
    journey: str = "journey",
    touchpoint: str = "touchpoint",
    timestamp: str = "timestamp",
    outcome: str | None = None,
    persona: str | None = None,
    failed: str | None = None,
) -> EventLog:
    """The log of a table on any Ibis backend, computed there.

    Parameters
    ----------
    table
        One row an event.
    order
        The column that says which of two events of the same moment comes first.
    journey, touchpoint, timestamp, outcome, persona, failed
        The table's columns; the last three where there are any.

    Raises
    ------
    ValueError
        A journey, touchpoint, timestamp or order is missing.
    """
    import ibis

    def optional(name: str | None, kind: str) -> ir.Value:
        return table[name].cast(kind) if name else ibis.null(kind)

    events = table.select(
        journey=table[journey],
        name=table[journey],
        touchpoint=table[touchpoint].cast("string"),
        timestamp=table[timestamp],
        sequence=table[order],
        outcome=optional(outcome, "string"),
        persona=optional(persona, "string"),
        failed=optional(failed, "boolean").fill_null(False),
    )
    required = (*REQUIRED, "sequence")
    blank = collected(events.aggregate(**{name: events[name].isnull().sum() for name in required})).iloc[0]
    if blank.any():
        raise ValueError(f"values are missing in {', '.join(blank.index[blank.fillna(0) > 0])}")
    steps = _followed(events, _ORDER, "outcome", "persona")
    return EventLog(events, steps, Tallies(steps))


def _followed(events: ir.Table, order: Sequence[str], *others: str) -> ir.Table:
    """Each event with its place in the journey and the touchpoint that follows; `others` are carried along."""
    import ibis

    window = ibis.window(group_by="journey", order_by=list(order))
    return events.select(
        "journey",
        "touchpoint",
        "failed",
        *others,
        position=(ibis.row_number().over(window) + 1).cast("int32"),
        next=events.touchpoint.lead().over(window),
    )


def _known(name: str, values: pd.Series | None) -> pd.DataFrame:
    """`journey` and `name` of the journeys whose value is known."""
    if values is None:
        return pd.DataFrame({"journey": pd.Series([], dtype="int64"), name: pd.Series([], dtype=str)})
    known = values.dropna()
    if not known.index.is_unique:
        raise ValueError(f"a journey has more than one {name}")
    return pd.DataFrame({"journey": known.index, name: known.astype(str).to_numpy()})


def _utc(times: pd.Series) -> pd.Series:
    """Moments in UTC without the zone, for DuckDB keeps nanoseconds only so; numbers are moments of their own."""
    if pd.api.types.is_numeric_dtype(times) or (times.dtype.kind == "M" and times.dt.tz is None):
        return times
    return pd.to_datetime(times, utc=True).dt.tz_localize(None)
