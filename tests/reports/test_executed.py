"""The notebook that all formats read."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from cxmethod.reports.executed import executed
from cxmethod.reports.fonts import font_folders


def written(path: Path, text: str) -> Path:
    nbformat.write(new_notebook(cells=[new_markdown_cell(text)]), path)
    return path


def test_a_notebook_is_read_once_and_again_when_its_file_has_changed(tmp_path: Path) -> None:
    path = written(tmp_path / "report.ipynb", "one")
    first = executed(path)
    assert executed(path) is first
    written(path, "another")
    assert executed(path).cells[0].source == "another"


def test_two_notebooks_are_not_taken_for_each_other(tmp_path: Path) -> None:
    one, other = written(tmp_path / "a.ipynb", "one"), written(tmp_path / "b.ipynb", "two")
    assert [executed(path).cells[0].source for path in (one, other, one)] == ["one", "two", "one"]


def test_matplotlib_s_typefaces_are_where_it_says_itself() -> None:
    import matplotlib

    assert font_folders()[1] == Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    assert all(any(folder.glob("*.[ot]tf")) for folder in font_folders())
