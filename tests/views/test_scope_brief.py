"""The brief says what is agreed, asks what is not, and promises nothing that nobody said."""

from __future__ import annotations

import re

import pytest

from cxmethod import views
from cxmethod.language import LANGUAGES
from cxmethod.steps import compute

from .clients import CLIENTS
from .scope_clients import SCOPES

UNSAID = re.compile(r"[{}]|\bnan\b|<NA>|\bNone\b")
NAMES = "name\nWebsite\nDesk\n<b>Bill</b>"


def brief(client) -> str:
    return str(views.scope_brief(client, compute(client, "00_scope")).data["text/html"])


def section(html: str, name: str) -> str:
    found = re.search(rf'<section class="cx-brief-{name}">(.*?)</section>', html)
    return found[1] if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["nothing", "no ratings", "crowded", *SCOPES])
def test_every_client_gets_a_brief_without_holes(engagement, name, language):
    html = brief(engagement(**(CLIENTS | SCOPES)[name] | {"language": language}))
    assert UNSAID.search(html) is None
    assert "—" not in re.sub(r"<h1>.*?</h1>", "", html)
    assert html.count("<section") >= 7


def test_a_list_of_names_and_a_date_are_enough(engagement):
    html = brief(engagement(touchpoints=NAMES, settings={"date": "2026-10-05"}))
    assert "Begins on October 5, 2026" in html
    assert "Website, Desk, and &lt;b&gt;Bill&lt;/b&gt;" in section(html, "covers")
    assert "Oct 5 to Oct 16" in section(html, "weeks")
    assert "How many weeks are there?" in section(html, "open")


def test_what_is_agreed_is_not_asked_again(engagement):
    scoping = {
        "weeks": 6,
        "interviewable_customers": 12,
        "population": 9,
        "study_budget": 5,
        "data": {"events": False},
    }
    client = engagement(
        touchpoints=NAMES,
        settings={"objective_text": "“Keep them”", "scope": scoping, "outcome": {"name": "NPS"}},
    )
    asked = section(brief(client), "open")
    assert re.findall(r"<li>(.*?)</li>", asked) == [
        "Can you send these, and who would: ratings by customers?"
    ]
    assert "Events from your systems" not in section(brief(client), "needed")


def test_the_objective_stands_in_the_words_of_the_client(engagement):
    html = brief(engagement(settings={"objective_text": "Fewer <queues>"}))
    assert "<blockquote>Fewer &lt;queues&gt;</blockquote>" in html


def test_costs_are_said_only_where_the_price_of_a_day_is(engagement):
    assert "price of a day" not in brief(engagement(touchpoints=NAMES))
    with_rate = engagement(touchpoints=NAMES, settings={"currency": "USD", "scope": {"day_rate": 500}})
    assert "USD\xa05,000 to USD\xa010,000" in section(brief(with_rate), "method")


def test_what_was_decided_to_stay_out_is_named(engagement):
    cut = {"scope": {"cut": {"touchpoints": ["website", "desk"]}}}
    html = brief(engagement(touchpoints=NAMES, decisions=cut))
    assert "One touchpoint, for now: &lt;b&gt;Bill&lt;/b&gt;." in section(html, "outside")
    assert "Of 3 touchpoints 2 stay, as decided." in section(html, "covers")


def test_the_method_that_was_chosen_against_the_ranking_is_told_apart_from_the_first(engagement):
    html = brief(engagement(touchpoints=NAMES, decisions={"plan": {"method": "mystery_shopping"}}))
    assert "How: Mystery shopping" in html
    assert "More speaks for it by the table; we decided otherwise." in section(html, "method")
