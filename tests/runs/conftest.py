"""An engagement with notebooks of a few cells."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.runs.kernels.fork_client import release_all
from cxmethod.runs.notebooks import write_notebook

MakeNotebook = Callable[..., Path]


def code(source: str, *tags: str) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": list(tags)})


def prose(source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source, metadata={"tags": list(tags)})


def twins(en: str, es: str) -> list[NotebookNode]:
    return [prose(en, "lang-en"), prose(es, "lang-es")]


def parameters() -> NotebookNode:
    return code('engagement: str = ""\nlanguage: str = "es"', "parameters")


def write(path: Path, *cells: NotebookNode) -> Path:
    notebook = new_notebook(cells=list(cells))
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return write_notebook(path, notebook)


def new_client(folder: Path) -> Engagement:
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text("client: Café Ñandú\nlanguage: es\n", encoding="utf-8")
    return cxmethod.open(folder)


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    """A Spanish engagement in a folder whose name has braces, blanks and an accent."""
    return new_client(tmp_path / "café {uno}")


@pytest.fixture
def own_copy(engagement: Engagement) -> MakeNotebook:
    """Put a consultant's own notebook into the engagement: step, cells."""

    def make(step: str, *cells: NotebookNode) -> Path:
        return write(engagement.folder / "notebooks" / f"{step}.ipynb", *cells)

    return make


@pytest.fixture(autouse=True, scope="session")
def _own_runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fork servers of these tests are theirs alone."""
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        yield
        release_all()
