"""Routes through touchpoints: what follows what, who returns, who stops, and the likeliest way through.

A journey is one pass from its first event to its last; sources and targets are touchpoints.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from cxmethod.stats.backend import collected
from cxmethod.stats.event_log import EventLog
from cxmethod.stats.intervals import wilson


def directly_follows(log: EventLog) -> pd.DataFrame:
    """How many events of `target` come right after one of `source`, in the same journey.

    Returns
    -------
    DataFrame
        `source`, `target`, `count`, the most frequent first.
    """
    moves = log.tally("moves").dropna(subset="target")
    counts = moves.groupby(["source", "target"])["count"].sum().reset_index()
    return counts.sort_values(["count", "source", "target"], ascending=[False, True, True], ignore_index=True)


def start_end(log: EventLog) -> tuple[pd.Series, pd.Series]:
    """Journeys that start, and journeys that end, at each touchpoint, the most frequent first."""
    moves = log.tally("moves")
    return _frequencies(moves, "first"), _frequencies(moves[moves["target"].isna()], "count")


def variants(log: EventLog, limit: int | None = None) -> pd.DataFrame:
    """The different whole routes: `route` (tuple of touchpoints), `n` journeys, `share`, `customers`; ties by route.

    Parameters
    ----------
    limit
        How many of them, the most frequent first; all by default.
    """
    import ibis

    steps = log.steps
    # Sorting what was collected works on Spark too, which cannot collect in an order.
    placed = steps.mutate(place=ibis.struct({"position": steps.position, "touchpoint": steps.touchpoint}))
    whose = ["customer"] if log.tallies.returning else []
    routes = placed.group_by("journey", *whose).agg(places=placed.place.collect())
    routes = routes.select(*whose, route=routes.places.sort().map(lambda place: place.touchpoint))
    people = {"customers": routes.customer.nunique()} if whose else {}
    counts = routes.group_by("route").agg(n=routes.count(), **people).order_by(ibis.desc("n"), "route")
    table = collected(counts if limit is None else counts.limit(limit))
    return pd.DataFrame(
        {
            "route": list(map(tuple, table["route"])),
            "n": table["n"],
            "share": table["n"] / log.n_journeys,
            "customers": table["customers" if whose else "n"],
        }
    )


def reach(log: EventLog, confidence: float = 0.95) -> pd.DataFrame:
    """Of all journeys, those that visit each touchpoint (columns as in `loops`)."""
    visits = _visits(log)["journeys"]
    return _parts(visits, pd.Series(log.n_journeys, index=visits.index), confidence)


def loops(log: EventLog, confidence: float = 0.95) -> pd.DataFrame:
    """Of the journeys that visit a touchpoint, those that come back to it, at once or later.

    Returns
    -------
    DataFrame
        `touchpoint`, `journeys` (of which the share is taken), `n`, `share`, `low`, `high` (Wilson); the most
        frequent first.
    """
    visits = _visits(log)
    return _parts(visits["again"], visits["journeys"], confidence)


def drop_off(log: EventLog, confidence: float = 0.95) -> pd.DataFrame:
    """Of the journeys that visit a touchpoint, those whose last event it is (columns as in `loops`)."""
    visits = _visits(log)
    return _parts(visits["ends"], visits["journeys"], confidence)


def most_probable_route(log: EventLog) -> tuple[str, ...]:
    """The likeliest way from start to end when each step depends on the touchpoint before it alone.

    Maximises the product of the transition probabilities (shortest path on −log p, Dijkstra 1959), start and
    end included, so that it holds no loop. The product falls with every step: it leans to short routes.
    Empty where there are no events.
    """
    starts, ends = start_end(log)
    if starts.empty:
        return ()
    moves = directly_follows(log)
    names = pd.Index(sorted({*moves["source"], *moves["target"], *starts.index, *ends.index}))
    start, end = len(names), len(names) + 1
    at_start, at_end = names.get_indexer(starts.index), names.get_indexer(ends.index)
    source = np.concatenate([np.full(len(starts), start), names.get_indexer(moves["source"]), at_end])
    target = np.concatenate([at_start, names.get_indexer(moves["target"]), np.full(len(ends), end)])
    count = np.concatenate([starts, moves["count"], ends]).astype(float)
    cost = np.log(np.bincount(source, count)[source] / count)
    graph = coo_array((cost, (source, target)), shape=(end + 1, end + 1)).tocsr()
    _, before = dijkstra(graph, indices=start, return_predecessors=True)
    route = [int(before[end])]
    while before[route[-1]] != start:
        route.append(int(before[route[-1]]))
    return tuple(str(names[i]) for i in reversed(route))


def journey_traces(log: EventLog, n: int = 10) -> pd.DataFrame:
    """The first `n` journeys by key, for following by hand: `journey`, `outcome`, `route` (joined by `` > ``)."""
    events = log.events
    first = events.select("journey", "name").distinct().order_by("name").limit(n)
    rows = collected(log.steps.inner_join(first, "journey").order_by("name", "position"))
    traces = rows.groupby("name").agg(outcome=("outcome", "first"), route=("touchpoint", " > ".join))
    return traces.rename_axis("journey").reset_index()


def _frequencies(moves: pd.DataFrame, column: str) -> pd.Series:
    counts = moves.groupby("source")[column].sum().rename_axis("touchpoint").rename("count")
    return counts[counts > 0].sort_values(ascending=False, kind="stable")


def _visits(log: EventLog) -> pd.DataFrame:
    """By touchpoint: journeys that visit it, that come to it again, and that end at it."""
    return log.tally("visits").groupby("touchpoint")[["journeys", "again", "ends"]].sum()


def _parts(n: pd.Series, journeys: pd.Series, confidence: float) -> pd.DataFrame:
    low, high = wilson(n, journeys, confidence)
    table = pd.DataFrame({"journeys": journeys, "n": n, "share": n / journeys, "low": low, "high": high})
    table = table.rename_axis("touchpoint").reset_index()
    return table.sort_values(["n", "touchpoint"], ascending=[False, True], ignore_index=True)
