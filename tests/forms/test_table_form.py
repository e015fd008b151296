"""The table in JupyterLab, driven through the values of its controls."""

import pytest

from cxmethod.engagement import Engagement
from cxmethod.forms.edit import EditView
from cxmethod.forms.raw_form import RawForm
from cxmethod.forms.table_form import PAGE, TableForm
from tests.forms.conftest import PHASES, SPANISH_TOUCHPOINTS, TOUCHPOINTS, Engage, text_of_table


def table_form(client: Engagement, name: str) -> TableForm:
    form = EditView(client, name).form
    assert isinstance(form, TableForm)
    return form


def test_typing_in_a_cell_saves_it_and_says_when(client: Engagement) -> None:
    form = table_form(client, "touchpoints")
    form.control(0, "name").value = "Web"
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS.replace("Website", "Web")
    assert form.said.startswith("✓ Saved ")


def test_a_wrong_value_is_marked_at_its_cell_and_explained_beside_it(client: Engagement) -> None:
    form = table_form(client, "touchpoints")
    form.control(1, "order").value = "second"
    control = form.control(1, "order")
    assert "cx-wrong" in control._dom_classes
    assert control.description.endswith("⚠ A number, without thousands separators.")
    assert form.said == "⚠ Not saved yet: 1 thing to mend."
    control.value = "2"
    assert "cx-wrong" not in control._dom_classes
    assert form.said.startswith("✓ Saved ")


def test_every_control_says_what_it_is(client: Engagement) -> None:
    form = table_form(client, "touchpoints")
    assert form.control(2, "name").description == "Name, row 3"
    assert form.remove_button(2).tooltip == "Remove row 3"


def test_a_choice_is_written_as_its_key(client: Engagement) -> None:
    form = table_form(client, "touchpoints")
    form.control(0, "phase").value = "visit"
    assert client.table("touchpoints")["phase"].tolist()[0] == "visit"


def test_a_value_that_is_no_choice_stays_in_sight(engage: Engage) -> None:
    form = table_form(engage(phases=PHASES.replace(",pre", ",someday")), "phases")
    control = form.control(0, "stage")
    assert control.value == "someday"
    assert ("⚠ someday", "someday") in control.options


def test_spanish_headings_and_decimal_commas(engage: Engage) -> None:
    client = engage("es", "locale: es_CO\n", touchpoints=SPANISH_TOUCHPOINTS, phases=PHASES)
    form = table_form(client, "touchpoints")
    form.control(0, "order").value = "1,5"
    assert form.control(0, "order").description == "Orden, fila 1"
    assert client.table("touchpoints")["order"].tolist() == [1.5, 2.0]
    assert text_of_table(client, "touchpoints").splitlines()[0] == SPANISH_TOUCHPOINTS.splitlines()[0]


def test_thousands_are_asked_for_again(engage: Engage) -> None:
    client = engage("es", "locale: es_CO\n", owners="owner,budget\nCalidad,1\n")
    form = table_form(client, "owners")
    form.control(0, "budget").value = "35.000"
    assert "sin separador de miles" in form.control(0, "budget").description
    assert text_of_table(client, "owners") == "owner,budget\nCalidad,1\n"


def test_an_absent_table_offers_a_first_row(engage: Engage) -> None:
    client = engage()
    form = table_form(client, "owners")
    form.control(0, "owner").value = "Quality"
    assert client.table("owners")["owner"].tolist() == ["Quality"]


def test_a_removed_row_can_be_brought_back(client: Engagement) -> None:
    form = table_form(client, "touchpoints")
    form.remove_button(1).click()
    assert client.table("touchpoints")["touchpoint"].tolist() == ["website", "waiting"]
    form.undo.click()
    assert text_of_table(client, "touchpoints") == TOUCHPOINTS
    assert form.undo.layout.display == "none"


def test_removing_a_row_says_who_still_refers_to_it(client: Engagement) -> None:
    form = table_form(client, "phases")
    form.remove_button(1).click()
    assert "Touchpoints: 1 row still refers" in form._details.value


@pytest.fixture
def long(engage: Engage) -> Engagement:
    return engage(owners="owner,budget\n" + "".join(f"o{n},{n}\n" for n in range(1, 601)))


def test_pages_are_turned_with_the_same_controls(long: Engagement) -> None:
    form = table_form(long, "owners")
    control = form.control(0, "owner")
    form.pages["next"].click()
    assert (control.value, control.description) == (f"o{PAGE + 1}", f"Owner, row {PAGE + 1}")
    form.pages["last"].click()
    assert control.value == "o586"
    assert form.pages["next"].disabled


def test_an_edit_on_a_later_page_meets_its_own_row(long: Engagement) -> None:
    form = table_form(long, "owners")
    form.pages["last"].click()
    form.control(14, "budget").value = "7"
    assert long.table("owners")["budget"].tolist()[-2:] == [599.0, 7.0]


def test_turning_a_page_changes_nothing_on_file(long: Engagement) -> None:
    before = text_of_table(long, "owners")
    form = table_form(long, "owners")
    form.pages["last"].click()
    form.pages["first"].click()
    assert text_of_table(long, "owners") == before
    assert form.said == "As on file."


def test_found_rows_are_edited_in_their_place(long: Engagement) -> None:
    form = table_form(long, "owners")
    form.find.value = "o600"
    form.control(0, "budget").value = "1"
    assert long.table("owners")["budget"].tolist()[-1] == 1.0


def test_a_problem_on_another_page_is_reached_by_a_button(long: Engagement) -> None:
    form = table_form(long, "owners")
    form.control(0, "budget").value = "x"
    form.pages["last"].click()
    assert form.go_to.layout.display is None
    form.go_to.click()
    assert form.control(0, "owner").value == "o1"


def test_a_new_row_is_on_the_last_page(long: Engagement) -> None:
    form = table_form(long, "owners")
    form.add.click()
    assert form.control(0, "owner").description == "Owner, row 601"


def test_two_forms_lose_nothing_and_a_clash_is_said(client: Engagement) -> None:
    one, other = table_form(client, "touchpoints"), table_form(client, "touchpoints")
    one.control(0, "name").value = "Web"
    other.control(1, "name").value = "Call"
    assert other.control(0, "name").value == "Web"
    one.control(1, "name").value = "Telephone"
    assert "file was changed elsewhere" in one.said
    assert "you typed “Telephone”, and there it now says “Call”" in one._details.value
    one.reload.click()
    assert one.control(1, "name").value == "Call"


def test_choices_follow_the_other_table(client: Engagement) -> None:
    form = table_form(client, "touchpoints")
    phases = table_form(client, "phases")
    phases.control(0, "name").value = "Look for us"
    form.reload.click()
    assert ("Look for us", "search") in form.control(0, "phase").options


def test_client_text_in_a_heading_is_escaped(engage: Engage) -> None:
    form = table_form(engage(owners="owner,<i>x</i>\nA,1\n"), "owners")
    assert form.control(0, "<i>x</i>").description == "&lt;i&gt;x&lt;/i&gt;, row 1"


def test_a_file_that_is_no_table_is_mended_as_text(client: Engagement) -> None:
    path = client.inputs / "touchpoints.csv"
    path.write_text(TOUCHPOINTS + "exit,Way out,visit,4,,too,many\n", encoding="utf-8")
    view = EditView(client, "touchpoints")
    raw = view.form
    assert isinstance(raw, RawForm)
    assert "exit,Way out,visit,4,,too,many" in raw._details.value
    raw.save.click()
    assert path.read_text(encoding="utf-8").endswith("too,many\n")
    raw.text.value = raw.text.value.replace(",too,many", "")
    raw.save.click()
    assert isinstance(view.form, TableForm)
    assert client.table("touchpoints")["touchpoint"].tolist()[-1] == "exit"


def test_text_that_was_changed_elsewhere_is_not_written_over(client: Engagement) -> None:
    path = client.inputs / "touchpoints.csv"
    path.write_text(TOUCHPOINTS + "exit,Way out,visit,4,,too,many\n", encoding="utf-8")
    raw = EditView(client, "touchpoints").form
    assert isinstance(raw, RawForm)
    path.write_text(TOUCHPOINTS, encoding="utf-8")
    raw.text.value = TOUCHPOINTS.replace("Website", "Web")
    raw.save.click()
    assert path.read_text(encoding="utf-8") == TOUCHPOINTS
    assert "changed elsewhere" in raw._state.value


def test_a_table_that_comes_to_stand_twice_is_said_in_the_form(client: Engagement) -> None:
    form = table_form(client, "phases")
    (client.inputs / "phases.parquet").write_bytes(b"")
    form.control(0, "name").value = "Look for us"
    assert "twice" in form.said
    assert form.control(0, "name").value == "Look for us"
