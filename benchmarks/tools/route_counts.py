"""One tool counts what follows what in one Parquet file, in a process of its own: times and memory as JSON.

    python route_counts.py TOOL EVENTS.parquet FOLDER

It runs in the tool's own environment, which need not have cxmethod.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

# retentioneering's own switch; there is nothing for a benchmark to report to anybody.
os.environ["RETENTIONEERING_NO_TRACK"] = "1"

Counts = dict[tuple[str, str], int]


def read(path: str) -> Any:
    """The events as a data frame in memory."""
    import pandas as pd

    return pd.read_parquet(path)


def nothing(held: Any) -> Any:
    """No preparation: the tool counts on the data frame itself."""
    return held


def pandas_counts(frame: Any) -> Counts:
    """Sort, shift within the journey, count."""
    ordered = frame.sort_values(["journey", "timestamp"], kind="stable")
    target = ordered["touchpoint"].shift(-1)
    same = ordered["journey"] == ordered["journey"].shift(-1)
    counted = ordered.assign(target=target)[same].groupby(["touchpoint", "target"]).size()
    return dict(counted.items())


def pm4py_counts(frame: Any) -> Counts:
    """The directly-follows graph of PM4Py's simplified interface."""
    import pm4py

    graph, _, _ = pm4py.discover_dfg(
        frame, activity_key="touchpoint", timestamp_key="timestamp", case_id_key="journey"
    )
    return dict(graph)


def retentioneering_stream(frame: Any) -> Any:
    """An Eventstream with its default preprocessing."""
    from retentioneering import Eventstream

    schema = {"path_cols": ["journey"], "event_col": "touchpoint", "timestamp_col": "timestamp"}
    return Eventstream(frame, schema)


def retentioneering_counts(stream: Any) -> Counts:
    """Its transition matrix of counts, less the path starts and ends that it adds."""
    matrix = stream.transition_graph_data(edge_weight="count")
    counted = matrix.drop(index=["path_start", "path_end"], columns=["path_start", "path_end"]).stack()
    return dict(counted[counted > 0].items())


def our_log(frame: Any) -> Any:
    """Our log of a data frame."""
    from cxmethod.stats.event_log import event_log

    return event_log(frame)


def our_counts(log: Any) -> Counts:
    """Our directly-follows counts."""
    from cxmethod.stats.routes import directly_follows

    table = directly_follows(log)
    return dict(zip(zip(table["source"], table["target"], strict=True), table["count"], strict=True))


def folder_of(path: str) -> Any:
    """The engagement whose table of events the file is; nothing is read yet."""
    import cxmethod

    return cxmethod.open(os.path.dirname(os.path.dirname(path)))


def log_of_folder(engagement: Any) -> Any:
    """Our log of an engagement's Parquet, checked and never in memory whole."""
    from cxmethod.steps.events import log_of

    return log_of(engagement)


def our_comparison(log: Any) -> Counts:
    """Directly-follows counts, and by outcome the journeys behind them with intervals and adjusted p-values."""
    from cxmethod.stats.transitions import transitions

    transitions(log)
    return our_counts(log)


def whole_step(engagement: Any) -> Counts:
    """The whole of 02_relationship, as its notebook asks for it."""
    from cxmethod.steps import compute

    table = compute(engagement, "02_relationship").transitions
    table = table[table["persona"] == "all"]
    counted = table["success_count"] + table["failure_count"]
    return dict(zip(zip(table["source"], table["target"], strict=True), counted, strict=True))


TOOLS: dict[str, tuple[Callable[[str], Any], Callable[[Any], Any], Callable[[Any], Counts]]] = {
    "cxmethod": (read, our_log, our_counts),
    "cxmethod, from Parquet": (folder_of, log_of_folder, our_counts),
    "cxmethod, success against failure": (folder_of, log_of_folder, our_comparison),
    "cxmethod, whole 02_relationship": (folder_of, nothing, whole_step),
    "pandas": (read, nothing, pandas_counts),
    "PM4Py": (read, nothing, pm4py_counts),
    "retentioneering": (read, retentioneering_stream, retentioneering_counts),
}


def main() -> None:
    """Load, prepare, count; imports are done once on the way and not timed apart from where they happen."""
    tool, path = sys.argv[1:]
    load, prepare, count = TOOLS[tool]
    _import(tool)
    busy = time.process_time()
    marks = [time.perf_counter()]
    held = load(path)
    marks.append(time.perf_counter())
    held = prepare(held)
    marks.append(time.perf_counter())
    counts = count(held)
    marks.append(time.perf_counter())
    busy = time.process_time() - busy
    digest = hashlib.sha256(repr(sorted((a, b, int(n)) for (a, b), n in counts.items())).encode()).hexdigest()
    seconds = [after - before for before, after in pairwise(marks)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        json.dumps(
            {"seconds": seconds, "cpu": busy, "gib": peak, "pairs": len(counts), "digest": digest[:12]}
        )
    )


def _import(tool: str) -> None:
    import pandas  # noqa: F401

    if tool == "PM4Py":
        import pm4py  # noqa: F401
    elif tool == "retentioneering":
        import retentioneering  # noqa: F401
    elif tool.startswith("cxmethod"):
        import ibis

        import cxmethod.steps  # noqa: F401

        ibis.duckdb.connect()


if __name__ == "__main__":
    main()
