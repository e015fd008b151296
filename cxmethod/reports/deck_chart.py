"""Figures as charts that can be edited: the data are inside, with the intervals and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmethod.language import Words
from cxmethod.reports.deck_axes import (
    category_axes,
    category_names,
    point_axes,
    reached,
    too_deep,
    value_scale,
)
from cxmethod.reports.deck_chart_book import Band, chart_book, refer_points
from cxmethod.reports.deck_chart_looks import (
    Box,
    as_bar,
    as_line,
    as_mark,
    as_points,
    as_rule,
    bar_widths,
    colour_of,
    emu,
    kind_of_chart,
)
from cxmethod.reports.deck_chart_xml import INK, draw_intervals
from cxmethod.reports.deck_labels import (
    LISTS,
    Names,
    list_fits,
    name_marks,
    place_names,
    write_list,
    write_names,
)

CHART = "application/vnd.cxmethod.chart+json"
_RIGHT = 0.35
"""Inches beside a plot without a list."""
_LISTED = 0.42
"""Share of a chart's width that a list may take."""
_ABOVE = 0.42
"""Inches over the plot for names of marked points."""


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
    called = shown = [str(name) for name in chart["x"]["values"]]
    categories = category_names(chart, box[2:])
    if not flat and too_deep(categories, box[3]):
        categories = [str(number) for number in range(1, len(called) + 1)]
        box = _beside_list(slide, Names([], called), box, words)
        shown = categories
    bands = [_band(one, categories) for one in chart["series"]]
    marks = [] if flat else _marks(chart, categories)
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = categories
    for band in [*bands, *(band for band, _ in marks)]:
        data.add_series(band.name, band.values)
    frame = slide.shapes.add_chart(kind_of_chart(chart["kind"], flat), *emu(box), data)
    native = frame.chart
    book, reaches = chart_book(categories, [*bands, *(band for band, _ in marks)], _headings(words), called)
    native.part.chart_workbook.update_from_xlsx_blob(book)
    above = _ABOVE if marks and shown is called else 0.0
    plot, scale = category_axes(native, chart, categories, bands, box, above)
    drawn = list(native.plots[0].series)
    for series, band, place, one in zip(drawn, bands, reaches, chart["series"], strict=False):
        colour = colour_of(one, drawn.index(series))
        (as_bar if flat else as_line)(series, one, colour, last=one is chart["series"][-1])
        draw_intervals(series, band, place, INK if flat else colour, axis=None if flat else "y")
    outlines = {one["text"] for one in chart["annotations"] if one.get("hollow")}
    for series, (band, colour), ring in zip(drawn[len(bands) :], marks, _rings(marks), strict=True):
        as_mark(series, colour, ring=ring, hollow=band.name in outlines)
    name_marks(drawn[len(bands) :], marks, bands, shown, plot, scale, box)
    if flat:
        bar_widths(native.plots[0], bands)
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
    frame = slide.shapes.add_chart(kind_of_chart(chart["kind"], False, points=True), *emu(box), data)
    native = frame.chart
    book, reaches = chart_book(x, [*bands, *lines], _headings(words))
    native.part.chart_workbook.update_from_xlsx_blob(book)
    drawn, places = list(native.plots[0].series), chart["x"]["values"]
    refer_points(drawn, [*bands, *lines])
    joined = [
        number
        for number, band in enumerate(bands)
        if chart["kind"] == "line" and sum(value is not None for value in band.values) > 1
    ]
    stepped = len(places) > len(set(places))
    for number, (series, band, place, one) in enumerate(
        zip(drawn, bands, reaches, chart["series"], strict=False)
    ):
        colour = colour_of(one, number)
        as_points(series, one, colour, joined=number in joined, stepped=stepped)
        draw_intervals(series, band, place, colour, axis="y")
    for series in drawn[len(bands) :]:
        as_rule(series)
    for right in (_RIGHT, *_lists(box)):
        plot = point_axes(native, chart, scale, box, right)
        names = place_names(chart, bands, plot, scale, joined, joined if stepped else ())
        if not names.listed or list_fits(names, right, plot.height, words):
            break
    if names.listed:
        write_list(slide, names, (box[0] + box[2] - right, plot.top, right, plot.height), words)
    write_names(drawn, names.labels, box)
    return frame


def _beside_list(slide: Any, names: Names, box: Box, words: Words) -> Box:
    """Write a list at the right of `box`; the box that is left."""
    left, top, width, height = box
    wide = next((wide for wide in _lists(box) if list_fits(names, wide, height, words)), _lists(box)[-1])
    write_list(slide, names, (left + width - wide, top + 0.2, wide, height - 0.2), words)
    return left, top, width - wide, height


def _lists(box: Box) -> list[float]:
    """How wide a list may be that leaves room for the chart."""
    return [wide for wide in LISTS if wide <= _LISTED * box[2]] or [LISTS[0]]


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
        (Band(text, categories, [mark["at"].get(name) for name in chart["x"]["values"]], blank, blank, blank), mark["colour"].lstrip("#"))
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
