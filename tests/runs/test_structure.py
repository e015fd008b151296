import json
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output, new_raw_cell

from cxmethod.runs.notebooks import read_notebook, write_notebook
from cxmethod.runs.structure import notebook_problems

from .conftest import code, parameters, prose, twins, write


def problems(tmp_path: Path, *cells: NotebookNode) -> list[str]:
    return notebook_problems(write(tmp_path / "x.ipynb", *cells))


def executed() -> NotebookNode:
    cell = code("1")
    cell.execution_count = 1
    return cell


def shown() -> NotebookNode:
    cell = code("1")
    cell.outputs = [new_output("stream", text="1")]
    return cell


def test_a_sound_notebook_has_no_problems(tmp_path: Path) -> None:
    sound = [*twins("# A", "# Á"), parameters(), *twins("B", "Be"), code("[n for n in range(3)]", "report")]
    assert problems(tmp_path, *sound) == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ([code("1", "raport")], "cell 2: unknown tag raport"),
        ([prose("Only here", "lang-en")], "cell 2: its lang-es twin is not the next cell"),
        ([*twins("A", "Á"), prose("B", "lang-es")], "cell 4: its lang-en twin is not the next cell"),
        ([prose("A", "lang-en", "report"), prose("Á", "lang-es")], "cell 2: its twin has other tags"),
        ([prose("Nobody's")], "cell 2: prose without one language tag"),
        ([prose("Both", "lang-en", "lang-es")], "cell 2: prose without one language tag"),
        ([executed()], "cell 2: it has an execution count"),
        ([shown()], "cell 2: it has outputs"),
        ([code("")], "cell 2: it has 0 lines instead of 1 to 6"),
        ([code("1\n" * 7)], "cell 2: it has 7 lines instead of 1 to 6"),
        ([code("def f(): ...")], "cell 2: it holds logic: def"),
        ([code("class C: ...")], "cell 2: it holds logic: class"),
        ([code("for n in []: ...")], "cell 2: it holds logic: for"),
        ([code("while True: ...")], "cell 2: it holds logic: while"),
        (
            [code("%matplotlib inline")],
            "cell 2: it is not plain Python (a magic, a shell command, a mistake)",
        ),
        ([code("!ls")], "cell 2: it is not plain Python (a magic, a shell command, a mistake)"),
        ([code("1", "lang-en"), code("1", "lang-es")], "cell 2: code is not bound to a language"),
        ([new_raw_cell("x")], "cell 2: it is neither Markdown nor code"),
        ([parameters()], "it has 2 parameters cells instead of one"),
    ],
)
def test_each_fault_is_named_with_its_cell(tmp_path: Path, cells: list[NotebookNode], problem: str) -> None:
    assert f"x.ipynb: {problem}" in problems(tmp_path, parameters(), *cells)


def test_a_notebook_without_parameters_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, code("1")) == ["x.ipynb: it has 0 parameters cells instead of one"]


def test_parameters_are_annotated_literals(tmp_path: Path) -> None:
    cell = code('engagement: str = ""\nlanguage = "es"', "parameters")
    assert problems(tmp_path, cell) == ["x.ipynb: cell 1: line 2 is not an annotated literal"]


def test_ids_are_there_once(tmp_path: Path) -> None:
    path = write(tmp_path / "x.ipynb", parameters(), code("1"))
    text = path.read_text()
    first, second = (cell.id for cell in read_notebook(path).cells)
    path.write_text(text.replace(second, first))
    assert notebook_problems(path) == [f"x.ipynb: the id {first} is there 2 times"]


def test_a_cell_without_an_id_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "x.ipynb", parameters())
    notebook = json.loads(path.read_text())
    del notebook["cells"][0]["id"]
    path.write_text(json.dumps(notebook))
    assert notebook_problems(path) == ["x.ipynb: a cell has no id"]


def test_another_kernel_is_named(tmp_path: Path) -> None:
    notebook = read_notebook(write(tmp_path / "x.ipynb", parameters()))
    notebook.metadata.kernelspec.name = "mine"
    assert notebook_problems(write_notebook(tmp_path / "x.ipynb", notebook)) == [
        "x.ipynb: its kernel is not python3"
    ]
