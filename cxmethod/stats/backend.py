"""Where expressions are computed: a DuckDB of our own in memory, or the backend that a table came from."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

MEMORY = "4GB"
"""What one log may take before DuckDB spills to the disk: a consultant's laptop has other work to do."""

THREADS = "CXMETHOD_THREADS"
"""The variable of the environment that says how many threads it may use; all cores without it.

Unlike libraries of linear algebra, DuckDB reads none of its own; a batch, whose workers share the cores, sets it.
"""


def connect(memory: str = MEMORY) -> Backend:
    """A new DuckDB in memory that loads and installs no extensions and so reaches no network.

    Parameters
    ----------
    memory
        Limit in DuckDB's terms; beyond it the system's folder of temporary files is used.
    """
    import ibis

    threads = os.environ.get(THREADS)
    return ibis.duckdb.connect(
        autoload_known_extensions=False,
        autoinstall_known_extensions=False,
        memory_limit=memory,
        temp_directory=str(Path(tempfile.gettempdir(), f"cxmethod-{uuid4().hex}")),
        # What must keep its order carries a sequence; without this, writing is parallel and needs less memory.
        preserve_insertion_order=False,
        **({"threads": int(threads)} if threads else {}),
    )


def table(connection: Backend, name: str) -> ir.Table:
    """A table or view of `connection` as an expression."""
    with warnings.catch_warnings():
        # Ibis 12 asks for schemas by a name that DuckDB 2 calls deprecated.
        warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
        return connection.table(name)


def register(
    connection: Backend, name: str, columns: pd.DataFrame | Mapping[str, pd.Series | NDArray[Any]]
) -> None:
    """Let `connection` see `columns` as a table, by way of Arrow and without a copy where the types allow."""
    import pyarrow as pa

    connection.con.register(
        name, pa.table({str(column): pa.array(values) for column, values in columns.items()})
    )


def kept(connection: Backend, name: str, expression: ir.Table) -> ir.Table:
    """`expression` computed once, as a table with its physical types: Ibis itself would make text of enumerations."""
    connection.con.execute(f"CREATE TABLE {name} AS {connection.compile(expression)}")
    return table(connection, name)


def collected(expression: ir.Table) -> pd.DataFrame:
    """The rows of an expression, computed by its backend, as a pandas frame."""
    frame: pd.DataFrame = expression.to_pyarrow().to_pandas()
    return frame
