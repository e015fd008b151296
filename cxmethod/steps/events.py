"""The engagement's journeys as an event log for the statistics of routes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, InputProblems
from cxmethod.engagement.scan import scan
from cxmethod.stats.backend import connect, register
from cxmethod.stats.event_log import EventLog, event_log, event_log_in

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def log_of(engagement: Engagement, membership: pd.Series | None = None) -> EventLog:
    """The log of the tables `events` and `journeys`.

    A log in Parquet (which intake writes above 200,000 events) is checked and counted where it lies and never stands in
    memory whole; one in CSV is read as every table is.

    Parameters
    ----------
    membership
        Persona by respondent, as 01_persona gives it. A journey has the persona of its first known respondent; without
        that the first that its own events name.

    Raises
    ------
    InputProblems
        What is wrong in the tables.
    """
    path = engagement.table_path("events")
    if path is not None and path.suffix == ".parquet":
        log = _scanned(engagement, path, membership)
        if log is not None:
            return log
    events = in_row_order(engagement.table("events"))
    outcome = engagement.table("journeys").set_index("journey")["outcome"]
    own, whose = (_first(events, events[name]) for name in ("persona", "respondent"))
    if membership is not None:
        own = _first(events, events["respondent"].map(membership)).combine_first(own)
    return event_log(events, outcome, own, whose)


def in_row_order(events: pd.DataFrame) -> pd.DataFrame:
    """Events with a time each: one typed in without a time happened right after the row before it in its journey.

    A journey without any time keeps the order of its rows; where only the first rows lack one, they take the first known.
    """
    known = events.groupby("journey")["timestamp"]
    times = known.ffill().fillna(known.bfill())
    return events.assign(timestamp=times.fillna(pd.Timestamp(0, tz="UTC")))


def untimed_journeys(engagement: Engagement) -> int:
    """Journeys typed in with a step that has no time; a log in Parquet comes from intake, which refuses such steps."""
    path = engagement.table_path("events")
    if path is None or path.suffix == ".parquet":
        return 0
    events = engagement.table("events")
    return int(events.loc[events["timestamp"].isna(), "journey"].nunique())


def _first(events: pd.DataFrame, values: pd.Series) -> pd.Series:
    """The first known of `values` in each journey."""
    return values.astype(object).groupby(events["journey"]).first().dropna()


def _scanned(engagement: Engagement, path: Path, membership: pd.Series | None) -> EventLog | None:
    """The log of a Parquet file; None where it has to be read whole."""
    connection = connect()
    con = connection.con
    problems = scan(con, path, TABLES["events"], lambda name: _keys(engagement, name))
    outcomes = engagement.table_path("journeys")
    if outcomes is not None and outcomes.suffix == ".parquet" and problems is not None:
        found = scan(con, outcomes, TABLES["journeys"], lambda name: None)
        problems = None if found is None else problems + found
    else:
        register(
            connection, "journeys_file", engagement.table("journeys")[["journey", "outcome"]].astype(str)
        )
    if problems is None:
        return None
    if problems:
        raise InputProblems(problems, engagement.words)
    held = {name for name, *_ in con.execute("DESCRIBE events_file").fetchall()}
    if (
        "timestamp" not in held
        or con.execute("SELECT 1 FROM events_file WHERE timestamp IS NULL LIMIT 1").fetchall()
    ):
        return None
    personas = pd.DataFrame({"respondent": [], "persona": []}, dtype=str)
    if membership is not None:
        known = membership.dropna()
        personas = pd.DataFrame(
            {"respondent": known.index.astype(str), "persona": known.astype(str).to_numpy()}
        )
    register(connection, "membership", personas)
    _views(con, held)
    return event_log_in(connection)


def _views(con: DuckDBPyConnection, held: set[str]) -> None:
    """What `event_log_in` takes, out of the files; a column that the file lacks is missing throughout."""

    def column(name: str, kind: str) -> str:
        return f"{name}::{kind}" if name in held else f"NULL::{kind}"

    con.execute(f"""
        CREATE VIEW raw AS
        SELECT journey::VARCHAR AS journey, touchpoint::VARCHAR AS touchpoint, timestamp, row AS sequence,
               coalesce({column("failed", "BOOLEAN")}, false) AS failed,
               {column("respondent", "VARCHAR")} AS respondent, {column("persona", "VARCHAR")} AS own
        FROM events_file
    """)
    con.execute(
        "CREATE VIEW outcomes AS SELECT journey::VARCHAR AS journey, outcome::VARCHAR AS outcome FROM journeys_file"
    )
    con.execute("""
        CREATE TABLE customers AS
        SELECT journey, arg_min(respondent, sequence) AS customer FROM raw WHERE respondent IS NOT NULL GROUP BY journey
    """)
    known = "SELECT journey, arg_min(persona, sequence) AS persona FROM"
    con.execute(f"""
        CREATE TABLE personas AS
        SELECT journey, coalesce(member.persona, own.persona) AS persona
        FROM ({known} raw JOIN membership USING (respondent) GROUP BY journey) AS member
        FULL JOIN (SELECT journey, arg_min(own, sequence) AS persona FROM raw WHERE own IS NOT NULL GROUP BY journey) AS own
        USING (journey)
    """)


def _keys(engagement: Engagement, name: str) -> pd.Index | None:
    """Keys of a table that events may refer to; None where nothing is known of it."""
    if (name == "personas" and engagement.settings.persona is not None) or not engagement.has(name):
        return None
    keys: pd.Series[str] = engagement.table(name)[TABLES[name].unique[0]]
    return pd.Index(keys)
