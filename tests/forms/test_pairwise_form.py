"""Criteria compared in pairs: answers are on file at once, and what follows from them is told."""

from __future__ import annotations

from cxmethod.forms.pairwise_form import PairwiseView, compare_criteria

CRITERIA = "criterion,weight,direction\nfit,1,benefit\nrelief,1,benefit\nrisk,1,cost"


def test_the_weights_and_the_ratio_follow_the_answers(engagement):
    client = engagement(criteria=CRITERIA)
    view = PairwiseView(client)
    first, second, third = view.choices.controls.values()
    first.value, second.value = 2.0, 5.0
    assert "not complete" in view.follows.value
    third.value = 2.0
    assert client.decisions.opportunities.pairwise == {
        "fit": {"relief": 2.0, "risk": 5.0},
        "relief": {"risk": 2.0},
    }
    assert "Consistency ratio: 0.00" in view.follows.value or "agree well enough" in view.follows.value


def test_answers_in_a_circle_name_the_pair_to_look_at_again(engagement):
    view = PairwiseView(engagement(criteria=CRITERIA))
    for control, answer in zip(view.choices.controls.values(), (3.0, 1 / 9, 3.0), strict=True):
        control.value = answer
    assert "contradict each other" in view.follows.value


def test_an_answer_is_taken_back_and_a_new_form_shows_what_is_on_file(engagement):
    client = engagement(criteria=CRITERIA)
    first = next(iter(PairwiseView(client).choices.controls.values()))
    first.value = 1 / 3
    assert next(iter(PairwiseView(client).choices.controls.values())).value == 1 / 3
    first.value = 0.0
    assert client.decisions.opportunities.pairwise == {}


def test_the_static_form_says_what_was_compared(engagement):
    assert "No criteria have been compared" in str(compare_criteria(engagement(criteria=CRITERIA)))
