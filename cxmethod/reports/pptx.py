"""The deck: one executed notebook in, slides out that a consultant presents and a client can edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from cxmethod.engagement.saving import write_atomic
from cxmethod.reports.executed import executed
from cxmethod.reports.reading import read_report


class PPTXDeckExporter(Exporter):
    """nbconvert's exporter of the deck: ``jupyter nbconvert --to cxmethod-pptx``."""

    export_from_notebook = "Customer journey deck (PPTX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pptx"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The deck of `nb`, and nbconvert's resources as it wants them back."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        metadata = resources["metadata"]
        return self.deck(copy, metadata.get("path", ""), metadata.get("name", "")), resources

    def deck(self, notebook: NotebookNode, folder: str, name: str) -> bytes:
        """The deck of `notebook`, which stays as it is; what a template lacks is logged."""
        deck, notes = deck_of(notebook, folder, name)
        for note in notes:
            self.log.warning(note)
        return deck


def export_pptx(notebook: Path, destination: Path) -> Path:
    """Write the deck of an executed notebook.

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
        When a cell failed, a bundle lacks what it must carry, or the client's template or logo cannot be read.
    """
    exporter = PPTXDeckExporter()  # type: ignore[no-untyped-call]
    return write_atomic(destination, exporter.deck(executed(notebook), str(notebook.parent), notebook.stem))


def deck_of(notebook: NotebookNode, folder: str = "", name: str = "") -> tuple[bytes, list[str]]:
    """The deck of an executed notebook as bytes, and what the client's template lacked.

    Parameters
    ----------
    notebook : NotebookNode
    folder, name : str
        As for `reading.read_report`.
    """
    from cxmethod.reports.deck_choice import tell
    from cxmethod.reports.deck_frame import Stage, one_line, speak
    from cxmethod.reports.deck_master import open_master
    from cxmethod.reports.deck_opening import set_cover
    from cxmethod.reports.deck_package import deck_bytes
    from cxmethod.reports.deck_slides import set_slide

    report = read_report(notebook, folder, name)
    master = open_master(report.cover, folder, report.colour, report.words)
    stage = Stage(master, report)
    set_cover(stage)
    for slide in tell(report):
        set_slide(stage, slide)
    speak(master.presentation, report.words.language)
    properties = master.presentation.core_properties
    properties.title, properties.language = one_line(report.title), report.words.language
    properties.author = properties.subject = properties.keywords = properties.comments = (
        properties.category
    ) = ""
    return deck_bytes(master.presentation, report.cover.facts.date if report.cover else None), master.notes
