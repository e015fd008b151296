"""The client's logo, from its file."""

import io

import nbformat
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from cxmethod.language import CxError
from cxmethod.reports.html import export_html
from cxmethod.reports.pdf import export_pdf
from cxmethod.reports.pptx import export_pptx

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><path d="M0 0h90v30z"/></svg>'


@pytest.fixture
def with_logo(shown, tmp_path):
    """An executed report whose cover names a logo."""

    def write(name, content=LOGO):
        path = tmp_path / "client" / "executed" / "report.ipynb"
        path.parent.mkdir(parents=True)
        if content is not None:
            given = content if isinstance(content, bytes) else content.encode()
            (tmp_path / "client" / name).write_bytes(given)
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


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_photograph_stands_on_every_cover_too(with_logo, tmp_path, kind):
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "#0B5C6B").save(picture, kind)
    path = with_logo(f"logo.{kind}", picture.getvalue())
    (page,) = PdfReader(export_pdf(path, tmp_path / "report.pdf")).pages[:1]
    assert len(page.images) == 1
    assert f"data:image/{kind};base64," in export_html(path, tmp_path / "report.html").read_text("utf-8")
    deck = Presentation(str(export_pptx(path, tmp_path / "report.pptx")))
    assert any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in deck.slides[0].shapes)


@pytest.mark.parametrize("name", ["../logo.svg", "logo.txt"])
def test_a_file_elsewhere_or_of_another_type_is_refused(with_logo, tmp_path, name):
    with pytest.raises(CxError) as refusal:
        export_pdf(with_logo(name), tmp_path / "report.pdf")
    assert refusal.value.code == "reports.logo_unreadable"


def test_a_file_that_is_not_there_is_refused(with_logo, tmp_path):
    with pytest.raises(CxError) as refusal:
        export_html(with_logo("logo.svg", None), tmp_path / "report.html")
    assert "logo.svg" in str(refusal.value)
