"""What a reader meets, one after the other: prose, figures, tables, findings."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from nbformat import NotebookNode

from cxmethod.language import CxError, Words
from cxmethod.reports.cells import Cell
from cxmethod.reports.prose import prose_html

FINDING = "application/vnd.cxmethod.finding+json"
SEVERITIES = ("blocks", "warns", "info")
SVG, PNG = "image/svg+xml", "image/png"


@dataclass(frozen=True)
class Block:
    """One thing that a report shows, whatever it is printed on.

    `html` is markup, finished; `picture` holds the bytes of a figure, of type `mime`; everything else is
    text, escaped where it is set into the page. `output` is the bundle itself, for what only some formats
    read.
    """

    kind: Literal["prose", "figure", "table", "finding", "other"]
    cell: Cell
    html: str = ""
    picture: bytes = b""
    mime: str = ""
    alt: str = ""
    caption: str = ""
    severity: str = ""
    output: NotebookNode | None = None

    @property
    def source(self) -> str:
        """The picture as a ``data:`` address."""
        return f"data:{self.mime};base64,{b64encode(self.picture).decode()}"


def blocks_of(cells: Iterable[Cell], folder: str, words: Words) -> Iterator[Block]:
    """The blocks that `cells` show, in order: prose as it is, outputs only where they carry our metadata.

    A cover is none: it stands in the page's header (`cover.read_cover`).

    Raises
    ------
    CxError
        When a bundle lacks what its kind must carry: a figure its alternative text, a table its HTML.
    """
    for cell in cells:
        if cell.node.cell_type == "markdown" and cell.node.source.strip():
            yield Block("prose", cell, prose_html(cell, folder, words))
        for output in cell.shown:
            if output.metadata.cxmethod.get("kind") != "cover":
                yield replace(_block(cell, output, words), output=output)


def _block(cell: Cell, output: NotebookNode, words: Words) -> Block:
    kind = output.metadata.cxmethod.get("kind")
    if kind == "figure":
        return _figure(cell, output, words)
    if kind == "finding":
        return _finding(cell, output, words)
    if kind == "table":
        return Block("table", cell, _required(cell, output, "text/html", words))
    if "text/html" in output.data:
        return Block("other", cell, output.data["text/html"])
    return Block("other", cell, f"<pre>{escape(_required(cell, output, 'text/plain', words))}</pre>")


def _figure(cell: Cell, output: NotebookNode, words: Words) -> Block:
    described = output.metadata.cxmethod
    alt = (described.get("alt") or "").strip()
    if not alt:
        raise CxError("reports.figure_without_alt", words, cell=cell.place)
    caption = (described.get("caption") or "").strip()
    if SVG in output.data:
        return Block("figure", cell, picture=output.data[SVG].encode(), mime=SVG, alt=alt, caption=caption)
    picture = b64decode(_required(cell, output, PNG, words))
    return Block("figure", cell, picture=picture, mime=PNG, alt=alt, caption=caption)


def _finding(cell: Cell, output: NotebookNode, words: Words) -> Block:
    severity = output.data.get(FINDING, {}).get("severity")
    if severity not in SEVERITIES:
        raise CxError("reports.finding_without_severity", words, cell=cell.place)
    return Block("finding", cell, _required(cell, output, "text/html", words), severity=severity)


def _required(cell: Cell, output: NotebookNode, mime: str, words: Words) -> str:
    if mime not in output.data:
        kind = output.metadata.cxmethod.get("kind", "?")
        raise CxError("reports.bundle_incomplete", words, cell=cell.place, kind=kind, mime=mime)
    return str(output.data[mime])
