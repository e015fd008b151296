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
    assert "How many weeks are available?" in section(html, "open")


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
        "Can you send us the following, and who would do it: ratings by customers?"
    ]
    assert "Events from your systems" not in section(brief(client), "needed")


def test_the_objective_stands_in_the_words_of_the_client(engagement):
    html = brief(engagement(settings={"objective_text": "Fewer <queues>"}))
    assert "<blockquote>Fewer &lt;queues&gt;</blockquote>" in html


def test_costs_are_said_only_where_the_price_of_a_day_is(engagement):
    assert "daily rate" not in brief(engagement(touchpoints=NAMES))
    with_rate = engagement(touchpoints=NAMES, settings={"currency": "USD", "scope": {"day_rate": 500}})
    assert "USD\xa05,000 to USD\xa010,000" in section(brief(with_rate), "method")


def test_what_was_decided_to_stay_out_is_named(engagement):
    cut = {"scope": {"cut": {"touchpoints": ["website", "desk"]}}}
    html = brief(engagement(touchpoints=NAMES, decisions=cut))
    assert "One touchpoint, for now: &lt;b&gt;Bill&lt;/b&gt;." in section(html, "outside")
    assert "2 of 3 touchpoints stay, as decided." in section(html, "covers")


def test_the_method_that_was_chosen_against_the_ranking_is_told_apart_from_the_first(engagement):
    html = brief(engagement(touchpoints=NAMES, decisions={"plan": {"method": "mystery_shopping"}}))
    assert "How: Mystery shopping" in html
    assert "By our criteria it has more in its favour; we decided otherwise." in section(html, "method")


PERSONAS = "persona,name,share,evidence\na,Ana,0.5,assumed\nb,Bo,0.5,assumed"
RETAIN = {"objective": "retain", "objective_text": "Keep them"}
AGAINST = [
    (
        "en",
        {"study_budget": 1_000_000, "day_rate": 900_000},
        "9,000,000 at the agreed daily rate; the study budget is 1,000,000.",
        "Either you raise the study budget to 9,000,000, or we set a smaller goal",
    ),
    (
        "es",
        {"study_budget": 1_000_000, "day_rate": 900_000},
        "9.000.000 al valor acordado del día; el presupuesto del estudio es de 1.000.000.",
        "O ustedes suben el presupuesto del estudio a 9.000.000, o nos ponemos una meta menor",
    ),
    (
        "en",
        {"weeks": 2},
        "the method needs at least 4 weeks; the agreement is for 2 weeks.",
        "Either you allow 4 weeks, or we set a smaller goal",
    ),
    (
        "es",
        {"weeks": 2},
        "el método necesita al menos 4 semanas; se acordó un plazo de 2 semanas.",
        "O ustedes dan 4 semanas, o nos ponemos una meta menor",
    ),
    (
        "en",
        {"weeks": 1, "interviewable_customers": 3},
        "at least 12 have to be interviewed; 3 can be called.",
        "Either you allow 4 weeks and find at least 12 customers to interview, or",
    ),
    (
        "es",
        {"weeks": 1, "interviewable_customers": 3},
        "hay que entrevistar al menos a 12; se puede llamar a 3.",
        "O ustedes dan 4 semanas y consiguen al menos 12 clientes para entrevistar, o",
    ),
]


@pytest.mark.parametrize(("language", "scoping", "short", "choice"), AGAINST)
def test_the_client_is_told_what_does_not_fit_and_what_would(engagement, language, scoping, short, choice):
    client = engagement(
        touchpoints=NAMES,
        settings=RETAIN | {"scope": scoping},
        decisions={"plan": {"method": "customer_journey_map"}},
        language=language,
    )
    told = section(brief(client), "misfit")
    assert short in told
    assert choice in told


def test_another_method_that_fits_is_named(engagement):
    html = brief(engagement(touchpoints=NAMES, settings=RETAIN | {"scope": {"interviewable_customers": 13}}))
    assert section(html, "misfit") == ""
    few = engagement(
        touchpoints=NAMES,
        settings=RETAIN | {"scope": {"interviewable_customers": 11}},
        decisions={"plan": {"method": "customer_journey_map"}},
    )
    assert "or we choose Voice-of-customer survey, which fits" in section(brief(few), "misfit")


def test_interviews_that_take_more_weeks_than_the_method_say_how_many_personas_fit(engagement):
    scoping = {"weeks": 4, "interviews_a_week": 3}
    client = engagement(
        touchpoints=NAMES,
        personas=PERSONAS,
        settings=RETAIN | {"scope": scoping},
        decisions={"plan": {"method": "customer_journey_map"}},
    )
    told = section(brief(client), "misfit")
    assert "the 12 interviews it takes need at least 7 weeks; the agreement is for 4 weeks." in told
    assert "we can hear one kind of customer, the largest." in told
    assert "That covers 50% of the customers." in told


def test_where_all_fits_nothing_speaks_against(engagement):
    scoping = {"weeks": 8, "interviewable_customers": 20, "study_budget": 10, "day_rate": 1}
    html = brief(engagement(touchpoints=NAMES, settings=RETAIN | {"scope": scoping}))
    assert section(html, "misfit") == ""
    assert "The study budget is 10." in section(html, "method")


def test_customers_are_asked_for_in_the_number_that_is_needed_or_not_at_all(engagement):
    few = {"scope": {"interviewable_customers": 3}}

    def asked_for(method):
        client = engagement(touchpoints=NAMES, settings=few, decisions={"plan": {"method": method}})
        return section(brief(client), "needed")

    assert "At least 12 names" in asked_for("customer_journey_map")
    assert "names with phone" not in asked_for("service_blueprint")


@pytest.mark.parametrize(
    ("language", "method", "weeks", "said"),
    [
        ("en", "customer_journey_map", 1, "One week is too short for the four stages"),
        ("es", "customer_journey_map", 2, "2 semanas no alcanzan para las cuatro etapas"),
        ("en", "empathy_map", 1, "follow one another within days of the same week"),
        ("es", "empathy_map", 2, "en cuestión de días, en 2 semanas"),
    ],
)
def test_weeks_that_cannot_hold_the_stages_get_no_calendar(engagement, language, method, weeks, said):
    client = engagement(
        touchpoints=NAMES,
        settings={"date": "2026-10-05", "scope": {"weeks": weeks}},
        decisions={"plan": {"method": method}},
        language=language,
    )
    html = brief(client)
    assert said in section(html, "weeks")
    assert "<table>" not in section(html, "weeks")
    assert {"en": "from you before we begin", "es": "de ustedes antes de empezar"}[language] in html


@pytest.mark.parametrize(
    ("language", "weeks", "objective"),
    [
        ("en", "8 weeks, the usual length", "The objective is redesigning the experience; you have not yet"),
        ("es", "8 semanas, lo usual", "El objetivo es rediseñar la experiencia; ustedes todavía no"),
    ],
)
def test_the_default_objective_and_the_usual_weeks_are_called_assumptions(
    engagement, language, weeks, objective
):
    html = brief(engagement(touchpoints=NAMES, language=language))
    assert weeks in html
    assert objective in section(html, "assumed")
    told = engagement(touchpoints=NAMES, language=language, settings={"objective_text": "Keep them"})
    assert objective not in brief(told)


@pytest.mark.parametrize(
    ("language", "touchpoints", "sentence"),
    [
        ("en", None, "Without touchpoints the map has no size yet."),
        ("es", None, "Sin puntos de contacto, el mapa todavía no tiene tamaño."),
        ("en", "name\nDesk", "The map would have 3 cells."),
        ("es", "name\nDesk", "El mapa tendría 3 celdas."),
    ],
)
def test_a_map_without_touchpoints_has_no_cells(engagement, language, touchpoints, sentence):
    client = engagement(touchpoints=touchpoints, language=language)
    text = views.summary(client, compute(client, "00_scope")).data["text/plain"]
    assert text.startswith(sentence)


@pytest.mark.parametrize(("language", "title"), [("en", "has 1 cell to fill"), ("es", "tiene 1 celda por")])
def test_one_cell_is_said_in_the_singular(engagement, language, title):
    ratings = "respondent,touchpoint,source,emotion\nc1,desk,after,1"
    client = engagement(touchpoints="name\nDesk", ratings=ratings, language=language)
    shown = views.explosion(client, compute(client, "00_scope"))
    assert title in str(shown._repr_mimebundle_())
