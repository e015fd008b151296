"""A survey whose scale is not declared, or is declared otherwise than it was answered, is refused once with the mend."""

from __future__ import annotations

from cxmethod.intake import take_in

from .conftest import SURVEY

FIVE = "id,q1,q2\n" + "\n".join(f"{n},{1 + n % 5},{5 - n % 3}" for n in range(40))
TEN = "id,q1,q2\n" + "\n".join(f"{n},{n % 11},{10 - n % 4}" for n in range(40))
UNDECLARED = {key: value for key, value in SURVEY.items() if key != "scale"}


def test_a_survey_without_a_scale_says_what_was_found_and_what_to_declare(engage, sent, refused):
    problems = refused(engage(UNDECLARED), sent("survey.csv", FIVE))
    said = str(problems)
    assert [problem.rule for problem in problems.problems] == ["intake.rule_scale_missing"]
    assert all(
        part in said for part in ("survey.csv", "q1 and q2", "from 1 to 5", "scale: {low: 1, high: 5}")
    )


def test_a_second_survey_of_the_same_curve_must_declare_its_own_scale(engage, sent, refused):
    other = UNDECLARED | {"file": "other.csv", "ratings": {"after": {"q1": "payment"}}}
    problems = refused(engage(SURVEY, other), sent("survey.csv", FIVE), sent("other.csv", TEN))
    assert [(p.file, p.rule) for p in problems.problems] == [("other.csv", "intake.rule_scale_missing")]
    assert "scale: {low: 0, high: 10}" in str(problems)


def test_answers_within_our_own_scale_are_not_guessed_either(engage, sent, refused):
    problems = refused(engage(UNDECLARED), sent("survey.csv", "id,q1,q2\n1,0,1\n2,2,1\n"))
    assert [problem.rule for problem in problems.problems] == ["intake.rule_scale_missing"]


def test_answers_in_words_ask_for_their_meaning(engage, sent, refused):
    problems = refused(engage(UNDECLARED), sent("survey.csv", "id,q1,q2\n1,Good,Bad\n2,Bad,Good\n"))
    assert [problem.rule for problem in problems.problems] == ["intake.rule_scale_unsaid"]
    assert "good and bad" in str(problems)


def test_codes_for_unknown_are_no_part_of_what_was_found(engage, sent, refused):
    problems = refused(engage(UNDECLARED | {"unknown": [99]}), sent("survey.csv", FIVE + "\n77,99,99"))
    assert "from 1 to 5" in str(problems)


def test_a_scale_declared_too_short_is_one_problem_for_the_whole_file(engage, sent, refused):
    problems = refused(engage(SURVEY), sent("survey.csv", TEN))
    assert [(p.rule, p.row) for p in problems.problems] == [("intake.rule_scale_other", 0)]
    assert "scale: {low: 0, high: 10}" in str(problems)


def test_a_few_answers_off_the_scale_are_named_row_by_row(engage, sent, rules):
    assert rules(engage(SURVEY), sent("survey.csv", FIVE + "\n77,8,3")) == [
        ("intake.rule_outside_scale", "q1", 42, "8")
    ]


def test_a_scale_of_which_nobody_used_the_upper_half_is_said(engage, sent):
    declared = SURVEY | {"scale": {"low": 0, "high": 10}}
    codes = {notice.code for notice in take_in(engage(declared), [sent("survey.csv", FIVE)]).notices}
    assert "intake.scale_half_unused" in codes


def test_two_declared_scales_on_one_curve_are_taken_in_and_said(engage, sent):
    ten = SURVEY | {
        "file": "ten.csv",
        "scale": {"low": 0, "high": 10},
        "ratings": {"after": {"q1": "payment"}},
    }
    client = engage(SURVEY, ten)
    taken = take_in(client, [sent("survey.csv", FIVE), sent("ten.csv", TEN)])
    assert "intake.scales_joined" in {notice.code for notice in taken.notices}
    assert any("1–5 and 0–10" in line for line in taken.sentences(client.words))
    assert client.table("ratings")["emotion"].between(-2, 2).all()
