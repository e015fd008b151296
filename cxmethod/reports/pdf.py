"""The PDF report: one executed notebook in, one tagged PDF out, set by Typst."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from cxmethod.engagement.saving import write_atomic
from cxmethod.language import CxError, Words
from cxmethod.reports.executed import executed
from cxmethod.reports.fonts import font_folders
from cxmethod.reports.glyphs import without_glyph
from cxmethod.reports.reading import Report, read_report
from cxmethod.reports.typst_document import typst_files

STANDARD: Final = "ua-1"


class PDFReportExporter(Exporter):
    """nbconvert's exporter of the report as PDF/UA-1: ``jupyter nbconvert --to cxmethod-pdf``."""

    export_from_notebook = "Customer journey report (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert says a notebook, and its PDF exporter gives bytes
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of an executed notebook.

        Raises
        ------
        CxError
            When a cell failed, a bundle lacks what it must carry, or Typst refuses what would not be PDF/UA-1.
        """
        node, told = super().from_notebook_node(nb, resources, **kw)
        metadata = told["metadata"]
        return self.pdf(node, metadata.get("path", ""), metadata.get("name", "")), dict(told)

    def pdf(self, notebook: NotebookNode, folder: str, name: str) -> bytes:
        """The PDF of `notebook`, which stays as it is; signs without a shape are logged."""
        report = read_report(notebook, folder, name)
        pdf, missing = _set(report)
        if missing:
            self.log.warning(report.words.say("reports.no_glyph", signs=" ".join(missing)))
        return pdf


def export_pdf(notebook: Path, destination: Path) -> Path:
    """Write the report of an executed notebook as PDF.

    Parameters
    ----------
    notebook : Path
        An executed ``report.ipynb``.
    destination : Path
        The file to write, whole or not at all.

    Returns
    -------
    Path
        `destination`.

    Raises
    ------
    CxError
        When a cell failed, a bundle lacks what it must carry, something would be fetched, or Typst
        refuses what would not be PDF/UA-1.
    """
    exporter = PDFReportExporter()  # type: ignore[no-untyped-call]
    return write_atomic(destination, exporter.pdf(executed(notebook), str(notebook.parent), notebook.stem))


def _set(report: Report) -> tuple[bytes, list[str]]:
    """The PDF of `report`, and the signs in it for which no typeface has a shape."""
    import typst

    files = typst_files(report)
    folders = font_folders()
    # On disk, because Typst's wheel takes only text from memory, and a logo may be a photograph.
    with TemporaryDirectory() as root:
        for name, content in files.items():
            (Path(root) / name).write_bytes(content)
        try:
            pdf: bytes = typst.compile(
                str(Path(root) / "main.typ"),
                root=root,
                font_paths=[str(folder) for folder in folders],
                ignore_system_fonts=True,
                pdf_standards=[STANDARD],
                timestamp=_timestamp(report),
            )
        except typst.TypstError as error:
            raise _refusal(error, report.words) from None
    return pdf, without_glyph(files["report.json"].decode(), folders)


def _timestamp(report: Report) -> int:
    """When the PDF says that it was made: on the day of its cover, so that one notebook gives the same bytes."""
    day = report.cover.facts.date if report.cover else None
    day = day or datetime.date(2000, 1, 1)
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp())


def _refusal(error: Exception, words: Words) -> CxError:
    reason = getattr(error, "message", "") or str(error)
    return CxError("reports.pdf_failed", words, reason=reason.splitlines()[0])
