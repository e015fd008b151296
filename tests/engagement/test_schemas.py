from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.engagement import TABLES
from cxmethod.engagement.schemas import headings, plain


@pytest.mark.parametrize(
    "heading",
    [
        "Punto de Contacto",
        "punto_de_contacto",
        " PUNTO-DE-CONTACTO ",
        "Púnto  de contácto",
        "punto_de contacto",
    ],
)
def test_one_heading_in_many_hands(heading):
    assert plain(heading) == "punto_de_contacto"


@given(st.text())
def test_plain_is_plain(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_headings_of_a_table_mean_one_column_each(name):
    table = TABLES[name]
    assert len({column.name for column in table.columns}) == len(table.columns)
    assert len({column.es for column in table.columns}) == len(table.columns)
    for column in table.columns:
        assert headings(table)[column.es] == headings(table)[column.name] == column.name
        assert plain(column.es) == column.es


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_a_table_names_exists(name):
    table = TABLES[name]
    columns = {column.name: column for column in table.columns}
    assert set(table.unique) <= set(columns)
    for column in table.columns:
        assert (column.kind == "code") == bool(column.allowed)
        if column.refers:
            assert len(TABLES[column.refers].unique) == 1


def test_the_tables_are_those_of_the_design():
    required = {
        name: {column.name for column in table.columns if column.required} for name, table in TABLES.items()
    }
    assert required == {
        "personas": {"persona", "name", "evidence"},
        "respondents": {"respondent"},
        "phases": {"phase", "name", "order", "question", "stage"},
        "motivations": {"motivation", "kind", "text", "evidence"},
        "touchpoints": {"touchpoint", "name", "phase", "order"},
        "persona_touchpoints": {"persona", "touchpoint"},
        "ratings": {"respondent", "touchpoint", "source"},
        "variables": {"respondent", "touchpoint", "variable", "score"},
        "outcomes": {"respondent", "outcome"},
        "kano": {"respondent", "touchpoint", "functional", "dysfunctional"},
        "events": {"journey", "touchpoint"},
        "journeys": {"journey", "outcome"},
        "processes": {"process", "name"},
        "touchpoint_processes": {"touchpoint", "process"},
        "process_events": {"process", "case", "activity", "end"},
        "process_tasks": {"task", "name", "process"},
        "initiatives": {"initiative", "name"},
        "criteria": {"criterion", "weight", "direction"},
        "owners": {"owner"},
        "theme_cues": {"touchpoint", "cue"},
        "alignment": {"respondent", "role"},
        "waves": {"wave", "touchpoint", "n"},
        "scores": {"respondent", "wave", "metric", "score"},
    }
