"""One file a wave: all that match the pattern are taken in, in the order of their waves, and each wave once."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import yaml

import cxmethod
from cxmethod.engagement import InputProblems
from cxmethod.intake import renew, take_in
from cxmethod.intake.patterns import fits, star_part, wave_key, wave_order
from cxmethod.language import CxError
from tests.intake.conftest import SURVEY

WAVES = SURVEY | {"file": "ola_*.csv"}
ANSWERS = "id,q1,q2\nA,1,2\nB,3,4\n"


@pytest.fixture
def taken(engage, sent):
    """Take in files by their names, as one source reads them."""

    def take(source: dict[str, Any], **files: str) -> tuple[Any, Any]:
        engagement = engage(source)
        return engagement, take_in(engagement, [sent(f"{name}.csv", text) for name, text in files.items()])

    return take


def problems(raised: pytest.ExceptionInfo[InputProblems]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.file) for problem in raised.value.problems]


def test_the_wave_is_the_part_of_the_name_in_the_place_of_the_star(taken):
    engagement, _ = taken(WAVES, **{"ola_2026-10": ANSWERS, "Ola_2026-09": ANSWERS})
    ratings = engagement.table("ratings")
    assert ratings.groupby("wave").size().to_dict() == {"2026-09": 4, "2026-10": 4}


def test_waves_stand_in_the_order_of_their_names_as_people_count(taken):
    engagement, intake = taken(WAVES, ola_10=ANSWERS, ola_9=ANSWERS)
    assert list(engagement.table("ratings")["wave"].unique()) == ["9", "10"]
    assert any("2 waves, in this order: 9 and 10" in line for line in intake.sentences(engagement.words))


def test_a_column_says_the_wave_before_the_name_does(taken):
    engagement, _ = taken(
        WAVES | {"wave": "w"}, ola_a="id,q1,q2,w\nA,1,2,May\n", ola_b="id,q1,q2,w\nA,1,2,June\n"
    )
    assert list(engagement.table("ratings")["wave"].unique()) == ["May", "June"]


def test_who_answers_again_is_one_person_of_whom_the_last_word_counts(taken):
    source = WAVES | {"outcome": {"column": "o"}, "weight": "w"}
    engagement, _ = taken(
        source, ola_1="id,q1,q2,o,w\nA,1,2,3,1\nB,1,2,5,1\n", ola_2="id,q1,q2,o,w\nA,1,2,8,2\n"
    )
    assert engagement.table("outcomes").set_index("respondent")["outcome"].to_dict() == {"A": 8, "B": 5}
    ratings = engagement.table("ratings")
    assert ratings[ratings["respondent"] == "A"].groupby("wave")["weight"].first().to_dict() == {
        "1": 1,
        "2": 2,
    }


def test_rows_without_a_name_are_other_people_in_each_wave(taken):
    source = {key: value for key, value in WAVES.items() if key != "respondent"}
    engagement, _ = taken(source, ola_1="q1,q2\n1,2\n", ola_2="q1,q2\n1,2\n")
    assert engagement.table("ratings")["respondent"].nunique() == 2


def test_scores_are_taken_from_the_columns_that_the_source_names(taken):
    source = WAVES | {"scores": {"nps": "r", "ces": "e"}, "unknown": ["ns"]}
    engagement, _ = taken(source, ola_1="id,q1,q2,r,e\nA,1,2,9,\nB,1,2,ns,6\n")
    scores = engagement.table("scores")
    rows = list(scores[["respondent", "wave", "metric", "score"]].itertuples(index=False, name=None))
    assert rows == [("A", "1", "nps", 9), ("B", "1", "ces", 6)]


@pytest.mark.parametrize(
    ("cell", "rule"), [("11", "intake.rule_outside_scale"), ("good", "intake.rule_outcome_number")]
)
def test_a_score_off_its_scale_is_named_by_its_cell(taken, cell, rule):
    with pytest.raises(InputProblems) as raised:
        taken(WAVES | {"scores": {"nps": "r"}}, ola_1=f"id,q1,q2,r\nA,1,2,{cell}\n")
    (problem,) = raised.value.problems
    assert (problem.rule, problem.column, problem.row, problem.value) == (rule, "r", 2, cell)


def test_a_score_whose_wave_is_blank_is_named(taken):
    with pytest.raises(InputProblems) as raised:
        taken(SURVEY | {"wave": "w", "scores": {"nps": "r"}}, survey="id,q1,q2,r,w\nA,1,2,9,\n")
    assert problems(raised) == [("engagement.rule_filled", "survey.csv")]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "none was among the files"), ("es", "no se entregó ninguno")]
)
def test_a_pattern_that_matches_nothing_is_said_in_both_languages(engage, sent, language, said):
    engagement = engage(SURVEY, WAVES, language=language)
    with pytest.raises(InputProblems, match=said) as raised:
        take_in(engagement, [sent("survey.csv", ANSWERS)])
    assert problems(raised) == [("intake.rule_no_wave_file", "ola_*.csv")]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a wave comes in one file"), ("es", "una ola viene en un solo archivo")]
)
def test_two_files_of_one_wave_are_said_in_both_languages(engage, sent, language, said):
    engagement = engage(WAVES, language=language)
    with pytest.raises(InputProblems, match=said) as raised:
        take_in(engagement, [sent("ola_1.csv", ANSWERS), sent("ola_01.csv", ANSWERS)])
    assert problems(raised) == [("intake.rule_wave_twice", "ola_01.csv")]
    assert not (engagement.inputs / "ratings.csv").exists()


def test_two_files_whose_column_says_one_wave_are_refused(taken):
    answers = "id,q1,q2,w\nA,1,2,May\n"
    with pytest.raises(InputProblems) as raised:
        taken(WAVES | {"wave": "w"}, ola_a=answers, ola_b=answers.replace("A", "B"))
    assert problems(raised) == [("intake.rule_wave_twice", "ola_b.csv")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"file": "ola_*_*.csv"}, "at most one star"),
        ({"file": "survey.csv", "scores": {"nps": "r"}}, "scores need their wave"),
    ],
)
def test_settings_that_cannot_be_are_said(engage, more, said):
    with pytest.raises(CxError, match=said):
        engage(SURVEY | more)


# --- names


@pytest.mark.parametrize(
    ("pattern", "name", "part"),
    [
        ("ola_*.csv", "OLA_Enero.CSV", "Enero"),
        ("ola_*.csv", "ola_.csv", None),
        ("ola_*.csv", "ola_1.csv.bak", None),
        ("a.csv", "A.CSV", ""),
        ("a.csv", "abcsv", None),
        ("encuesta é *.csv", "encuesta e\u0301 2.csv", "2"),
    ],
)
def test_a_star_stands_for_at_least_one_letter(pattern, name, part):
    assert star_part(pattern, name) == part
    assert fits(pattern, name) == (part is not None)


def test_names_of_waves_are_compared_and_sorted_as_people_do():
    assert wave_key("Ola_01") == wave_key("ola 1")
    assert sorted(["w10", "w2", "2026-10", "2026-9"], key=wave_order) == ["2026-9", "2026-10", "w2", "w10"]


# --- a file dropped beside the earlier ones


@pytest.fixture
def dropped(engage):
    """An engagement with one wave, taken in and kept."""
    engagement = engage(WAVES)
    raw = engagement.inputs / "raw"
    raw.mkdir()
    (raw / "ola_1.csv").write_text(ANSWERS)
    take_in(engagement, [raw / "ola_1.csv"])
    return engagement


def waves(engagement) -> list[str]:
    return list(engagement.table("ratings")["wave"].unique())


def test_a_dropped_file_is_taken_in_with_the_earlier_ones(dropped):
    (dropped.inputs / "raw" / "ola_2.csv").write_text(ANSWERS)
    lines = renew(dropped)
    assert any("ola_2.csv" in line for line in lines), lines
    assert waves(dropped) == ["1", "2"]


def test_where_nothing_is_new_nothing_is_written_and_it_is_said_how_to_add_a_wave(dropped):
    before = dropped.table_path("ratings").stat().st_mtime_ns
    assert [line for line in renew(dropped) if "ola_*.csv" in line]
    assert dropped.table_path("ratings").stat().st_mtime_ns == before


def test_a_corrected_file_is_taken_in_again(dropped):
    (dropped.inputs / "raw" / "ola_1.csv").write_text(ANSWERS.replace("A,1", "A,5"))
    renew(dropped)
    assert dropped.table("ratings")["emotion"].max() == 2


def test_a_dropped_file_that_does_not_hold_changes_nothing_and_says_why(dropped):
    (dropped.inputs / "raw" / "ola_2.csv").write_text("id,q1\nA,1\n")
    lines = renew(dropped)
    assert "could not be taken in" in lines[0]
    assert "q2" in lines[1]
    assert waves(dropped) == ["1"]


def test_files_of_no_source_are_let_lie(dropped):
    (dropped.inputs / "raw" / "notes.csv").write_text("a\n1\n")
    assert "no new file" in renew(dropped)[0]


def test_one_source_reads_a_survey_and_another_its_waves(engage, sent):
    engagement = engage(SURVEY, WAVES)
    take_in(engagement, [sent("ola_2.csv", ANSWERS), sent("survey.csv", ANSWERS)])
    said = engagement.table("ratings")["wave"]
    assert (int(said.isna().sum()), int(pd.notna(said).sum())) == (4, 4)
    settings = yaml.safe_load((engagement.folder / "engagement.yaml").read_text())
    assert [source["file"] for source in settings["sources"]] == ["survey.csv", "ola_*.csv"]
    assert cxmethod.open(engagement.folder).settings.sources[1].by_wave
