"""The poster: the whole journey on one sheet, made from the map of an executed report alone."""

from __future__ import annotations

import json
from logging import Logger
from pathlib import Path
from typing import Any, Literal, cast

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Enum, default

from cxmethod.assets import asset
from cxmethod.engagement.saving import write_atomic
from cxmethod.language import Words
from cxmethod.reports.executed import executed
from cxmethod.reports.fonts import font_folders
from cxmethod.reports.glyphs import without_glyph
from cxmethod.reports.journey import read_journey
from cxmethod.reports.poster_sheet import poster_sheet

PAPERS = ("a0", "a1", "a2", "a3")
Paper = Literal["a0", "a1", "a2", "a3"]
"""All landscape; the sheet is the same on each, only larger."""


class PosterExporter(Exporter):
    """nbconvert's exporter of the poster: ``jupyter nbconvert --to cxmethod-poster``."""

    export_from_notebook = "Customer journey poster (PDF)"
    output_mimetype = "application/pdf"
    paper = Enum(PAPERS, "a1", help="Size of the sheet.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The poster of `nb`, and nbconvert's resources as it wants them back."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        journey = read_journey(copy)
        pdf = poster_bytes(journey, cast(Paper, self.paper))
        _tell_missing(journey, self.log)
        return pdf, resources


def export_poster(notebook: Path, destination: Path, paper: Paper = "a1") -> Path:
    """Write the poster of an executed notebook.

    Parameters
    ----------
    notebook : Path
        An executed ``report.ipynb``.
    destination : Path
        The file to write, whole or not at all: SVG where it ends so, else PDF.
    paper : {"a0", "a1", "a2", "a3"}

    Returns
    -------
    Path
        `destination`.

    Raises
    ------
    CxError
        When a cell failed, or the notebook does not show one map.
    """
    kind: Literal["svg", "pdf"] = "svg" if destination.suffix == ".svg" else "pdf"
    found = read_journey(executed(notebook))
    sheet = poster_bytes(found, paper, kind)
    # Once for both files of one map.
    if kind == "pdf":
        _tell_missing(found, PosterExporter().log)  # type: ignore[no-untyped-call]
    return write_atomic(destination, sheet)


def _tell_missing(journey: dict[str, Any], log: Logger) -> None:
    """Say which signs stand as empty boxes, because none of the typefaces has a shape for them."""
    shown = json.dumps(poster_sheet(journey, "a1"), ensure_ascii=False)
    if missing := without_glyph(shown, font_folders()):
        words = Words(journey["language"])
        log.warning(words.say("reports.no_glyph", signs=" ".join(missing)))


def poster_bytes(journey: dict[str, Any], paper: Paper = "a1", kind: Literal["pdf", "svg"] = "pdf") -> bytes:
    """The sheet as PDF/UA-1, or as SVG whose letters are outlines: the same map gives the same bytes."""
    import typst

    folder = asset("templates") / "cxmethod-poster"
    sheet = json.dumps(poster_sheet(journey, paper), ensure_ascii=False)
    pages: bytes | list[bytes] = typst.compile(
        str(folder / "wall.typ"),
        root=str(folder),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet},
        timestamp=0,
        format=kind,
        pdf_standards=["ua-1"] if kind == "pdf" else [],
    )
    return pages[0] if isinstance(pages, list) else pages
