"""The committed notebooks keep to their rules, so that they run, translate and review well."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from nbformat import NotebookNode

from cxmethod.assets import asset
from cxmethod.engagement import TABLES
from cxmethod.language import LANGUAGES
from cxmethod.runs.notebooks import STEPS, in_language, read_notebook, tags
from cxmethod.runs.structure import notebook_problems
from cxmethod.steps import STEPS as RESULTS

NOTEBOOKS = {step: asset("notebooks") / f"{step}.ipynb" for step in STEPS}
LESSONS = [step for step in STEPS if step != "report"]
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.AsyncFor, ast.While,
    ast.If, ast.Try, ast.With,
)  # fmt: skip


@pytest.fixture(params=STEPS)
def path(request: pytest.FixtureRequest) -> Path:
    return NOTEBOOKS[request.param]


def prose(notebook: NotebookNode, language: str) -> list[str]:
    return [cell.source for cell in notebook.cells if f"lang-{language}" in tags(cell)]


def code(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def test_there_are_the_eleven_and_no_others():
    assert sorted(asset("notebooks").glob("*.ipynb")) == sorted(NOTEBOOKS.values())
    assert len(NOTEBOOKS) == 11


def test_it_keeps_to_every_rule(path):
    assert notebook_problems(path) == []


@pytest.mark.parametrize("step", LESSONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_has_20_to_35_cells_written_and_shown(step, language):
    notebook = read_notebook(NOTEBOOKS[step])
    assert 20 <= len(in_language(notebook, language).cells) <= len(notebook.cells) <= 35


@pytest.mark.parametrize("step", LESSONS)
def test_about_half_of_a_lesson_is_prose(step):
    cells = in_language(read_notebook(NOTEBOOKS[step]), "es").cells
    assert 0.35 <= sum(cell.cell_type == "markdown" for cell in cells) / len(cells) <= 0.65


def test_both_languages_say_as_much_and_not_the_same(path):
    notebook = read_notebook(path)
    english, spanish = prose(notebook, "en"), prose(notebook, "es")
    assert len(english) == len(spanish) > 0
    assert all(en.strip() and es.strip() for en, es in zip(english, spanish, strict=True))
    assert [en for en, es in zip(english, spanish, strict=True) if en == es and len(en.split()) > 3] == []


def test_both_languages_have_the_same_headings_at_the_same_places(path):
    notebook = read_notebook(path)
    levels = [
        [
            [line.split()[0] for line in text.splitlines() if line.startswith("#")]
            for text in prose(notebook, language)
        ]
        for language in LANGUAGES
    ]
    assert levels[0] == levels[1]


def test_a_notebook_has_one_title_and_goes_down_one_level_at_a_time(path):
    lines = "\n".join(prose(read_notebook(path), "es")).splitlines()
    levels = [len(line.split()[0]) for line in lines if line.startswith("#")]
    if path.stem == "report":
        # The cover brings the title.
        levels.insert(0, 1)
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_cell_holds_logic(path):
    found = {
        type(node).__name__
        for node in ast.walk(ast.parse(code(read_notebook(path))))
        if isinstance(node, LOGIC)
    }
    assert found == set()


def test_a_cell_holds_no_path_and_no_threshold(path):
    """What a cell computes with comes from the engagement's folder."""
    literals = [
        node.value
        for node in ast.walk(ast.parse(code(read_notebook(path))))
        if isinstance(node, ast.Constant)
    ]
    numbers = [value for value in literals if isinstance(value, float)]
    paths = [value for value in literals if isinstance(value, str) and ("/" in value or "\\" in value)]
    assert (numbers, paths) == ([], [])


@pytest.mark.parametrize("step", LESSONS)
def test_a_lesson_computes_shows_and_saves_its_own_step(step):
    source = code(read_notebook(NOTEBOOKS[step]))
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = {
        (node.func.attr, argument.value)
        for node in calls
        if isinstance(node.func, ast.Attribute)
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }
    assert ("compute", step) in named
    assert "client.save(" in source
    assert "views.summary(client, " in source
    assert {table for name, table in named if name == "edit"} <= set(TABLES)
    assert "forms." in source


def test_every_step_has_its_lesson():
    assert set(LESSONS) == set(RESULTS)


@pytest.mark.parametrize("step", LESSONS)
def test_every_table_that_a_step_reads_can_be_edited_in_some_lesson(step):
    edited = {
        argument.value
        for path in NOTEBOOKS.values()
        for node in ast.walk(ast.parse(code(read_notebook(path))))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "edit"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }
    later = {"variables"}
    assert set(RESULTS[step].spec.tables) - later - edited == set()
