"""Figures as charts that can be edited: the data are inside, with the intervals and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmethod.language import Words
from cxmethod.reports.deck_axes import SIZE, category_axes, category_names, point_axes, reached, value_scale
from cxmethod.reports.deck_chart_book import Band, chart_book, refer_points
from cxmethod.reports.deck_chart_xml import INK, draw_intervals
from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_labels import Label, name_marks, place_names, write_names

CHART = "application/vnd.cxmethod.chart+json"
Box = tuple[float, float, float, float]
"""Inches from the left and the top, across and down."""
_LIST = 2.9
"""Inches for the list of names, where points carry numbers."""
_MARKERS = {
    "circle": "CIRCLE", "square": "SQUARE", "triangle": "TRIANGLE", "triangle-down": "TRIANGLE",
    "diamond": "DIAMOND", "star": "STAR",
}  # fmt: skip
_ACCENTS = ("0B5C6B", "955608", "6B5B95", "5B6770", "1B6E4B", "B3261E")


def add_chart(slide: Any, chart: Mapping[str, Any], box: Box, words: Words) -> Any:
    """Draw a chart bundle on `slide` as a native chart.

    Parameters
    ----------
    slide : python-pptx slide
    chart : mapping
        ``application/vnd.cxmethod.chart+json``, version 1.
    box : tuple of float
    words : Words

    Returns
    -------
    python-pptx graphic frame
    """
    if chart["kind"] == "bar" or (chart["kind"] == "line" and not _numeric(chart["x"]["values"])):
        return _with_categories(slide, chart, box, words)
    return _with_points(slide, chart, box, words)


def _with_categories(slide: Any, chart: Mapping[str, Any], box: Box, words: Words) -> Any:
    from pptx.chart.data import CategoryChartData

    flat = chart["kind"] == "bar"
    categories = category_names(chart, box[2])
    bands = [_band(one, categories) for one in chart["series"]]
    marks = [] if flat else _marks(chart, categories)
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = categories
    for band in [*bands, *(band for band, _ in marks)]:
        data.add_series(band.name, band.values)
    frame = slide.shapes.add_chart(_type(chart["kind"], flat), *_emu(box), data)
    native = frame.chart
    book, reaches = chart_book(categories, [*bands, *(band for band, _ in marks)], _headings(words))
    native.part.chart_workbook.update_from_xlsx_blob(book)
    plot, scale = category_axes(native, chart, categories, bands, box)
    drawn = list(native.plots[0].series)
    for series, band, place, one in zip(drawn, bands, reaches, chart["series"], strict=False):
        colour = _colour(one, drawn.index(series))
        (_as_bar if flat else _as_line)(series, one, colour, last=one is chart["series"][-1])
        draw_intervals(series, band, place, INK if flat else colour, axis=None if flat else "y")
    for series, (_, colour), ring in zip(drawn[len(bands) :], marks, _rings(marks), strict=True):
        _as_mark(series, colour, ring=ring)
    name_marks(drawn[len(bands) :], marks, bands, plot, scale, box)
    if flat:
        _bar_widths(native.plots[0], bands)
    return frame


def _with_points(slide: Any, chart: Mapping[str, Any], box: Box, words: Words) -> Any:
    from pptx.chart.data import XyChartData

    rules = list(chart.get("lines", ()))
    x = [*chart["x"]["values"], *(None for _ in rules for _ in range(2))]
    bands = [_longer(_band(one, x), 2 * len(rules)) for one in chart["series"]]
    scale = (value_scale(_reach(chart, bands, "x"), from_zero=False), value_scale(_reach(chart, bands, "y")))
    for number, rule in enumerate(rules):
        first = len(chart["x"]["values"]) + 2 * number
        x[first : first + 2] = [rule["at"]] * 2 if rule["axis"] == "x" else list(scale[0].ends)
    lines = [_line(rule, len(x) - 2 * (len(rules) - number), x, scale) for number, rule in enumerate(rules)]
    data: Any = XyChartData()  # type: ignore[no-untyped-call]
    for band in [*bands, *lines]:
        series = data.add_series(band.name)
        for across, up in zip(x, band.values, strict=True):
            series.add_data_point(across, up)
    frame = slide.shapes.add_chart(_type(chart["kind"], False, points=True), *_emu(box), data)
    native = frame.chart
    book, reaches = chart_book(x, [*bands, *lines], _headings(words))
    native.part.chart_workbook.update_from_xlsx_blob(book)
    drawn, places = list(native.plots[0].series), chart["x"]["values"]
    refer_points(drawn, [*bands, *lines])
    for series, band, place, one in zip(drawn, bands, reaches, chart["series"], strict=False):
        colour = _colour(one, drawn.index(series))
        lone = sum(value is not None for value in band.values) == 1
        joined = chart["kind"] == "line" and not lone
        _as_points(series, one, colour, joined=joined, stepped=len(places) > len(set(places)))
        draw_intervals(series, band, place, colour, axis="y")
    for series in drawn[len(bands) :]:
        _as_rule(series)
    labels = place_names(chart, bands, point_axes(native, chart, scale, box), scale)
    if any(label.number for label in labels):
        labels = place_names(chart, bands, point_axes(native, chart, scale, box, _LIST), scale)
        _list(slide, [label for label in labels if label.number], box)
    write_names(drawn, labels, box)
    return frame


def _list(slide: Any, labels: Sequence[Label], box: Box) -> None:
    """The names of the points that carry a number."""
    from pptx.util import Inches, Pt

    left, top = box[0] + box[2] - _LIST + 0.1, box[1] + 0.5
    frame = slide.shapes.add_textbox(
        *(Inches(inches) for inches in (left, top, _LIST - 0.1, box[3] - 1))
    ).text_frame
    frame.word_wrap = True
    for place, label in enumerate(sorted(labels, key=lambda label: label.number or 0)):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(3)
        run = paragraph.add_run()
        run.text, run.font.size = f"{label.number} · {label.name}", Pt(SIZE)


# --- what is drawn


def _numeric(values: Sequence[Any]) -> bool:
    return all(isinstance(value, (int, float)) for value in values)


def _band(one: Mapping[str, Any], x: Sequence[Any]) -> Band:
    values = one["values"]
    down = [
        None if low is None or value is None else max(value - low, 0.0)
        for value, low in zip(values, one["low"], strict=True)
    ]
    up = [
        None if high is None or value is None else max(high - value, 0.0)
        for value, high in zip(values, one["high"], strict=True)
    ]
    return Band(one["name"], x, values, down, up, one["n"])


def _longer(band: Band, more: int) -> Band:
    """With so many empty rows beneath, where the rules stand."""
    parts = ([*part, *[None] * more] for part in (band.values, band.minus, band.plus, band.n))
    return Band(band.name, band.x, *parts)


def _marks(chart: Mapping[str, Any], categories: Sequence[str]) -> list[tuple[Band, str]]:
    """What a line chart marks, a series a kind of mark with its sign in the key; the first kind last, uppermost."""
    found: dict[str, dict[str, Any]] = {}
    for one in chart["annotations"]:
        mark = found.setdefault(one["text"], {"colour": one.get("colour", f"#{INK}"), "at": {}})
        mark["at"][one["x"]] = one["y"]
    blank = [None] * len(categories)
    return [
        (Band(text, categories, [mark["at"].get(name) for name in categories], blank, blank, blank), mark["colour"].lstrip("#"))
        for text, mark in reversed(found.items())
    ]  # fmt: skip


def _rings(marks: Sequence[tuple[Band, str]]) -> list[bool]:
    """Which kinds of marks reach out from beneath others: those that stand where a later one does."""
    return [
        any(
            value is not None and value == other
            for over, _ in marks[place + 1 :]
            for value, other in zip(band.values, over.values, strict=True)
        )
        for place, (band, _) in enumerate(marks)
    ]


def _line(rule: Mapping[str, Any], first: int, x: Sequence[Any], scale: tuple[Any, Any]) -> Band:
    """A straight line as two points, in rows of its own from `first` on."""
    ends = list(scale[1].ends) if rule["axis"] == "x" else [rule["at"]] * 2
    blank: list[float | None] = [None] * len(x)
    return Band(rule["text"], x, [*blank[:first], *ends, *blank[first + 2 :]], blank, blank, blank)


def _reach(chart: Mapping[str, Any], bands: Sequence[Band], axis: str) -> list[float]:
    """Everything that an axis must reach."""
    rules = [float(line["at"]) for line in chart.get("lines", ()) if line["axis"] == axis]
    return rules + ([float(x) for x in chart["x"]["values"]] if axis == "x" else reached(bands))


def _headings(words: Words) -> list[str]:
    return [words.say(f"reports.chart_{what}") for what in ("minus", "plus", "n")]


# --- how it looks


def _type(kind: str, flat: bool, points: bool = False) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    if flat:
        return XL_CHART_TYPE.BAR_CLUSTERED
    if points:
        return XL_CHART_TYPE.XY_SCATTER_LINES if kind == "line" else XL_CHART_TYPE.XY_SCATTER
    return XL_CHART_TYPE.LINE_MARKERS


def _emu(box: Box) -> tuple[int, int, int, int]:
    left, top, width, height = (round(914_400 * inches) for inches in box)
    return left, top, width, height


def _colour(one: Mapping[str, Any], place: int) -> str:
    return str(one.get("colour", f"#{_ACCENTS[place % len(_ACCENTS)]}")).lstrip("#").upper()


def _as_line(series: Any, one: Mapping[str, Any], colour: str, *, last: bool) -> None:
    from pptx.util import Pt

    series.smooth = False
    series.format.line.width = Pt(2.75 if last else 1.5)
    _paint(series.format.line, colour)
    _marker(series, one["marker"], colour, 8 if last else 6)


def _as_points(
    series: Any, one: Mapping[str, Any], colour: str, *, joined: bool, stepped: bool = False
) -> None:
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


def _as_mark(series: Any, colour: str, *, ring: bool) -> None:
    series.smooth = False
    series.format.line.fill.background()
    _marker(series, "diamond", colour, 20 if ring else 13)


def _as_rule(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.width = Pt(1.25)
    _paint(series.format.line, "5B6770")
    series.format.line.dash_style = MSO_LINE.DASH


def _as_bar(series: Any, one: Mapping[str, Any], colour: str, *, last: bool) -> None:
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)


def _bar_widths(plot: Any, bands: Sequence[Band]) -> None:
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
