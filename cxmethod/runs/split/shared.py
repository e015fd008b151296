"""What is copied from the whole into its clients besides tables: own notebooks without outputs, the brand's files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat

from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.runs.notebooks import speaks


def own_notebooks(whole: Engagement) -> dict[str, dict[str, Any]]:
    """The consultant's own notebooks by their path in the folder, without what running them on everybody's data showed.

    Raises
    ------
    CxError
        When one is not a notebook.
    """
    found = {}
    for path in sorted((whole.folder / "notebooks").glob("*.ipynb")):
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            found[f"notebooks/{path.name}"] = _without_outputs(notebook)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CxError("runs.notebook_unreadable", whole.words, file=path.name) from None
    return found


def _without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    # Not through nbformat, which gives cells without ids new ones at every reading.
    cells = [
        cell | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})
        for cell in notebook["cells"]
    ]
    metadata = {name: value for name, value in notebook["metadata"].items() if name != "widgets"}
    return notebook | {"cells": cells, "metadata": metadata}


def spoken_by(notebooks: Mapping[str, dict[str, Any]], language: str) -> dict[str, bytes]:
    """Those of `notebooks` that have prose in `language`, as files; for the others the stock ones run."""
    return {
        name: (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
        for name, notebook in notebooks.items()
        if speaks(nbformat.from_dict(notebook), language)
    }


def brand_files(whole: Engagement, settings: Mapping[str, Any]) -> dict[str, bytes]:
    """Logo and template that a client's settings name, from the whole's folder."""
    brand = settings.get("brand") or {}
    found = {}
    for name in filter(None, (brand.get("logo"), brand.get("template"))):
        path = (whole.folder / str(name)).resolve()
        if path.is_file() and path.is_relative_to(whole.folder):
            found[path.relative_to(whole.folder).as_posix()] = path.read_bytes()
    return found


def prose(settings: Any) -> Iterator[str]:
    """All texts in plain values."""
    if isinstance(settings, str):
        yield settings
    elif isinstance(settings, Mapping):
        for value in settings.values():
            yield from prose(value)
    elif isinstance(settings, list):
        for value in settings:
            yield from prose(value)


def sources_of(notebook: Mapping[str, Any]) -> list[str]:
    """What the cells of a notebook say."""
    return ["".join(cell.get("source", "")) for cell in notebook["cells"]]
