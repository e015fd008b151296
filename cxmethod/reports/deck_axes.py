"""Axes of native charts: their scale, their names, and the room that these take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_chart_xml import FAINT, INK, QUIET, hide_entries, name_all, place_plot, turn_labels
from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_text import broken_evenly, line_height, text_width, wrapped

SIZE = 11
_TURN = 45
_KEY = 0.24
_PITCH = 0.5
"""Inches from one category to the next that a name aslant in two lines needs."""
_LINE = 1.2
"""Inches of a name aslant that stays in one line."""
_BAR = 0.8
"""Inches that a bar may take with what is between it and the next."""
_SMALLEST, _NUMBER = 8, 0.4
"""Points of the smallest names along an axis, and inches that the widest number takes."""
_UPRIGHT = 0.42
"""Inches beneath a plot whose names stand upright in one line."""
_DEEP = 0.36
"""Share of the height that names aslant may take; beyond it numbers stand there, and the names in a list."""
_BAR_SIZES = (SIZE, 10, 9, 8)
_NAMES = 0.36
"""Share of the width that the names of bars may take."""
_FORMATS = {"signed": '+0.0;"−"0.0;0.0', "percent": "0%", "number": "General"}


@dataclass(frozen=True)
class Scale:
    """The ends of an axis and the step between its ticks."""

    low: float
    high: float
    step: float

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high

    def share(self, value: float) -> float:
        """How far `value` lies along the axis, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Plot:
    """Where the plot itself stands on its slide, in inches; `above` is free over it."""

    left: float
    top: float
    width: float
    height: float
    above: float = 0.0


def value_scale(values: Sequence[float], *, from_zero: bool = True) -> Scale:
    """Round ends around `values`, six or so steps between them."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = (high - low) or abs(high) or 1.0
    unit = 10 ** math.floor(math.log10(span / 6))
    step = next(unit * nice for nice in (1, 2, 2.5, 5, 10) if unit * nice >= span / 6)
    # A little air beyond the outermost point, but none beyond zero, nor beyond the whole of a share.
    air = 0.02 * span
    floor = 0.0 if from_zero and low >= 0 else math.floor((low - air) / step) * step
    top = high if high in (0.0, 1.0) else high + air
    return Scale(floor, math.ceil(round(top / step, 9)) * step, step)


def category_names(chart: Mapping[str, Any], size: tuple[float, float]) -> list[str]:
    """The names along the axis of a chart of so many inches; bars with what is said of each, where one line holds both."""
    width, height = size
    names = [str(name) for name in chart["x"]["values"]]
    if chart["kind"] != "bar":
        # Two short lines reach less deep than a long one, where the next name leaves room.
        wide = width / max(len(names), 1) > _PITCH
        return [
            "\n".join(broken_evenly(name, 2, SIZE)) if wide and text_width(name, SIZE) > _LINE else name
            for name in names
        ]
    said = {str(one["x"]): one["text"] for one in chart["annotations"]}
    both = [f"{name} · {said[name]}" if said.get(name) else name for name in names]
    room = _NAMES * width - 0.25
    if all(text_width(text, SIZE) <= room for text in both):
        return both
    # A name that no size holds in one line breaks, for what reaches over the edge squeezes the whole chart.
    pitch = min(_BAR, (height - 1.2) / len(names))
    fitting = next((size for size in _BAR_SIZES if _stacked(names, room, size) <= pitch), _SMALLEST)
    return ["\n".join(wrapped(name, room, fitting)) for name in names]


def _stacked(names: Sequence[str], room: float, size: float) -> float:
    """Inches that the name with the most lines takes beside its bar."""
    return 1.05 * line_height(size) * max(len(wrapped(name, room, size)) for name in names)


def too_deep(names: Sequence[str], height: float) -> bool:
    """Whether names aslant would leave too little of a chart so many inches high."""
    return max((_aslant(name) for name in names), default=0.0) > _DEEP * height


def category_axes(
    native: Any,
    chart: Mapping[str, Any],
    names: Sequence[str],
    bands: Sequence[Band],
    box: Any,
    above: float = 0.0,
) -> tuple[Plot, Scale]:
    """Axes of a chart with categories: names at the left of bars, or aslant beneath lines; where the plot stands.

    `above` inches are kept free over it.
    """
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    flat = chart["kind"] == "bar"
    scale = value_scale(reached(bands))
    _scaled(native.value_axis, scale, chart["y"]["format"])
    _titled(native.value_axis, chart["y"]["label"])
    category = native.category_axis
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.has_major_gridlines = False
    _dressed(category)
    name_all(category)
    marks = () if flat else dict.fromkeys(one["text"] for one in chart["annotations"])
    entries = [*(band.name for band in bands), *marks]
    width, height = box[2], box[3]
    top = _key(native, entries, width) + above
    if flat:
        category.reverse_order = True
        # The first name stands at the top, and turns the other axis round with it.
        native.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        widest = max(text_width(line, SIZE) for name in names for line in name.split("\n"))
        left = min(widest + 0.25, _NAMES * width)
        tall = min(height - top - 0.62, _BAR * len(names))
        room, pitch = _NAMES * width - 0.25, tall / len(names)
        sizes = (
            size
            for size in _BAR_SIZES
            if _stacked(names, room, size) <= pitch and widest * size / SIZE <= room
        )
        category.tick_labels.font.size = Pt(next(sizes, _SMALLEST))
        plot = Plot(box[0] + left, box[1] + top, width - left - 0.3, tall)
    else:
        widths = [max(text_width(line, SIZE) for line in name.split("\n")) for name in names]
        pitch = (width - 1.05) / len(names)
        # Numbers stand upright, however small.
        aslant = max(widths) > 0.9 * pitch and max(widths) > _NUMBER
        turn_labels(category, -_TURN if aslant else 0)
        if not aslant:
            size = int(SIZE * 0.8 * pitch / max(widths))
            category.tick_labels.font.size = Pt(min(SIZE, max(size, _SMALLEST)))
        deep = min(max(_aslant(name) for name in names), 0.5 * height) if aslant else _UPRIGHT
        left = min(max(0.85, widths[0] * math.cos(math.radians(_TURN)) - 0.1), 0.2 * width)
        plot = Plot(box[0] + left, box[1] + top, width - left - 0.2, height - top - deep, above)
    _placed(native, plot, box)
    return plot, scale


def point_axes(
    native: Any, chart: Mapping[str, Any], scale: tuple[Scale, Scale], box: Any, right: float
) -> Plot:
    """Axes of a scatter chart, `right` inches free beside its plot, and where the plot stands."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    across, up = scale
    _scaled(native.category_axis, across, "signed" if across.low < 0 else "number")
    _scaled(native.value_axis, up, chart["y"]["format"])
    for axis, label in (
        (native.category_axis, chart["x"]["label"]),
        (native.value_axis, chart["y"]["label"]),
    ):
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        _titled(axis, label)
    entries = [str(one["name"]) for one in chart["series"]] + [
        str(line["text"]) for line in chart.get("lines", ())
    ]
    left, top, bottom = 0.95, _key(native, entries, box[2]), 0.72
    plot = Plot(box[0] + left, box[1] + top, box[2] - left - right, box[3] - top - bottom)
    _placed(native, plot, box)
    return plot


def reached(bands: Sequence[Band]) -> list[float]:
    """All values with the ends of their intervals, and zero."""
    found = [0.0]
    for band in bands:
        for value, down, up in zip(band.values, band.minus, band.plus, strict=True):
            if value is not None:
                found += [value - (down or 0.0), value + (up or 0.0)]
    return found


def _scaled(axis: Any, scale: Scale, form: str) -> None:
    from pptx.util import Pt

    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    axis.has_major_gridlines = True
    lines = axis.major_gridlines.format.line
    lines.width = Pt(0.5)
    lines.fill.solid()
    lines.fill.fore_color.rgb = rgb(FAINT)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.number_format = _form(form, scale)
    _dressed(axis)


def _form(form: str, scale: Scale) -> str:
    if form == "number":
        return "#,##0" if scale.step >= 1 else f"0.{'0' * min(-math.floor(math.log10(scale.step)), 3)}"
    if form == "percent":
        return "0%" if scale.step >= 0.01 else "0.0%"
    return _FORMATS[form]


def _dressed(axis: Any) -> None:
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Pt

    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size = Pt(SIZE)
    axis.tick_labels.font.color.rgb = rgb(INK)
    axis.format.line.fill.solid()
    axis.format.line.fill.fore_color.rgb = rgb(QUIET)


def _titled(axis: Any, label: str) -> None:
    from pptx.util import Pt

    axis.has_title = bool(label)
    if not label:
        return
    frame = axis.axis_title.text_frame
    frame.text = label
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(SIZE), False
    font.color.rgb = rgb(QUIET)


def _placed(native: Any, plot: Plot, box: Any) -> None:
    left, top = plot.left - box[0], plot.top - box[1]
    place_plot(native, left / box[2], top / box[3], plot.width / box[2], plot.height / box[3])


def _key(native: Any, entries: Sequence[str], width: float) -> float:
    """The signs above the plot; inches down to where the plot may begin."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    native.has_title = False
    native.has_legend = len(entries) > 1
    if len(entries) < 2:
        return 0.15
    native.legend.position = XL_LEGEND_POSITION.TOP
    native.legend.include_in_layout = False
    native.legend.font.size = Pt(SIZE + 1)
    hide_entries(
        native.legend, [place for place, entry in enumerate(entries) if entry in ("", *entries[:place])]
    )
    # Entries stand in columns as wide as the widest, in most of the chart.
    columns = max(int(0.8 * width / (max(text_width(entry, SIZE + 1) for entry in entries) + 0.5)), 1)
    return 0.14 + _KEY * -(-len(entries) // columns)


def _aslant(name: str) -> float:
    """Inches down that a name takes when it is written aslant."""
    lines = wrapped(name, 9, SIZE)
    turn = math.radians(_TURN)
    return (
        max(text_width(line, SIZE) for line in lines) * math.sin(turn) + line_height(SIZE) * len(lines) + 0.12
    )
