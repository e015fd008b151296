import json
from pathlib import Path

import pytest

from cxmethod.language import CxError, Words
from cxmethod.runs.notebooks import (
    STEPS,
    copy_notebooks,
    in_language,
    match_step,
    read_notebook,
    speaks,
    tags,
)

from .conftest import code, parameters, prose, twins, write


def stock(folder: Path) -> Path:
    write(folder / "00_scope.ipynb", *twins("# Scope", "# Alcance"), parameters(), code("engagement"))
    return folder


@pytest.mark.parametrize(
    ("text", "step"), [("05", "05_moments_of_truth"), ("rep", "report"), ("00_scope", "00_scope")]
)
def test_a_step_is_found_by_how_it_begins(text: str, step: str) -> None:
    assert match_step(text) == step


@pytest.mark.parametrize("text", ["", "0", "5", "12"])
def test_no_step_or_several_are_refused_with_the_list(text: str) -> None:
    with pytest.raises(CxError) as refusal:
        match_step(text, Words("es"))
    assert all(step in str(refusal.value) for step in STEPS)


def test_there_are_eleven_steps_in_order() -> None:
    assert len(STEPS) == 11
    assert list(STEPS) == sorted(STEPS)


@pytest.mark.parametrize(("language", "kept"), [("en", "# Scope"), ("es", "# Alcance")])
def test_the_prose_of_one_language_is_kept_with_its_tag(tmp_path: Path, language: str, kept: str) -> None:
    notebook = read_notebook(stock(tmp_path) / "00_scope.ipynb")
    cells = in_language(notebook, language).cells
    assert [cell.source for cell in cells if cell.cell_type == "markdown"] == [kept]
    assert tags(cells[0]) == [f"lang-{language}"]
    assert len(notebook.cells) == 4


def test_prose_without_a_language_is_for_both(tmp_path: Path) -> None:
    notebook = read_notebook(write(tmp_path / "x.ipynb", prose("Note"), parameters()))
    assert speaks(notebook, "es")
    assert speaks(notebook, "en")
    assert len(in_language(notebook, "en").cells) == 2


def test_a_copy_finds_its_engagement_in_the_folder_above(tmp_path: Path) -> None:
    made = copy_notebooks(tmp_path / "client", "es", stock(tmp_path / "stock"))
    assert made == [tmp_path / "client" / "notebooks" / "00_scope.ipynb"]
    cells = read_notebook(made[0]).cells
    assert [cell.source for cell in cells] == [
        "# Alcance",
        'engagement: str = ".."\nlanguage: str = "es"',
        "engagement",
    ]


def test_cell_ids_are_those_of_the_stock_notebook(tmp_path: Path) -> None:
    (copy,) = copy_notebooks(tmp_path, "en", stock(tmp_path / "stock"))
    ids = [cell.id for cell in read_notebook(tmp_path / "stock" / "00_scope.ipynb").cells]
    assert [cell.id for cell in read_notebook(copy).cells] == [ids[0], *ids[2:]]


def test_a_copy_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (copy,) = copy_notebooks(tmp_path, "en", stock(tmp_path / "stock"))
    copy.write_text("mine")
    assert copy_notebooks(tmp_path, "es", tmp_path / "stock") == []
    assert copy.read_text() == "mine"


def test_a_copy_without_cell_ids_is_mended_without_a_word(tmp_path: Path) -> None:
    path = write(tmp_path / "x.ipynb", parameters())
    notebook = json.loads(path.read_text())
    del notebook["cells"][0]["id"]
    path.write_text(json.dumps(notebook))
    assert read_notebook(path).cells[0].id
