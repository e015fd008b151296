from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.intake import take_in
from tests.intake.conftest import SURVEY, TOUCHPOINTS

PERSONAS = "persona,name,evidence\ngold,Gold,assumed\nbasic,Basic,assumed\n"


@pytest.fixture
def taken(engage, sent):
    """Take one survey in, and give the engagement and the intake."""

    def make(text, name="survey.csv", tables=None, **source):
        engagement = engage({**SURVEY, "file": name, **source}, tables=tables)
        return engagement, take_in(engagement, [sent(name, text)])

    return make


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_wide_becomes_long(taken):
    engagement, _ = taken("id,q1,q2\nA,1,5\nB,3,4\n")
    assert rows(engagement.table("ratings"), "respondent", "touchpoint", "source", "emotion") == [
        ("A", "website", "after", -2),
        ("A", "booking", "after", 2),
        ("B", "website", "after", 0),
        ("B", "booking", "after", 1),
    ]


def test_blank_and_unknown_stay_blank_and_are_counted(taken):
    engagement, intake = taken("id,q1,q2\nA,,9\nB,9.0,4\nC, ,\n", unknown=[9])
    ratings = engagement.table("ratings")
    assert len(ratings) == 6
    assert rows(ratings.dropna(subset=["emotion"]), "respondent", "touchpoint") == [("B", "booking")]
    assert (intake.blanks, intake.unknown) == (3, 2)


def test_a_respondent_without_a_rating_is_still_a_respondent(taken):
    engagement, _ = taken("id,q1,q2\nA,,\nB,1,1\n")
    assert engagement.table("respondents")["respondent"].tolist() == ["A", "B"]


def test_a_survey_of_blanks_rates_nothing(taken):
    engagement, intake = taken("id,q1,q2\nA,,\n")
    assert engagement.table("ratings")["emotion"].isna().all()
    assert intake.blanks == 2


def test_views_stand_apart(taken):
    engagement, _ = taken("id,e,q\nA,1,5\n", ratings={"before": {"e": "website"}, "after": {"q": "website"}})
    assert rows(engagement.table("ratings"), "source", "emotion") == [("before", -2), ("after", 2)]


def test_importance_stands_beside_the_after_rating(taken):
    engagement, _ = taken(
        "id,e,q,i\nA,1,5,4\n",
        ratings={"before": {"e": "website"}, "after": {"q": "website"}},
        importance={"i": "website"},
    )
    ratings = engagement.table("ratings")
    assert rows(ratings.assign(importance=ratings["importance"].fillna(-1)), "source", "importance") == [
        ("before", -1),
        ("after", 4),
    ]


def test_importance_stands_without_an_emotion(taken):
    engagement, intake = taken("id,q1,q2,i\nA,,1,4\nB,,1,\n", importance={"i": "website"})
    ratings = engagement.table("ratings")
    known = ratings[ratings["touchpoint"] == "website"].dropna(subset=["importance"])
    assert rows(known.assign(emotion=known["emotion"].isna()), "respondent", "emotion", "importance") == [
        ("A", True, 4)
    ]
    assert intake.blanks == 2


def test_importance_stands_beside_the_only_view_of_a_staff_survey(taken):
    engagement, _ = taken(
        "id,q,i\nA,1,4\n", ratings={"internal": {"q": "website"}}, importance={"i": "website"}
    )
    assert rows(engagement.table("ratings"), "source", "importance") == [("internal", 4)]


def test_a_survey_that_asks_for_no_ratings_touches_none(taken):
    _, intake = taken("id,nps\nA,9\n", ratings={}, outcome={"column": "nps"})
    assert intake.tables == {"respondents": 1, "outcomes": 1}


def test_decimal_commas_in_semicolon_files(taken):
    engagement, _ = taken("id;q1;q2;peso\nA;1,5;5;0,5\n", weight="peso")
    assert engagement.table("ratings")["emotion"].tolist() == [-1.5, 2]
    assert engagement.table("respondents")["weight"].tolist() == [0.5]


def test_decimal_commas_elsewhere_are_not_guessed(engage, sent, rules):
    found = rules(engage(SURVEY), sent("survey.csv", 'id,q1,q2\nA,"3,5",2\n'))
    assert found == [("intake.rule_outside_scale", "q1", 2, "3,5")]


def test_columns_are_found_without_case_and_accents(taken):
    engagement, _ = taken(
        "ID;¿Opinión del sitio?;Q2\nA;1;2\n",
        ratings={"after": {"¿opinion DEL sitio?": "website", "q2": "booking"}},
    )
    assert len(engagement.table("ratings")) == 2


def test_the_exact_heading_wins(taken):
    engagement, _ = taken("id,Q1,q1,q2\nA,1,5,5\n")
    assert engagement.table("ratings")["emotion"].tolist() == [2, 2]


def test_rows_name_respondents_whom_the_client_does_not(taken):
    engagement, _ = taken("q1,q2\n1,2\n\n3,4\n", respondent=None)
    assert engagement.table("respondents")["respondent"].tolist() == ["survey.csv-2", "survey.csv-4"]


def test_ids_keep_their_zeros_and_na_is_an_id(taken):
    engagement, _ = taken("id,q1,q2\n007,1,2\nNA,1,2\nnull,1,2\n")
    assert engagement.table("respondents")["respondent"].tolist() == ["007", "NA", "null"]


def test_whole_numbers_from_parquet_are_ids_without_a_point(engage, tmp_path):
    engagement = engage({**SURVEY, "file": "survey.parquet"})
    path = tmp_path / "survey.parquet"
    pd.DataFrame({"id": [1.0, 2.0], "q1": [1, None], "q2": [5, 4]}).to_parquet(path)
    intake = take_in(engagement, [path])
    assert engagement.table("respondents")["respondent"].tolist() == ["1", "2"]
    assert (intake.blanks, int(engagement.table("ratings")["emotion"].notna().sum())) == (1, 3)


def test_persona_weight_and_wave_stand_in_ratings_too(taken):
    engagement, _ = taken(
        "id,q1,q2,plan,w,month\nA,1,,gold,2,jan\n",
        persona="plan",
        weight="w",
        wave="month",
        tables={"touchpoints": TOUCHPOINTS},
    )
    rated = engagement.table("ratings").dropna(subset=["emotion"])
    assert rows(rated, "persona", "weight", "wave") == [("gold", 2, "jan")]
    assert rows(engagement.table("respondents"), "persona", "weight") == [("gold", 2)]


def test_a_respondent_may_answer_in_several_waves(taken):
    engagement, _ = taken("id,q1,q2,month\nA,1,2,jan\nA,2,3,feb\n", wave="month")
    assert len(engagement.table("respondents")) == 1
    assert len(engagement.table("ratings")) == 4


def test_attributes_are_carried_under_their_names(taken):
    engagement, intake = taken("id,q1,q2,edad,ciudad\nA,1,2,41,Bogotá\n", attributes={"edad": "age"})
    respondents = engagement.table("respondents")
    assert respondents["age"].tolist() == ["41"]
    assert "ciudad" not in respondents
    assert intake.unused == {"survey.csv": ("ciudad",)}


def test_numeric_outcomes(taken):
    engagement, _ = taken("id,q1,q2,nps\nA,1,2,10\nB,1,2,0\n", outcome={"column": "nps"})
    assert engagement.table("outcomes")["outcome"].tolist() == [10, 0]


def test_named_outcomes(taken):
    text = "id,q1,q2,end\nA,1,2,Satisfecho\nB,1,2,insatisfecho\nC,1,2,SATISFECHO\nD,1,2,\n"
    engagement, intake = taken(text, outcome={"column": "end", "success": "satisfecho"})
    assert rows(engagement.table("outcomes"), "respondent", "outcome") == [("A", 1), ("B", 0), ("C", 1)]
    assert any("1 respondent has no outcome" in line for line in intake.sentences(engagement.words))


def test_number_codes_of_the_ratings_do_not_reach_the_outcome(taken):
    text = "id,q1,q2,nps\nA,9,2,9\nB,1,9,0\n"
    engagement, intake = taken(text, unknown=[9], outcome={"column": "nps"})
    assert engagement.table("outcomes")["outcome"].tolist() == [9, 0]
    assert any("1 outcome in 'nps' equals a code" in line for line in intake.sentences(engagement.words))


def test_text_codes_reach_the_outcome(taken):
    engagement, _ = taken("id,q1,q2,nps\nA,ns,2,NS\nB,1,2,7\n", unknown=["ns"], outcome={"column": "nps"})
    assert rows(engagement.table("outcomes"), "respondent", "outcome") == [("B", 7)]


def test_without_a_touchpoints_table_any_touchpoint_goes(taken):
    engagement, _ = taken("id,q1,q2\nA,1,2\n", tables={})
    assert engagement.table("ratings")["touchpoint"].tolist() == ["website", "booking"]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("id,q1,q2\nA,6,2\n", {}, [("intake.rule_outside_scale", "q1", 2, "6")]),
        ("id,q1,q2\nA,1,2\nB,good,0\n", {},
         [("intake.rule_outside_scale", "q1", 3, "good"), ("intake.rule_outside_scale", "q2", 3, "0")]),
        ("id,q1,q2\nA,NA,2\n", {}, [("intake.rule_outside_scale", "q1", 2, "NA")]),
        ("id,q1,q2\nA,Malo,2\n", {"scale": {"values": {"1": -2, "2": 2}}}, [("intake.rule_answer", "q1", 2, "Malo")]),
        ("id,q1\nA,1\n", {}, [("intake.rule_column_missing", "q2", 0, "")]),
        ("id,q1,q2,Plaan\nA,1,2,gold\n", {"attributes": {"plan": "plan"}}, [("intake.rule_column_near", "plan", 0, "")]),
        ("id,q1,zzz\nA,1,2\n", {"attributes": {"colour": "colour"}},
         [("intake.rule_column_missing", "q2", 0, ""), ("intake.rule_column_missing", "colour", 0, "")]),
        ("q1,q2\n1,1\n", {}, [("intake.rule_column_missing", "id", 0, "")]),
        ("id,q1,q1,q2\nA,1,1,1\n", {}, [("intake.rule_heading_twice", "q1", 0, "")]),
        ("id,q1,q2\nA,1,1\nA,2,2\n", {}, [("intake.rule_respondent_twice", "id", 3, "A")]),
        ("id,q1,q2\n,1,1\n", {}, [("engagement.rule_filled", "id", 2, "")]),
        ("id,q1,q2\nA,1,1\n", {"ratings": {"after": {"q1": "website", "q2": "web"}}},
         [("intake.rule_touchpoint", "q2", 0, "")]),
        ("id,q1,q2\nA,1,1\n", {"ratings": {"after": {"q1": "website", "q2": "website"}}},
         [("intake.rule_touchpoint_twice", "q2", 0, "")]),
        ("id,q1,q2,i\nA,1,1,6\n", {"importance": {"i": "website"}}, [("intake.rule_outside_scale", "i", 2, "6")]),
        ("id,q1,q2,w\nA,1,1,-1\nB,1,1,heavy\nC,1,1,\n", {"weight": "w"},
         [("intake.rule_weight_blank", "w", 4, ""), ("intake.rule_weight", "w", 2, "-1"), ("intake.rule_weight", "w", 3, "heavy")]),
        ("id,q1,q2,end\nA,1,1,good\n", {"outcome": {"column": "end"}}, [("intake.rule_outcome_number", "end", 2, "good")]),
        ("id,q1,q2,end\nA,1,1,good\n", {"outcome": {"column": "end", "success": "godo"}},
         [("intake.rule_success_absent", "end", 0, "")]),
        ("id,q1,q2,p\nA,1,1,x\n", {"attributes": {"p": "Peso"}}, [("intake.rule_attribute_taken", "p", 0, "")]),
        ("id,q1,q2\nA,1,1\n", {"scale": {"values": {"1": -2, "1.0": 2}}}, [("intake.rule_answer_twice", "", 0, "")]),
        ("id,q1,q2,plan\nA,1,1,silver\n", {"persona": "plan"}, [("engagement.rule_reference", "plan", 2, "silver")]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_named(engage, sent, rules, text, source, expected):
    tables = {"touchpoints": TOUCHPOINTS, "personas": PERSONAS}
    engagement = engage({**SURVEY, **source}, tables=tables)
    assert rules(engagement, sent("survey.csv", text)) == expected


def test_segments_by_value_need_no_persona_cards(engage, sent):
    tables = {"touchpoints": TOUCHPOINTS, "personas": PERSONAS}
    engagement = engage({**SURVEY, "persona": "plan"}, tables=tables, persona={"column": "persona"})
    take_in(engagement, [sent("survey.csv", "id,q1,q2,plan\nA,1,1,silver\n")])
    assert engagement.table("respondents")["persona"].tolist() == ["silver"]
