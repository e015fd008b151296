"""What every stock notebook keeps to, so that it runs, translates and reviews well."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cxmethod.runs.notebooks import tags

TAGS = frozenset(
    {
        "parameters",
        "lang-en",
        "lang-es",
        "report",
        "exercise",
        "solution",
        "hint",
        "trainer-note",
        "draft-only",
        "poster",
        "journey",
        "workbook",
    }
)
LONGEST_CELL = 6
_TWIN = {"lang-en": "lang-es", "lang-es": "lang-en"}
_LOGIC = {
    ast.FunctionDef: "def",
    ast.AsyncFunctionDef: "def",
    ast.Lambda: "lambda",
    ast.ClassDef: "class",
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
}


def notebook_problems(path: Path) -> list[str]:
    """What is wrong with a stock notebook, one English line each, for whoever writes it.

    Cells are counted from 1, as a person counts them in JupyterLab.
    """
    # As it stands: nbformat.read would give cells without ids, or with one id twice, new ones in silence.
    notebook = nbformat.reader.reads(path.read_text(encoding="utf-8"))
    found = [*_notebook(notebook), *_twins(notebook.cells)]
    for number, cell in enumerate(notebook.cells, start=1):
        found += [f"cell {number}: {problem}" for problem in _cell(cell)]
    return [f"{path.name}: {problem}" for problem in found]


def _notebook(notebook: NotebookNode) -> Iterator[str]:
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "its kernel is not python3"
    parameters = [cell for cell in notebook.cells if "parameters" in tags(cell)]
    if len(parameters) != 1:
        yield f"it has {len(parameters)} parameters cells instead of one"
    ids = Counter(cell.get("id", "") for cell in notebook.cells)
    if "" in ids:
        yield "a cell has no id"
    yield from (f"the id {name} is there {count} times" for name, count in ids.items() if name and count > 1)


def _twins(cells: list[NotebookNode]) -> Iterator[str]:
    """Each prose cell stands beside its twin; pairs are taken in reading order, so that each has one only."""
    number = 0
    while number < len(cells):
        language = _language(cells[number])
        following = cells[number + 1] if number + 1 < len(cells) else None
        if language is None:
            number += 1
        elif following is None or _language(following) != _TWIN[language]:
            yield f"cell {number + 1}: its {_TWIN[language]} twin is not the next cell"
            number += 1
        else:
            if _beside_language(cells[number]) != _beside_language(following):
                yield f"cell {number + 1}: its twin has other tags"
            number += 2


def _cell(cell: NotebookNode) -> Iterator[str]:
    if unknown := sorted(set(tags(cell)) - TAGS):
        yield f"unknown tag {', '.join(unknown)}"
    if cell.cell_type == "code":
        yield from _code(cell)
    elif cell.cell_type != "markdown":
        yield "it is neither Markdown nor code"
    elif _language(cell) is None:
        yield "prose without one language tag"


def _code(cell: NotebookNode) -> Iterator[str]:
    if cell.outputs:
        yield "it has outputs"
    if cell.execution_count is not None:
        yield "it has an execution count"
    if set(_TWIN).intersection(tags(cell)):
        yield "code is not bound to a language"
    lines = len(cell.source.splitlines())
    if not 1 <= lines <= LONGEST_CELL:
        yield f"it has {lines} lines instead of 1 to {LONGEST_CELL}"
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        yield "it is not plain Python (a magic, a shell command, a mistake)"
        return
    kinds = {_LOGIC[type(node)] for node in ast.walk(tree) if type(node) in _LOGIC}
    yield from (f"it holds logic: {kind}" for kind in sorted(kinds))
    if "parameters" in tags(cell):
        yield from _parameters(tree)


def _parameters(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if not (isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant)):
            yield f"line {node.lineno} is not an annotated literal"


def _language(cell: NotebookNode) -> str | None:
    found = [tag for tag in tags(cell) if tag in _TWIN]
    return found[0] if len(found) == 1 else None


def _beside_language(cell: NotebookNode) -> set[str]:
    return set(tags(cell)) - set(_TWIN)
