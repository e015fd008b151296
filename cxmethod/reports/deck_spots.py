"""Room for words in a chart: what is drawn where, and the places beside a point that nothing runs through."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, product
from typing import Any

from cxmethod.reports.deck_axes import SIZE, Plot, Scale
from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_text import broken_evenly, line_height, text_width

MARK = 0.09
"""Inches from a point's middle to what stands beside it."""
_AIR, _CLEAR = 0.02, 0.05
"""Inches beside the middle of a line, and of a straight one across the whole plot."""
_STEP = 0.11
"""Inches between the places that are tried."""
_REACH = 9
"""Steps that words may be moved from their point."""
_ROWS = 3
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """Where words may stand: broken into lines, on a side of their point, moved so many inches from there.

    `leader` is the room of the thin line that leads from moved words to their point.
    """

    text: str
    side: str
    moved: tuple[float, float]
    rectangle: Rectangle
    leader: Sequence[Rectangle] = ()


@dataclass
class Room:
    """What of a chart is taken: by `solid` things that nothing may cross, and by `thin` ones that a leader may."""

    solid: list[Rectangle]
    thin: list[Rectangle]
    bounds: Rectangle

    def take(self, spot: Spot) -> None:
        """Keep the room of `spot`."""
        self.solid += [spot.rectangle, *spot.leader]

    def first_free(
        self, text: str, point: tuple[float, float], *, bold: bool = False, over_lines: bool = False
    ) -> Spot | None:
        """The nearest place beside `point` for `text` that nothing runs through; None where there is none.

        Parameters
        ----------
        text : str
        point : tuple of float
            Inches from the left and the top.
        bold : bool
        over_lines : bool
            Whether words may cover what is thin.
        """
        left, top, right, bottom = self.bounds
        for spot in _spots(text, *point, bold):
            a, b, c, d = spot.rectangle
            within = a >= left and b >= top and c <= right and d <= bottom
            if not within or self._crossed([spot.rectangle], thin=not over_lines):
                continue
            leader = _leader(point, spot.rectangle)
            if not self._crossed(leader, thin=False):
                return replace(spot, leader=leader)
        return None

    def _crossed(self, pieces: Sequence[Rectangle], *, thin: bool) -> bool:
        others = [*self.solid, *self.thin] if thin else self.solid
        return any(meet(piece, other) for piece in pieces for other in others)


def meet(one: Rectangle, other: Rectangle) -> bool:
    """Whether two rectangles have room in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def marks_of(points: Iterable[tuple[float, float]]) -> list[Rectangle]:
    """The room that points take."""
    return [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]


def intervals_of(
    bands: Sequence[Band], across: Mapping[tuple[int, int], float], plot: Plot, scale: Scale
) -> list[Rectangle]:
    """The room that error bars take; `across` says where each point of each series stands, in inches."""
    found = []
    for (place, index), x in across.items():
        band = bands[place]
        value, down, up = band.values[index], band.minus[index], band.plus[index]
        if value is not None and (down or up):
            low, high = (height(end, plot, scale) for end in (value - (down or 0), value + (up or 0)))
            found.append((x - _AIR, high, x + _AIR, low))
    return found


def lines_of(steps: Sequence[tuple[float, float] | None]) -> list[Rectangle]:
    """The room that a line takes that joins `steps`, in small pieces; it breaks where one is missing."""
    found = []
    for one, other in pairwise(steps):
        if one is None or other is None:
            continue
        count = max(math.ceil(math.dist(one, other) / 0.06), 1)
        for piece in range(count + 1):
            x, y = (a + (b - a) * piece / count for a, b in zip(one, other, strict=True))
            found.append((x - _AIR, y - _AIR, x + _AIR, y + _AIR))
    return found


def rules_of(chart: Mapping[str, Any], plot: Plot, scale: tuple[Scale, Scale]) -> list[Rectangle]:
    """The room that straight lines across the plot take, and the axes where they cross it at zero."""
    ends = plot.left, plot.top, plot.left + plot.width, plot.top + plot.height
    zeros = [
        {"axis": axis, "at": 0.0} for axis, own in zip("xy", scale, strict=True) if own.low < 0 < own.high
    ]
    found = []
    for rule in (*chart.get("lines", ()), *zeros):
        if rule["axis"] == "x":
            x = plot.left + scale[0].share(rule["at"]) * plot.width
            found.append((x - _CLEAR, ends[1], x + _CLEAR, ends[3]))
        else:
            y = height(rule["at"], plot, scale[1])
            found.append((ends[0], y - _CLEAR, ends[2], y + _CLEAR))
    return found


def _leader(point: tuple[float, float], rectangle: Rectangle) -> list[Rectangle]:
    """The line from a point's mark to the nearest edge of the words; none where they stand beside it."""
    end = (
        min(max(point[0], rectangle[0]), rectangle[2]),
        min(max(point[1], rectangle[1]), rectangle[3]),
    )
    away = math.dist(point, end)
    if away <= 1.6 * MARK:
        return []
    start, stop = (
        (point[0] + (end[0] - point[0]) * share, point[1] + (end[1] - point[1]) * share)
        for share in (1.5 * MARK / away, 1 - 0.03 / away)
    )
    return lines_of([start, stop])


def height(value: float, plot: Plot, scale: Scale) -> float:
    """Inches from the top at which `value` stands."""
    return plot.top + (1 - scale.share(value)) * plot.height


def _spots(text: str, x: float, y: float, bold: bool) -> Iterator[Spot]:
    """Places for `text`, the nearest first; in one line before two."""
    for said, (across, down) in _tried(text, bold):
        lines = said.split("\n")
        width = max(text_width(line, SIZE, bold) for line in lines) + 0.1
        tall = line_height(SIZE) * len(lines) + _AIR
        for side, turn in (("RIGHT", (1, 0)), ("LEFT", (-1, 0)), ("ABOVE", (0, -1)), ("BELOW", (0, 1))):
            # Away from the point on its own side, and along it.
            moved = (turn[0] * across, down) if turn[0] else (across, turn[1] * abs(down))
            if turn[0] and across < 0:
                continue
            middle = (
                x + turn[0] * (MARK + width / 2) + moved[0],
                y + turn[1] * (MARK + tall / 2) + moved[1],
            )
            yield Spot(
                said,
                side,
                moved,
                (middle[0] - width / 2, middle[1] - tall / 2, middle[0] + width / 2, middle[1] + tall / 2),
            )


@cache
def _tried(text: str, bold: bool) -> tuple[tuple[str, tuple[float, float]], ...]:
    """The words in one to three lines, each with how far they are moved; what costs least first."""
    whole = text_width(text, SIZE, bold)
    broken = {1: text}
    for rows in range(2, _ROWS + 1):
        lines = broken_evenly(text, rows, SIZE, bold)
        if len(lines) == rows and whole > 0.8 * rows:
            broken[rows] = "\n".join(lines)
    steps = [_STEP * step for step in range(-_REACH, _REACH + 1)]
    tried = [
        (math.hypot(across, down) + 0.15 * (rows - 1), said, (across, down))
        for (rows, said), across, down in product(broken.items(), steps, steps)
    ]
    return tuple((said, moved) for _, said, moved in sorted(tried))
