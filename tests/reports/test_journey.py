"""journey.json: the one map of an executed report."""

from __future__ import annotations

import json

import nbformat
import pytest

from cxmethod.reports.journey import JOURNEY, JourneyExporter, export_journey, read_journey

MAP = {"version": 1, "client": 'Clínica <b> "=1+1" مرحبا', "touchpoints": [], "draft": False}


@pytest.fixture
def mapped(shown):
    """A notebook that shows the map in cells tagged as given."""

    def make(*maps, tags=("journey", "poster")):
        outputs = [shown.output("journey", {JOURNEY: one, "text/plain": "The map"}) for one in maps]
        return shown.notebook(shown.code(shown.cover()), shown.code(*outputs, tags=tags))

    return make


def test_the_file_is_the_map_pretty_and_in_order(mapped, tmp_path):
    path = tmp_path / "report.ipynb"
    nbformat.write(mapped(MAP), path)
    written = export_journey(path, tmp_path / "deliverables" / "journey.json").read_bytes()
    assert json.loads(written) == MAP
    assert "مرحبا".encode() in written
    assert written.startswith(b'{\n  "client"')
    assert written == export_journey(path, tmp_path / "again.json").read_bytes()


@pytest.mark.parametrize("tag", ["journey", "poster"])
def test_either_tag_will_do(mapped, tag):
    assert read_journey(mapped(MAP, tags=(tag,))) == MAP


def test_no_map_or_two_maps_are_refused(mapped, refused):
    for notebook in (mapped(), mapped(MAP, MAP), mapped(MAP, tags=())):
        with refused("one_journey"):
            read_journey(notebook)


def test_another_version_is_refused(mapped, refused):
    with refused("journey_version") as refusal:
        read_journey(mapped({**MAP, "version": 2}))
    assert "2" in str(refusal.value)


def test_a_report_in_which_a_cell_failed_is_refused(mapped, shown, refused):
    notebook = mapped(MAP)
    notebook.cells.append(shown.code(nbformat.v4.new_output("error", ename="E", evalue="x", traceback=[])))
    with refused("failed_cell"):
        read_journey(notebook)


def test_nbconvert_gets_the_same_text(mapped):
    text, resources = JourneyExporter().from_notebook_node(mapped(MAP))
    assert json.loads(text) == MAP
    assert resources["output_extension"] == ".json"
