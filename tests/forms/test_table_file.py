"""A file is written back as the client writes: headings, separators, decimal mark, order of columns."""

from cxmethod.forms.table_file import load
from cxmethod.forms.table_model import TableModel
from tests.forms.conftest import PHASES, SPANISH_TOUCHPOINTS, Engage, text_of_table


def test_spanish_headings_stay_as_they_are_written(engage: Engage) -> None:
    client = engage(touchpoints=SPANISH_TOUCHPOINTS, phases=PHASES)
    TableModel(client, "touchpoints").set_cell(1, "name", "Cita por teléfono")
    assert text_of_table(client, "touchpoints") == SPANISH_TOUCHPOINTS.replace(
        ",Cita,", ",Cita por teléfono,"
    )


def test_a_new_column_of_a_spanish_file_gets_its_spanish_heading(engage: Engage) -> None:
    client = engage(touchpoints=SPANISH_TOUCHPOINTS, phases=PHASES)
    TableModel(client, "touchpoints").set_cell(0, "owner", "Mercadeo")
    assert text_of_table(client, "touchpoints").splitlines()[0].endswith(",Nota propia,responsable")


def test_an_english_file_of_a_spanish_engagement_stays_english(engage: Engage) -> None:
    client = engage(language="es", phases=PHASES)
    TableModel(client, "phases").set_cell(0, "customer_goal", "Saber")
    assert text_of_table(client, "phases").splitlines()[0].endswith(",stage,customer_goal")


def test_semicolons_and_decimal_commas_stay(engage: Engage) -> None:
    client = engage(criteria="criterio;peso;sentido\ncosto;0,5;cost\nfacilidad;0,5;benefit\n")
    model = TableModel(client, "criteria")
    assert model.text(0, "weight") == "0.5"
    model.set_cell(0, "weight", "0.25")
    assert (
        text_of_table(client, "criteria") == "criterio;peso;sentido\ncosto;0,25;cost\nfacilidad;0,5;benefit\n"
    )


def test_the_mark_that_excel_needs_stays(engage: Engage) -> None:
    client = engage()
    path = client.inputs / "owners.csv"
    path.write_bytes("\ufeffowner,budget\r\nCalidad,1\r\n".encode())
    TableModel(client, "owners").set_cell(0, "budget", "2")
    assert path.read_bytes() == "\ufeffowner,budget\r\nCalidad,2\r\n".encode()


def test_an_old_encoding_becomes_utf8(engage: Engage) -> None:
    client = engage()
    path = client.inputs / "owners.csv"
    path.write_bytes("owner,budget\nDirección,1\n".encode("cp1252"))
    assert load(client, "owners").legacy
    TableModel(client, "owners").set_cell(0, "budget", "2")
    assert path.read_text(encoding="utf-8") == "owner,budget\nDirección,2\n"


def test_text_that_looks_like_a_number_is_not_touched(engage: Engage) -> None:
    client = engage(owners="owner,budget\n007,1\n1e3,2\n")
    TableModel(client, "owners").set_cell(1, "budget", "3")
    assert text_of_table(client, "owners") == "owner,budget\n007,1\n1e3,3\n"
