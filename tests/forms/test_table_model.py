"""A table in the hands of a person: what is right is saved, what is wrong waits, nothing is lost."""

import datetime

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.table_model import TableModel
from tests.forms.conftest import PHASES, TOUCHPOINTS, Engage, text_of_table


def test_a_valid_change_is_in_the_file_at_once(client: Engagement) -> None:
    at = datetime.datetime(2026, 9, 30, 14, 5, 9)
    model = TableModel(client, "touchpoints", now=lambda: at)
    model.set_cell(1, "name", "Phone booking")
    assert (model.state.kind, model.state.at) == ("saved", at)
    assert client.table("touchpoints")["name"].tolist() == ["Website", "Phone booking", "Waiting room"]


def test_only_the_changed_cell_of_the_file_differs(client: Engagement) -> None:
    TableModel(client, "touchpoints").set_cell(0, "channel", "web and app")
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS.replace("1,web\n", "1,web and app\n")


def test_an_invalid_change_stays_in_the_form_and_out_of_the_file(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(1, "order", "second")
    assert model.state.kind == "open"
    assert list(model.problems) == [(1, "order")]
    assert model.text(1, "order") == "second"
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS


def test_mending_the_last_problem_saves_every_waiting_change(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(1, "order", "second")
    model.set_cell(0, "name", "Web")
    model.set_cell(1, "order", "2.5")
    assert model.state.kind == "saved"
    assert client.table("touchpoints")[["name", "order"]].values.tolist()[:2] == [
        ["Web", 1.0],
        ["Booking", 2.5],
    ]


def test_a_reference_that_leads_nowhere_is_a_problem_of_its_cell(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(2, "phase", "after-life")
    assert model.problems[2, "phase"].rule == "engagement.rule_reference"


def test_a_column_that_the_file_lacks_is_written_once_something_stands_in_it(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(0, "owner", "Marketing")
    assert text_of_table(client, "touchpoints").splitlines()[0] == "touchpoint,name,phase,order,channel,owner"


def test_unknown_columns_are_kept(engage: Engage) -> None:
    client = engage(phases=PHASES.replace("stage\n", "stage,colour\n").replace("pre\n", "pre,red\n"))
    TableModel(client, "phases").set_cell(0, "name", "Find us")
    assert text_of_table(client, "phases").splitlines()[1] == "search,Find us,1,discover,pre,red"


def test_a_blank_new_row_is_neither_wrong_nor_written(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.add_row()
    model.set_cell(0, "name", "Web")
    assert (model.rows, model.filled, model.problems) == (4, 3, {})
    assert len(client.table("touchpoints")) == 3


def test_a_new_row_is_saved_when_it_is_complete(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    row = model.add_row()
    for column, text in {"touchpoint": "exit", "name": "Way out", "phase": "visit"}.items():
        model.set_cell(row, column, text)
    assert list(model.problems) == [(row, "order")]
    model.set_cell(row, "order", "4")
    assert client.table("touchpoints")["touchpoint"].tolist()[-1] == "exit"


def test_a_table_without_a_file_gets_one_at_the_first_valid_row(engage: Engage) -> None:
    client = engage(language="es")
    model = TableModel(client, "owners")
    row = model.add_row()
    assert client.table_path("owners") is None
    model.set_cell(row, "owner", "Calidad")
    assert text_of_table(client, "owners") == "responsable,dias_disponibles,presupuesto\nCalidad,,\n"


def test_a_removed_row_is_gone_from_the_file_and_undo_brings_it_back_to_its_place(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.remove_row(1)
    assert client.table("touchpoints")["touchpoint"].tolist() == ["website", "waiting"]
    assert model.undo_remove() == 1
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS
    assert not model.can_undo


def test_undo_works_while_the_removal_itself_is_not_saved(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(0, "order", "first")
    model.remove_row(2)
    model.undo_remove()
    model.set_cell(0, "order", "1")
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS


def test_a_file_with_problems_opens_with_its_text_and_marks(engage: Engage) -> None:
    client = engage(phases=PHASES.replace("Visit,2", "Visit,two"))
    model = TableModel(client, "phases")
    assert (model.text(1, "order"), list(model.problems), model.state.kind) == (
        "two",
        [(1, "order")],
        "loaded",
    )
    model.set_cell(1, "order", "2")
    assert model.state.kind == "saved"


def test_an_empty_file_is_an_empty_table(engage: Engage) -> None:
    model = TableModel(engage(owners=""), "owners")
    assert (model.rows, model.file.problems) == (0, ())


def test_discard_goes_back_to_the_file(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    model.set_cell(1, "order", "second")
    model.discard()
    assert (model.text(1, "order"), model.problems, bool(model.edits)) == ("2", {}, False)


def test_rows_are_found_in_any_letter_case(client: Engagement) -> None:
    assert TableModel(client, "touchpoints").matching("WEB") == [0]


def test_a_folder_that_cannot_be_written_is_said_and_the_change_stays(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    lock = client.folder / ".lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    model.set_cell(0, "name", "Web")
    assert model.state.kind == "failed"
    assert model.text(0, "name") == "Web"
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS


def test_criteria_that_are_typed_in_are_offered_as_columns(engage: Engage) -> None:
    criteria = "criterion,weight,direction\ncustomer_impact,1,benefit\nease,1,benefit\ncost,1,cost\n"
    client = engage(criteria=criteria, initiatives="initiative,name\na,A\n")
    model = TableModel(client, "initiatives")
    assert [name for name in model.columns if name.startswith("score_")] == ["score_ease"]
    model.set_cell(0, "score_ease", "4")
    assert text_of_table(client, "initiatives") == "initiative,name,score_ease\na,A,4\n"


def test_parquet_stays_parquet_with_its_kinds(engage: Engage) -> None:
    client = engage(touchpoints=TOUCHPOINTS, phases=PHASES)
    ratings = pd.DataFrame(
        {
            "respondent": ["P1", "P2"],
            "touchpoint": "website",
            "source": "after",
            "emotion": [1.0, None],
            "age": [40, 50],
        }
    )
    ratings.to_parquet(client.inputs / "ratings.parquet", index=False)
    model = TableModel(client, "ratings")
    model.set_cell(1, "emotion", "-2")
    model.set_cell(0, "age", "41")
    saved = pd.read_parquet(client.inputs / "ratings.parquet")
    assert saved["emotion"].tolist() == [1.0, -2.0]
    assert saved["age"].tolist() == [41, 50]
    assert saved.dtypes.map(str)[["emotion", "age"]].tolist() == ["float64", "int64"]
