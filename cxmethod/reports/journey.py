"""``journey.json``: the map of an executed report as one JSON file for other tools, and for the poster."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from cxmethod.engagement.saving import write_atomic
from cxmethod.language import CxError, Words
from cxmethod.reports.cells import Cell, refuse_errors
from cxmethod.reports.cover import read_cover, report_language
from cxmethod.reports.executed import executed

JOURNEY = "application/vnd.cxmethod.journey+json"
TAGS = frozenset({"journey", "poster"})
_VERSION = 1


class JourneyExporter(Exporter):
    """nbconvert's exporter of the map: ``jupyter nbconvert --to cxmethod-journey``."""

    export_from_notebook = "Customer journey data (JSON)"
    output_mimetype = "application/json"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".json"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The map of `nb`, and nbconvert's resources as it wants them back."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        return journey_text(read_journey(copy)), resources


def export_journey(notebook: Path, destination: Path) -> Path:
    """Write the map of an executed notebook.

    Parameters
    ----------
    notebook : Path
        An executed ``report.ipynb``.
    destination : Path
        The file to write, whole or not at all: UTF-8, keys in order, so that the same map gives the same bytes.

    Returns
    -------
    Path
        `destination`.

    Raises
    ------
    CxError
        When a cell failed, or the notebook does not show one map of a version that is known here.
    """
    found = read_journey(executed(notebook))
    return write_atomic(destination, journey_text(found).encode())


def read_journey(notebook: NotebookNode) -> dict[str, Any]:
    """The one map that `notebook` shows in a cell tagged ``journey`` or ``poster``.

    Raises
    ------
    CxError
        When a cell failed, there is no map or more than one, or it is of another version.
    """
    words = Words(report_language(notebook, read_cover(notebook)))
    refuse_errors(notebook, words)
    cells = [Cell(number, node) for number, node in enumerate(notebook.cells, start=1)]
    found = [
        output.data[JOURNEY]
        for cell in cells
        if cell.tags & TAGS
        for output in cell.shown
        if output.metadata.cxmethod.get("kind") == "journey" and JOURNEY in output.data
    ]
    if len(found) != 1:
        raise CxError("reports.one_journey", words, found=words.number(len(found), 0))
    version = found[0].get("version")
    if version != _VERSION:
        raise CxError("reports.journey_version", words, version=version, known=_VERSION)
    return dict(found[0])


def journey_text(journey: dict[str, Any]) -> str:
    """The map as the text of a JSON file; a number that JSON does not know raises ValueError."""
    return json.dumps(journey, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
