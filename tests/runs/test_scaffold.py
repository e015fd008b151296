import datetime
import re
from pathlib import Path

import pytest
import yaml

import cxmethod
from cxmethod.engagement import TABLES, Engagement, Settings
from cxmethod.language import CxError
from cxmethod.runs.scaffold import TABLES_BY_HAND, clear_engagement, new_engagement, settings_text

from .conftest import parameters, twins, write

TODAY = datetime.date(2026, 3, 31)


def laid_out(folder: Path, language: str = "es") -> Engagement:
    write(folder.parent / "stock" / "00_scope.ipynb", *twins("A", "Á"), parameters())
    return new_engagement(folder, "Café: «Ñandú» #1", language, today=TODAY, stock=folder.parent / "stock")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_new_engagement_opens_and_has_nothing_wrong_in_it(tmp_path: Path, language: str) -> None:
    engagement = laid_out(tmp_path / "deep" / "client", language)
    assert engagement.settings.client == "Café: «Ñandú» #1"
    assert engagement.settings.language == language
    assert engagement.settings.date == TODAY
    assert engagement.problems() == []
    assert engagement.notices() == []
    assert not any(engagement.has(name) for name in TABLES)


def test_tables_have_the_headings_of_the_language(tmp_path: Path) -> None:
    spanish = laid_out(tmp_path / "es").inputs / "phases.csv"
    english = laid_out(tmp_path / "en", "en").inputs / "phases.csv"
    assert spanish.read_text() == "fase,nombre,orden,pregunta,etapa,objetivo_del_cliente,evidencia\n"
    assert english.read_text() == "phase,name,order,question,stage,customer_goal,evidence\n"


def test_tables_by_hand_are_tables() -> None:
    assert set(TABLES_BY_HAND) <= set(TABLES)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_settings_that_are_switched_off_hold_when_switched_on(language: str) -> None:
    text = re.sub(r"^#(?! \S)", "", settings_text("x", language, TODAY), flags=re.MULTILINE)
    data = yaml.safe_load(text)
    assert Settings.model_validate(data).sources
    assert set(data) == set(Settings.model_fields)


@pytest.mark.parametrize("language", ["es", "en"])
def test_each_setting_has_a_line_that_explains_it(language: str) -> None:
    paragraphs = settings_text("x", language, TODAY).split("\n\n")[1:]
    assert all(paragraph.startswith("# ") for paragraph in paragraphs)


def test_the_two_languages_show_the_same_settings() -> None:
    both = [settings_text("x", language, TODAY) for language in ("es", "en")]
    spanish, english = (re.findall(r"^#?([a-z_]+):", text, flags=re.MULTILINE) for text in both)
    assert spanish == english


def test_notebooks_are_copied_in_the_language(tmp_path: Path) -> None:
    copy = laid_out(tmp_path / "client").notebook_path("00_scope")
    assert copy.parent == tmp_path / "client" / "notebooks"


def test_a_folder_that_holds_an_engagement_is_refused(tmp_path: Path) -> None:
    laid_out(tmp_path / "client")
    settings = tmp_path / "client" / "engagement.yaml"
    settings.write_text("client: Mine\n")
    with pytest.raises(CxError, match="ya contiene un encargo"):
        laid_out(tmp_path / "client")
    assert settings.read_text() == "client: Mine\n"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "client").write_text("")
    with pytest.raises(CxError, match="an engagement is a folder"):
        laid_out(tmp_path / "client", "en")


def test_a_table_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "client" / "inputs").mkdir(parents=True)
    mine = tmp_path / "client" / "inputs" / "personas.csv"
    mine.write_text("persona,name,evidence\np1,Ana,observed\n")
    laid_out(tmp_path / "client")
    assert cxmethod.open(tmp_path / "client").table("personas")["name"].tolist() == ["Ana"]


def test_clearing_takes_the_engagement_and_nothing_else(tmp_path: Path) -> None:
    laid_out(tmp_path / "client")
    (tmp_path / "client" / "mine.txt").write_text("")
    clear_engagement(tmp_path / "client")
    assert [path.name for path in (tmp_path / "client").iterdir()] == ["mine.txt"]
