"""The likeliest route of each outcome as a row of stops, and in words the commonest whole one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from cxmethod.language import Words
from cxmethod.language.direction import isolated
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.views import style
from cxmethod.views.graph_parts import COLOURS, MARKS
from cxmethod.views.text_fit import fitted, lines_height, width_of

_FEWEST, _MOST = 5, 12
"""Stops beside each other: the boxes of fewer are no wider, more go on beneath."""
_NAME, _SMALLEST, _SAID, _HEADING = 7.4, 6.4, 7.4, 9.5
_LINES = 3
_BOX, _BETWEEN, _APART = 0.51, 0.17, 0.2
_SIDE, _UNDER = 0.08, 0.12


@dataclass(frozen=True)
class Route:
    """One outcome's route as it is written.

    Parameters
    ----------
    outcome : str
    stops : list of list of str
        The name of each on its lines.
    size : float
        Points of the names' letters.
    said : list of str
        Lines about the commonest whole route; none where it is not known.
    head, box : float
        Inches of the heading with those lines, and of a row of boxes.
    """

    outcome: str
    stops: list[list[str]]
    size: float
    said: list[str]
    head: float
    box: float

    @property
    def rows(self) -> int:
        """Rows of boxes."""
        return max(-(-len(self.stops) // _MOST), 1)

    @property
    def height(self) -> float:
        """Inches of all of it, with what parts it from the next."""
        return self.head + self.rows * (self.box + _UNDER) + _APART - _UNDER


def routes_in(routes: pd.DataFrame, names: Mapping[str, str], words: Words, width: float) -> list[Route]:
    """The routes of both outcomes, success above.

    Parameters
    ----------
    routes : DataFrame
        `outcome`, `rank` (0 the likeliest without loops, 1 the commonest whole one), `route`, `share`, `n`.
    names : mapping
        Touchpoint → name; a stop that is not in it is called by its key.
    width : float
        Inches from the first stop to the last.
    """
    return [
        _route(str(outcome), routes[routes["outcome"] == outcome], names, words, width)
        for outcome in OUTCOMES
    ]


def _route(outcome: str, own: pd.DataFrame, names: Mapping[str, str], words: Words, width: float) -> Route:
    by_rank = own.set_index("rank").to_dict("index")
    likeliest, whole = by_rank.get(0), by_rank.get(1)
    stops = _stops(str(likeliest["route"]), names) if likeliest else []
    inches = _pitch(len(stops), width) - _BETWEEN - _SIDE
    for size in (_NAME, _SMALLEST):
        lines = [fitted(style.bounded(stop), inches, size) for stop in stops]
        tallest = max(map(len, lines), default=1)
        if tallest <= _LINES:
            break
    said: list[str] = []
    if whole:
        share, n = words.percent(whole["share"]), words.number(whole["n"], 0)
        text = words.say(
            "routes.commonest",
            stops=" › ".join(map(isolated, _stops(str(whole["route"]), names))),
            share=share,
            n=n,
        )
        said = fitted(text, width - _beside(outcome, words), _SAID)
    head = max(0.24, lines_height(len(said), _SAID) + 0.12)
    return Route(outcome, lines, size, said, head, max(_BOX, lines_height(tallest, size) + 0.1))


def _stops(route: str, names: Mapping[str, str]) -> list[str]:
    return [names.get(stop, stop) for stop in route.split(" > ")]


def _pitch(stops: int, width: float) -> float:
    return width / max(min(stops, _MOST), _FEWEST)


def _heading(outcome: str, words: Words) -> str:
    return f"{MARKS[outcome]} {words.say(f'routes.{outcome}')}"


def _beside(outcome: str, words: Words) -> float:
    """Inches that the heading takes before what is said beside it."""
    return max(1.45, width_of(_heading(outcome, words), _HEADING, "bold") + 0.15)


def draw_routes(axes: Axes, routes: list[Route], width: float, words: Words) -> None:
    """Draw them one beneath the other, in inches."""
    y = sum(route.height for route in routes)
    axes.set(xlim=(0, width), ylim=(0, y))
    axes.axis("off")
    for route in routes:
        colour, left = COLOURS[route.outcome], _beside(route.outcome, words)
        axes.text(
            0,
            y - 0.02,
            _heading(route.outcome, words),
            color=colour,
            fontweight="bold",
            fontsize=_HEADING,
            va="top",
        )
        axes.text(
            left,
            y - 0.035,
            "\n".join(route.said),
            color=style.QUIET,
            fontsize=_SAID,
            va="top",
            linespacing=1.0,
        )
        if not route.stops:
            axes.text(0, y - route.head - 0.2, words.say("routes.none"), color=style.QUIET, va="center")
        _draw_stops(axes, route, y - route.head, width, colour)
        y -= route.height


def _draw_stops(axes: Axes, route: Route, top: float, width: float, colour: str) -> None:
    pitch = _pitch(len(route.stops), width)
    for place, stop in enumerate(route.stops):
        row, column = divmod(place, _MOST)
        left, middle = column * pitch, top - row * (route.box + _UNDER) - route.box / 2
        box = FancyBboxPatch(
            (left + 0.04, middle - route.box / 2), pitch - _BETWEEN, route.box,
            boxstyle="round,pad=0,rounding_size=0.1", facecolor="white", edgecolor=colour, linewidth=1.4,
        )  # fmt: skip
        axes.add_patch(box)
        centre = left + 0.04 + (pitch - _BETWEEN) / 2
        axes.text(
            centre, middle, "\n".join(stop), ha="center", va="center", fontsize=route.size, linespacing=1.0
        )
        if place + 1 < len(route.stops):
            axes.text(left + pitch - 0.045, middle, "›", ha="center", va="center", color=colour, fontsize=13)
