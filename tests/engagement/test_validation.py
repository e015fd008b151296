from __future__ import annotations

import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import TABLES, InputProblems
from cxmethod.engagement.validation import empty

RATINGS = "respondent,touchpoint,source,emotion\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("ratings.csv", "", [("rule_empty_file", "", 0, "")]),
        ("ratings.csv", b"\x00\x01", [("rule_not_text", "", 0, "")]),
        ("ratings.csv", RATINGS + "A,website,after,1,1\n", [("rule_row_width", "*", 2, "5")]),
        ("ratings.csv", "source,touchpoint,respondent,Fuente\nafter,website,A,after\n", [("rule_heading_twice", "Fuente", 0, "")]),
        ("ratings.csv", "touchpoint,source\nwebsite,after\n", [("rule_column_missing", "respondent", 0, "")]),
        ("ratings.csv", RATINGS + ",website,after,1\n", [("rule_filled", "respondent", 2, "")]),
        ("ratings.csv", RATINGS + "A,website,,1\n", [("rule_filled", "source", 2, "")]),
        ("ratings.csv", RATINGS + "A,website,after,x\n", [("rule_range", "emotion", 2, "x")]),
        ("ratings.csv", RATINGS + "A,website,after,2.01\n", [("rule_range", "emotion", 2, "2.01")]),
        ("ratings.csv", RATINGS + "A,website,soon,1\n", [("rule_allowed", "source", 2, "soon")]),
        ("ratings.csv", RATINGS + "A,web,after,1\n", [("rule_reference", "touchpoint", 2, "web")]),
        ("ratings.csv", RATINGS + "A,website,after,1\n" * 2, [("rule_unique", "respondent", 3, "A")]),
        ("ratings.csv", "respondent,touchpoint,source,importance\nA,website,after,0\n", [("rule_range", "importance", 2, "0")]),
        ("ratings.csv", "respondent,touchpoint,source,date\nA,website,after,soon\n", [("rule_date", "date", 2, "soon")]),
        ("events.csv", "journey,touchpoint,timestamp\n1,website,soon\n", [("rule_time", "timestamp", 2, "soon")]),
        ("events.csv", "journey,touchpoint,timestamp\n,website,\n", [("rule_filled", "journey", 2, "")]),
        ("phases.csv", "phase,name,order,question,stage\nsearch,S,x,discover,pre\n", [("rule_number", "order", 2, "x")]),
        ("phases.csv", "phase,name,order,question,stage\nsearch,S,,discover,pre\n", [("rule_filled", "order", 2, "")]),
        ("owners.csv", "owner,budget\nAna,-1\n", [("rule_at_least", "budget", 2, "-1")]),
        ("owners.csv", "owner,budget\nAna,much\n", [("rule_at_least", "budget", 2, "much")]),
        ("personas.csv", "persona,name,share,evidence\na,A,1.2,assumed\n", [("rule_range", "share", 2, "1.2")]),
        ("initiatives.csv", "initiative,name,score_cost\ni,I,6\n", [("rule_range", "score_cost", 2, "6")]),
        ("initiatives.csv", "initiative,name,excludes\ni,I,i; j ;\n", [("rule_reference", "excludes", 2, "j")]),
        ("touchpoints.csv", "touchpoint,name,phase,order,business_critical\nw,W,search,1,maybe\n",
         [("rule_flag", "business_critical", 2, "maybe")]),
        ("touchpoints.csv", "touchpoint,name,phase,order,addresses\nw,W,search,1,m1\n", []),
        ("touchpoints.csv", "touchpoint,name,phase,order\na > b,a > b; c,search,1\na;b,W,search,1\n",
         [("rule_parting", "touchpoint", 2, "a > b"), ("rule_parting", "touchpoint", 3, "a;b")]),
        ("initiatives.csv", "initiative,name\ni > j,I\ni;j,I\n", [("rule_parting", "initiative", 3, "i;j")]),
    ],
)  # fmt: skip
def test_each_rule(found, name, content, expected):
    assert found(name, content) == expected


PROCESS_EVENTS = "process,case,activity,start,end\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("process_events.csv", PROCESS_EVENTS + "p,1,a,2026-01-01T12:00,2026-01-01T10:00\n",
         [("rule_later", "start", 2, "2026-01-01T12:00")]),
        ("process_events.csv", PROCESS_EVENTS + "p,1,a,2026-01-01T12:00,2026-01-01T12:00\np,1,b,,2026-01-01T12:00\n", []),
        ("process_events.csv", PROCESS_EVENTS + "p,1,a,2026-01-01T12:00,2026-01-01T12:30-05:00\n",
         [("rule_zone_other", "start", 2, "2026-01-01T12:00")]),
        ("events.csv", "journey,touchpoint,timestamp\n1,website,2026-01-01T10:00-05:00\n1,website,2026-01-01T11:00\n"
         "1,website,2026-01-01\n", [("rule_zone", "timestamp", 3, "2026-01-01T11:00")]),
        ("events.csv", "journey,touchpoint,timestamp\n1,website,2026-01-01T10:00:00.5-05:00\n1,website,20260101T1100Z\n"
         "1,website,\n", []),
    ],
)  # fmt: skip
def test_times_that_cannot_stand_side_by_side_are_refused(found, name, content, expected):
    assert found(name, content) == expected


def test_rows_are_numbered_as_a_spreadsheet_does(found):
    content = RATINGS + 'A,website,after,1\n\n"B\nB",website,after,9\n,,,\nC,website,after,8\n'
    assert [row for _, _, row, _ in found("ratings.csv", content)] == [4, 6]


def test_a_cell_that_breaks_two_rules_is_named_once(found):
    assert len(found("phases.csv", "phase,name,order,question,stage\nsearch,S,x,discover,pre\n")) == 1


def test_everything_wrong_comes_at_once(engage):
    engagement = engage({"ratings.csv": RATINGS + "A,web,later,9\n", "owners.csv": "owner,budget\n,x\n"})
    assert {(problem.file, problem.column) for problem in engagement.problems()} == {
        ("ratings.csv", "touchpoint"),
        ("ratings.csv", "source"),
        ("ratings.csv", "emotion"),
        ("owners.csv", "owner"),
        ("owners.csv", "budget"),
    }


def test_a_reference_to_a_table_that_is_not_there_is_not_wrong(found):
    assert found("ratings.csv", "respondent,touchpoint,source,persona\nA,website,after,gold\n") == []


def test_a_reference_to_personas_that_are_values_of_a_column_is_not_wrong(folder):
    inputs = {
        "personas.csv": "persona,name,evidence\nx,X,assumed\n",
        "respondents.csv": "respondent,persona\nA,gold\n",
    }
    engagement = cxmethod.open(folder(inputs, "client: A\npersona: {column: plan}\n"))
    assert engagement.problems() == []


def test_the_same_rating_in_another_wave_is_another_rating(found):
    content = "respondent,touchpoint,source,wave\nA,website,after,1\nA,website,after,2\n"
    assert found("ratings.csv", content) == []


def test_headings_alone_are_an_empty_table(engage):
    assert engage({"ratings.csv": RATINGS}).table("ratings").empty


def test_wrong_headings_alone_are_named(found):
    assert [rule for rule, *_ in found("ratings.csv", "foo,bar\n")] == ["rule_column_missing"] * 3


@pytest.mark.parametrize("name", sorted(TABLES))
def test_an_empty_table_has_every_column(name):
    frame = empty(TABLES[name])
    assert frame.empty
    assert list(frame) == [column.name for column in TABLES[name].columns]


def test_a_table_has_every_column_in_its_kind(engage):
    ratings = engage({"ratings.csv": "Encuestado;touchpoint;fuente\nA;website;Después\n"}).table("ratings")
    assert {column.name for column in TABLES["ratings"].columns} <= set(ratings)
    assert ratings["emotion"].dtype == "float64"
    assert ratings["source"].tolist() == ["after"]
    assert ratings.index.tolist() == [0]
    assert pd.api.types.is_datetime64_any_dtype(ratings["date"])


def test_what_does_not_hold_is_not_given_out(engage):
    with pytest.raises(InputProblems):
        engage({"ratings.csv": RATINGS + "A,website,after,9\n"}).table("ratings")
