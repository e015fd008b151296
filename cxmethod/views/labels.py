"""Names beside points, where they cover neither each other, nor a point, nor a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

_RINGS = (11, 17, 25, 36, 50, 68, 90, 120, 155)
_TURNS = 16
_FAR = 22
_BESIDE = 4
"""Points that stay free between two names."""
_SWEEPS = 3
_LINE, _MARK = 3.0, 9.0
"""A covered stretch of line costs so many times its own area, and so does another's mark."""
_OTHER_LABEL = 12.0
"""A covered letter of another name costs so many times a covered stretch of line."""
_OUTSIDE = 16.0

Floats = NDArray[np.float64]

_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.65, "pad": 0.4}
"""A name stays readable over what it must cross. An outline of the letters would write each of them out as a path."""


def text_size(figure: Figure, text: str, **style: Any) -> tuple[float, float]:
    """Width and height of `text` in inches, as `figure` would write it."""
    written = figure.text(0, 0, text, **style)
    box = written.get_window_extent(_renderer(figure))
    written.remove()
    return box.width / figure.dpi, box.height / figure.dpi


def _renderer(figure: Figure) -> RendererAgg:
    """The same for all texts of a figure: it keeps the sizes that it has measured, and a picture's worth of memory."""
    canvas = figure.canvas if isinstance(figure.canvas, FigureCanvasAgg) else FigureCanvasAgg(figure)
    renderer: RendererAgg = canvas.get_renderer()
    return renderer


def place_labels(
    axes: Axes,
    x: Floats,
    y: Floats,
    texts: Sequence[str],
    colours: Sequence[str],
    *,
    avoid: Floats | None = None,
    weight: str = "normal",
    size: float = 8,
    written: Sequence[Text] = (),
) -> None:
    """Write each text beside its point, on the side where it covers least; far ones get a thin line.

    Places are tried in a fixed order, so that the same points give the same picture; each text is then placed again with
    all others in sight, until three rounds are over.

    Parameters
    ----------
    avoid : ndarray, optional
        Other points that no text may cover, one row each, x and y.
    written : sequence of Text
        What stands in the plot already.
    """
    if not len(texts):
        return
    figure = axes.figure
    assert isinstance(figure, Figure)
    style: dict[str, Any] = {"fontsize": size, "fontweight": weight, "linespacing": 1.05}
    scale = figure.dpi / 72
    sizes = np.array([text_size(figure, text, **style) for text in texts]) * figure.dpi + _BESIDE * scale
    own = axes.transData.transform(np.column_stack([x, y]))
    lines = axes.transData.transform(avoid) if avoid is not None and len(avoid) else np.empty((0, 2))
    # A name may stand close to its own mark: it is beside it anyway.
    marks = _around(own, 6 * scale)
    renderer = _renderer(figure)
    inside = axes.get_window_extent(renderer)
    there = [text.get_window_extent(renderer) for text in written]
    words = np.array([[box.x0, box.y0, box.x1, box.y1] for box in there]).reshape(-1, 4)
    frame = np.array([inside.x0, inside.y0, inside.x1, inside.y1])
    sides = _sides()
    boxes = [_boxes(point, extent, sides, scale) for point, extent in zip(own, sizes, strict=True)]
    base = [
        _outside(each, frame) * _OUTSIDE
        + _OTHER_LABEL * _covered(each, words)
        + _MARK * _covered(each, np.delete(marks, place, axis=0))
        + _LINE * _covered(each, _around(lines, 2.5 * scale))
        + (sides[:, 0] * scale) ** 2 * 0.06
        for place, each in enumerate(boxes)
    ]
    chosen = _arranged(boxes, base)
    for place, choice in enumerate(chosen):
        radius, across, along = sides[choice]
        _write(
            axes, texts[place], (x[place], y[place]), (radius * across, radius * along), colours[place], style
        )


def _arranged(boxes: list[Floats], base: list[Floats]) -> list[int]:
    """Which of its places each text takes; those with the fewest good places go first."""
    order = sorted(range(len(boxes)), key=lambda place: -float(np.sort(base[place])[:8].mean()))
    chosen: dict[int, int] = {}
    for _ in range(_SWEEPS):
        for place in order:
            others = [boxes[other][choice] for other, choice in chosen.items() if other != place]
            taken = np.array(others) if others else np.empty((0, 4))
            cost = base[place] + _OTHER_LABEL * _covered(boxes[place], taken)
            chosen[place] = int(np.argmin(cost))
    return [chosen[place] for place in range(len(boxes))]


def _sides() -> Floats:
    """Places around a point, the near ones first: distance in points, then how far across and along."""
    turns = sorted(range(_TURNS), key=lambda turn: (turn % 4 != 0, turn % 2 != 0, turn))
    angles = 2 * np.pi * np.array(turns) / _TURNS
    return np.array([(radius, np.cos(angle), np.sin(angle)) for radius in _RINGS for angle in angles])


def _boxes(point: Floats, extent: Floats, sides: Floats, scale: float) -> Floats:
    """Where the text would lie at each side: left, bottom, right, top in pixels."""
    radius, across, along = sides.T
    left = point[0] + radius * scale * across - extent[0] * _start(across)
    bottom = point[1] + radius * scale * along - extent[1] * _start(along)
    return np.column_stack([left, bottom, left + extent[0], bottom + extent[1]])


def _start(direction: Floats) -> Floats:
    """How much of the text lies before its anchor: none, half or all of it."""
    return np.where(direction > 0.3, 0.0, np.where(direction < -0.3, 1.0, 0.5))


def _around(points: Floats, radius: float) -> Floats:
    return np.hstack([points - radius, points + radius])


def _covered(boxes: Floats, others: Floats) -> Floats:
    """Area of each box that `others` cover."""
    if not len(others):
        return np.zeros(len(boxes))
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.asarray(np.clip(high - low, 0, None).prod(axis=2).sum(axis=1), float)


def _outside(boxes: Floats, frame: Floats) -> Floats:
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return np.asarray(area - _covered(boxes, frame[None, :]), float)


def _write(
    axes: Axes,
    text: str,
    point: tuple[float, float],
    offset: tuple[float, float],
    colour: str,
    style: dict[str, Any],
) -> None:
    across, along = np.array(offset) / max(float(np.hypot(*offset)), 1e-9)
    horizontal = "left" if across > 0.3 else "right" if across < -0.3 else "center"
    vertical = "bottom" if along > 0.3 else "top" if along < -0.3 else "center"
    axes.annotate(
        text, point, xytext=offset, textcoords="offset points", ha=horizontal, va=vertical, color=colour, zorder=10,
        bbox=_GROUND, **style,
    )  # fmt: skip
    if np.hypot(*offset) > _FAR:
        line = {
            "arrowstyle": "-",
            "linewidth": 0.7,
            "color": colour,
            "alpha": 0.8,
            "shrinkA": 0,
            "shrinkB": 5,
        }
        axes.annotate("", point, xytext=offset, textcoords="offset points", arrowprops=line)
