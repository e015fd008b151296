"""The workbook inside a chart: what "Edit data" opens, with the intervals and the answers beside the values."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cxmethod.reports.deck_package import undated_workbook, workbook_options

SHEET = "Sheet1"


@dataclass(frozen=True)
class Band:
    """A series as the sheet holds it: positions or categories, values, how far its interval reaches to each side, n."""

    name: str
    x: Sequence[Any]
    values: Sequence[float | None]
    minus: Sequence[float | None]
    plus: Sequence[float | None]
    n: Sequence[float | None]

    @property
    def certain(self) -> bool:
        """Whether none of its values has an interval."""
        return all(reach is None for reach in (*self.minus, *self.plus))


@dataclass(frozen=True)
class Reaches:
    """Where the sheet holds how far the intervals of a series reach."""

    minus: str
    plus: str


def chart_book(
    categories: Sequence[Any], bands: Sequence[Band], said: Sequence[str], called: Sequence[str] = ()
) -> tuple[bytes, list[Reaches]]:
    """The sheet of a chart: categories or positions in A, a column a series, then their intervals and n.

    The first columns of a chart with categories stand where python-pptx has them, to which the chart refers;
    `refer_points` makes a scatter chart refer to the same places.

    Parameters
    ----------
    categories : sequence of str or float
    bands : sequence of Band
        Each as long as `categories`.
    said : sequence of str
        Headings of the columns that reach down, up, and hold n; each is put behind the series' name.
    called : sequence of str
        Names of the categories where the axis shows something else; the last column.
    """
    columns: list[tuple[str, Sequence[Any]]] = [("", categories)]
    columns += [(band.name, band.values) for band in bands]
    reaches = []
    for band in bands:
        first = len(columns)
        reaches.append(Reaches(*(_span(first + side, 2, len(categories)) for side in (0, 1))))
        names = [f"{band.name} · {what}" for what in said]
        columns += list(zip(names, (band.minus, band.plus, band.n), strict=True))
    if list(called) != [*categories]:
        columns.append(("", called))
    return _book(columns), reaches


def refer_points(drawn: Iterable[Any], bands: Sequence[Band]) -> None:
    """Make the series of a scatter chart refer to the places that `chart_book` gives them."""
    from pptx.oxml.ns import qn

    for place, (series, band) in enumerate(zip(drawn, bands, strict=True), 1):
        element, count = series._element, len(band.values)
        parts = {
            "c:xVal": _span(0, 2, count),
            "c:yVal": _span(place, 2, count),
            "c:tx": _span(place, 1, 1).split(":")[0],
        }
        for name, where in parts.items():
            next(element.find(qn(name)).iter(qn("c:f"))).text = where


def _book(columns: Sequence[tuple[str, Sequence[Any]]]) -> bytes:
    from xlsxwriter import Workbook

    written = io.BytesIO()
    workbook = Workbook(written, workbook_options())
    undated_workbook(workbook)
    sheet = workbook.add_worksheet(SHEET)
    for place, (name, cells) in enumerate(columns):
        if name:
            sheet.write_string(0, place, name)
        for row, cell in enumerate(cells, 1):
            if isinstance(cell, str):
                sheet.write_string(row, place, cell)
            elif cell is not None:
                sheet.write_number(row, place, cell)
    workbook.close()
    return written.getvalue()


def _span(column: int, first: int, count: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name(column, col_abs=True)
    return f"{SHEET}!{letter}${first}:{letter}${first + count - 1}"
