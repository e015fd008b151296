"""Names of points in a native chart: beside them where there is room, else a number and the name at the side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from cxmethod.reports.deck_axes import Plot, Scale
from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_chart_xml import move_label
from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_text import line_height, text_width, wrapped

SIZE = 11
_MARK = 0.09
_AWAY = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
_ASIDE = (0.0, -0.35, 0.35)
_RINGS = (0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0)
"""Inches that a name or a number may be moved from its point."""
_SPILL = 0.3
"""Inches that a name may reach over the plot's left edge, where only the axis' numbers stand."""
_SIDES = ("RIGHT", "LEFT", "ABOVE", "BELOW")
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """What stands beside a point: which of which series, on which side; `number` where its name found no room,
    `moved` how many inches across and down from its place at that side."""

    series: int
    index: int
    name: str
    side: str
    number: int | None
    moved: tuple[float, float] = (0.0, 0.0)

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
    lines = [_stroke(rule, plot, scale) for rule in chart.get("lines", ())]
    told = {band.name for band in bands}
    found = []
    named_by = dict[tuple[int, int], tuple[int, Mapping[str, Any]]]()
    for number, one in enumerate(chart["annotations"], 1):
        key = next((key for key, place in where.items() if place == (one["x"], one["y"])), None)
        if key is not None:
            del where[key]
        if key is not None and one["text"] not in told:
            named_by[key] = number, one
    # The first series say what matters most: their points are named first.
    for key, (number, one) in sorted(named_by.items()):
        named = _free(one["text"], *points[key], taken, plot)
        side, rectangle, moved = (
            (*named, (0.0, 0.0)) if named else _number(str(number), *points[key], [*taken, *lines], plot)
        )
        taken.append(rectangle)
        found.append(Label(*key, one["text"], side, None if named else number, moved))
    return found


def write_names(drawn: Sequence[Any], labels: Iterable[Label], box: Sequence[float]) -> None:
    """Write the names beside the points of the series `drawn` of a chart that fills `box`."""
    for label in labels:
        point = drawn[label.series].points[label.index]
        _write(point, label.text, label.side, None)
        move_label(point, label.moved[0] / box[2], label.moved[1] / box[3])


def name_marks(
    drawn: Sequence[Any],
    marks: Sequence[tuple[Band, str]],
    bands: Sequence[Band],
    plot: Plot,
    scale: Scale,
    box: Sequence[float],
) -> None:
    """Write the category of each marked point above or below it, as near as no line runs through the name.

    Where there is no such place the name stands where the fewest lines run, and only where every place is taken by
    another name or mark it is left to the axis, which names all of them.
    """
    pitch = plot.width / max(len(marks[0][0].values) if marks else 0, 1)
    points = {
        (place, index): (plot.left + (index + 0.5) * pitch, plot.top + (1 - scale.share(value)) * plot.height)
        for place, (band, _) in enumerate(marks)
        for index, value in enumerate(band.values)
        if value is not None
    }
    taken: list[Rectangle] = [(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in points.values()]
    named = set[int]()
    # What matters most lies uppermost, and is named first.
    for (place, index), (x, y) in sorted(points.items(), key=lambda point: (-point[0][0], point[0][1])):
        band, colour = marks[place]
        spots = [] if index in named else _spots(str(band.x[index]), x, y, plot)
        free = [spot for spot in spots if not any(_meet(spot[4], other) for other in taken)]
        if not free:
            continue
        text, side, across, down, rectangle = min(
            free,
            key=lambda spot: 0.6 * _crossings(spot[4], bands, plot, scale) + abs(spot[2]) + abs(spot[3]),
        )
        taken.append(rectangle)
        named.add(index)
        _write(drawn[place].points[index], text, side, colour)
        move_label(drawn[place].points[index], across / box[2], down / box[3])


def _spots(text: str, x: float, y: float, plot: Plot) -> list[tuple[str, str, float, float, Rectangle]]:
    """Where a mark's name may stand: in one line or two, above or below, at several distances."""
    found = []
    for said in dict.fromkeys(
        [text, "\n".join(wrapped(text, 0.6 * text_width(text, SIZE, True), SIZE, True))]
    ):
        lines = said.split("\n")
        width = max(text_width(line, SIZE, True) for line in lines) + 0.1
        height = line_height(SIZE) * len(lines)
        for side, turn in (("ABOVE", -1), ("BELOW", 1)):
            for away, aside in product(_AWAY, _ASIDE):
                across, middle = x + aside, y + turn * (_MARK + 0.03 + height / 2 + away)
                rectangle = (across - width / 2, middle - height / 2, across + width / 2, middle + height / 2)
                if rectangle[1] >= plot.top - 0.05 and rectangle[3] <= plot.top + plot.height:
                    found.append((said, side, aside, turn * away, rectangle))
    return found


def _crossings(rectangle: Rectangle, bands: Sequence[Band], plot: Plot, scale: Scale) -> int:
    """How many pieces of lines run through a rectangle."""
    found = 0
    for band in bands:
        pitch = plot.width / len(band.values)
        for index, (one, other) in enumerate(pairwise(band.values)):
            if one is None or other is None:
                continue
            steps = [
                (
                    plot.left + (index + 0.5 + step / 8) * pitch,
                    plot.top + (1 - scale.share(one + (other - one) * step / 8)) * plot.height,
                )
                for step in range(9)
            ]
            found += any(
                rectangle[0] <= x <= rectangle[2] and rectangle[1] - 0.03 <= y <= rectangle[3] + 0.03
                for x, y in steps
            )
    return found


def _stroke(rule: Mapping[str, Any], plot: Plot, scale: tuple[Scale, Scale]) -> Rectangle:
    """Where a straight line across the plot runs."""
    if rule["axis"] == "x":
        x = plot.left + scale[0].share(rule["at"]) * plot.width
        return x - 0.01, plot.top, x + 0.01, plot.top + plot.height
    y = plot.top + (1 - scale[1].share(rule["at"])) * plot.height
    return plot.left, y - 0.01, plot.left + plot.width, y + 0.01


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


def _number(
    text: str, x: float, y: float, taken: Sequence[Rectangle], plot: Plot
) -> tuple[str, Rectangle, tuple[float, float]]:
    """A number as near to its point as covers nothing: where, and how far it is moved from the point's right."""
    beside = _free(text, x, y, taken, plot)
    if beside:
        return (*beside, (0.0, 0.0))
    left, top, right, bottom = _beside("RIGHT", text, x, y)
    across = x - (left + right) / 2
    # Rings around the point, from near to far.
    for step in range(16 * len(_RINGS)):
        turn, ring = 2 * math.pi * (step % 16) / 16, _RINGS[step // 16]
        moved = across + ring * math.cos(turn), ring * math.sin(turn)
        rectangle = left + moved[0], top + moved[1], right + moved[0], bottom + moved[1]
        within = (
            rectangle[0] >= plot.left - _SPILL and rectangle[2] <= plot.left + plot.width
            and rectangle[1] >= plot.top and rectangle[3] <= plot.top + plot.height
        )  # fmt: skip
        if within and not any(_meet(rectangle, other) for other in taken):
            return "RIGHT", rectangle, moved
    return "RIGHT", (left, top, right, bottom), (0.0, 0.0)


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
    for run in (run for paragraph in label.text_frame.paragraphs for run in paragraph.runs):
        run.font.size, run.font.bold = Pt(SIZE), colour is not None
        if colour:
            run.font.color.rgb = rgb(colour)
    label.position = getattr(XL_LABEL_POSITION, side)
