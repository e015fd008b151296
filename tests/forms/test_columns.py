"""What a form's columns are called and what may be chosen in them."""

import pytest

from cxmethod.engagement import TABLES, Engagement
from cxmethod.forms.columns import FormColumn, form_columns
from cxmethod.forms.table_file import load
from cxmethod.forms.wording import heading, title
from cxmethod.language import Words
from tests.forms.conftest import PERSONAS, PHASES, SPANISH_TOUCHPOINTS, TOUCHPOINTS, Engage


def column(client: Engagement, table: str, name: str) -> FormColumn:
    return form_columns(client, load(client, table), (name,))[0]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_table_and_column_has_a_heading_in_prose(language: str) -> None:
    words = Words(language)
    for table in TABLES.values():
        said = [title(table.name, words), *(heading(column.name, table, words) for column in table.columns)]
        assert all(text and "_" not in text for text in said)


def test_spanish_headings_carry_their_accents() -> None:
    table, words = TABLES["touchpoints"], Words("es")
    assert heading("business_critical", table, words) == "Crítico para el negocio"
    assert heading("bond", table, words) == "Vínculo"


def test_codes_are_chosen_in_words_and_written_as_codes(client: Engagement) -> None:
    choices = dict(column(client, "phases", "stage").choices)
    assert choices["before the service"] == "pre"


def test_a_code_written_in_spanish_is_shown_as_its_choice(client: Engagement) -> None:
    initiator = column(client, "touchpoints", "initiator")
    assert (initiator.shown("Cliente"), initiator.said("Cliente")) == ("customer", "customer")


def test_an_unknown_code_is_shown_as_it_is(client: Engagement) -> None:
    assert column(client, "phases", "stage").shown("someday") == "someday"


def test_references_are_chosen_by_name(client: Engagement) -> None:
    assert column(client, "touchpoints", "phase").choices == (("Search", "search"), ("Visit", "visit"))


def test_two_rows_of_one_name_are_told_apart_by_key(engage: Engage) -> None:
    client = engage(phases=PHASES.replace("Visit", "Search"), touchpoints=TOUCHPOINTS)
    assert column(client, "touchpoints", "phase").choices[0] == ("Search (search)", "search")


def test_a_reference_to_an_absent_table_is_typed(engage: Engage) -> None:
    assert column(engage(touchpoints=TOUCHPOINTS), "touchpoints", "phase").control == "text"


def test_personas_are_suggested_where_segments_come_from_data(engage: Engage) -> None:
    client = engage(settings="persona: {column: plan}\n", personas=PERSONAS, touchpoints=TOUCHPOINTS)
    assert column(client, "motivations", "persona").control == "suggest"


def test_owners_are_suggested(engage: Engage) -> None:
    client = engage(owners="owner\nCalidad\n", touchpoints=TOUCHPOINTS)
    owner = column(client, "touchpoints", "owner")
    assert (owner.control, owner.choices) == ("suggest", (("Calidad", "Calidad"),))


def test_a_flag_is_written_in_the_language_of_the_file(engage: Engage) -> None:
    client = engage(touchpoints=SPANISH_TOUCHPOINTS, phases=PHASES)
    critical = column(client, "touchpoints", "business_critical")
    assert critical.choices == (("yes", "sí"), ("no", "no"))
    assert (critical.shown("TRUE"), critical.shown("")) == ("sí", "")
