"""One engagement split into clients: whose each row is, what they share, and what a second run leaves alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

import cxmethod
from cxmethod.engagement import reading
from cxmethod.language import CxError
from cxmethod.runs.split import whole as split_module

from .wholes import TABLES, lines, make_whole, put, split, state


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return make_whole(tmp_path)


def test_every_row_goes_to_one_client_or_is_counted(tmp_path, whole):
    parts, told = split(tmp_path)
    assert list(parts) == ["na", "norte", "sur"]
    for table in ("respondents", "ratings", "outcomes", "events", "journeys"):
        shared = [row for part in parts.values() for row in lines(part, table)]
        assert len(shared) == len(set(shared))
        assert set(shared) < set(lines(whole, table))
    assert lines(parts["norte"], "respondents") == ["1,Norte,a", "3,Norte,a"]
    assert lines(parts["sur"], "ratings") == ["2,shop,after,-1,sur dice", "2,call,after,-2,"]
    assert "1 fila de respondents.csv tiene «sede» en blanco: no va a ningún cliente." in told
    assert "2 filas de ratings.csv no llevan a ningún cliente, o llevan a más de uno: quedan fuera." in told


def test_an_event_without_its_customer_goes_where_its_journey_goes(tmp_path, whole):
    parts, _ = split(tmp_path)
    assert [row.split(",")[0] for row in lines(parts["sur"], "events")] == ["j2", "j2"]
    assert lines(parts["sur"], "journeys") == ["j2,failure"]
    assert lines(parts["norte"], "journeys") == ["j1,success"]


def test_na_is_a_client_and_blank_is_none(tmp_path, whole):
    parts, _ = split(tmp_path)
    assert lines(parts["na"], "respondents") == ["5,NA,a"]
    assert cxmethod.open(parts["na"]).settings.client == "NA"
    assert all(not row.startswith("4,") for part in parts.values() for row in lines(part, "respondents"))


def test_data_that_lead_to_nobody_are_left_out_of_all_and_said(tmp_path, whole):
    parts, told = split(tmp_path)
    assert not any((part / "inputs" / "waves.csv").exists() for part in parts.values())
    assert "waves.csv queda fuera de todos los clientes: ninguna de sus filas lleva a uno de ellos." in told


def test_words_of_a_customer_go_to_one_client_and_nothing_refers_to_those_of_others(tmp_path, whole):
    parts, _ = split(tmp_path)
    assert [row[:2] for row in lines(parts["norte"], "motivations")] == ["m1", "m3"]
    assert [row[:2] for row in lines(parts["sur"], "motivations")] == ["m2", "m3"]
    assert lines(parts["norte"], "touchpoints") == ["shop,Shop,buy,1,m1", "call,Call,use,2,m3"]
    assert lines(parts["na"], "touchpoints") == ["shop,Shop,buy,1,", "call,Call,use,2,m3"]
    assert lines(parts["sur"], "initiatives") == ["i1,Cola,m2"]
    assert all(cxmethod.open(part).problems() == [] for part in parts.values())


def test_nothing_of_another_client_is_in_a_clients_folder(tmp_path, whole):
    parts, _ = split(tmp_path)
    for name, others in (("norte", (b"Sur", b"sur dice", b"El precio")), ("sur", (b"Norte", b"Que me"))):
        held = b"".join(content for _, content in state(parts[name]).values())
        assert not [text for text in others if text in held]


def test_raw_files_results_and_records_of_an_intake_stay_with_the_whole(tmp_path, whole):
    for name in ("inputs/raw/todos.csv", "inputs/intake.json", "results/manifest.json", "executed/x.ipynb"):
        (whole / name).parent.mkdir(parents=True, exist_ok=True)
        (whole / name).write_text("{}", encoding="utf-8")
    parts, _ = split(tmp_path)
    held = {name.split("/")[-1] for part in parts.values() for name in state(part)}
    assert held.isdisjoint({"todos.csv", "intake.json", "manifest.json", "x.ipynb"})


def test_settings_are_merged_whole_then_all_then_own(tmp_path):
    make_whole(tmp_path, settings="budget: {amount: 90, months: 6}\ncompare_with: ../before\n")
    parts, told = split(
        tmp_path,
        settings={"budget": {"months": 9}, "seed": 5},
        clients={"Norte": {"client": "Cadena · Norte", "language": "en", "budget": {"amount": 30}}},
    )
    norte, sur = (cxmethod.open(parts[name]).settings for name in ("norte", "sur"))
    assert (norte.client, norte.language, norte.budget.amount, norte.budget.months) == (
        "Cadena · Norte",
        "en",
        30,
        9,
    )
    assert (sur.client, sur.language, sur.budget.amount, sur.seed) == ("Sur", "es", 90, 5)
    assert norte.compare_with is None
    assert any(line.startswith("budget.amount es lo del encargo completo") for line in told)


def test_settings_that_do_not_hold_are_named_before_anything_is_written(tmp_path, whole):
    with pytest.raises(CxError) as caught:
        split(tmp_path, clients={"Sur": {"brand": {"colour": "green"}}})
    assert "split → clients → Sur" in str(caught.value)
    assert "brand.colour" in str(caught.value)
    assert not (tmp_path / "clients").exists()


def test_each_table_is_read_once_however_many_clients_there_are(tmp_path, whole, monkeypatch):
    reads: Counter[str] = Counter()
    grid = reading.read_grid

    def counted(name: str, content: bytes):
        reads[name] += 1
        return grid(name, content)

    monkeypatch.setattr(reading, "read_grid", counted)
    people = "".join(f"{n},Sede {n % 40},a\n" for n in range(200))
    put(whole, "respondents", f"encuestado,sede,plan\n{people}")
    parts, _ = split(tmp_path)
    assert len(parts) == 40
    assert reads == Counter({f"{name}.csv": 1 for name in TABLES})


def test_own_notebooks_come_without_what_they_showed(tmp_path, whole):
    shown = {
        "cell_type": "code",
        "id": "x",
        "metadata": {},
        "source": "1",
        "execution_count": 3,
        "outputs": [{"secret": "Norte"}],
    }
    spoken = {"cell_type": "markdown", "id": "y", "metadata": {"tags": ["lang-es"]}, "source": "Hola"}
    notebook = {
        "cells": [shown, spoken],
        "metadata": {"widgets": {"s": "Norte"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (whole / "notebooks").mkdir()
    (whole / "notebooks" / "report.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    parts, told = split(tmp_path, clients={"Sur": {"language": "en"}})
    own = (parts["norte"] / "notebooks" / "report.ipynb").read_text(encoding="utf-8")
    assert ("Hola" in own, "Norte" in own) == (True, False)
    assert not (parts["sur"] / "notebooks").exists()
    assert "1 cuaderno propio no tiene texto en inglés; los clientes en inglés usan el original." in told


def test_decisions_on_the_frame_are_copied_and_those_on_results_are_not(tmp_path, whole):
    client = cxmethod.open(whole)
    client.decide("importance.shop", 5)
    client.decide("persona.classes", 3)
    client.decide("quotes.approved", ["m1", "m2"])
    moment = {"kind": "red", "reason": "así lo vimos todos", "author": "A", "date": "2026-01-01"}
    client.decide("moments.shop", moment)
    parts, _ = split(tmp_path)
    decided = cxmethod.open(parts["norte"]).decisions
    assert (decided.importance, decided.quotes.approved) == ({"shop": 5}, ("m1",))
    assert (decided.persona.classes, decided.moments) == (None, {})


def test_the_card_of_a_persona_that_is_a_client_is_its_own(tmp_path):
    personas = "persona,name,evidence\nNorte,Del norte,assumed\nSur,Del sur,assumed\n"
    order = "persona,touchpoint\nNorte,shop\nSur,call\n"
    make_whole(
        tmp_path,
        tables=TABLES | {"personas": personas, "persona_touchpoints": order},
    )
    parts, _ = split(tmp_path)
    assert lines(parts["sur"], "personas") == ["Sur,Del sur,assumed"]
    assert lines(parts["sur"], "persona_touchpoints") == ["Sur,call"]


def test_shared_text_that_names_a_client_is_said(tmp_path, whole):
    put(whole, "initiatives", "initiative,name\ni1,Copiar lo que hace norte\n")
    _, told = split(tmp_path)
    assert (
        "initiatives.csv va a todos los clientes y menciona a «norte»: compruebe que todos lo pueden leer."
        in told
    )


def test_settings_for_a_client_that_is_written_otherwise_are_refused(tmp_path, whole):
    with pytest.raises(CxError, match=r"«norte».*«Norte»"):
        split(tmp_path, clients={"norte": {"language": "en"}})


def test_settings_for_a_client_that_no_row_has_are_said(tmp_path, whole):
    _, told = split(tmp_path, clients={"Oeste": {"language": "en"}})
    assert "En split hay ajustes para Oeste, que no aparece en ninguna fila." in told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"column": "region"}, "no tiene la columna «region»"),
        ({"table": "kano"}, "no tiene la tabla «kano»"),
        ({"table": "waves", "column": "sede"}, "Tiene estas: wave, touchpoint, source, n y mean"),
    ],
)
def test_what_cannot_be_split_by_is_said(tmp_path, whole, given, said):
    with pytest.raises(CxError, match=said):
        split(tmp_path, **given)


def test_a_column_that_tells_every_row_apart_is_refused(tmp_path, whole):
    people = "".join(f"{n},S{n},a\n" for n in range(30))
    put(whole, "respondents", f"encuestado,sede,plan\n{people}")
    with pytest.raises(CxError, match="distingue cada fila"):
        split(tmp_path)


def test_a_client_of_one_customer_is_a_client(tmp_path, whole):
    parts, _ = split(tmp_path)
    assert cxmethod.open(parts["na"]).table("respondents")["respondent"].tolist() == ["5"]


def test_errors_and_notes_are_in_the_language_that_was_asked_for(tmp_path, whole):
    from cxmethod.language import Words
    from cxmethod.runs.split.whole import Split, split_engagement

    told: list[str] = []
    given = Split(engagement="chain", column="sede", into="clients")
    split_engagement(given, tmp_path, Words("en"), told.append)
    assert told[0] == "chain is split by 'sede' into 3 clients; 3 new or changed."
    assert yaml.safe_load((tmp_path / "clients" / "sur" / "engagement.yaml").read_text())["language"] == "es"


def test_a_client_has_its_own_logo_and_no_other(tmp_path, whole):
    for name in ("norte.png", "cadena.png"):
        (whole / name).write_bytes(name.encode())
    parts, _ = split(
        tmp_path,
        settings={"brand": {"logo": "cadena.png"}},
        clients={"Norte": {"brand": {"logo": "norte.png"}}},
    )
    held = {name: {file for file in state(part) if file.endswith(".png")} for name, part in parts.items()}
    assert held == {"na": {"cadena.png"}, "norte": {"norte.png"}, "sur": {"cadena.png"}}


def test_clients_stand_beside_the_portfolio_where_nothing_else_is_said(tmp_path, whole):
    parts, _ = split(tmp_path, into=".")
    assert {part.parent for part in parts.values()} == {tmp_path.resolve()}


def test_a_table_that_cannot_be_read_is_said_before_anything_is_written(tmp_path, whole):
    put(whole, "kano", "")
    with pytest.raises(CxError, match=r"kano\.csv"):
        split(tmp_path)
    assert not (tmp_path / "clients").exists()


def test_a_wrong_cell_is_the_problem_of_one_client_alone(tmp_path, whole):
    put(whole, "outcomes", TABLES["outcomes"].replace("2,3", "2,tres"))
    parts, _ = split(tmp_path)
    wrong = {name: len(cxmethod.open(part).problems()) for name, part in parts.items()}
    assert wrong == {"na": 0, "norte": 0, "sur": 1}


def test_decimal_commas_stay_numbers(tmp_path, whole):
    put(whole, "outcomes", "respondent;outcome\n1;7,5\n2;3,25\n")
    parts, _ = split(tmp_path)
    assert cxmethod.open(parts["sur"]).table("outcomes")["outcome"].tolist() == [3.25]


def test_a_full_disk_is_a_sentence(tmp_path, whole, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(split_module, "write_part", full)
    with pytest.raises(CxError, match="No se pudieron escribir"):
        split(tmp_path)
