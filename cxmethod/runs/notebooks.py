"""The eleven notebooks: their names, their language, and the consultant's own copies."""

from __future__ import annotations

import re
import warnings
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cxmethod.assets import asset
from cxmethod.engagement import write_atomic
from cxmethod.language import LANGUAGES, CxError, Words

STEPS = (
    "00_scope",
    "01_persona",
    "02_relationship",
    "03_motivations",
    "04_touchpoints",
    "05_moments_of_truth",
    "06_processes",
    "07_opportunities",
    "08_strategy",
    "09_monitoring",
    "report",
)


def match_step(text: str, words: Words | None = None) -> str:
    """The one step whose name begins with `text`: ``05`` → ``05_moments_of_truth``.

    Raises
    ------
    CxError
        Listing the steps when none, or more than one, begins so.
    """
    found = [step for step in STEPS if text and step.startswith(text)]
    if len(found) != 1:
        words = words or Words()
        raise CxError("runs.unknown_step", words, step=text, allowed=words.join(STEPS))
    return found[0]


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", []))


def read_notebook(path: Path, words: Words | None = None) -> NotebookNode:
    """The notebook at `path`.

    Raises
    ------
    CxError
        When the file is not a notebook.
    """
    try:
        # nbformat gives cells without ids new ones; that is all there is to do.
        with warnings.catch_warnings(action="ignore", category=FutureWarning):
            notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, nbformat.ValidationError):
        raise CxError("runs.notebook_unreadable", words, file=path.name) from None
    return notebook


def in_language(notebook: NotebookNode, language: str) -> NotebookNode:
    """`notebook` without the cells that are for another language; their tags stay.

    Parameters
    ----------
    notebook : NotebookNode
        Left as it is.
    language : {"es", "en"}
    """
    others = {f"lang-{other}" for other in LANGUAGES if other != language}
    kept = deepcopy(notebook)
    kept.cells = [cell for cell in kept.cells if not others.intersection(tags(cell))]
    return kept


def speaks(notebook: NotebookNode, language: str) -> bool:
    """Whether `notebook` has prose in `language`, or none that is bound to a language."""
    spoken = {tag for cell in notebook.cells for tag in tags(cell) if tag.startswith("lang-")}
    return not spoken or f"lang-{language}" in spoken


def copy_notebooks(folder: Path, language: str, stock: Path | None = None) -> list[Path]:
    """Put the consultant's own copies into ``folder/notebooks``; one that is there stays as it is.

    Opened by hand, a copy finds its engagement in the folder above it.

    Parameters
    ----------
    folder : Path
        The engagement's folder.
    language : {"es", "en"}
        The language whose prose is kept.
    stock : Path, optional
        Where the notebooks come from; this installation's own without it.

    Returns
    -------
    list of Path
        The copies that were made.
    """
    made = []
    for source in sorted((stock or asset("notebooks")).glob("*.ipynb")):
        copy = folder / "notebooks" / source.name
        if not copy.exists():
            notebook = in_language(read_notebook(source), language)
            _set_defaults(notebook, {"engagement": "..", "language": language})
            made.append(write_notebook(copy, notebook))
    return made


def write_notebook(path: Path, notebook: NotebookNode) -> Path:
    """Put `notebook` at `path`, whole or not at all."""
    text = nbformat.writes(notebook)
    return write_atomic(path, f"{text}\n".encode())


def _set_defaults(notebook: NotebookNode, defaults: dict[str, str]) -> None:
    for cell in notebook.cells:
        if "parameters" in tags(cell):
            for name, value in defaults.items():
                cell.source = re.sub(
                    rf"^({name}\s*:\s*str\s*=\s*)(\"[^\"]*\"|'[^']*')",
                    rf'\g<1>"{value}"',
                    cell.source,
                    flags=re.MULTILINE,
                )
