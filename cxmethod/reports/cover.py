"""The cover of a report: whose it is, in which language, and whether it is still a draft."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Literal

from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cxmethod.language import LANGUAGES, CxError, Words
from cxmethod.reports.cells import Cell, readable_cells

COVER = "application/vnd.cxmethod.cover+json"

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class CoverFacts(BaseModel):
    """What a cover bundle says (version 1).

    `accent` is the brand's colour as it may be used for text and marks; `logo` and `template` (of slides)
    are paths relative to the engagement folder.
    """

    model_config = ConfigDict(frozen=True)

    version: Literal[1]
    client: str
    title: str
    subtitle: str | None = None
    date: datetime.date | None = None
    language: Literal["es", "en"]
    draft: bool
    colour: Colour
    accent: Colour | None = None
    logo: str | None = None
    template: str | None = None


@dataclass(frozen=True)
class Cover:
    """A cover as it is shown, and what it says."""

    facts: CoverFacts
    html: str
    cell: Cell


def read_cover(notebook: NotebookNode) -> Cover | None:
    """The cover shown in `notebook`, whether or not its cell is tagged ``report``; None without one.

    Raises
    ------
    CxError
        When there are two, or its values do not hold.
    """
    words = Words(_parameter_language(notebook))
    found = [
        (cell, output.data)
        for cell in readable_cells(notebook)
        for output in cell.shown
        if output.metadata.cxmethod.get("kind") == "cover"
    ]
    if not found:
        return None
    if len(found) > 1:
        raise CxError("reports.two_covers", words, cells=words.join(cell.place for cell, _ in found))
    cell, data = found[0]
    if "text/html" not in data:
        raise CxError("reports.bundle_incomplete", words, cell=cell.place, kind="cover", mime="text/html")
    return Cover(_facts(cell, data.get(COVER), words), data["text/html"], cell)


def report_language(notebook: NotebookNode, cover: Cover | None) -> str:
    """The language of the report: its cover's, else that of papermill's parameters, else English."""
    return cover.facts.language if cover else _parameter_language(notebook)


def _facts(cell: Cell, said: object, words: Words) -> CoverFacts:
    try:
        return CoverFacts.model_validate(said)
    except ValidationError as error:
        fields = (".".join(str(part) for part in item["loc"]) or COVER for item in error.errors())
        raise CxError("reports.cover_invalid", words, cell=cell.place, fields=words.join(fields)) from None


def _parameter_language(notebook: NotebookNode) -> str:
    parameters = notebook.metadata.get("papermill", {}).get("parameters", {})
    language = str(parameters.get("language") or "en")
    if language not in LANGUAGES:
        raise CxError("reports.language_unknown", language=language)
    return language
