"""Where the touchpoints of the journey's picture stand, and which way the line of each move takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from cxmethod.views import style
from cxmethod.views.graph_parts import NAME, SMALLEST, Line, Point
from cxmethod.views.layers import Edge, Layout, columns_for, lay_out
from cxmethod.views.text_fit import fitted

COLUMNS = 7
MOST_COLUMNS = 9
MOST_ROWS = 4
SIDE = 0.18
ABOVE, BELOW = 0.25, 0.23
_GUTTER = 0.40
_WIDEST = 1.35
_LANE = 0.17
_BULGE = 0.2
_LEAST = 1.7
_PORTS = 0.125
_LINES = 4


@dataclass(frozen=True)
class JourneyMap:
    """The touchpoints in their columns.

    Parameters
    ----------
    points : DataFrame
        Indexed by touchpoint, in order: `name`, `lines` (the name as it is written), `phase_name`, `column`.
    layout : Layout
        Measured downwards from `top`.
    pitch, width, height, top : float
        Inches from column to column; of a box; from the foot of the figure to the top of the layout.
    size : float
        Points of the names' letters.
    """

    points: pd.DataFrame
    layout: Layout
    pitch: float
    width: float
    height: float
    size: float
    top: float = 0.0

    def above(self, foot: float) -> JourneyMap:
        """The same map with its lower edge so many inches above the foot of the figure."""
        return replace(self, top=foot + self.layout.height)

    def column(self, touchpoint: str) -> int:
        """The column of a touchpoint, from 0."""
        return int(self.points["column"][touchpoint])

    def order(self, touchpoint: str) -> int:
        """The place of a touchpoint in the journey, from 0."""
        return list(self.points.index).index(touchpoint)

    def adjoin(self, one: str, other: str) -> bool:
        """Whether two boxes stand one right above the other."""
        if self.column(one) != self.column(other):
            return False
        column = self.points.index[self.points["column"] == self.column(one)]
        low, high = sorted((self.layout.y[one], self.layout.y[other]))
        return not any(low < self.layout.y[name] < high for name in column)

    def middle(self, column: int) -> float:
        """The middle of a column, in inches from the left."""
        return SIDE + (column + 0.5) * self.pitch

    def place(self, touchpoint: str) -> Point:
        """The middle of a box."""
        # What stands above a box is taller than what stands beneath it.
        return self.middle(self.column(touchpoint)), self.top - self.layout.y[touchpoint] - (
            ABOVE - BELOW
        ) / 2

    def bands(self) -> list[tuple[str, float, float]]:
        """The phases from left to right: name, left and right edge."""
        columns = self.points.groupby("phase_name", sort=False)["column"].agg(["min", "max"])
        return [
            (str(name), SIDE + low * self.pitch, SIDE + (high + 1) * self.pitch)
            for name, low, high in columns.itertuples()
        ]


def journey_map(points: pd.DataFrame, moves: pd.DataFrame) -> JourneyMap:
    """Lay out touchpoints by phase, phases from left to right, each in one or several columns.

    Parameters
    ----------
    points : DataFrame
        Indexed by touchpoint, in order: `name`, `phase_name`.
    moves : DataFrame
        `source`, `target`.
    """
    points = points.assign(column=_columns(points["phase_name"]))
    columns = [list(points.index[points["column"] == place]) for place in range(points["column"].max() + 1)]
    pitch = (style.PAGE - 2 * SIDE) / len(columns)
    width = min(pitch - _GUTTER, _WIDEST)
    size, lines = _written([str(name) for name in points["name"]], width - 0.14)
    points["lines"] = ["\n".join(own) for own in lines]
    height = 0.25 + 0.0157 * size * max(map(len, lines))
    pairs = zip(moves["source"], moves["target"], strict=True)
    edges: list[Edge] = [(s, t) for s, t in dict.fromkeys(pairs) if s != t]
    return JourneyMap(
        points, lay_out(columns, edges, height + ABOVE + BELOW, _LANE, _LEAST), pitch, width, height, size
    )


def _written(names: list[str], inches: float) -> tuple[float, list[list[str]]]:
    """The names on the lines that their boxes hold, in smaller letters where some take more than four."""
    for size in (NAME, SMALLEST):
        lines = [fitted(style.bounded(name), inches, size) for name in names]
        if max(map(len, lines)) <= _LINES:
            break
    return size, lines


def _columns(phases: pd.Series) -> pd.Series:
    """Those of a phase fill its columns one after the other, so that its own order runs from left to right too.

    There are more columns than `COLUMNS` only where otherwise more than `MOST_ROWS` boxes would stand in one.
    """
    sizes = phases.groupby(phases, sort=False).size()
    tried = [
        pd.Series(columns_for(list(sizes), most), sizes.index) for most in range(COLUMNS, MOST_COLUMNS + 1)
    ]
    counts = next((columns for columns in tried if (sizes / columns).max() <= MOST_ROWS), tried[-1])
    first = counts.cumsum() - counts
    rank = phases.groupby(phases, sort=False).cumcount()
    return (phases.map(first) + rank * phases.map(counts) // phases.map(sizes)).astype(int)


def lines_of(moves: pd.DataFrame, drawn: JourneyMap) -> list[Line]:
    """The lines of the moves from one touchpoint to another, each with a place of its own on the sides of its boxes.

    Parameters
    ----------
    moves : DataFrame
        `source`, `target`, `outcome`, `share`.
    """
    onward = moves[moves["source"] != moves["target"]].to_dict("records")
    ends = _ports([(str(m["outcome"]), (str(m["source"]), str(m["target"]))) for m in onward], drawn)
    return [
        _line(str(m["outcome"]), float(m["share"]), (str(m["source"]), str(m["target"])), ends, drawn)
        for m in onward
    ]


End = tuple[str, Edge, bool]


def _ports(moves: Iterable[tuple[str, Edge]], drawn: JourneyMap) -> Mapping[End, Point]:
    """Where each line leaves its source (False) and enters its target (True): spread over a side, by where it goes."""
    sides: dict[tuple[str, str], list[tuple[float, End]]] = {}
    for outcome, edge in moves:
        for touchpoint, side, arriving in zip(edge, _sides(edge, drawn), (False, True), strict=True):
            end = (_heading(edge, arriving, drawn), (outcome, edge, arriving))
            sides.setdefault((touchpoint, side), []).append(end)
    return {
        end: _port(drawn.place(touchpoint), side, place, len(there), drawn)
        for (touchpoint, side), there in sides.items()
        for place, (_, end) in enumerate(sorted(there, key=_by_heading))
    }


def _by_heading(there: tuple[float, End]) -> tuple[float, bool, End]:
    return -there[0], there[1][0] == "failure", there[1]


def _port(middle: Point, side: str, place: int, of: int, drawn: JourneyMap) -> Point:
    x, y = middle
    from_middle = (of - 1) / 2 - place
    if side in ("top", "bottom"):
        # To the left: the right is for those who come back or end.
        return x - drawn.width / 2 + 0.08 + min(0.12, 0.24 / max(of - 1, 1)) * place, y + drawn.height / (
            2 if side == "top" else -2
        )
    step = min(_PORTS, (drawn.height - 0.1) / of)
    return x + (drawn.width / 2 if side == "right" else -drawn.width / 2), y + step * from_middle


def _sides(edge: Edge, drawn: JourneyMap) -> tuple[str, str]:
    """On which side of its boxes a line leaves and enters.

    Onward it leaves to the right and back to the left; between boxes one above the other it runs upright, and between
    others of a column on the right when it leads onward, on the left when back.
    """
    source, target = edge
    if drawn.adjoin(source, target):
        down = drawn.layout.y[target] > drawn.layout.y[source]
        return ("bottom", "top") if down else ("top", "bottom")
    columns = drawn.column(target) - drawn.column(source)
    if columns:
        return ("right", "left") if columns > 0 else ("left", "right")
    side = "right" if drawn.order(target) > drawn.order(source) else "left"
    return side, side


def _heading(edge: Edge, arriving: bool, drawn: JourneyMap) -> float:
    """How high the line is at its next stop from this end; within a column, that it keeps to one side of the other way."""
    lanes = drawn.layout.lanes[edge]
    if lanes:
        return drawn.top - lanes[-1 if arriving else 0][1]
    if drawn.adjoin(*edge):
        return float(drawn.order(edge[1]) > drawn.order(edge[0]))
    return drawn.place(edge[0] if arriving else edge[1])[1]


def _line(outcome: str, share: float, edge: Edge, ends: Mapping[End, Point], drawn: JourneyMap) -> Line:
    start, end = ends[outcome, edge, False], ends[outcome, edge, True]
    if drawn.adjoin(*edge):
        middle = (start[0] + end[0]) / 2
        return Line(outcome, share, ((middle, start[1]), (middle, end[1])))
    if drawn.column(edge[0]) == drawn.column(edge[1]):
        side = 1 if _sides(edge, drawn)[0] == "right" else -1
        return Line(outcome, share, (start, end), side * (_BULGE + 0.04 * (outcome == "failure")))
    across = drawn.width / 2 if end[0] > start[0] else -drawn.width / 2
    # Beside each other where both outcomes take one lane.
    shift = 0.035 if outcome == "success" else -0.035
    lanes = [
        (drawn.middle(column) + half * across, drawn.top - y + shift)
        for column, y in drawn.layout.lanes[edge]
        for half in (-1, 1)
    ]
    return Line(outcome, share, (start, *lanes, end))
