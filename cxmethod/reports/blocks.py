"""What a reader meets, one after the other: prose, figures, tables, findings."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from nbformat import NotebookNode

from cxmethod.language import CxError, Words
from cxmethod.reports.cells import Cell
from cxmethod.reports.prose import prose_html

FINDING = "application/vnd.cxmethod.finding+json"
SEVERITIES = ("blocks", "warns", "info")


@dataclass(frozen=True)
class Block:
    """One thing that a report shows.

    `html` is markup, finished; everything else is text, escaped where it is set into the page.
    """

    kind: Literal["prose", "figure", "table", "finding", "other"]
    cell: Cell
    html: str = ""
    source: str = ""
    alt: str = ""
    caption: str = ""
    severity: str = ""


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
                yield _block(cell, output, words)


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
    if "image/svg+xml" in output.data:
        picture = b64encode(output.data["image/svg+xml"].encode()).decode()
        source = f"data:image/svg+xml;base64,{picture}"
    else:
        picture = "".join(_required(cell, output, "image/png", words).split())
        source = f"data:image/png;base64,{picture}"
    return Block("figure", cell, source=source, alt=alt, caption=(described.get("caption") or "").strip())


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
