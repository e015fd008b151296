"""Where the boxes of a picture in columns stand, and by which way each line runs between them.

A layered drawing (Sugiyama, Tagawa & Toda 1981): who stands in which column is given; a line that skips columns keeps a
lane of its own in each, so that it runs through no box; the order within a column follows the barycentre of the
neighbours, sweep by sweep, and of all orders tried the one with the fewest crossings stays, where turning round two boxes
counts as one. Lines that lead back keep the lowest lanes. Nothing is left to chance: the same input gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import isotonic_regression

Edge = tuple[str, str]
_SWEEPS = 10
_SETTLING = 30


@dataclass(frozen=True)
class Lane:
    """Where a line passes a column that it skips."""

    edge: Edge
    column: int


Item = str | Lane


@dataclass(frozen=True)
class Layout:
    """A finished layout; places are measured downwards from the top.

    Parameters
    ----------
    y : mapping
        Box → its middle.
    lanes : mapping
        Line → column and height of each lane, in the direction of the line; empty for neighbours.
    height : float
        Of the fullest column, or what was asked for where that is more.
    """

    y: Mapping[str, float]
    lanes: Mapping[Edge, tuple[tuple[int, float], ...]]
    height: float


def columns_for(sizes: Sequence[int], most: int) -> list[int]:
    """How many columns each group of boxes gets: one, and more for the fullest while there are fewer than `most`."""
    columns = [1] * len(sizes)
    while sum(columns) < most:
        rows = [-(-size // n) for size, n in zip(sizes, columns, strict=True)]
        fullest = max(range(len(sizes)), key=lambda group: (rows[group], -group))
        if rows[fullest] <= 1:
            break
        columns[fullest] += 1
    return columns


def lay_out(
    columns: Sequence[Sequence[str]], edges: Sequence[Edge], box: float, lane: float, least: float = 0.0
) -> Layout:
    """Lay out boxes in given columns.

    Parameters
    ----------
    columns
        The boxes of each column, from left to right.
    edges
        Lines between boxes, each once; those within a column take no lane.
    box, lane
        Height of a box and of a lane, with the air around them.
    least
        Height to use where the columns need less.
    """
    at = {name: place for place, names in enumerate(columns) for name in names}
    paths = {edge: _path(edge, at) for edge in edges if at[edge[0]] != at[edge[1]]}
    ways = [pair for path in paths.values() for pair in pairwise(path)]
    order = _order([list(names) for names in columns], paths, ways, at)
    heights = [np.array([box if isinstance(item, str) else lane for item in items]) for items in order]
    total = max([least, *(float(h.sum()) for h in heights)])
    y = _settle(order, heights, ways, total)
    lanes = {
        edge: tuple((item.column, y[item]) for item in paths.get(edge, ()) if isinstance(item, Lane))
        for edge in edges
    }
    return Layout({name: y[name] for name in at}, lanes, total)


def _path(edge: Edge, at: Mapping[str, int]) -> list[Item]:
    source, target = edge
    step = 1 if at[target] > at[source] else -1
    between = range(at[source] + step, at[target], step)
    return [source, *(Lane(edge, column) for column in between), target]


def _order(
    columns: list[list[str]],
    paths: Mapping[Edge, list[Item]],
    ways: list[tuple[Item, Item]],
    at: Mapping[str, int],
) -> list[list[Item]]:
    back = {edge for edge in paths if at[edge[1]] < at[edge[0]]}
    order: list[list[Item]] = [list(names) for names in columns]
    for path in paths.values():
        for item in path:
            if isinstance(item, Lane):
                order[item.column].append(item)
    neighbours: dict[Item, list[Item]] = {item: [] for items in order for item in items}
    for one, other in ways:
        neighbours[one].append(other)
        neighbours[other].append(one)
    column_of = {item: place for place, items in enumerate(order) for item in items}
    given = {name: n for names in columns for n, name in enumerate(names)}
    best = start = order
    fewest = _crossings(order, ways, column_of)
    for first in (0, 1):
        order = start
        for sweep in range(first, _SWEEPS + first):
            order = _swept(order, neighbours, column_of, back, rightwards=sweep % 2 == 0)
            cost = _crossings(order, ways, column_of) + _turned(order, given)
            if cost < fewest:
                best, fewest = order, cost
    return best


def _swept(
    order: list[list[Item]],
    neighbours: Mapping[Item, list[Item]],
    column_of: Mapping[Item, int],
    back: set[Edge],
    *,
    rightwards: bool,
) -> list[list[Item]]:
    """Each column sorted by the one before it on the way."""
    swept = [list(items) for items in order]
    for place in range(len(swept)) if rightwards else reversed(range(len(swept))):
        side = place - 1 if rightwards else place + 1
        swept[place] = _sorted(swept[place], swept, neighbours, column_of, side, back)
    return swept


def _sorted(
    items: list[Item],
    order: list[list[Item]],
    neighbours: Mapping[Item, list[Item]],
    column_of: Mapping[Item, int],
    side: int,
    back: set[Edge],
) -> list[Item]:
    """Items by the mean place of their neighbours in the column at that side; lanes that lead back stay lowest."""
    places = (
        {item: n / len(order[side]) for n, item in enumerate(order[side])} if 0 <= side < len(order) else {}
    )

    def key(numbered: tuple[int, Item]) -> tuple[bool, float, int]:
        n, item = numbered
        seen = [places[other] for other in neighbours[item] if column_of[other] == side]
        centre = sum(seen) / len(seen) if seen else n / len(items)
        return isinstance(item, Lane) and item.edge in back, centre, n

    return [item for _, item in sorted(enumerate(items), key=key)]


def _crossings(order: list[list[Item]], ways: list[tuple[Item, Item]], column_of: Mapping[Item, int]) -> int:
    place = {item: n for items in order for n, item in enumerate(items)}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for one, other in ways:
        left, right = (one, other) if column_of[one] < column_of[other] else (other, one)
        gaps.setdefault(column_of[left], []).append((place[left], place[right]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0 for segments in gaps.values() for a, b in combinations(segments, 2)
    )


def _turned(order: list[list[Item]], given: Mapping[str, int]) -> int:
    """Pairs of boxes that stand the other way round than given: each must save a crossing."""
    names = ([given[item] for item in items if isinstance(item, str)] for items in order)
    return sum(above > below for places in names for above, below in combinations(places, 2))


def _settle(
    order: list[list[Item]], heights: list[np.ndarray], ways: list[tuple[Item, Item]], total: float
) -> dict[Item, float]:
    """Heights at which lines run as straight as the order and the room allow."""
    neighbours: dict[Item, list[Item]] = {item: [] for items in order for item in items}
    for one, other in ways:
        neighbours[one].append(other)
        neighbours[other].append(one)
    offsets = [np.cumsum(h) - h / 2 for h in heights]
    y: dict[Item, float] = {}
    for items, offset, h in zip(order, offsets, heights, strict=True):
        y |= dict(zip(items, offset + (total - h.sum()) / 2, strict=True))
    for turn in range(_SETTLING):
        sides = range(len(order)) if turn % 2 == 0 else reversed(range(len(order)))
        for place in sides:
            items = order[place]
            if not items:
                continue
            wanted = [float(np.mean([y[other] for other in neighbours[item]] or [y[item]])) for item in items]
            # With the boxes' own heights taken out, "apart by at least" becomes "not falling".
            free = isotonic_regression(np.array(wanted) - offsets[place]).x
            kept = np.clip(free, 0, total - heights[place].sum())
            y |= dict(zip(items, kept + offsets[place], strict=True))
    half = {
        item: h / 2
        for items, each in zip(order, heights, strict=True)
        for item, h in zip(items, each, strict=True)
    }
    top, bottom = min(y[item] - half[item] for item in y), max(y[item] + half[item] for item in y)
    return {item: float(height + (total - top - bottom) / 2) for item, height in y.items()}
