"""Names beside points, where they cover neither each other nor a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

_RINGS = (9, 20, 34, 50, 68)
_TURNS = 12


def _sides() -> list[tuple[float, float, str, str]]:
    """Places around a point, the near ones first: beside, below and above before the diagonals."""
    sides = []
    for radius in _RINGS:
        turns = sorted(range(_TURNS), key=lambda turn: (turn % 3 != 0, turn))
        for turn in turns:
            across, along = np.cos(2 * np.pi * turn / _TURNS), np.sin(2 * np.pi * turn / _TURNS)
            horizontal = "left" if across > 0.3 else "right" if across < -0.3 else "center"
            vertical = "bottom" if along > 0.3 else "top" if along < -0.3 else "center"
            sides.append((radius * float(across), radius * float(along), horizontal, vertical))
    return sides


def place_labels(
    axes: Axes, x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], texts: Sequence[str], colours: Sequence[str]
) -> None:
    """Write each text beside its point, on the side where it covers least; far ones get a thin line.

    Places are tried in a fixed order, so that the same points give the same picture.
    """
    renderer = FigureCanvasAgg(axes.figure).get_renderer()  # type: ignore[arg-type]
    points = axes.transData.transform(np.column_stack([x, y]))
    dots = [Bbox.from_extents(px - 6, py - 6, px + 6, py + 6) for px, py in points]
    taken: list[Bbox] = []
    inside = axes.get_window_extent(renderer)
    for place in np.argsort(-np.asarray(y), kind="stable"):
        tries = []
        for dx, dy, across, along in _sides():
            label = axes.annotate(
                texts[place], (x[place], y[place]), xytext=(dx, dy), textcoords="offset points", ha=across, va=along,
                fontsize=7.8, color=colours[place], linespacing=1.05, zorder=5,
            )  # fmt: skip
            box = label.get_window_extent(renderer)
            cost = sum(_overlap(box, other) for other in taken)
            cost += sum(_overlap(box, dot) for i, dot in enumerate(dots) if i != place)
            cost += 4 * (box.width * box.height - _overlap(box, inside))
            tries.append((cost + np.hypot(dx, dy), box, label))
            if cost < 1e-6:
                break
        _, box, kept = min(tries, key=lambda one: one[0])
        for _, _, label in tries:
            if label is not kept:
                label.remove()
        taken.append(box)
        if abs(kept.xyann[0]) + abs(kept.xyann[1]) > 20:
            kept.arrow_patch = None
            axes.annotate(
                "", (x[place], y[place]), xytext=kept.xyann, textcoords="offset points",
                arrowprops={"arrowstyle": "-", "linewidth": 0.6, "color": colours[place], "alpha": 0.6},
            )  # fmt: skip


def _overlap(a: Bbox, b: Bbox) -> float:
    shared = Bbox.intersection(a, b)
    return float(shared.width * shared.height) if shared is not None else 0.0
