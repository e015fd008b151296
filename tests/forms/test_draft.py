"""What is not right yet outlives the form: a cell run again, a kernel restarted."""

import pytest

from cxmethod.engagement import Engagement
from cxmethod.forms.draft import draft_path
from cxmethod.forms.table_model import TableModel
from cxmethod.language import CxError
from tests.forms.conftest import TOUCHPOINTS, text_of_table


def test_an_unsaved_change_is_there_when_the_form_is_opened_again(client: Engagement) -> None:
    TableModel(client, "touchpoints").set_cell(1, "order", "second")
    again = TableModel(client, "touchpoints")
    assert (again.text(1, "order"), list(again.problems), again.state.kind) == (
        "second",
        [(1, "order")],
        "open",
    )
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS


def test_an_unfinished_row_is_there_when_the_form_is_opened_again(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(model.add_row(), "name", "Way out")
    assert TableModel(client, "touchpoints").text(3, "name") == "Way out"


def test_nothing_is_left_of_a_draft_once_it_is_saved(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(1, "order", "second")
    assert draft_path(client, "touchpoints").exists()
    model.set_cell(1, "order", "2")
    assert not draft_path(client, "touchpoints").exists()


def test_a_draft_is_saved_when_what_it_waited_for_is_there(client: Engagement) -> None:
    TableModel(client, "touchpoints").set_cell(2, "phase", "return")
    phases = TableModel(client, "phases")
    row = phases.add_row()
    for column, text in {
        "phase": "return",
        "name": "Return",
        "order": "3",
        "question": "return",
        "stage": "post",
    }.items():
        phases.set_cell(row, column, text)
    assert TableModel(client, "touchpoints").state.kind == "saved"
    assert client.table("touchpoints")["phase"].tolist()[2] == "return"


def test_a_draft_is_not_read_as_a_table(client: Engagement) -> None:
    TableModel(client, "touchpoints").set_cell(1, "order", "second")
    assert client.notices() == []


def test_a_broken_draft_is_said(client: Engagement) -> None:
    draft_path(client, "touchpoints").write_text("{", encoding="utf-8")
    with pytest.raises(CxError, match=r"\.touchpoints\.draft\.json"):
        TableModel(client, "touchpoints")
