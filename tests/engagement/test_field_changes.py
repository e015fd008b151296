"""Two states of the settings and the decisions."""

from cxmethod.engagement.decisions import Decisions
from cxmethod.engagement.field_changes import decision_changes, setting_changes
from cxmethod.engagement.settings import Settings

SURVEY = {"kind": "survey", "file": "a.csv", "ratings": {"after": {"q1": "desk"}}}


def settings(before, after):
    states = [Settings.model_validate({"client": "Acme", **state}) for state in (before, after)]
    found = setting_changes(*states).astype(object)
    return [
        tuple(None if value != value else value for value in row)
        for row in found.where(found.notna(), None).to_numpy()
    ]


def decisions(before, after):
    found = decision_changes(*(Decisions.model_validate(state) for state in (before, after))).astype(object)
    return [tuple(row) for row in found.where(found.notna(), None).to_numpy()]


def test_equal_settings_say_nothing():
    assert settings({}, {}) == []


def test_a_setting_is_named_by_its_place():
    found = settings({"budget": {"amount": 100}}, {"budget": {"amount": 2500000.5}})
    assert found == [("budget.amount", "100", "2500000.5")]


def test_a_setting_that_was_not_there_has_no_value():
    assert settings({}, {"theme": {"name": "Calm"}}) == [("theme.name", None, "Calm")]


def test_how_files_are_read_is_one_row_without_values():
    assert settings({}, {"sources": [SURVEY]}) == [("sources", None, None)]


def test_the_state_to_compare_with_is_no_part_of_the_state():
    assert settings({}, {"compare_with": "../before"}) == []


def test_a_moment_overruled_is_one_place():
    moment = {"kind": "red", "reason": "It is on every complaint", "author": "Ana", "date": "2026-01-02"}
    found = decisions({}, {"moments": {"a.b": moment}})
    assert found == [("moments.a.b", None, "red · It is on every complaint · Ana · 2026-01-02")]


def test_lists_are_told_whole():
    found = decisions(
        {"opportunities": {"keep": ["a"]}}, {"opportunities": {"keep": ["a", "b"], "drop": ["c"]}}
    )
    assert found == [("opportunities.keep", "a", "a, b"), ("opportunities.drop", None, "c")]
