"""Names of points in a native chart: beside them where there is room, else a number and the name at the side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cxmethod.reports.deck_axes import Plot, Scale
from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_text import line_height, text_width

SIZE = 11
_MARK = 0.09
_SPILL = 0.3
"""Inches that a name may reach over the plot's left edge, where only the axis' numbers stand."""
_SIDES = ("RIGHT", "LEFT", "ABOVE", "BELOW")
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """What stands beside a point: which of which series, on which side; `number` where its name found no room."""

    series: int
    index: int
    name: str
    side: str
    number: int | None

    @property
    def text(self) -> str:
        """The name, or its number."""
        return self.name if self.number is None else str(self.number)


def place_names(
    chart: Mapping[str, Any], bands: Sequence[Band], plot: Plot, scale: tuple[Scale, Scale]
) -> list[Label]:
    """Where the names of a scatter chart's points go, so that none covers another or a point."""
    points = {
        (place, index): (plot.left + scale[0].share(x) * plot.width, plot.top + (1 - scale[1].share(y)) * plot.height)
        for place, band in enumerate(bands)
        for index, (x, y) in enumerate(zip(band.x, band.values, strict=True))
        if y is not None
    }  # fmt: skip
    where = {key: (bands[key[0]].x[key[1]], bands[key[0]].values[key[1]]) for key in points}
    taken: list[Rectangle] = [(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in points.values()]
    found = []
    named_by = dict[tuple[int, int], tuple[int, Mapping[str, Any]]]()
    for number, one in enumerate(chart["annotations"], 1):
        key = next((key for key, place in where.items() if place == (one["x"], one["y"])), None)
        if key is not None:
            del where[key]
            named_by[key] = number, one
    # The first series say what matters most: their points are named first.
    for key, (number, one) in sorted(named_by.items()):
        named = _free(one["text"], *points[key], taken, plot)
        side, rectangle = (
            named or _free(str(number), *points[key], taken, plot) or _right(number, *points[key])
        )
        taken.append(rectangle)
        found.append(Label(*key, one["text"], side, None if named else number))
    return found


def write_names(drawn: Sequence[Any], labels: Iterable[Label]) -> None:
    """Write the names beside the points of the series `drawn`."""
    for label in labels:
        _write(drawn[label.series].points[label.index], label.text, label.side, None)


def name_marks(
    drawn: Sequence[Any], marks: Sequence[tuple[Band, str]], bands: Sequence[Band], plot: Plot, scale: Scale
) -> None:
    """Write the category of each marked point above or below it where no line runs; the axis names all of them.

    Points of the first kind of mark are named even where a line runs.
    """
    pitch = plot.width / max(len(marks[0][0].values) if marks else 0, 1)
    taken: list[Rectangle] = []
    named = set[int]()
    for place, (band, colour) in enumerate(marks):
        for index, value in enumerate(band.values):
            if value is None or index in named:
                continue
            x, y = plot.left + (index + 0.5) * pitch, plot.top + (1 - scale.share(value)) * plot.height
            sides = ("BELOW", "ABOVE") if value < 0 else ("ABOVE", "BELOW")
            spots = [(side, _beside(side, band.x[index], x, y)) for side in sides]
            free = [spot for spot in spots if not any(_meet(spot[1], other) for other in taken)]
            clear = [spot for spot in free if not _crossed(spot[1], bands, plot, scale)]
            for side, rectangle in (clear or (free if place == 0 else []))[:1]:
                taken.append(rectangle)
                named.add(index)
                _write(drawn[place].points[index], band.x[index], side, colour)


def _crossed(rectangle: Rectangle, bands: Sequence[Band], plot: Plot, scale: Scale) -> bool:
    """Whether a line runs through a rectangle, or it leaves the plot."""
    if rectangle[1] < plot.top or rectangle[3] > plot.top + plot.height:
        return True
    for band in bands:
        pitch = plot.width / len(band.values)
        for index, (one, other) in enumerate(pairwise(band.values)):
            for step in range(5):
                x = plot.left + (index + 0.5 + step / 4) * pitch
                if one is None or other is None or not rectangle[0] <= x <= rectangle[2]:
                    continue
                y = plot.top + (1 - scale.share(one + (other - one) * step / 4)) * plot.height
                if rectangle[1] - 0.03 <= y <= rectangle[3] + 0.03:
                    return True
    return False


def _free(
    text: str, x: float, y: float, taken: Iterable[Rectangle], plot: Plot
) -> tuple[str, Rectangle] | None:
    for side in _SIDES:
        rectangle = _beside(side, text, x, y)
        within = (
            rectangle[0] >= plot.left - _SPILL and rectangle[2] <= plot.left + plot.width
            and rectangle[1] >= plot.top and rectangle[3] <= plot.top + plot.height
        )  # fmt: skip
        if within and not any(_meet(rectangle, other) for other in taken):
            return side, rectangle
    return None


def _right(number: int, x: float, y: float) -> tuple[str, Rectangle]:
    return "RIGHT", _beside("RIGHT", str(number), x, y)


def _beside(side: str, text: str, x: float, y: float) -> Rectangle:
    width, height = text_width(text, SIZE) + 0.1, line_height(SIZE)
    if side in ("RIGHT", "LEFT"):
        left = x + _MARK if side == "RIGHT" else x - _MARK - width
        return left, y - height / 2, left + width, y + height / 2
    top = y - _MARK - height if side == "ABOVE" else y + _MARK
    return x - width / 2, top, x + width / 2, top + height


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _write(point: Any, text: str, side: str, colour: str | None) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = point.data_label
    label.text_frame.text = text
    label.text_frame.word_wrap = False
    font = label.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(SIZE), colour is not None
    if colour:
        font.color.rgb = rgb(colour)
    label.position = getattr(XL_LABEL_POSITION, side)
