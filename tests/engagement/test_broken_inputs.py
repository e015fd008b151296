"""Each broken input gives plain sentences in both languages, and never a traceback."""

from __future__ import annotations

import re

import pytest

import cxmethod
from cxmethod.engagement import InputProblems
from cxmethod.language import CxError
from tests.engagement.broken import FOLDERS, INPUTS, Broken, BrokenFolder

LANGUAGES = ("en", "es")
SPANISH = re.compile(r"\b(de|el|la|un|una|no|es|debe|está|columna|fila|que)\b")
ENGLISH = re.compile(r"\b(the|is|must|of|and|not|does|has|column|row|or|this|give)\b")


def assert_plain(text: str, language: str, names: tuple[str, ...]) -> None:
    for name in names:
        assert any(part in text for part in name.split("|")), text
    assert not re.search(r"Traceback|Error\b|\bNone\b|\bnan\b|cxmethod\.|<class|pydantic", text), text
    wanted, other = (SPANISH, ENGLISH) if language == "es" else (ENGLISH, SPANISH)
    said = re.sub(r"'[^']*'|«[^»]*»|[-\w./]*[./_][-\w./]*|\bno\b", "", text)
    assert wanted.search(said), text
    assert not other.search(said), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("broken", INPUTS, ids=lambda broken: broken.name)
def test_input(folder, broken: Broken, language):
    place = folder({broken.file: broken.content, **dict(broken.also)})
    engagement = cxmethod.open(place, language)
    with pytest.raises(CxError) as caught:
        engagement.table(broken.file.split(".")[0])
    assert_plain(str(caught.value), language, (broken.file.split(".")[0], *broken.says))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("broken", FOLDERS, ids=lambda broken: broken.name)
def test_settings_and_decisions(folder, broken: BrokenFolder, language):
    place = folder(settings=broken.settings, decisions=broken.decisions)
    with pytest.raises(CxError) as caught:
        _ = cxmethod.open(place, language).decisions
    assert_plain(str(caught.value), language, broken.says)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_at_once(folder, language):
    tables = [broken for broken in INPUTS if not broken.also and broken.name != "a text named .parquet"]
    by_file = {broken.file: broken.content for broken in tables if not broken.file.endswith(".parquet")}
    engagement = cxmethod.open(folder(by_file), language)
    problems = engagement.problems()
    assert {problem.file for problem in problems} == set(by_file)
    assert_plain(str(InputProblems(problems, engagement.words)), language, tuple(by_file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_no_language_is_asked_for_speaks_its_own(folder, language):
    place = folder(settings=f"client: Acme\nlanguage: {language}\nobjective: [\n")
    with pytest.raises(CxError) as caught:
        cxmethod.open(place)
    assert_plain(str(caught.value), language, ("engagement.yaml",))
