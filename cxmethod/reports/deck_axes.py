"""Axes of native charts: their scale, their names, and the room that these take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_chart_xml import FAINT, INK, QUIET, hide_entries, place_plot, turn_labels
from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_text import line_height, text_width, wrapped

SIZE = 11
_TURN = 45
_KEY = 0.24
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
    """Where the plot itself stands on its slide, in inches."""

    left: float
    top: float
    width: float
    height: float


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


def category_names(chart: Mapping[str, Any], width: float) -> list[str]:
    """The names along the axis; those of bars with what the chart says of each, where one line holds both."""
    names = [str(name) for name in chart["x"]["values"]]
    if chart["kind"] != "bar":
        return names
    said = {str(one["x"]): one["text"] for one in chart["annotations"]}
    both = [f"{name} · {said[name]}" if said.get(name) else name for name in names]
    room = _NAMES * width - 0.25
    return both if all(text_width(text, SIZE) <= room for text in both) else names


def category_axes(
    native: Any, chart: Mapping[str, Any], names: Sequence[str], bands: Sequence[Band], box: Any
) -> tuple[Plot, Scale]:
    """Axes of a chart with categories: names at the left of bars, or aslant beneath lines; where the plot stands."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    flat = chart["kind"] == "bar"
    scale = value_scale(reached(bands))
    _scaled(native.value_axis, scale, chart["y"]["format"])
    _titled(native.value_axis, chart["y"]["label"])
    category = native.category_axis
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.has_major_gridlines = False
    _dressed(category)
    marks = () if flat else dict.fromkeys(one["text"] for one in chart["annotations"])
    entries = [*(band.name for band in bands), *marks]
    width, height = box[2], box[3]
    top = _key(native, entries, width)
    if flat:
        category.reverse_order = True
        # The first name stands at the top, and turns the other axis round with it.
        native.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        left = min(max(text_width(name, SIZE) for name in names) + 0.25, _NAMES * width)
        plot = Plot(box[0] + left, box[1] + top, width - left - 0.3, height - top - 0.62)
    else:
        turn_labels(category, -_TURN)
        deep = min(max(_aslant(name) for name in names), 0.5 * height)
        left = min(max(0.85, text_width(names[0], SIZE) * math.cos(math.radians(_TURN)) - 0.1), 0.2 * width)
        plot = Plot(box[0] + left, box[1] + top, width - left - 0.2, height - top - deep)
    _placed(native, plot, box)
    return plot, scale


def point_axes(
    native: Any, chart: Mapping[str, Any], scale: tuple[Scale, Scale], box: Any, right: float = 0.35
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
    # Entries stand in columns as wide as the widest, in two thirds of the chart.
    columns = max(int(0.66 * width / (max(text_width(entry, SIZE + 1) for entry in entries) + 0.5)), 1)
    return 0.14 + _KEY * -(-len(entries) // columns)


def _aslant(name: str) -> float:
    """Inches down that a name takes when it is written aslant."""
    lines = wrapped(name, 9, SIZE)
    turn = math.radians(_TURN)
    return (
        max(text_width(line, SIZE) for line in lines) * math.sin(turn) + line_height(SIZE) * len(lines) + 0.12
    )
