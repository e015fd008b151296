"""The client's logo, from its file."""

import nbformat
import pytest
from pypdf import PdfReader

from cxmethod.language import CxError
from cxmethod.reports.html import export_html
from cxmethod.reports.pdf import export_pdf

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><path d="M0 0h90v30z"/></svg>'


@pytest.fixture
def with_logo(shown, tmp_path):
    """An executed report whose cover names a logo."""

    def write(name, content=LOGO):
        path = tmp_path / "client" / "executed" / "report.ipynb"
        path.parent.mkdir(parents=True)
        if content is not None:
            (tmp_path / "client" / name).write_text(content)
        nbformat.write(shown.notebook(shown.code(shown.cover(logo=name))), path)
        return path

    return write


def test_it_stands_on_the_html_cover_with_its_name(with_logo, tmp_path):
    html = export_html(with_logo("logo.svg"), tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<img alt="Logo of Clínica Horizonte" src="data:image/svg+xml;base64,' in html


def test_it_stands_on_the_pdf_cover_with_its_name(with_logo, tmp_path):
    pdf = export_pdf(with_logo("logo.svg"), tmp_path / "report.pdf")
    names = str([PdfReader(pdf).get_object(number) for number in range(1, len(PdfReader(pdf).xref[0]) + 1)])
    assert "Logo of Clínica Horizonte" in names


@pytest.mark.parametrize("name", ["../logo.svg", "logo.txt"])
def test_a_file_elsewhere_or_of_another_type_is_refused(with_logo, tmp_path, name):
    with pytest.raises(CxError) as refusal:
        export_pdf(with_logo(name), tmp_path / "report.pdf")
    assert refusal.value.code == "reports.logo_unreadable"


def test_a_file_that_is_not_there_is_refused(with_logo, tmp_path):
    with pytest.raises(CxError) as refusal:
        export_html(with_logo("logo.svg", None), tmp_path / "report.html")
    assert "logo.svg" in str(refusal.value)
