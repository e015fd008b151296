"""Names beside points, where they cover neither each other, nor a point, nor a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from cxmethod.views.leaders import Places, straying, tangled

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
_MISTAKEN = 20_000.0
"""What a name costs, in square points, that another point seems to have, or whose line crosses another's."""

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
    others: Floats | None = None,
    number: Callable[[int], str] | None = None,
) -> list[int]:
    """Write each text beside its point, on the side where it covers least; far ones get a thin line.

    Places are tried in a fixed order, so that the same points give the same picture; each text is then placed again with
    all others in sight, until three rounds are over. Where a text would seem to be another point's, or thin lines cross,
    places are sought that avoid this too; what still has none carries a number instead.

    Parameters
    ----------
    avoid : ndarray, optional
        Other points that no text may cover, one row each, x and y.
    written : sequence of Text
        What stands in the plot already.
    others : ndarray, optional
        Points without a name, that no text may seem to name: one row each, x and y.
    number : callable, optional
        Writes the first, second … number; without it, every text is written.

    Returns
    -------
    list of int
        Which of the texts carry a number, by number.
    """
    if not len(texts):
        return []
    figure = axes.figure
    assert isinstance(figure, Figure)
    style: dict[str, Any] = {"fontsize": size, "fontweight": weight, "linespacing": 1.05}
    scale = figure.dpi / 72
    own = axes.transData.transform(np.column_stack([x, y]))
    around = np.vstack([own, axes.transData.transform(others)]) if others is not None and len(others) else own
    lines = axes.transData.transform(avoid) if avoid is not None and len(avoid) else np.empty((0, 2))
    # A name may stand close to its own mark: it is beside it anyway.
    marks = _around(own, 6 * scale)
    renderer = _renderer(figure)
    inside = axes.get_window_extent(renderer)
    there = [text.get_window_extent(renderer) for text in written]
    words = np.array([[box.x0, box.y0, box.x1, box.y1] for box in there]).reshape(-1, 4)
    frame = np.array([inside.x0, inside.y0, inside.x1, inside.y1])
    sides = _sides()

    def placed(shown: Sequence[str]) -> tuple[list[Places], list[Floats]]:
        sizes = np.array([text_size(figure, text, **style) for text in shown]) * figure.dpi + _BESIDE * scale
        boxes = [_boxes(point, extent, sides, scale) for point, extent in zip(own, sizes, strict=True)]
        base = [
            _outside(each, frame) * _OUTSIDE
            + _OTHER_LABEL * _covered(each, words)
            + _MARK * _covered(each, np.delete(marks, place, axis=0))
            + _LINE * _covered(each, _around(lines, 2.5 * scale))
            + (sides[:, 0] * scale) ** 2 * 0.06
            for place, each in enumerate(boxes)
        ]
        starts = [np.where(sides[:, :1] > _FAR, point + _offsets(sides) * scale, np.nan) for point in own]
        return [Places(*each) for each in zip(own, boxes, starts, strict=True)], base

    shown, numbered = list(texts), list[int]()
    places, base = placed(shown)
    chosen = _arranged(places, base)
    if _mistaken(places, chosen, around, scale).any():
        chosen = _arranged(places, base, around, scale)
        while number and (wrong := _mistaken(places, chosen, around, scale) * ~_among(numbered, own)).any():
            numbered.append(int(np.argmax(wrong)))
            for count, place in enumerate(sorted(numbered), 1):
                shown[place] = number(count)
            places, base = placed(shown)
            chosen = _arranged(places, base, around, scale)
    for place, choice in enumerate(chosen):
        across, along = _offsets(sides)[choice]
        _write(axes, shown[place], (x[place], y[place]), (across, along), colours[place], style)
    return sorted(numbered)


def _among(numbered: list[int], points: Floats) -> NDArray[np.bool_]:
    return np.isin(np.arange(len(points)), numbered)


def _offsets(sides: Floats) -> Floats:
    return np.asarray(sides[:, :1] * sides[:, 1:], float)


def _mistaken(places: list[Places], chosen: list[int], points: Floats, scale: float) -> Floats:
    """How often each text, where it stands, may be taken for another's."""
    return np.array(
        [
            _mistakes(places, dict(enumerate(chosen)), place, points, scale)[chosen[place]]
            for place in range(len(chosen))
        ]
    )


def _mistakes(
    places: list[Places], chosen: dict[int, int], place: int, points: Floats, scale: float
) -> Floats:
    """How often one text may be taken for another's, at each of its places, while the others are where they are."""
    each = places[place]
    found = straying(each, np.delete(points, place, axis=0), scale).astype(float)
    for other, choice in chosen.items():
        if other != place:
            found += tangled(
                each, places[other].boxes[choice], places[other].starts[choice], places[other].point
            )
    return found


def _arranged(
    places: list[Places], base: list[Floats], points: Floats | None = None, scale: float = 1.0
) -> list[int]:
    """Which of its places each text takes; those with the fewest good places go first.

    With `points`, the texts' own and then others, no text is to be taken for another's.
    """
    boxes = [each.boxes for each in places]
    order = sorted(range(len(boxes)), key=lambda place: -float(np.sort(base[place])[:8].mean()))
    chosen: dict[int, int] = {}
    for _ in range(_SWEEPS):
        for place in order:
            others = [boxes[other][choice] for other, choice in chosen.items() if other != place]
            taken = np.array(others) if others else np.empty((0, 4))
            cost = base[place] + _OTHER_LABEL * _covered(boxes[place], taken)
            if points is not None:
                cost = cost + _MISTAKEN * scale**2 * _mistakes(places, chosen, place, points, scale)
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
