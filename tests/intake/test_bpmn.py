"""Process models: what they hold, and files that want to do harm."""

from __future__ import annotations

import json
import time
import tracemalloc
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cxmethod.intake import bpmn, take_in
from cxmethod.intake.bpmn import BpmnError, parse

HEAD = f'<definitions xmlns="{bpmn.MODEL}">'
LANES = f"""<?xml version="1.0" encoding="UTF-8"?>
<b:definitions xmlns:b="{bpmn.MODEL}" xmlns:x="urn:other">
 <b:collaboration id="c"><b:participant id="clinic" name="Clínica" processRef="x:p"/>
  <b:participant id="client" name="Paciente"/>
  <b:messageFlow id="m" sourceRef="t.1" targetRef="client"/></b:collaboration>
 <b:process id="p"><b:laneSet>
   <b:lane id="out" name="Atención"><b:flowNodeRef>t.1</b:flowNodeRef><b:childLaneSet>
     <b:lane id="in" name="Caja"><b:flowNodeRef> t2 </b:flowNodeRef></b:lane></b:childLaneSet>
     <b:flowNodeRef>t2</b:flowNodeRef></b:lane></b:laneSet>
  <b:startEvent id="s"/><b:task id="t.1" name="Llamar&#13;&#10;al paciente"/><b:exclusiveGateway id="g"/>
  <b:userTask id="t2" name="Cobrar"/><x:task id="foreign" name="no"/>
  <b:subProcess id="sub"><b:startEvent id="ss"/><b:task id="t3" name="Archivar"/><b:task id="t4"/>
   <b:sequenceFlow sourceRef="ss" targetRef="t3"/><b:sequenceFlow sourceRef="t3" targetRef="t4"/></b:subProcess>
  <b:task id="t5" name="Cerrar"/>
  <b:sequenceFlow sourceRef="s" targetRef="t.1"/><b:sequenceFlow sourceRef="t.1" targetRef="g"/>
  <b:sequenceFlow sourceRef="g" targetRef="t2"/><b:sequenceFlow sourceRef="g" targetRef="sub"/>
  <b:sequenceFlow sourceRef="sub" targetRef="t5"/>
 </b:process></b:definitions>"""


def model_files(shared) -> list[Path]:
    return sorted(shared("data/bpmn").rglob("*.bpmn"))


def test_names_lose_their_line_ends_and_ids_keep_their_dots():
    model = parse(LANES.encode())
    assert model.nodes["t.1"].name == "Llamar al paciente"
    assert [task.id for task in model.tasks] == ["t.1", "t2", "t3", "t4", "t5"]


def test_the_inner_of_two_lanes_owns_a_node():
    model = parse(LANES.encode())
    assert [model.lane(model.nodes[key]) for key in ("t.1", "t2", "t3")] == ["out", "in", ""]


def test_what_comes_next_is_found_behind_gateways_and_in_and_out_of_subprocesses():
    found = parse(LANES.encode()).following({"t.1", "t2", "t3", "t5"})
    assert {key: sorted(after) for key, after in found.items()} == {
        "t.1": ["t2", "t3"],
        "t2": [],
        "t3": ["t5"],
        "t5": [],
    }


def test_a_task_knows_the_participant_whom_it_talks_to():
    model = parse(LANES.encode())
    assert model.meets(model.nodes["t.1"]) == ["Paciente"]
    assert model.pool("p") == "clinic"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_umlauts_and_accents_survive_the_encodings_that_files_declare(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<process id="p"><task id="t" name="Klären ñ"/></process>'
    model = parse((text + "</definitions>").encode(encoding))
    assert model.tasks[0].name == "Klären ñ"


def test_every_element_of_every_model_is_counted(shared):
    files = model_files(shared)
    assert len(files) == 64
    for path in files:
        content = path.read_bytes()
        elements = [
            e.tag for e in ElementTree.fromstring(content).iter() if f"{{{bpmn.MODEL}}}" in str(e.tag)
        ]
        counts = parse(content).counts
        assert counts.total() == len(elements), path.name
        assert {kind: counts[kind] for kind in counts} == {
            kind: elements.count(f"{{{bpmn.MODEL}}}{kind}") for kind in counts
        }


def test_the_reference_models_have_the_counts_and_names_of_the_reference(shared):
    reference = json.loads(shared("oracles/bpmn_reference_camunda_counts.json").read_text())
    assert len(reference) == 21
    for name, expected in reference.items():
        model = parse(shared(f"data/bpmn/Reference/{Path(name).name}").read_bytes())
        assert {kind: model.counts[kind] for kind in expected["counts"]} == expected["counts"], name
        named = {" ".join(task.split()) for task in expected["task_names"]}
        # A global task is defined there and drawn nowhere.
        assert named - {task.name for task in model.tasks} <= {"Global Task"}, name


# --- files that want to do harm, or are no models

BOMB = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "entities": (BOMB + HEAD + "&b;</definitions>", "intake.rule_xml_doctype"),
    "an entity from outside": (OUTSIDE + HEAD + "&e;</definitions>", "intake.rule_xml_doctype"),
    "a document type alone": (f'<!DOCTYPE definitions SYSTEM "x.dtd">{HEAD}</definitions>', "intake.rule_xml_doctype"),
    "deep": (HEAD + "<a>" * 100_000, "intake.rule_xml_huge"),
    "wide": (HEAD + "<a/>" * 200_000 + "</definitions>", "intake.rule_xml_huge"),
    "not XML": ("Hola, le mando el proceso.", "intake.rule_xml"),
    "broken off": (LANES[:900], "intake.rule_xml"),
    "an entity of nobody": (HEAD + "&nobody;</definitions>", "intake.rule_xml"),
    "another vocabulary": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "intake.rule_not_bpmn"),
    "definitions of nothing": ("<definitions/>", "intake.rule_not_bpmn"),
    "an unknown encoding": ('<?xml version="1.0" encoding="klingon-1"?><a/>', "intake.rule_xml_encoding"),
    "an encoding of several bytes": ('<?xml version="1.0" encoding="utf-7"?><a/>', "intake.rule_xml_encoding"),
    "many tasks": (
        HEAD + '<process id="p">' + "".join(f'<task id="t{n}"/>' for n in range(2_001)) + "</process></definitions>",
        "intake.rule_bpmn_many",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "elements"),
    [
        ('<task name="Recibir"/><task name="Cobrar"/>', 2),
        ('<task id="x" name="Recibir"/><task id="x" name="Cobrar"/>', 1),
        ('<laneSet><lane name="Caja"/><lane id="p" name="Sala"/></laneSet>', 2),
    ],
)
def test_tasks_and_lanes_that_cannot_be_told_apart_are_refused_and_counted(inner, elements):
    with pytest.raises(BpmnError) as caught:
        parse(f'{HEAD}<process id="p">{inner}</process></definitions>'.encode())
    assert (caught.value.rule, caught.value.limits) == ("intake.rule_bpmn_ids", {"elements": elements})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(name):
    text, rule = HOSTILE[name]
    content = text.encode()
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(BpmnError) as caught:
        parse(content)
    taken, (_, peak) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.rule == rule
    assert taken < 10
    assert peak < 60_000_000


def test_latin_letters_in_a_file_that_says_utf_8_are_refused():
    with pytest.raises(BpmnError) as caught:
        parse(LANES.encode("iso-8859-1"))
    assert caught.value.rule == "intake.rule_xml"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_hundred_megabytes_are_refused_in_one_sentence_without_being_read(engage, sent, refused, language):
    engagement = engage(language=language)
    path = sent("huge.bpmn", b"<")
    with path.open("r+b") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    problems = refused(engagement, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [problem.rule for problem in problems.problems] == ["intake.rule_too_large"]
    assert peak < 60_000_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_refusal_is_said_in_both_languages(engage, sent, refused, name):
    problems = refused(engage(), sent("model.bpmn", HOSTILE[name][0]))
    assert [problem.rule for problem in problems.problems] == [HOSTILE[name][1]]


# --- into the engagement


def test_a_model_needs_no_source_and_gives_its_tasks_with_owners(engage, sent):
    engagement = engage()
    intake = take_in(engagement, [sent("cita.bpmn", LANES)])
    tasks = engagement.table("process_tasks").set_index("name")
    assert tasks["owner"].to_dict() == {
        "Llamar al paciente": "Atención",
        "Cobrar": "Caja",
        "Archivar": "Clínica",
        "Cerrar": "Clínica",
    }
    assert tasks.loc["Cobrar", "process_name"] == "Clínica · Caja"
    assert tasks.loc["Llamar al paciente", "meets"] == "Paciente"
    said = " ".join(intake.sentences(engagement.words))
    assert "4 tasks. Processes: 3; owners: 3; gateways: 1" in said
    assert "1 task without a name" in said


def test_a_model_may_be_a_source_beside_others(engage, sent):
    engagement = engage({"kind": "bpmn", "file": "cita.bpmn"})
    take_in(engagement, [sent("cita.bpmn", LANES)])
    assert len(engagement.table("process_tasks")) == 4


def test_a_model_alone_does_not_ask_for_the_other_files(engage, sent):
    engagement = engage(
        {"kind": "process_log", "file": "log.csv", "process": "p", "case": "c", "activity": "a", "end": "e"}
    )
    take_in(engagement, [sent("log.csv", "c,a,e\n1,x,2026-01-01T10:00:00Z\n")])
    intake = take_in(engagement, [sent("cita.bpmn", LANES)])
    assert set(intake.tables) == {"process_tasks"}
    assert not [notice for notice in intake.notices if notice.code == "intake.not_renewed"]
    record = json.loads((engagement.inputs / "intake.json").read_text(encoding="utf-8"))
    assert [file["name"] for file in record["files"]] == ["log.csv", "cita.bpmn"]


def test_a_model_without_named_tasks_is_refused(engage, sent, rules):
    empty = HEAD + '<process id="p"><task id="t"/></process></definitions>'
    assert rules(engage(), sent("empty.bpmn", empty)) == [("intake.rule_bpmn_no_tasks", "", 0, "")]


def test_all_models_at_hand_are_taken_in(engage, shared):
    for path in model_files(shared):
        engagement = engage()
        take_in(engagement, [path])
        assert not engagement.problems(["process_tasks"]), path.name
        assert len(engagement.table("process_tasks")) > 0
