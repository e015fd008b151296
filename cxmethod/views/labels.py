"""Names beside points, where they cover neither each other nor a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

_RINGS = (11, 20, 34, 50, 68)
_TURNS = 12
_FAR = 24

Floats = NDArray[np.float64]


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
    axes: Axes,
    x: Floats,
    y: Floats,
    texts: Sequence[str],
    colours: Sequence[str],
    *,
    avoid: Floats | None = None,
    weight: str = "normal",
) -> None:
    """Write each text beside its point, on the side where it covers least; far ones get a thin line.

    Places are tried in a fixed order, so that the same points give the same picture.

    Parameters
    ----------
    avoid : ndarray, optional
        Other points that no text may cover, one row each, x and y.
    """
    renderer = FigureCanvasAgg(axes.figure).get_renderer()  # type: ignore[arg-type]
    own = np.column_stack([x, y])
    dots = [_dot(axes, point) for point in own]
    others = [_dot(axes, point, 3) for point in avoid] if avoid is not None else []
    taken: list[Bbox] = []
    for place in np.argsort(-np.abs(y), kind="stable"):
        obstacles = [*taken, *others, *(dot for i, dot in enumerate(dots) if i != place)]
        style = {
            "fontsize": 8,
            "color": colours[place],
            "fontweight": weight,
            "linespacing": 1.05,
            "zorder": 10,
        }
        box, kept = _best(axes, renderer, texts[place], own[place], style, obstacles)
        taken.append(box)
        if np.hypot(*kept.xyann) > _FAR:
            line = {"arrowstyle": "-", "linewidth": 0.7, "color": colours[place], "alpha": 0.7, "shrinkB": 5}
            axes.annotate("", own[place], xytext=kept.xyann, textcoords="offset points", arrowprops=line)


def _best(
    axes: Axes, renderer: Any, text: str, point: Floats, style: dict[str, Any], obstacles: list[Bbox]
) -> tuple[Bbox, Annotation]:
    """The text at the place that costs least: what it covers, what falls outside, how far it stands off."""
    inside = axes.get_window_extent(renderer)
    best: tuple[float, Bbox, Annotation] | None = None
    for dx, dy, across, along in _sides():
        label = axes.annotate(
            text, tuple(point), xytext=(dx, dy), textcoords="offset points", ha=across, va=along, **style
        )
        box = label.get_window_extent(renderer)
        covered = sum(_overlap(box, other) for other in obstacles) + 4 * (
            box.width * box.height - _overlap(box, inside)
        )
        cost = covered + float(np.hypot(dx, dy))
        if best is None or cost < best[0]:
            if best is not None:
                best[2].remove()
            best = (cost, box, label)
        else:
            label.remove()
        if covered < 1e-6:
            break
    assert best is not None
    return best[1], best[2]


def _dot(axes: Axes, point: Floats, radius: float = 6) -> Bbox:
    px, py = axes.transData.transform(point)
    return Bbox.from_extents(px - radius, py - radius, px + radius, py + radius)


def _overlap(a: Bbox, b: Bbox) -> float:
    shared = Bbox.intersection(a, b)
    return float(shared.width * shared.height) if shared is not None else 0.0
