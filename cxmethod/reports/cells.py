"""Which cells of an executed notebook are read by its reader, and where each one stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from cxmethod.language import CxError, Words

LEFT_OUT = frozenset(
    {"poster", "journey", "workbook", "trainer-note", "exercise", "solution", "hint"},
)


@dataclass(frozen=True)
class Cell:
    """A cell and its place in the notebook, so that an error can say where it was."""

    number: int
    node: NotebookNode

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(self.node.metadata.get("tags", ()))

    @property
    def place(self) -> str:
        """Its number, counted from 1, and how it begins."""
        lines = self.node.source.strip().splitlines()
        return f"{self.number} ({lines[0].strip()[:60]})" if lines else str(self.number)

    @property
    def shown(self) -> Iterator[NotebookNode]:
        """The outputs that were meant to be shown: those that carry ``cxmethod`` metadata."""
        for output in self.node.get("outputs", ()):
            if output.output_type in ("display_data", "execute_result") and "cxmethod" in output.metadata:
                yield output


def readable_cells(notebook: NotebookNode) -> list[Cell]:
    """Every cell of `notebook` that any reader may see: none that only other exports or a trainer read."""
    cells = [Cell(number, node) for number, node in enumerate(notebook.cells, start=1)]
    return [cell for cell in cells if not cell.tags & LEFT_OUT]


def report_cells(notebook: NotebookNode, language: str, draft: bool) -> list[Cell]:
    """The cells of `notebook` that make the report, in order.

    Parameters
    ----------
    notebook : NotebookNode
    language : {"es", "en"}
        Cells of the other language are left out.
    draft : bool
        Whether cells tagged ``draft-only`` are shown.

    Returns
    -------
    list of Cell
        Those tagged ``report`` where any cell is, otherwise all.
    """
    cells = readable_cells(notebook)
    chosen = [cell for cell in cells if "report" in cell.tags] or cells
    return [cell for cell in chosen if _speaks(cell, language) and (draft or "draft-only" not in cell.tags)]


def refuse_errors(notebook: NotebookNode, words: Words) -> None:
    """Refuse a notebook in which a cell failed: half a report is not a report.

    Raises
    ------
    CxError
        Naming the first cell that failed, and its error.
    """
    for number, node in enumerate(notebook.cells, start=1):
        for output in node.get("outputs", ()):
            if output.output_type == "error":
                raise CxError(
                    "reports.failed_cell",
                    words,
                    cell=Cell(number, node).place,
                    error=f"{output.ename}: {output.evalue}",
                )


def _speaks(cell: Cell, language: str) -> bool:
    spoken = {tag for tag in cell.tags if tag.startswith("lang-")}
    return not spoken or f"lang-{language}" in spoken
