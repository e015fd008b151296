"""Tables as slides can hold them: which column gets how much room, and where a long table ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bs4 import BeautifulSoup, Tag

from cxmethod.reports.deck_text import line_height, shortened, text_width, words_of, wrapped

_HEADING = 9
"""Lines that a heading may take."""
SIZES = (18.0, 16.0, 14.0, 13.0, 12.0, 11.0)
MARGIN = (0.09, 0.035)
"""Inches beside and above the words of a cell."""
_FEWEST = 2
"""Columns that are shown however narrow the slide is."""
_WIDEST = 0.62
"""Share of the slide that one column may ask for."""


@dataclass(frozen=True)
class Grid:
    """A table in words: headings, and rows of cells; `numbers` says which columns are set flush right."""

    caption: str
    headings: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class TablePage:
    """What of a table fits a slide; `cut` holds the whole text of cells that were cut, `hidden` counts columns left out."""

    headings: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    heights: Sequence[float]
    size: float
    cut: Sequence[str]
    hidden: int = 0


def read_grid(part: BeautifulSoup) -> Grid | None:
    """The table in `part`; None where there is none or it has no row."""
    table = part.find("table")
    if not isinstance(table, Tag):
        return None
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    if not rows:
        return None
    caption = table.find("caption")
    return Grid(
        caption=_text(caption) if isinstance(caption, Tag) else "",
        headings=[_text(cell) for cell in table.select("thead th")],
        numbers=["num" in (cell.get("class") or []) for cell in rows[0]],
        rows=[[_text(cell) for cell in row] for row in rows],
    )


def table_page(grid: Grid, box: tuple[float, float], most: int, rest: float) -> TablePage:
    """As many rows of `grid` as a slide holds, from the first on.

    Parameters
    ----------
    grid : Grid
    box : tuple of float
        Inches across and down.
    most : int
        Rows that a slide may hold.
    rest : float
        Inches that the line takes which counts the rows that are left out, where any are.
    """
    width, height = box
    grid, hidden = _narrowed(grid, width)
    made = []
    for size in SIZES:
        widths = _widths(grid, width, size)
        lines = _lines(grid, widths, size, height)
        tall = [_height(row, widths, size, lines) for row in grid.rows]
        room = height - _height(grid.headings, widths, size, _HEADING, bold=True)
        count = len(tall)
        if count > most or sum(tall) > room:
            fitting = [sum(tall[:place]) <= room - rest for place in range(1, count + 1)]
            count = min(max(sum(fitting), 1), most)
        page = _page(grid, grid.rows[:count], widths, size, lines)
        made.append(replace(page, hidden=hidden))
    # As few cells cut as can be, then as many rows as can be, then in the largest type.
    return min(made, key=lambda page: (len(page.cut), -len(page.rows), -page.size))


def _lines(grid: Grid, widths: Sequence[float], size: float, height: float) -> int:
    """Lines of a cell that has a slide to itself; what is longer is cut, and its whole text goes into the notes."""
    room = height - _height(grid.headings, widths, size, _HEADING, bold=True)
    return max(int((room - 2 * MARGIN[1]) / line_height(size)), 1)


def _page(
    grid: Grid, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, most: int
) -> TablePage:
    shown = [
        [shortened(text, _inner(width), size, most) for text, width in zip(row, widths, strict=True)]
        for row in rows
    ]
    pairs = zip((text for row in rows for text in row), (text for row in shown for text in row), strict=True)
    heights = [_height(grid.headings, widths, size, _HEADING, bold=True)]
    heights += [_height(row, widths, size, most) for row in rows]
    cut = list(dict.fromkeys(whole for whole, part in pairs if whole != part))
    return TablePage(grid.headings, grid.numbers, shown, widths, heights, size, cut)


def _narrowed(grid: Grid, whole: float) -> tuple[Grid, int]:
    """The first columns of `grid`, as many as stand side by side with their words whole; how many are left out."""
    least, _ = _wants(grid, whole, SIZES[-1])
    count = max(sum(reached <= whole for reached in accumulate(least)), min(len(least), _FEWEST))
    kept = replace(
        grid,
        headings=grid.headings[:count],
        numbers=grid.numbers[:count],
        rows=[row[:count] for row in grid.rows],
    )
    return kept, len(least) - count


def _wants(grid: Grid, whole: float, size: float) -> tuple[list[float], list[float]]:
    """Room by column: what its longest word needs, and what its longest text would like."""
    columns, widest = list(zip(*grid.rows, strict=True)), _WIDEST * whole
    least, wished = [], []
    for heading, cells in zip(grid.headings, columns, strict=True):
        words = [text_width(word, size) for cell in cells for word in words_of(cell)]
        words += [text_width(word, size, bold=True) for word in words_of(heading)]
        texts = [text_width(cell, size) for cell in cells] + [text_width(heading, size, True) / 2]
        least.append(min(max(words, default=0.0), widest / 2) + 2 * MARGIN[0] + 0.03)
        wished.append(max(min(max(texts), whole) + 2 * MARGIN[0] + 0.03, least[-1]))
    return least, wished


def _widths(grid: Grid, whole: float, size: float) -> list[float]:
    """Room by column: what its longest word needs, and of the rest as much as its longest text would like."""
    least, wished = _wants(grid, whole, size)
    widest = _WIDEST * whole
    if sum(least) > whole:
        return [width * whole / sum(least) for width in least]
    more = [wish - width for wish, width in zip(wished, least, strict=True)]
    spare = whole - sum(least)
    if sum(more) <= spare:
        # Stretched a little so that a small table does not look lost, but its columns stay together.
        stretch = min(whole / sum(wished), 1.6)
        return [width * stretch for width in wished]
    shared = (width + extra * spare / sum(more) for width, extra in zip(least, more, strict=True))
    return [min(width, max(widest, low)) for width, low in zip(shared, least, strict=True)]


def _height(
    row: Sequence[str], widths: Sequence[float], size: float, most: int, *, bold: bool = False
) -> float:
    lines = max(
        min(len(wrapped(text, _inner(width), size, bold)), most)
        for text, width in zip(row, widths, strict=True)
    )
    return lines * line_height(size) + 2 * MARGIN[1]


def _inner(width: float) -> float:
    return width - 2 * MARGIN[0]


def _text(cell: Tag) -> str:
    return " ".join(words_of(cell.get_text(" ")))
