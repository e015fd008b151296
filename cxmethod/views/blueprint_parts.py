"""The pieces of a service blueprint: what stands in which lane, and where there is room for its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from matplotlib.figure import Figure

from cxmethod.views import style
from cxmethod.views.labels import text_size
from cxmethod.views.text_fit import lines_height

SMALL = 7.6
ROW = 0.27
"""Inches of one row of processes."""
_LETTERS, _LONG = 27, 92
_BESIDE = 0.16
_APART = 0.08
_AIR = 0.02
_OWNER = 8.0
OWNER_LETTERS = 24
"""Of a line of an owner's name beside a lane."""
_OUT = 0.9
"""Inches beyond the last touchpoint that a name may reach."""

Side = Literal["right", "left", "over"]


@dataclass(frozen=True)
class Box:
    """A process in its lane.

    Parameters
    ----------
    process : str
    text : str
        What stands beside it.
    columns : tuple of int
        Positions of the touchpoints that it serves.
    rank : int
        Its place among the bottlenecks that are marked; 0 for the others.
    red : bool
        Whether it feeds a red point.
    side : {"right", "left", "over"}
        Where its name stands; over its bar where that leaves no room at either end.
    row : int
        Its row within the lane.
    """

    process: str
    text: str
    columns: tuple[int, ...]
    rank: int
    red: bool
    side: Side = "right"
    row: int = 0


@dataclass(frozen=True)
class Lane:
    """One owner's lane.

    Parameters
    ----------
    owner : str, optional
        None for work that nobody answers for.
    boxes : tuple of Box
    row : float
        Inches of a row: as tall as the tallest of its names.
    label : str
        What stands beside the lane.
    """

    owner: str | None
    boxes: tuple[Box, ...]
    row: float
    label: str

    @property
    def rows(self) -> int:
        """How many rows it needs."""
        return 1 + max((box.row for box in self.boxes), default=0)

    @property
    def height(self) -> float:
        """Inches of its rows, and of its owner's name beside them."""
        return max(self.rows * self.row, lines_height(self.label.count("\n") + 1, _OWNER) + 0.06)


def lanes(
    figure: Figure,
    links: pd.DataFrame,
    processes: pd.DataFrame,
    texts: dict[str, str],
    column: float,
    nobody: str,
) -> list[Lane]:
    """The owners in the order in which the customer meets them; work without an owner comes last.

    Parameters
    ----------
    texts : dict
        Process → what stands beside it.
    column : float
        Inches of one touchpoint.
    nobody : str
        What stands beside work without an owner.
    """
    served = links.dropna(subset=["process"]).sort_values("position")
    places = {process: tuple(sorted(set(own))) for process, own in served.groupby("process")["position"]}
    known = processes.set_index("process").loc[served["process"].drop_duplicates()]
    ranks = marked_ranks(processes)
    boxes = {
        str(process): Box(
            str(process), texts[str(process)], places[process], ranks.get(str(process), 0), pd.notna(red)
        )
        for process, red in zip(known.index, known["red_points"], strict=True)
    }
    owners = known["owner"].fillna("")
    order = [owner for owner in dict.fromkeys(owners) if owner] + ([""] if (owners == "").any() else [])
    last = int(links["position"].max())
    found = []
    for owner in order:
        own = _arranged(figure, [boxes[p] for p in owners.index[owners == owner]], last, column)
        row = max(ROW, *(lines_height(box.text.count("\n") + 1, SMALL) + _AIR for box in own))
        found.append(Lane(owner or None, own, row, style.wrapped(owner or nobody, OWNER_LETTERS)))
    return found


def marked_ranks(processes: pd.DataFrame, most: int = 3) -> dict[str, int]:
    """The first bottlenecks that a customer meets: process → rank."""
    held = processes[(processes["waiting_hours"] > 0) & processes["touchpoints"].notna()]
    first = held.sort_values("bottleneck_rank", kind="stable").head(most)["process"]
    return {str(process): place for place, process in enumerate(first, start=1)}


def _arranged(figure: Figure, boxes: Sequence[Box], last: int, column: float) -> tuple[Box, ...]:
    """Names on the side where there is room, boxes in rows so that nothing covers anything."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for box in sorted(boxes, key=lambda one: one.columns):
        wide = text_size(figure, box.text, fontsize=SMALL, linespacing=1.0)[0] / column
        beside = _BESIDE / column + wide
        side = _side(box, beside, last + 0.5 + _OUT / column)
        low = box.columns[0] - (beside if side == "left" else 0.3)
        high = box.columns[-1] + (beside if side == "right" else 0.3)
        row = next((n for n, row in enumerate(taken) if all(high < a or low > b for a, b in row)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((low - _APART / column, high + _APART / column))
        placed.append(replace(box, side=side, row=row))
    return tuple(placed)


def _side(box: Box, beside: float, end: float) -> Side:
    if box.columns[-1] + beside <= end:
        return "right"
    return "left" if box.columns[0] - beside >= 0.5 or len(box.columns) == 1 else "over"


def wrapped_name(name: str, second: str = "") -> str:
    """A process's name beside its box, longer names on longer lines; `second` is a line of its own."""
    letters = style.letters_for(
        [name], 1 if len(name) <= _LETTERS else 2 if len(name) <= _LONG else 3, _LETTERS
    )
    return style.wrapped(name, letters) + (f"\n{second}" if second else "")
