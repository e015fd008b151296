"""A large table checked where it lies: Parquet seen through DuckDB, its rows never brought into memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cxmethod.engagement.problems import Problem
from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.schemas import Column, Table, headings, plain
from cxmethod.engagement.validation import EVERYONE, Keys, check, partings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LOOKED_AT = 1000
_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}


def scan(connection: DuckDBPyConnection, path: Path, table: Table, keys: Keys) -> list[Problem] | None:
    """Make the view `NAME_file` of a table's Parquet file and say what is wrong in it.

    SQL looks for rows that are not plainly right; the first 1,000 of them go through the same check as a table that is
    read whole, which decides and words what is wrong.

    Parameters
    ----------
    connection
        Where the view is made: the table's columns that the file has, and `row`, counted as a spreadsheet does.
    keys : callable
        As in `cxmethod.engagement.validation.check`.

    Returns
    -------
    list of Problem, or None
        Empty when every row is plainly right. None when the file writes something in a way of its own (times as text,
        blanks around keys), so that the table must be read whole; the view is of no use then.
    """
    held = _held(connection, path, table)
    if not held:
        return None
    view = f"{table.name}_file"
    chosen = ", ".join(f"{_name(heading)} AS {_name(name)}" for name, (heading, _) in held.items())
    connection.execute(
        f"CREATE VIEW {view} AS SELECT {chosen}, file_row_number + 2 AS row "
        f"FROM read_parquet({_literal(str(path))}, file_row_number = true)"
    )
    columns = [column for column in table.columns if column.name in held]
    whole = all(column in columns for column in table.columns if column.required)
    rules = [f"NOT {_right(column, table, held[column.name][1], keys)}" for column in columns]
    if table.unique and whole:
        key = ", ".join(map(_name, table.unique))
        rules.append(f"({key}) IN (SELECT ({key}) FROM {view} GROUP BY {key} HAVING count(*) > 1)")
    unsure = f"SELECT * FROM {view} WHERE {' OR '.join(rules) or 'true'} ORDER BY row LIMIT {_LOOKED_AT}"
    suspect = connection.sql(unsure).to_arrow_table().to_pandas()
    if suspect.empty and whole:
        return []
    written = {name: heading for name, (heading, _) in held.items()}
    raw = RawTable(suspect.set_index("row"), path.name, written)
    return list(check(raw, table, keys).problems) or None


def _held(connection: DuckDBPyConnection, path: Path, table: Table) -> dict[str, tuple[str, str]] | None:
    """The table's columns that the file has: name → heading and type. None where that cannot be told."""
    import duckdb

    if set(str(path)) & set("*?["):  # DuckDB would look for files of many names
        return None
    try:
        described = connection.execute(
            f"DESCRIBE SELECT * FROM read_parquet({_literal(str(path))})"
        ).fetchall()
    except duckdb.Error:
        return None
    accepted = headings(table)
    found = [
        (accepted[plain(heading)], (heading, kind))
        for heading, kind, *_ in described
        if plain(heading) in accepted
    ]
    return dict(found) if len(dict(found)) == len(found) else None


def _right(column: Column, table: Table, kind: str, keys: Keys) -> str:
    """The condition under which a cell is surely right, as SQL that is never unknown."""
    name = _name(column.name)
    if column.kind in ("key", "text"):
        right = f"{name} <> '' AND {name} = trim({name})" if kind == "VARCHAR" else str(kind in _WHOLE)
    elif column.kind == "time":
        right = str(kind.startswith("TIMESTAMP"))
    elif column.kind == "flag":
        right = str(kind == "BOOLEAN")
    elif column.kind == "code" and kind == "VARCHAR":
        right = f"{name} IN ({', '.join(map(_literal, column.allowed))})"
    else:
        right = "false"
    if column.name == "persona" and kind == "VARCHAR":
        right += f" AND {name} <> {_literal(EVERYONE)}"
    if kind == "VARCHAR":
        right += "".join(f" AND NOT contains({name}, {_literal(part)})" for part in partings(column, table))
    if column.refers and (known := keys(column.refers)) is not None:
        right += f" AND {name}::VARCHAR IN ({', '.join(map(_literal, known))})"
    if column.required:
        return f"({name} IS NOT NULL AND coalesce({right}, false))"
    return f"({name} IS NULL OR coalesce({right}, false))"


def _name(heading: str) -> str:
    return '"' + heading.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + str(text).replace("'", "''") + "'"
