"""The PDF report: what a reader, and a reader's screen reader, meets."""

from __future__ import annotations

import io
from collections.abc import Iterator

import nbformat
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from cxmethod.language import CxError, Words
from cxmethod.reports.pdf import PDFReportExporter, export_pdf
from cxmethod.reports.typst_table import table_node

TABLE = (
    '<table class="cx-table"><caption>Emotions</caption><thead><tr><th scope="col">Touchpoint</th>'
    '<th scope="col" class="num">Mean</th></tr></thead><tbody>{rows}</tbody></table>'
)
ROW = '<tr><th scope="row">{name}</th><td class="num">−0,8</td></tr>'


@pytest.fixture
def pdf_of(shown):
    """The report, as it is written, of the cells of a notebook."""

    def export(*cells, language=None):
        pdf, _ = PDFReportExporter().from_notebook_node(shown.notebook(*cells, language=language))
        return pdf

    return export


@pytest.fixture
def pdf(pdf_of):
    """The report, read again."""
    return lambda *cells, **given: PdfReader(io.BytesIO(pdf_of(*cells, **given)))


def elements(reader: PdfReader) -> Iterator[dict]:
    """Every element of the structure tree, in reading order."""

    def below(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from below(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from below(node["/K"])

    return below(reader.trailer["/Root"]["/StructTreeRoot"])


def kinds(reader):
    return [element["/S"] for element in elements(reader)]


def text(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def bookmarks(reader):
    def titles(outline, depth=1):
        for entry in outline:
            if isinstance(entry, list):
                yield from titles(entry, depth + 1)
            else:
                yield depth, entry.title

    return list(titles(reader.outline))


def test_it_says_that_it_is_tagged_and_pdf_ua_1(pdf, shown):
    root = pdf(shown.code(shown.cover())).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize("language", ["es", "en"])
def test_its_language_is_the_covers(pdf, shown, language):
    assert pdf(shown.code(shown.cover(language=language))).trailer["/Root"]["/Lang"] == language


def test_its_title_is_shown_and_names_the_client(pdf, shown):
    reader = pdf(shown.code(shown.cover()))
    assert reader.metadata.title == "The journey · Clínica Horizonte"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_every_page_is_a4(pdf, shown):
    sizes = {tuple(round(float(x)) for x in page.mediabox[2:]) for page in pdf(shown.prose("## A")).pages}
    assert sizes == {(842, 595)}


def test_the_cover_says_client_title_and_date(pdf, shown):
    first = pdf(shown.code(shown.cover(language="es", subtitle="Conservar"))).pages[0].extract_text()
    for said in ("Clínica Horizonte", "The journey", "Conservar", "30 de septiembre de 2026"):
        assert said in first


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_is_marked_on_every_page(pdf, shown, draft):
    reader = pdf(shown.code(shown.cover(draft=draft)), shown.prose("## A"))
    assert all(("DRAFT" in page.extract_text()) is draft for page in reader.pages)


def test_each_chapter_begins_a_page_and_is_a_bookmark(pdf, shown):
    reader = pdf(
        shown.code(shown.cover()), shown.prose("## One\n\nText."), shown.prose("## Two\n\n### Below")
    )
    assert bookmarks(reader) == [(1, "Contents"), (1, "One"), (1, "Two"), (2, "Below")]
    assert [reader.get_destination_page_number(entry) for entry in reader.outline[:3]] == [1, 2, 3]


def test_headings_follow_each_other_without_a_gap(pdf, shown):
    reader = pdf(
        shown.code(shown.cover()), shown.prose("## A\n\n#### B\n\n#### C"), shown.prose("## D\n\n### E")
    )
    assert [kind for kind in kinds(reader) if kind[1] == "H"] == ["/H1", "/H1", "/H2", "/H2", "/H1", "/H2"]


def test_contents_name_the_pages_of_the_chapters(pdf, shown):
    contents = pdf(shown.code(shown.cover()), shown.prose("## One"), shown.prose("## Two")).pages[1]
    lines = [line.replace(" ", "").replace(".", "") for line in contents.extract_text().splitlines()]
    assert any(line.startswith("One") and line.endswith("3") for line in lines)
    assert any(line.startswith("Two") and line.endswith("4") for line in lines)


def test_each_page_says_which_of_how_many(pdf, shown):
    reader = pdf(shown.code(shown.cover(language="es")), shown.prose("## Uno"))
    assert "Página 3 de 3" in text(reader)


def test_a_figure_has_its_alternative_text_and_its_caption(pdf, shown):
    reader = pdf(shown.code(shown.figure(alt="A curve that falls", caption="n = 398")))
    assert [element["/Alt"] for element in elements(reader) if element["/S"] == "/Figure"] == [
        "A curve that falls"
    ]
    assert "Figure 1 n = 398" in text(reader)


def test_a_figure_stays_vectors(pdf, shown):
    assert not pdf(shown.code(shown.figure())).pages[1].images


def test_a_figure_and_its_caption_stand_on_one_page(pdf, shown):
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="500pt" height="900pt"><path d="M0 0h9v9z"/></svg>'
    figures = [shown.code(shown.figure(**{"image/svg+xml": tall})) for _ in range(3)]
    reader = pdf(shown.prose("## A\n\n" + "Text. " * 300), *figures)
    pages = [page for page in reader.pages if "Figure" in page.extract_text()]
    assert len(pages) == 3


def test_a_sentence_goes_with_the_figure_that_it_announces(pdf, shown):
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="700pt" height="400pt"><path d="M0 0h9v9z"/></svg>'
    lines = "\n\n".join(["Text."] * 12)
    reader = pdf(
        shown.prose(f"## A\n\n{lines}\n\nWhere they part:"),
        shown.code(shown.figure(**{"image/svg+xml": tall})),
    )
    announced = next(page for page in reader.pages if "Where they part" in page.extract_text())
    assert "Figure 1" in announced.extract_text()


def test_a_long_table_repeats_its_heading_on_each_page(pdf, shown):
    rows = "".join(ROW.format(name=f"Touchpoint {number}") for number in range(80))
    reader = pdf(shown.code(shown.table(TABLE.format(rows=rows))))
    pages = [page.extract_text() for page in reader.pages if "−0,8" in page.extract_text()]
    assert len(pages) > 1
    assert all("Mean" in page for page in pages)
    assert kinds(reader).count("/Table") == 1


def test_a_table_is_tagged_with_its_headings_and_caption(pdf, shown):
    reader = pdf(shown.code(shown.table(TABLE.format(rows=ROW.format(name="Wait")))))
    assert [kind for kind in kinds(reader) if kind in ("/TH", "/TD")] == ["/TH", "/TH", "/TD", "/TD"]
    assert "Table 1 Emotions" in text(reader)


@pytest.mark.parametrize("severity", ["blocks", "warns", "info"])
def test_a_finding_says_its_severity_in_a_word(pdf, shown, severity):
    reader = pdf(shown.code(shown.finding(severity, "Nobody owns the wait.")))
    assert f"{Words('en').say(f'reports.severity_{severity}')} Nobody owns the wait." in text(reader)


def test_prose_keeps_its_structure(pdf, shown):
    reader = pdf(shown.prose("Say *this* and **that**.\n\n- one\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert {"/P", "/Em", "/Strong", "/L", "/LI", "/Table"} <= set(kinds(reader))


def test_an_unknown_element_comes_out_as_its_text(pdf, shown):
    html = shown.output(
        "other", {"text/html": "<marquee>Kept <blink>words</blink></marquee>", "text/plain": ""}
    )
    assert "Kept words" in text(pdf(shown.code(html)))


def test_a_link_that_opens_nothing_is_text(pdf, shown):
    reader = pdf(shown.prose("[a](javascript:alert(1)) [b](https://example.org)"))
    assert kinds(reader).count("/Link") == 1


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '=HYPERLINK("http://x","y")',
        '#include "x"',
        '#panic("x") #eval("1")',
        "*bold* _x_ $x$ @ref \\ [ ] `c` // /* <label> ~ --",
    ],
)
def test_hostile_text_comes_out_as_text(pdf, shown, name):
    from html import escape

    table = TABLE.format(rows=ROW.format(name=escape(name)))
    reader = pdf(
        shown.code(shown.cover(client=name, title=name, subtitle=name, html="<p></p>")),
        shown.code(
            shown.finding(text=escape(name)), shown.table(table), shown.figure(alt=name, caption=name)
        ),
    )
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert name in pages[0]
    assert pages[-1].count(name) >= 3
    assert name in [element.get("/Alt") for element in elements(reader)]


def test_a_name_from_right_to_left_has_its_letters(pdf_of, shown):
    pdf = pdf_of(shown.code(shown.cover(client="دانيال العربي", html="<p></p>")))
    assert PdfReader(io.BytesIO(pdf)).metadata.title.endswith("دانيال العربي")
    assert b"DejaVuSans" in pdf


def test_a_sign_that_no_typeface_has_is_told(pdf_of, shown, caplog):
    pdf_of(shown.code(shown.finding(text="中")))
    assert "中" in caplog.text


def test_a_column_is_as_wide_as_its_longest_amount():
    long = "Autorización previa de la aseguradora para el procedimiento"
    markup = f"<table><tr><th>Name</th><th>Cost a month</th></tr><tr><td>{long}</td><td>COP\u00a013.063.400</td></tr></table>"
    table = BeautifulSoup(markup, "html.parser").table
    assert table_node(table, lambda children: [])["words"] == [13, 14]


def test_a_400_letter_comment_and_an_endless_word_stay_on_the_sheet(pdf, shown):
    rows = ROW.format(name="word " * 80) + ROW.format(name="a" * 400)
    reader = pdf(shown.code(shown.table(TABLE.format(rows=rows))))
    assert text(reader).count("word") == 80
    ends = []
    reader.pages[-1].extract_text(visitor_text=lambda said, _, tm, *__: ends.append((said, tm[4])))
    assert max(x for said, x in ends if said.strip()) < 842 - 20


def test_fonts_are_embedded(pdf, shown):
    for page in pdf(shown.code(shown.cover()), shown.prose("## A\n\n*b* **c**")).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner)


def test_the_same_notebook_gives_the_same_bytes(pdf_of, shown):
    cells = [shown.code(shown.cover(), shown.figure(), shown.finding()), shown.prose("## A\n\nText.")]
    assert pdf_of(*cells) == pdf_of(*cells)


def test_a_picture_without_alternative_text_is_refused(pdf_of, shown, refused):
    with refused("picture_without_alt"):
        pdf_of(shown.prose('<img src="data:image/png;base64,AAAA">'))


def test_a_picture_that_cannot_be_read_is_refused_in_a_sentence(pdf_of, shown, refused):
    with refused("pdf_failed"):
        pdf_of(shown.prose('<img alt="x" src="data:image/png;base64,AAAA">'))


def test_export_writes_one_file(shown, tmp_path):
    notebook = tmp_path / "executed" / "report.ipynb"
    notebook.parent.mkdir()
    nbformat.write(shown.notebook(shown.code(shown.cover())), notebook)
    destination = tmp_path / "deliverables" / "report.pdf"
    assert export_pdf(notebook, destination) == destination
    assert destination.read_bytes().startswith(b"%PDF-1.7")
    assert [path.name for path in destination.parent.iterdir()] == ["report.pdf"]


def test_a_refused_report_leaves_the_former_one(shown, tmp_path):
    notebook, destination = tmp_path / "report.ipynb", tmp_path / "report.pdf"
    nbformat.write(shown.notebook(shown.code(shown.figure(alt=""))), notebook)
    destination.write_text("former")
    with pytest.raises(CxError):
        export_pdf(notebook, destination)
    assert destination.read_text() == "former"
