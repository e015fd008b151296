"""Names beside points, where they cover neither each other nor a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

_SIDES: tuple[tuple[float, float, str, str], ...] = (
    (9, 0, "left", "center"), (-9, 0, "right", "center"), (0, 9, "center", "bottom"), (0, -9, "center", "top"),
    (9, 9, "left", "bottom"), (9, -9, "left", "top"), (-9, 9, "right", "bottom"), (-9, -9, "right", "top"),
    (0, 22, "center", "bottom"), (0, -22, "center", "top"), (26, 14, "left", "bottom"), (26, -14, "left", "top"),
    (-26, 14, "right", "bottom"), (-26, -14, "right", "top"), (30, 0, "left", "center"), (-30, 0, "right", "center"),
)  # fmt: skip


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
        for dx, dy, across, along in _SIDES:
            label = axes.annotate(
                texts[place], (x[place], y[place]), xytext=(dx, dy), textcoords="offset points", ha=across, va=along,
                fontsize=8, color=colours[place], linespacing=1.05, zorder=5,
            )  # fmt: skip
            box = label.get_window_extent(renderer)
            cost = sum(_overlap(box, other) for other in taken)
            cost += sum(_overlap(box, dot) for i, dot in enumerate(dots) if i != place)
            cost += 4 * (box.width * box.height - _overlap(box, inside))
            tries.append((cost + abs(dx) + abs(dy), box, label))
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
