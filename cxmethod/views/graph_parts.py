"""Boxes, lines and marks of the journey's picture, on an empty ground measured in inches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from cxmethod.language import Words
from cxmethod.steps.route_findings import NOTABLE
from cxmethod.views import style

COLOURS = {"success": style.GREEN, "failure": style.RED}
MARKS = {"success": "●", "failure": "◆"}
THIN_MARKS = {"success": "○", "failure": "◇"}
NAME, SMALLEST = 7.4, 6.2
SMALL = 7.0
_DASHES: dict[str, Any] = {"success": "solid", "failure": (0, (3.0, 1.3))}

Point = tuple[float, float]


@dataclass(frozen=True)
class Stop:
    """A touchpoint in the picture.

    Parameters
    ----------
    x, y : float
        Its middle.
    name : str
        On as many lines as the box has.
    reach, loops, drop_off : mapping
        Outcome → share; what may not be shown is left out.
    starts : float
        Share of the journeys that begin there.
    size : float
        Points of the name's letters.
    """

    x: float
    y: float
    name: str
    reach: Mapping[str, float]
    loops: Mapping[str, float]
    drop_off: Mapping[str, float]
    starts: float
    size: float


@dataclass(frozen=True)
class Line:
    """A move in the picture.

    Parameters
    ----------
    outcome : str
    share : float
        Of the outcome's journeys; NaN where it may not be shown.
    points : sequence of points
        From the edge of a box to the edge of another, leaving and entering level, or upright where both are one above
        the other.
    bulge : float
        How far a line between two boxes of one column swings out, to the right or left.
    """

    outcome: str
    share: float
    points: Sequence[Point]
    bulge: float = 0.0


def draw_band(axes: Axes, left: float, right: float, bottom: float, top: float, *, shaded: bool) -> None:
    """The ground of a phase."""
    if shaded:
        axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, facecolor=style.BAND, zorder=0))
    axes.plot([left + 0.03, right - 0.03], [top, top], color=style.INK, linewidth=1.1, zorder=1)


def draw_stop(
    axes: Axes, stop: Stop, width: float, height: float, marks: Mapping[str, str], words: Words
) -> None:
    """A box with the touchpoint's name and the share of each outcome's journeys that come by; its marks around it."""
    box = FancyBboxPatch(
        (stop.x - width / 2, stop.y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.07",
        facecolor="white", edgecolor=style.INK, linewidth=0.5 + 1.5 * max(stop.reach.values(), default=0), zorder=5,
    )  # fmt: skip
    axes.add_patch(box)
    axes.text(
        stop.x,
        stop.y + 0.08,
        stop.name,
        ha="center",
        va="center",
        fontsize=stop.size,
        linespacing=1.03,
        zorder=6,
    )
    for place, (outcome, share) in enumerate(stop.reach.items()):
        shift = (place - (len(stop.reach) - 1) / 2) * width * 0.49
        _small(
            axes, (stop.x + shift, stop.y - height / 2 + 0.088), f"{marks[outcome]} {_per_cent(share, words)}",
            COLOURS[outcome], ha="center",
        )  # fmt: skip
    _draw_turns(axes, stop, width, height, words)
    _draw_exits(axes, stop, width, height, words)


def _draw_turns(axes: Axes, stop: Stop, width: float, height: float, words: Words) -> None:
    """Above the box: where journeys begin, and how many come back."""
    top = stop.y + height / 2
    if stop.starts >= NOTABLE:
        x = stop.x - width / 2 - 0.01
        corners = [(x - 0.045, top + 0.16), (x + 0.045, top + 0.16), (x, top + 0.03)]
        axes.add_patch(Polygon(corners, facecolor=style.INK, edgecolor="none", zorder=6))
        _small(axes, (x - 0.065, top + 0.1), _per_cent(stop.starts, words), style.INK, ha="right")
    shown = [(outcome, share) for outcome, share in stop.loops.items() if share >= NOTABLE]
    for place, (outcome, share) in enumerate(reversed(shown)):
        x = stop.x + width / 2 - 0.19 - place * min(0.42, 0.4 * width)
        _draw_loop(axes, (x, top), outcome)
        _small(axes, (x + 0.115, top + 0.11), _per_cent(share, words), COLOURS[outcome])


def _draw_loop(axes: Axes, foot: Point, outcome: str) -> None:
    x, y = foot
    corners = [(x - 0.05, y), (x - 0.14, y + 0.23), (x + 0.14, y + 0.23), (x + 0.05, y + 0.05)]
    path = Path(corners, [Path.MOVETO, *[Path.CURVE4] * 3])
    axes.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=COLOURS[outcome],
            linestyle=_DASHES[outcome],
            linewidth=1.4,
            zorder=4,
        )
    )
    _draw_head(axes, (x + 0.045, y + 0.01), (-0.25, -1.0), COLOURS[outcome], 0.07)


def _draw_exits(axes: Axes, stop: Stop, width: float, height: float, words: Words) -> None:
    """Beneath the box: of the journeys that come by, how many end there."""
    bottom = stop.y - height / 2
    for outcome in COLOURS:
        share = stop.drop_off.get(outcome, 0.0)
        if share < NOTABLE:
            continue
        x, colour = stop.x + width / 2 - (0.22 if outcome == "failure" else 0.54), COLOURS[outcome]
        axes.plot(
            [x, x], [bottom, bottom - 0.08], color=colour, linestyle=_DASHES[outcome], linewidth=1.6, zorder=4
        )
        marker = "X" if outcome == "failure" else "s"
        axes.plot([x], [bottom - 0.12], marker, color=colour, markersize=6, markeredgewidth=0, zorder=6)
        _small(axes, (x + 0.08, bottom - 0.12), _per_cent(share, words), colour)


def _per_cent(share: float, words: Words) -> str:
    """Without its sign, which the key gives once for all."""
    return words.number(100 * share, 0)


def _small(axes: Axes, place: Point, text: str, colour: str, ha: str = "left") -> None:
    axes.text(*place, text, ha=ha, va="center", fontsize=SMALL, color=colour, zorder=7)


def draw_line(axes: Axes, line: Line, *, thin: bool) -> None:
    """A line with its head: green, whole; red, dashed; pale where it rests on few journeys."""
    colour, width = COLOURS[line.outcome], width_of(line.share)
    vertices, direction = _way(line)
    head = min(0.075 + 0.022 * width, 0.15)
    tip = vertices[-1]
    # The line ends inside its head, so that a thick one does not blunt the point.
    vertices[-1] = (tip[0] - 0.7 * head * direction[0], tip[1] - 0.7 * head * direction[1])
    codes = [int(Path.MOVETO), *[int(Path.CURVE4)] * (len(vertices) - 1)]
    patch = PathPatch(
        Path(vertices, codes), facecolor="none", edgecolor=colour, linewidth=width, linestyle=_DASHES[line.outcome],
        alpha=0.45 if thin else 0.85, capstyle="butt", zorder=3,
    )  # fmt: skip
    axes.add_patch(patch)
    _draw_head(axes, tip, direction, colour, head)


def width_of(share: float) -> float:
    """Points across a line for the share of journeys that take it; as thin as can be where that may not be shown."""
    return 0.9 + (0.0 if np.isnan(share) else 3.6 * share)


def _way(line: Line) -> tuple[list[Point], Point]:
    """Corners of the curve, and the direction in which it arrives."""
    (x0, y0), (x1, y1) = line.points[0], line.points[-1]
    if line.bulge:
        out = line.bulge * 4 / 3
        return [(x0, y0), (x0 + out, y0), (x1 + out, y1), (x1, y1)], (-_sign(line.bulge), 0.0)
    if x0 == x1:
        return [(x0, y0), (x0, y0), (x1, y1), (x1, y1)], (0.0, _sign(y1 - y0))
    corners = [(x0, y0)]
    for (left, start), (right, end) in pairwise(line.points):
        middle = (left + right) / 2
        corners += [(middle, start), (middle, end), (right, end)]
    return corners, (_sign(x1 - line.points[-2][0]), 0.0)


def _sign(value: float) -> float:
    return 1.0 if value > 0 else -1.0


def _draw_head(axes: Axes, tip: Point, direction: Point, colour: str, size: float) -> None:
    along = np.array(direction) / np.hypot(*direction)
    across = np.array([-along[1], along[0]])
    back = np.array(tip) - size * along
    corners = [tip, tuple(back + 0.5 * size * across), tuple(back - 0.5 * size * across)]
    axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=4))
