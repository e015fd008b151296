"""One sentence for each touchpoint, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from cxmethod.engagement import Thresholds
from cxmethod.language import LANGUAGES, Words
from cxmethod.steps.kinds import FEELS, MATTERS
from cxmethod.views.moment_reasons import moment_reasons, reason

ROW: dict[str, Any] = {
    "kind": "red", "computed_kind": "red", "status": "confirmed", "reason": "weighs.badly_mean", "decided_by": "rule", "date": None,
    "written_reason": None, "n": 100, "mean": -0.84, "low": -1.02, "high": -0.66, "negative_share": 0.62, "relative_share": 0.21,
    "equal_share": 0.1, "above_equal_share": 0.97, "stated_importance": 4.4,
}  # fmt: skip


def said(language: str = "en", **values: Any) -> str:
    return reason({**ROW, **values}, Words(language), Thresholds())


def test_a_reason_says_what_it_weighs_and_how_customers_feel():
    assert said() == (
        "It weighs 21.0% of what explains the outcome, and reaches an equal weight (10.0%) in 97% of resamples; "
        "on average customers feel badly there (mean −0.84, between −1.02 and −0.66)."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("matters", MATTERS)
@pytest.mark.parametrize("feels", FEELS)
def test_every_reason_is_one_sentence_in_both_languages(language, matters, feels):
    text = said(language, reason=f"{matters}.{feels}")
    assert text[0].isupper()
    assert text.endswith(".")
    assert "{" not in text


@pytest.mark.parametrize(
    ("clause", "word"),
    [("weighs_unsure", "seems"), ("weighs_unproven", "chance"), ("goes_with", "did not enter")],
)
def test_what_is_only_suspected_sounds_like_it(clause, word):
    assert word in said(reason=f"{clause}.badly_mean")


def test_few_customers_are_indicative():
    assert said(n=29).endswith("With 29 customers this is indicative only.")


def test_hidden_customers_leave_no_number():
    text = said(reason="weighs.unseen", n=4)
    assert text == "Fewer than 5 customers rated it: nothing is shown, to protect them."


def test_a_decision_stands_before_the_rule_with_author_and_date():
    text = said(kind="maintain", decided_by="Ana", date="2026-09-01", written_reason="It closes in May")
    assert text.startswith(
        "Ana decided so in writing on September 1, 2026: “It closes in May.” The rule said “red point”: It weighs"
    )


def test_a_decision_that_agrees_is_told_after_the_rule():
    assert said(decided_by="Ana", date="2026-09-01", written_reason="So they say.").endswith(
        "Ana agrees in writing (September 1, 2026): “So they say.”"
    )


def test_the_table_holds_every_touchpoint_with_its_name(whole):
    made = whole("demo", "es")
    shown = moment_reasons(made.client, made.results["05_moments_of_truth"])
    text = shown.data["text/plain"]
    assert [name for name in made.client.table("touchpoints")["name"] if name not in text] == []


def test_a_persona_without_moments_is_said(whole):
    made = whole("demo", "en")
    shown = moment_reasons(made.client, made.results["05_moments_of_truth"], persona="nobody")
    assert "too few" in shown.data["text/plain"]
