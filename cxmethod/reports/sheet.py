"""A sheet of its own: one page that a notebook shows to be handed over by itself, such as a brief."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from bs4 import BeautifulSoup
from jinja2 import pass_context
from jinja2.runtime import Context
from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from traitlets import default

from cxmethod.engagement.colour import readable_on_white
from cxmethod.engagement.saving import write_atomic
from cxmethod.language import CxError, Words
from cxmethod.reports.cells import readable_cells, refuse_errors
from cxmethod.reports.cover import report_language
from cxmethod.reports.html import HTMLReportExporter
from cxmethod.reports.offline import refuse_remote

SHEET = "application/vnd.cxmethod.sheet+json"


class SheetFacts(BaseModel):
    """What a sheet's bundle says (version 1)."""

    model_config = ConfigDict(frozen=True)

    version: Literal[1]
    client: str
    title: str
    date: datetime.date | None = None
    language: Literal["es", "en"]
    colour: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


@dataclass(frozen=True)
class Sheet:
    """A sheet as its template meets it; `html` is finished markup, everything else is text."""

    facts: SheetFacts
    colour: str
    html: str
    words: Words


class HTMLSheetExporter(HTMLReportExporter):
    """nbconvert's exporter of the one sheet in a notebook, as one printed page."""

    export_from_notebook = "Customer journey sheet"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "cxmethod-sheet"

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """The report's filters, and the one that finds the sheet for the template."""
        yield from super().default_filters()
        yield "sheet_of", _sheet


def export_sheet(notebook: Path, destination: Path) -> Path:
    """Write the sheet that an executed notebook shows.

    Parameters
    ----------
    notebook : Path
    destination : Path
        The file to write, whole or not at all.

    Raises
    ------
    CxError
        When a cell failed, there is no sheet or more than one, or something would be fetched.
    """
    html, _ = HTMLSheetExporter().from_filename(str(notebook))  # type: ignore[no-untyped-call]
    return write_atomic(destination, html.encode())


def read_sheet(notebook: NotebookNode) -> Sheet:
    """The one sheet that `notebook` shows.

    Raises
    ------
    CxError
        When there is none or more than one, its values do not hold, or it would fetch something.
    """
    words = Words(report_language(notebook, None))
    refuse_errors(notebook, words)
    found = [
        (cell, output.data)
        for cell in readable_cells(notebook)
        for output in cell.shown
        if output.metadata.cxmethod.get("kind") == "sheet"
    ]
    if len(found) != 1:
        raise CxError("reports.one_sheet", words, count=len(found))
    cell, data = found[0]
    try:
        facts = SheetFacts.model_validate(data.get(SHEET))
    except ValidationError as error:
        fields = (".".join(str(part) for part in item["loc"]) or SHEET for item in error.errors())
        raise CxError("reports.cover_invalid", words, cell=cell.place, fields=words.join(fields)) from None
    part = BeautifulSoup(data["text/html"], "html.parser")
    refuse_remote(part, cell.place, words)
    return Sheet(facts, readable_on_white(facts.colour), str(part), Words(facts.language))


@pass_context
def _sheet(_: Context, notebook: NotebookNode) -> Sheet:
    return read_sheet(notebook)
