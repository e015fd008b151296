"""Routes through touchpoints: what follows what, who returns, who stops, and the likeliest way through.

Every function but the first takes events as `order_events` leaves them. A journey is one pass from its
first event to its last; sources and targets are touchpoints.
"""

from collections import Counter

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from cxmethod.stats.intervals import adjust, newcombe, wilson


def order_events(
    events: pd.DataFrame,
    journey: str = "journey",
    touchpoint: str = "touchpoint",
    timestamp: str = "timestamp",
) -> pd.DataFrame:
    """Events by journey and time; events at the same moment keep the order in which they came.

    Returns
    -------
    DataFrame
        The same rows with a new index; the three columns are called `journey`, `touchpoint` (text) and
        `timestamp`.

    Raises
    ------
    ValueError
        One of the three has missing values, or its new name is taken by another column.
    """
    names = {journey: "journey", touchpoint: "touchpoint", timestamp: "timestamp"}
    missing = [column for column in names if events[column].isna().any()]
    if missing:
        raise ValueError(f"values are missing in {', '.join(missing)}")
    renamed = events.rename(columns=names)
    if not renamed.columns.is_unique:
        raise ValueError("another column is already called journey, touchpoint or timestamp")
    ordered = renamed.sort_values(["journey", "timestamp"], kind="stable", ignore_index=True)
    return ordered.assign(touchpoint=ordered["touchpoint"].astype(str))


def directly_follows(ordered: pd.DataFrame) -> pd.DataFrame:
    """How many events of `target` come right after one of `source`, in the same journey.

    Returns
    -------
    DataFrame
        `source`, `target`, `count`, the most frequent first.
    """
    counts = _moves(ordered).groupby(["source", "target"], observed=True).size().reset_index(name="count")
    return counts.sort_values(["count", "source", "target"], ascending=[False, True, True], ignore_index=True)


def start_end(ordered: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Journeys that start, and journeys that end, at each touchpoint, the most frequent first."""
    journeys = ordered.groupby("journey", observed=True)["touchpoint"]
    return _frequencies(journeys.first()), _frequencies(journeys.last())


def transitions(ordered: pd.DataFrame, group: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Where journeys that succeed and journeys that fail part ways.

    The unit is the journey: of those of an outcome that visit the source, the share that go from it straight
    to the target at least once.

    Parameters
    ----------
    group
        ``"success"`` or ``"failure"`` by journey (its index); journeys with neither are left out.

    Returns
    -------
    DataFrame
        For each move that occurs: `source`, `target`; for each outcome `_n` (journeys that visit the
        source), `_p` (share of them that make the move; NaN where n is 0) and `_count` (how often the move
        occurs, by event); then `difference` (success_p − failure_p), `low`, `high` (Newcombe), `p_adjusted`
        (Benjamini–Hochberg over the rows).
    """
    if not group.index.is_unique:
        raise ValueError("a journey has more than one outcome")
    pairs = ["source", "target"]
    compared = ordered[ordered["journey"].map(group).astype(object).isin(["success", "failure"])]
    moves, visits = _moves(compared), compared.drop_duplicates(["journey", "touchpoint"])
    table = moves[pairs].drop_duplicates().sort_values(pairs, ignore_index=True)
    made: dict[str, pd.Series] = {}
    for name in ("success", "failure"):
        own = moves[moves["journey"].map(group) == name]
        visitors = visits.loc[visits["journey"].map(group) == name, "touchpoint"].value_counts()
        once = own.drop_duplicates(["journey", *pairs])
        made[name] = _looked_up(once, table)
        table[f"{name}_n"] = table["source"].map(visitors).fillna(0).astype(int)
        table[f"{name}_p"] = made[name] / table[f"{name}_n"].where(table[f"{name}_n"] > 0)
        table[f"{name}_count"] = _looked_up(own, table)
    difference = newcombe(
        made["success"], table["success_n"], made["failure"], table["failure_n"], confidence=confidence
    )
    table[["difference", "low", "high"]] = difference[["difference", "low", "high"]]
    table["p_adjusted"] = adjust(difference["p_value"], "benjamini-hochberg")
    return table


def variants(ordered: pd.DataFrame) -> pd.DataFrame:
    """The different whole routes: `route` (tuple of touchpoints), `n` journeys, `share`; ties by route."""
    if ordered.empty:
        return pd.DataFrame({"route": [], "n": [], "share": []})
    first = np.flatnonzero(~ordered["journey"].duplicated().to_numpy())
    counts = Counter(map(tuple, np.split(ordered["touchpoint"].to_numpy(object), first[1:])))
    routes = sorted(counts, key=lambda route: (-counts[route], route))
    n = np.array([counts[route] for route in routes])
    return pd.DataFrame({"route": routes, "n": n, "share": n / len(first)})


def reach(ordered: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Of all journeys, those that visit each touchpoint (columns as in `loops`)."""
    visits = _visits(ordered)
    return _parts(visits, pd.Series(ordered["journey"].nunique(), index=visits.index), confidence)


def loops(ordered: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Of the journeys that visit a touchpoint, those that come back to it, at once or later.

    Returns
    -------
    DataFrame
        `touchpoint`, `journeys` (of which the share is taken), `n`, `share`, `low`, `high` (Wilson); the most
        frequent first.
    """
    again = ordered[ordered.duplicated(["journey", "touchpoint"])]
    return _parts(_visits(again), _visits(ordered), confidence)


def drop_off(ordered: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Of the journeys that visit a touchpoint, those whose last event it is (columns as in `loops`)."""
    return _parts(start_end(ordered)[1], _visits(ordered), confidence)


def most_probable_route(ordered: pd.DataFrame) -> tuple[str, ...]:
    """The likeliest way from start to end when each step depends on the touchpoint before it alone.

    Maximises the product of the transition probabilities (shortest path on −log p, Dijkstra 1959), start and
    end included, so that it holds no loop. The product falls with every step: it leans to short routes.
    Empty where there are no events.
    """
    if ordered.empty:
        return ()
    starts, ends = start_end(ordered)
    moves = directly_follows(ordered)
    names = pd.Index(sorted(ordered["touchpoint"].unique()))
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


def _moves(ordered: pd.DataFrame) -> pd.DataFrame:
    """`journey`, `source`, `target` of each event that another follows in its journey."""
    journey, source = ordered["journey"], ordered["touchpoint"]
    moves = pd.DataFrame({"journey": journey, "source": source, "target": source.shift(-1)})
    return moves[journey == journey.shift(-1)]


def _frequencies(touchpoints: pd.Series) -> pd.Series:
    return (
        touchpoints.value_counts()
        .rename_axis("touchpoint")
        .sort_index()
        .sort_values(ascending=False, kind="stable")
    )


def _visits(ordered: pd.DataFrame) -> pd.Series:
    """Journeys by the touchpoints that they visit."""
    return _frequencies(ordered.drop_duplicates(["journey", "touchpoint"])["touchpoint"])


def _looked_up(moves: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Rows of `moves` for each source and target of `table`."""
    counts = moves.groupby(["source", "target"], observed=True).size()
    found = counts.reindex(pd.MultiIndex.from_frame(table[["source", "target"]]), fill_value=0)
    return found.reset_index(drop=True)


def _parts(n: pd.Series, journeys: pd.Series, confidence: float) -> pd.DataFrame:
    parts = n.reindex(journeys.index, fill_value=0)
    low, high = wilson(parts, journeys, confidence)
    table = pd.DataFrame(
        {"journeys": journeys, "n": parts, "share": parts / journeys, "low": low, "high": high}
    )
    table = table.rename_axis("touchpoint").reset_index()
    return table.sort_values(["n", "touchpoint"], ascending=[False, True], ignore_index=True)
