"""HTML made by type: text is escaped, markup of our own is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Cell:
    """One cell: what stands there, and whether it is a number (set right, with figures of one width)."""

    text: str
    number: bool = False
    mark: str = ""


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<p{attribute}>{escape(text)}</p>"


def listing(lines: Iterable[str]) -> str:
    """A list of plain sentences."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def html_table(caption: str, headings: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    """An accessible table: caption, column headings and row headings with their scope."""
    head = "".join(f'<th scope="col"{_kind(cell)}>{escape(cell.text)}</th>' for cell in headings)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    return (
        f'<table class="cx-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Sequence[Cell]) -> str:
    first, *others = row
    cells = "".join(f"<td{_kind(cell)}>{escape(cell.text)}</td>" for cell in others)
    return f'<th scope="row"{_kind(first)}>{escape(first.text)}</th>{cells}'


def _kind(cell: Cell) -> str:
    kinds = " ".join(kind for kind in ("num" if cell.number else "", cell.mark) if kind)
    return f' class="{kinds}"' if kinds else ""


def text_table(caption: str, headings: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> str:
    """The same table as plain text."""
    lines = [[cell.text for cell in headings], *([cell.text for cell in row] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headings))]
    body = (
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join([caption, "", *body])
