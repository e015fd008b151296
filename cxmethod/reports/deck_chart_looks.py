"""How the parts of a native chart look: lines, bars, points, and the signs on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_colour import rgb

Box = tuple[float, float, float, float]
"""Inches from the left and the top, across and down."""
_MARKERS = {
    "circle": "CIRCLE", "square": "SQUARE", "triangle": "TRIANGLE", "triangle-down": "TRIANGLE",
    "diamond": "DIAMOND", "star": "STAR",
}  # fmt: skip
_ACCENTS = ("0B5C6B", "955608", "6B5B95", "5B6770", "1B6E4B", "B3261E")


def kind_of_chart(kind: str, flat: bool, points: bool = False) -> Any:
    """The kind of native chart: bars, lines over categories, or points in a plane."""
    from pptx.enum.chart import XL_CHART_TYPE

    if flat:
        return XL_CHART_TYPE.BAR_CLUSTERED
    if points:
        return XL_CHART_TYPE.XY_SCATTER_LINES if kind == "line" else XL_CHART_TYPE.XY_SCATTER
    return XL_CHART_TYPE.LINE_MARKERS


def emu(box: Box) -> tuple[int, int, int, int]:
    """`box` as Office counts."""
    left, top, width, height = (round(914_400 * inches) for inches in box)
    return left, top, width, height


def colour_of(one: Mapping[str, Any], place: int) -> str:
    """The colour of a series, its own or the one of its place, ``RRGGBB``."""
    return str(one.get("colour", f"#{_ACCENTS[place % len(_ACCENTS)]}")).lstrip("#").upper()


def as_line(series: Any, one: Mapping[str, Any], colour: str, *, last: bool) -> None:
    """A line with marks; the last one, of which the chart speaks, is the strongest."""
    from pptx.util import Pt

    series.smooth = False
    series.format.line.width = Pt(2.75 if last else 1.5)
    _paint(series.format.line, colour)
    _marker(series, one["marker"], colour, 8 if last else 6, hollow=bool(one.get("hollow")))


def as_points(
    series: Any, one: Mapping[str, Any], colour: str, *, joined: bool, stepped: bool = False
) -> None:
    """Points, joined by a line or not; steps have no marks."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    if joined:
        series.smooth = False
        series.format.line.width = Pt(1.75)
        _paint(series.format.line, colour)
    else:
        series.format.line.fill.background()
    if joined and stepped:
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    _marker(series, one["marker"], colour, 7 if joined else 10, hollow=bool(one.get("hollow")))


def as_mark(series: Any, colour: str, *, ring: bool, hollow: bool = False) -> None:
    """Marks without a line; larger where another kind stands on them, outlines where they are hollow."""
    series.smooth = False
    series.format.line.fill.background()
    _marker(series, "diamond", colour, 20 if ring else 13, hollow=hollow)


def as_rule(series: Any) -> None:
    """A straight line across the plot."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.width = Pt(1.25)
    _paint(series.format.line, "5B6770")
    series.format.line.dash_style = MSO_LINE.DASH


def as_bar(series: Any, one: Mapping[str, Any], colour: str, *, last: bool) -> None:
    """Bars of one colour."""
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)


def bar_widths(plot: Any, bands: Sequence[Band]) -> None:
    """Bars of series that never meet in a category lie in one lane."""
    filled = zip(*(band.values for band in bands), strict=True)
    alone = all(sum(value is not None for value in values) <= 1 for values in filled)
    plot.gap_width, plot.overlap = 55, 100 if alone else -5


def _marker(series: Any, shape: str, colour: str, size: int, *, hollow: bool = False) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    marker = series.marker
    marker.style, marker.size = getattr(XL_MARKER_STYLE, _MARKERS[shape]), size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(_pale(colour) if hollow else colour)
    if hollow:
        marker.format.line.width = Pt(1.75)
    _paint(marker.format.line, colour)


def _pale(colour: str) -> str:
    """`colour` mixed with white: not every program draws outlines of points."""
    return "".join(f"{255 - (255 - int(colour[at : at + 2], 16)) // 4:02X}" for at in (0, 2, 4))


def _paint(line: Any, colour: str) -> None:
    line.fill.solid()
    line.fill.fore_color.rgb = rgb(colour)
