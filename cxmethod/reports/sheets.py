"""The sheets that an executed report brings for its workbook, read and made fit for a spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from cxmethod.language import CxError, Words
from cxmethod.reports.cells import Cell

TABLE = "application/vnd.dataresource+json"
TAG = "workbook"
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
"""Letters that a cell may hold."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RESERVED = {"history"}


@dataclass(frozen=True)
class Field:
    """One column: its heading, what it means, how its values are written.

    Parameters
    ----------
    type : str
        ``string``, ``number``, ``integer``, ``boolean`` or ``date``.
    format : mapping or list of mapping
        Of a number: its `kind` and `digits`; a list where they change from row to row.
    look : mapping
        What should catch the eye: `look`, and its `below` or `marks`.
    """

    name: str
    type: str
    title: str
    description: str
    unit: str
    format: Any
    look: dict[str, Any]

    def format_of(self, row: int) -> dict[str, Any]:
        """How the value of a row is written."""
        found = self.format[row] if isinstance(self.format, list) else self.format
        return found or {}


@dataclass(frozen=True)
class Sheet:
    """One table of the workbook under the name of its sheet."""

    name: str
    description: str
    step: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Any]]


def read_tables(notebook: NotebookNode, words: Words) -> list[dict[str, Any]]:
    """The tables shown in cells tagged ``workbook``, in order.

    Raises
    ------
    CxError
        When there is none: the report was run by another version of its notebook.
    """
    cells = [Cell(number, node) for number, node in enumerate(notebook.cells, start=1)]
    found = [
        output.data[TABLE]
        for cell in cells
        if TAG in cell.tags
        for output in cell.shown
        if TABLE in output.data
    ]
    if not found:
        raise CxError("reports.no_sheets", words)
    return found


def named_sheets(tables: Iterable[dict[str, Any]], taken: Iterable[str] = ()) -> list[Sheet]:
    """The tables as sheets, each under a name that no other has.

    Parameters
    ----------
    taken : iterable of str
        Names of sheets that the workbook has besides.
    """
    names = list(taken)
    sheets = []
    for table in tables:
        names.append(free_name(str(table.get("title") or table.get("name")), names))
        sheets.append(_sheet(table, names[-1]))
    return sheets


def free_name(name: str, taken: Iterable[str]) -> str:
    """A sheet's name as spreadsheets allow it: no forbidden sign, at most 31 letters, like no other in any letter case."""
    bare = " ".join(_FORBIDDEN.sub(" ", _CONTROL.sub("", name)).split()).strip("'")[:LONGEST_NAME].strip(" '")
    used = {other.casefold() for other in taken} | _RESERVED | {""}
    base, count = bare, 1
    while bare.casefold() in used:
        count += 1
        end = f" ({count})"
        bare = f"{base[: LONGEST_NAME - len(end)].strip()}{end}".strip()
    return bare


def cell_text(value: object) -> str:
    """Text that a cell can hold: no control signs, and no more letters than fit."""
    text = _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    # Spreadsheets count a sign beyond the basic plane as two.
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    cut = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", errors="ignore")
    return f"{cut}…"


def finite(value: Any) -> float | int | None:
    """A number that a cell can hold; None for what is unknown or infinite."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return value if known else None


def _sheet(table: dict[str, Any], name: str) -> Sheet:
    fields = [_field(field) for field in table["schema"]["fields"]]
    rows = [[row.get(field.name) for field in fields] for row in table["data"]]
    said = {key: str(table.get(key) or "") for key in ("description", "step")}
    return Sheet(name, fields=fields, rows=rows, **said)


def _field(field: dict[str, Any]) -> Field:
    look: dict[str, Any] = {key: field[key] for key in ("look", "below", "marks") if key in field}
    said = {key: str(field.get(key) or "") for key in ("name", "description", "unit")}
    title = str(field.get("title") or field["name"])
    return Field(
        type=str(field.get("type", "string")), title=title, format=field.get("format"), look=look, **said
    )
