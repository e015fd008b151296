from __future__ import annotations

from cxmethod.intake import take_in
from tests.intake.conftest import LOG, SURVEY

EARLIER = {
    "kind": "survey",
    "file": "earlier.csv",
    "respondent": "code",
    "scale": {"values": {"bad": -2, "good": 2}},
    "ratings": {"before": {"e1": "website"}},
}
STAFF = {
    "kind": "survey",
    "file": "staff.csv",
    "respondent": "who",
    "scale": {"low": 10, "high": 0},
    "ratings": {"internal": {"s1": "website"}},
}


def test_surveys_end_in_the_same_tables(engage, sent):
    engagement = engage(SURVEY, EARLIER, STAFF)
    files = [
        sent("staff.csv", "who,s1\nS1,10\n"),
        sent("earlier.csv", "code,e1\nA,good\nC,bad\n"),
        sent("survey.csv", "id,q1,q2\nA,1,\nB,5,\n"),
    ]
    take_in(engagement, files)
    ratings = engagement.table("ratings")[["respondent", "source", "emotion"]].dropna()
    assert [tuple(row) for row in ratings.itertuples(index=False)] == [
        ("A", "after", -2),
        ("B", "after", 2),
        ("A", "before", 2),
        ("C", "before", -2),
        ("S1", "internal", -2),
    ]
    assert engagement.table("respondents")["respondent"].tolist() == ["A", "B", "C", "S1"]


def test_what_one_file_leaves_blank_another_may_fill(engage, sent):
    engagement = engage({**SURVEY, "persona": "plan"}, {**EARLIER, "persona": "plan"})
    take_in(
        engagement,
        [sent("survey.csv", "id,q1,q2,plan\nA,1,2,\n"), sent("earlier.csv", "code,e1,plan\nA,bad,gold\n")],
    )
    assert engagement.table("respondents")["persona"].tolist() == ["gold"]


def test_files_that_disagree_on_a_person_are_refused(engage, sent, refused):
    extra = {"persona": "plan", "weight": "w", "outcome": {"column": "nps"}}
    error = refused(
        engage({**SURVEY, **extra}, {**EARLIER, **extra}),
        sent("survey.csv", "id,q1,q2,plan,w,nps\nA,1,2,gold,1,9\n"),
        sent("earlier.csv", "code,e1,plan,w,nps\nB,bad,gold,1,9\nA,bad,basic,2,8\n"),
    )
    assert [(p.rule, p.file, p.column, p.row, p.value, p.limits) for p in error.problems] == [
        ("intake.rule_conflict", "earlier.csv", "plan", 3, "basic", {"other": "survey.csv"}),
        ("intake.rule_conflict", "earlier.csv", "w", 3, "2.0", {"other": "survey.csv"}),
        ("intake.rule_conflict", "earlier.csv", "nps", 3, "8.0", {"other": "survey.csv"}),
    ]


def test_files_that_disagree_on_an_attribute_say_so(engage, sent):
    engagement = engage({**SURVEY, "attributes": {"age": "age"}}, {**EARLIER, "attributes": {"age": "age"}})
    files = [sent("survey.csv", "id,q1,q2,age\nA,1,2,41\n"), sent("earlier.csv", "code,e1,age\nA,bad,42\n")]
    intake = take_in(engagement, files)
    assert engagement.table("respondents")["age"].tolist() == ["41"]
    assert any("disagree on age" in line for line in intake.sentences(engagement.words))


def test_one_touchpoint_is_rated_once(engage, sent, refused):
    again = {**EARLIER, "ratings": {"after": {"e1": "website"}}}
    error = refused(
        engage(SURVEY, again),
        sent("survey.csv", "id,q1,q2\nA,1,2\n"),
        sent("earlier.csv", "code,e1\nA,bad\n"),
    )
    assert [(p.rule, p.file, p.column, p.row, p.value) for p in error.problems] == [
        ("intake.rule_rated_twice", "earlier.csv", "code", 2, "A")
    ]


def test_staff_and_customers_who_share_ids_are_said(engage, sent):
    engagement = engage(SURVEY, STAFF)
    intake = take_in(
        engagement, [sent("survey.csv", "id,q1,q2\n1,1,2\n"), sent("staff.csv", "who,s1\n1,5\n")]
    )
    assert any(
        "stands among staff and among customers (1)" in line for line in intake.sentences(engagement.words)
    )


def test_one_file_may_feed_two_sources(engage, sent):
    late = {**SURVEY, "scale": {"low": 0, "high": 10}, "ratings": {"before": {"q3": "website"}}}
    engagement = engage(SURVEY, late)
    intake = take_in(engagement, [sent("survey.csv", "id,q1,q2,q3,q4\nA,1,2,10,x\n")])
    assert engagement.table("ratings")["emotion"].tolist() == [-2, -1, 2]
    assert intake.unused == {"survey.csv": ("q4",)}


def test_event_logs_follow_each_other(engage, sent):
    engagement = engage(LOG, {**LOG, "file": "calls.csv"})
    files = [
        sent("log.csv", "case,step,at\n1,b,2026-01-02\n1,a,2026-01-01\n"),
        sent("calls.csv", "case,step,at\n1,call,2026-01-01\n2,call,2026-01-01\n"),
    ]
    take_in(engagement, files)
    assert engagement.table("events")["touchpoint"].tolist() == ["b", "a", "call", "call"]
    assert engagement.table("journeys")["journey"].tolist() == ["1", "2"]


def test_logs_that_disagree_on_a_journey_are_refused(engage, sent, rules):
    done = {"success": {"reached": "call"}}
    found = rules(
        engage(
            {**LOG, **done},
            {**LOG, **done, "file": "calls.csv"},
            tables={"touchpoints": "touchpoint,name,phase,order\ncall,Call,x,1\n"},
        ),
        sent("log.csv", "case,step,at\n1,b,2026-01-02\n"),
        sent("calls.csv", "case,step,at\n1,call,2026-01-01\n"),
    )
    assert found == [("intake.rule_conflict", "outcome", 2, "success")]
