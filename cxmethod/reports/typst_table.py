"""A table as the PDF's template reads it: heading rows, rows, cells."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any

from bs4 import Tag
from bs4.element import PageElement

Node = dict[str, Any]
Inline = Callable[[Iterable[PageElement]], list[Node]]
_BOLD = 1.15


def table_node(table: Tag, inline: Inline) -> Node:
    """The node of a ``table`` element: caption, heading rows (repeated on each page), rows, columns and what they need.

    Parameters
    ----------
    table : Tag
    inline : callable
        Content of a cell → its nodes.
    """
    caption = table.find("caption")
    rows = table.find_all("tr")
    columns = max((sum(_span(cell, "colspan") for cell in _cells(row)) for row in rows), default=0)
    head = [row for row in rows if _is_head(row)]
    body = [row for row in rows if row not in head]
    # Where a cell spans rows, a shorter row is as it should be.
    filled = 0 if table.select_one("[rowspan], [colspan]") else columns
    return {
        "t": "table",
        "caption": inline(caption.children) if isinstance(caption, Tag) else [],
        "head": [_row(row, filled, inline) for row in head],
        "rows": [_row(row, filled, inline) for row in body],
        "columns": columns,
        "needs": _needs(head, body) if filled else [],
        "words": _words(head, body) if filled else [],
    }


def _needs(head: Iterable[Tag], rows: Iterable[Tag]) -> list[int]:
    """Letters that each column needs: of its longest cell, or of its heading on two or three lines, in bold."""
    cells = [[len(cell.get_text().strip()) for cell in _cells(row)] for row in rows]
    headings = [[_heading(cell.get_text().split()) for cell in _cells(row)] for row in head]
    return [max(column) for column in zip_longest(*cells, *headings, fillvalue=0)]


def _words(head: Iterable[Tag], rows: Iterable[Tag]) -> list[int]:
    """Letters of the longest stretch of each column that no line breaks, such as an amount with its currency."""
    cells = [[_longest(cell) for cell in _cells(row)] for row in rows]
    headings = [[math.ceil(_BOLD * _longest(cell)) for cell in _cells(row)] for row in head]
    return [max(column) for column in zip_longest(*cells, *headings, fillvalue=0)]


def _longest(cell: Tag) -> int:
    return max(map(len, re.split(r"[ \t\n]+", cell.get_text())))


def _heading(words: list[str]) -> int:
    letters = len(" ".join(words))
    lines = 3 if letters > 24 else 2
    return math.ceil(1.25 * max(letters // lines + 2, *map(len, words), 0))


def _is_head(row: Tag) -> bool:
    cells = _cells(row)
    within = row.find_parent("thead") is not None
    return within or bool(cells and all(cell.name == "th" and cell.get("scope") != "row" for cell in cells))


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["th", "td"], recursive=False))


def _row(row: Tag, filled: int, inline: Inline) -> list[Node]:
    """A row's cells; one that is too short is filled, or cells of the next would move up into it."""
    cells = [_cell(cell, inline) for cell in _cells(row)]
    short = filled - sum(cell["colspan"] for cell in cells)
    return cells + [{"c": [], "number": False, "colspan": 1, "rowspan": 1}] * short


def _cell(cell: Tag, inline: Inline) -> Node:
    return {
        "c": inline(cell.children),
        "number": "num" in (cell.get("class") or ()) or "text-align: right" in str(cell.get("style", "")),
        "colspan": _span(cell, "colspan"),
        "rowspan": _span(cell, "rowspan"),
    }


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, "1"))
    return max(int(said), 1) if said.isdigit() else 1
