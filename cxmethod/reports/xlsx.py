"""The workbook: every result table of an executed report as a sheet, with contents and a data dictionary."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from cxmethod.engagement.colour import readable_on_white
from cxmethod.engagement.saving import write_atomic
from cxmethod.language import Words
from cxmethod.reports.cells import refuse_errors
from cxmethod.reports.cover import Cover, read_cover, report_language
from cxmethod.reports.executed import executed
from cxmethod.reports.sheet_pages import add_contents, add_dictionary, add_sheet
from cxmethod.reports.sheet_styles import Styles
from cxmethod.reports.sheets import cell_text, free_name, named_sheets, read_tables

PLAIN_COLOUR = "#0B5C6B"
_NO_DATE = datetime.date(2000, 1, 1)
"""A workbook of an undated engagement needs some date of creation, the same every time."""
_SAFE = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
"""What a client wrote is text: never a formula, a link or a number."""


class XlsxExporter(Exporter):
    """nbconvert's exporter of the workbook: ``jupyter nbconvert --to cxmethod-xlsx``."""

    export_from_notebook = "Customer journey workbook (XLSX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".xlsx"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The bytes of the workbook, and nbconvert's resources as it wants them back."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        return workbook_bytes(copy), resources


def export_xlsx(notebook: Path, destination: Path) -> Path:
    """Write the workbook of an executed notebook.

    Parameters
    ----------
    notebook : Path
        An executed ``report.ipynb``.
    destination : Path
        The file to write, whole or not at all; the same notebook gives the same bytes.

    Returns
    -------
    Path
        `destination`.

    Raises
    ------
    CxError
        When a cell failed, or the notebook shows no tables for a workbook.
    """
    return write_atomic(destination, workbook_bytes(executed(notebook)))


def workbook_bytes(notebook: NotebookNode) -> bytes:
    """The workbook of an executed notebook as the bytes of its file."""
    from xlsxwriter import Workbook

    cover = read_cover(notebook)
    spoken = Words(report_language(notebook, cover))
    refuse_errors(notebook, spoken)
    tables = read_tables(notebook, spoken)
    words = Words(spoken.language, tables[0].get("locale"), tables[0].get("currency"))
    contents = free_name(words.say("sheets.contents"), ())
    dictionary = free_name(words.say("sheets.dictionary"), (contents,))
    sheets = named_sheets(tables, (contents, dictionary))
    file = BytesIO()
    workbook = Workbook(file, _SAFE)
    colour = (cover.facts.accent or cover.facts.colour) if cover else PLAIN_COLOUR
    styles = Styles(workbook, words, readable_on_white(colour), words.currency)
    workbook.set_properties(_properties(cover, words))
    workbook.set_custom_property("Language", words.cldr)
    workbook.set_size(2400, 1400)
    add_contents(workbook, styles, contents, dictionary, sheets, cover, words)
    for sheet in sheets:
        if sheet.rows:
            add_sheet(workbook, styles, sheet, words)
    add_dictionary(workbook, styles, dictionary, sheets, words)
    workbook.close()
    return file.getvalue()


def _properties(cover: Cover | None, words: Words) -> dict[str, Any]:
    facts = cover.facts if cover else None
    title = facts.title if facts else words.say("sheets.contents")
    day = (facts.date if facts else None) or _NO_DATE
    client = facts.client if facts else ""
    known = {
        "title": words.say("sheets.contents_title", title=title),
        "subject": client,
        "company": client,
        "author": client,
        "keywords": words.cldr,
        "status": words.say("sheets.draft") if facts and facts.draft else "",
    }
    said = {name: cell_text(text)[:255] for name, text in known.items()}
    return {**said, "created": datetime.datetime(day.year, day.month, day.day)}
