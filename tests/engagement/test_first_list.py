"""A first list of touchpoints: names are enough, and nothing that is filled in escapes its check."""

from __future__ import annotations

import pytest

from cxmethod.engagement import InputProblems

PHASES = "phase,name,order,question,stage\nvisit,Visit,1,interact,during"
FULL = "touchpoint,name,phase,order\n"


def test_names_alone_make_a_table_in_the_order_of_the_file(engagement):
    client = engagement(touchpoints="name\nSala de espera (piso 2)\nWeb")
    table = client.table("touchpoints")
    assert list(table["touchpoint"]) == ["sala_de_espera_piso_2", "web"]
    assert list(table["order"]) == [1, 2]
    assert table["phase"].isna().all()
    assert client.assumed("touchpoints") == ("touchpoint", "order", "phase")


@pytest.mark.parametrize("heading", ["touchpoint", "Punto de contacto"])
def test_a_list_under_the_heading_of_the_key_names_them_too(engagement, heading):
    table = engagement(touchpoints=f"{heading}\nDesk").table("touchpoints")
    assert (table["touchpoint"][0], table["name"][0]) == ("Desk", "Desk")


def test_the_columns_may_be_there_and_empty(engagement):
    client = engagement(touchpoints=FULL + ",Desk,,\n,Web,,")
    assert list(client.table("touchpoints")["touchpoint"]) == ["desk", "web"]


def test_it_is_told_what_was_made_up_for(engagement):
    (notice,) = engagement(touchpoints="name\nDesk").notices()
    assert "touchpoint, order, and phase" in notice


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (FULL + "a,A,p,1\nb,B,p,", "order"),
        (FULL + "a,A,p,1\nb,B,,2", "phase"),
        (FULL + "a,A,p,1\n,B,p,2", "touchpoint"),
        ("name\nDesk\ndesk", "name"),
        ("phase,order\np,1", "touchpoint"),
    ],
    ids=["one order", "one phase", "one key", "the same name twice", "no names"],
)
def test_a_column_with_one_cell_filled_is_checked_as_ever(engagement, table, column):
    with pytest.raises(InputProblems) as refused:
        engagement(touchpoints=table).table("touchpoints")
    assert column in {problem.column for problem in refused.value.problems}


def test_where_there_are_phases_each_touchpoint_needs_one(engagement):
    with pytest.raises(InputProblems) as refused:
        engagement(touchpoints="name,order\nDesk,1", phases=PHASES).table("touchpoints")
    assert [problem.column for problem in refused.value.problems] == ["phase"]


def test_others_refer_to_the_keys_that_follow_from_the_names(engagement):
    ratings = "respondent,touchpoint,source,emotion\nc1,{},after,1"
    assert engagement(touchpoints="name\nDesk", ratings=ratings.format("desk")).problems() == []
    assert len(engagement(touchpoints="name\nDesk", ratings=ratings.format("web")).problems()) == 1


def test_what_a_form_would_save_is_read_the_same(engagement):
    client = engagement(touchpoints="name\nDesk")
    frame = client.table("touchpoints")[["name"]]
    assert client.check_frame("touchpoints", frame) == []
