"""The demo and workshop engagements as they lie in the folder: whole in both languages, and one the other's twin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.engagement.schemas import TABLES
from cxmethod.language import CxError
from cxmethod.teaching.demo import NOT_COSTED, demo_client_files, write_demo, write_workshop

LANGUAGES = ("es", "en")
MAKERS = (write_demo, write_workshop)
CODES = ("key", "code", "number", "count", "share", "emotion", "grade", "date", "flag", "list")
Maker = Callable[[Path, str], Path]


@pytest.fixture(params=LANGUAGES)
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Engagement:
    return cxmethod.open(write_demo(tmp_path / "demo", request.param))


@pytest.fixture(params=LANGUAGES)
def workshop(request: pytest.FixtureRequest, tmp_path: Path) -> Engagement:
    return cxmethod.open(write_workshop(tmp_path / "workshop", request.param))


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_holds_and_nothing_in_it_is_unknown(make: Maker, language: str, tmp_path: Path) -> None:
    engagement = cxmethod.open(make(tmp_path / "x", language))
    assert engagement.problems() == []
    assert engagement.notices() == []
    assert engagement.settings.language == language


@pytest.mark.parametrize("make", MAKERS)
def test_both_languages_hold_the_same_but_for_the_texts(make: Maker, tmp_path: Path) -> None:
    es, en = (cxmethod.open(make(tmp_path / language, language)) for language in LANGUAGES)
    for name, table in TABLES.items():
        same = [
            c.name
            for c in table.columns
            if c.kind in CODES
            and c.name not in ("owner", "criterion")
            and es.table(name)[c.name].notna().any()
        ]
        pd.testing.assert_frame_equal(es.table(name)[same], en.table(name)[same])


@pytest.mark.parametrize("make", MAKERS)
def test_a_text_is_given_in_both_languages_or_in_neither(make: Maker, tmp_path: Path) -> None:
    es, en = (cxmethod.open(make(tmp_path / language, language)) for language in LANGUAGES)
    for name, table in TABLES.items():
        texts = [column.name for column in table.columns]
        pd.testing.assert_frame_equal(es.table(name)[texts].isna(), en.table(name)[texts].isna())


@pytest.mark.parametrize("make", MAKERS)
def test_a_folder_that_holds_something_is_left_alone(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CxError, match="empty folder"):
        make(tmp_path, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_there_is_no_demo_in_other_languages(tmp_path: Path) -> None:
    with pytest.raises(CxError, match="es, en"):
        write_demo(tmp_path / "x", "fr")


def test_client_files_stay_outside_the_engagement(demo: Engagement) -> None:
    assert [path.name for path in demo_client_files() if path.is_file()] == [
        source.file for source in demo.settings.sources
    ]
    assert not list(demo.folder.rglob("registro_visitas.csv"))


def test_sixteen_touchpoints_have_names_that_fit_a_figure(demo: Engagement) -> None:
    names = demo.table("touchpoints")["name"]
    assert len(names) == 16
    assert names.str.len().between(12, 32).all()


def test_phases_answer_all_five_questions_and_none_is_empty(demo: Engagement) -> None:
    phases = demo.table("phases")
    assert set(phases["question"]) == {"discover", "evaluate", "interact", "return", "refer"}
    assert set(phases["phase"]) == set(demo.table("touchpoints")["phase"])


def test_two_worries_are_addressed_by_no_touchpoint(demo: Engagement) -> None:
    statements = demo.table("motivations")
    addressed = demo.table("touchpoints")["addresses"].str.split(";").explode()
    worries = statements[statements["kind"].isin(["worry", "doubt", "frustration"])]
    assert set(worries["motivation"]) - set(addressed) == {"m17", "m24"}


def test_every_kind_of_motivation_is_heard(demo: Engagement) -> None:
    kind = TABLES["motivations"].column("kind")
    assert kind is not None
    assert set(demo.table("motivations")["kind"]) == set(kind.allowed)


def test_one_red_point_has_no_process_and_one_process_no_owner(demo: Engagement) -> None:
    linked = set(demo.table("touchpoint_processes")["touchpoint"])
    processes = demo.table("processes")
    assert set(demo.table("touchpoints")["touchpoint"]) - linked == {"insurer_authorisation"}
    assert processes.loc[processes["owner"].isna(), "process"].tolist() == ["parking_service"]


def test_the_other_red_points_stand_on_the_two_worst_bottlenecks(demo: Engagement) -> None:
    processes = demo.table("processes").set_index("process")
    waiting = (processes["wait_minutes"] * processes["cases_per_month"]).sort_values(ascending=False)
    assert waiting.index[:2].tolist() == ["consultation_flow", "call_handling"]
    assert waiting.iloc[1] >= 3 * waiting.iloc[2]


def test_one_initiative_is_an_orphan_and_one_has_no_indicator(demo: Engagement) -> None:
    initiatives = demo.table("initiatives").set_index("initiative")
    orphan = initiatives["touchpoints"].isna() & initiatives["motivations"].isna()
    assert initiatives.index[orphan].tolist() == ["cafeteria"]
    assert initiatives.index[initiatives["indicator"].isna()].tolist() == ["waiting_room_remodel"]


def test_owners_of_everything_are_known(demo: Engagement) -> None:
    known = set(demo.table("owners")["owner"])
    for name in ("touchpoints", "processes", "initiatives"):
        assert set(demo.table(name)["owner"].dropna()) <= known


def test_criteria_weigh_one_and_are_scored_or_computed(demo: Engagement) -> None:
    criteria = demo.table("criteria")
    scored = {
        column.removeprefix("score_") for column in demo.table("initiatives") if column.startswith("score_")
    }
    assert criteria["weight"].sum() == pytest.approx(1)
    assert set(criteria["criterion"]) - scored == {"customer_impact"}


def test_the_money_does_not_reach_for_everything(demo: Engagement) -> None:
    cost, budget = demo.table("initiatives")["cost"].sum(), demo.settings.budget.amount
    assert budget is not None
    assert budget < 0.6 * cost


def test_a_workshop_rests_on_ten_interviews_and_two_internal_views(workshop: Engagement) -> None:
    ratings = workshop.table("ratings")
    people = ratings.groupby("source")["respondent"].nunique()
    assert people.to_dict() == {"after": 10, "internal": 2}
    assert not any(workshop.has(name) for name in ("outcomes", "events", "journeys", "waves", "scores"))
    assert workshop.settings.sources == ()


def test_interviews_carry_importance_and_comments(workshop: Engagement) -> None:
    ratings = workshop.table("ratings")
    interviews = ratings[ratings["source"] == "after"]
    assert interviews["importance"].notna().all()
    assert interviews["comment"].notna().sum() >= 25


def test_what_nobody_priced_in_the_workshop_has_no_cost(workshop: Engagement) -> None:
    initiatives = workshop.table("initiatives").set_index("initiative")
    assert set(initiatives.index[initiatives["cost"].isna()]) == set(NOT_COSTED)
    assert initiatives["done_wave"].isna().all()
