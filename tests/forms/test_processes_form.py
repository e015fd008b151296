"""Tasks of process models tied to touchpoints: proposed with a score, decided by a person."""

from __future__ import annotations

import pytest

import cxmethod
from cxmethod.forms import match_tasks
from cxmethod.forms.processes_form import ProcessesView
from cxmethod.language import CxError

TABLES = {
    "touchpoints": "touchpoint,name,phase,order\npay.1,Pago de la factura,p,1\nroom,Sala de espera,p,2",
    "process_tasks": "task,name,process,process_name,owner\nm.a.1,Registrar pago,cash,Caja,Carla\nm.b,Archivar,cash,Caja,Carla",
}


def test_a_choice_is_on_file_at_once_and_can_be_taken_back(engagement):
    client = engagement(language="es", **TABLES)
    view = ProcessesView(client)
    view.choices.controls["m.a.1"].value = "pay.1"
    view.choices.controls["m.b"].value = ""
    assert cxmethod.open(client.folder).decisions.processes.matched == {"m.a.1": "pay.1", "m.b": ""}
    view.choices.controls["m.b"].value = "\0"
    assert client.decisions.processes.matched == {"m.a.1": "pay.1"}


def test_the_proposal_and_its_score_stand_beside_the_choice_and_decide_nothing(engagement):
    client = engagement(language="es", **TABLES)
    assert "Pago de la factura (50" in str(match_tasks(client))
    assert ProcessesView(client).choices.controls["m.a.1"].value == "\0"
    assert client.decisions.processes.matched == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_exports_show_what_was_decided(engagement, monkeypatch, language):
    monkeypatch.setenv("CXMETHOD_HEADLESS", "1")
    decided = {"processes": {"matched": {"m.a.1": "pay.1", "m.b": ""}}}
    shown = str(match_tasks(engagement(language=language, decisions=decided, **TABLES)))
    assert shown.count("Pago de la factura") == 2
    assert ("no sostiene ningún punto" if language == "es" else "behind no touchpoint") in shown


def test_without_models_or_touchpoints_it_says_what_to_do(engagement):
    assert "BPMN" in str(match_tasks(engagement(touchpoints=TABLES["touchpoints"])))
    with pytest.raises(CxError, match="touchpoints"):
        ProcessesView(engagement(process_tasks=TABLES["process_tasks"]))
