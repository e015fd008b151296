"""The exporter as it is called."""

from base64 import b64encode

import nbformat
import pytest
from nbconvert.exporters import get_exporter

from cxmethod.language import CxError
from cxmethod.reports.html import HTMLReportExporter, export_html


@pytest.fixture
def written(shown, tmp_path):
    def write(*cells):
        path = tmp_path / "executed" / "report.ipynb"
        path.parent.mkdir()
        nbformat.write(shown.notebook(*cells), path)
        return path

    return write


def test_export_writes_one_file(written, shown, tmp_path):
    destination = tmp_path / "deliverables" / "report.html"
    assert export_html(written(shown.code(shown.cover())), destination) == destination
    assert destination.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in destination.parent.iterdir()] == ["report.html"]


def test_a_refused_report_leaves_the_former_one(written, shown, tmp_path):
    destination = tmp_path / "report.html"
    destination.write_text("former")
    with pytest.raises(CxError):
        export_html(written(shown.code(shown.figure(alt=""))), destination)
    assert destination.read_text() == "former"


def test_a_picture_beside_the_notebook_is_taken_in(written, shown, tmp_path):
    notebook = written(shown.prose("![a map](map.png)"))
    (notebook.parent / "map.png").write_bytes(b"picture")
    html = export_html(notebook, tmp_path / "report.html").read_text(encoding="utf-8")
    assert f"data:image/png;base64,{b64encode(b'picture').decode()}" in html


def test_title_without_cover_or_heading_is_the_files_name(written, shown, tmp_path):
    html = export_html(written(shown.prose("Text.")), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<title>report</title>" in html


def test_nbconvert_knows_it_by_name():
    assert get_exporter("cxmethod-html") is HTMLReportExporter
