"""Figures, tables, findings and prose on the page."""

from base64 import b64decode

import pytest

TABLE = (
    '<table class="cx-table"><caption>Emotion, <b>after</b></caption>'
    '<thead><tr><th scope="col">Touchpoint</th><th class="num">n</th></tr></thead>'
    '<tbody><tr><th scope="row">A &lt; B</th><td class="num">398</td></tr></tbody></table>'
)


def test_a_figure_is_its_svg_with_alternative_text_and_caption(report, shown):
    figure = report(shown.code(shown.figure())).figure
    kind, picture = figure.img["src"].split(",")
    assert kind == "data:image/svg+xml;base64"
    assert b64decode(picture).startswith(b"<svg")
    assert figure.img["alt"] == "A curve that falls"
    assert " ".join(figure.figcaption.get_text().split()) == "Figure 1 n = 398"


def test_a_figure_without_svg_is_its_png(report, shown):
    figure = shown.figure(**{"image/png": "iVBO\nRw0K\n"})
    assert report(shown.code(figure)).img["src"] == "data:image/png;base64,iVBORw0K"


def test_figures_are_numbered_in_order(report, shown):
    page = report(shown.code(shown.figure()), shown.code(shown.figure()), language="es")
    numbers = [mark.string for mark in page.select("figcaption .cx-number")]
    assert numbers == ["Figura 1", "Figura 2"]


def test_alt_and_caption_are_text(report, shown):
    figure = report(shown.code(shown.figure(alt='"wait" <script>', caption="n < 5 & <i>thin</i>"))).figure
    assert figure.img["alt"] == '"wait" <script>'
    assert figure.figcaption.find("i") is None
    assert "n < 5 & <i>thin</i>" in figure.figcaption.get_text()


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_a_figure_without_alternative_text_is_refused(html_of, shown, alt, refused):
    with refused("figure_without_alt") as refusal:
        html_of(shown.prose("Hello."), shown.code(shown.figure(alt=alt), source="emotion_curve(result)"))
    assert "2 (emotion_curve(result))" in str(refusal.value)


@pytest.mark.parametrize("kind", ["table", "cover"])
def test_a_bundle_that_lacks_its_html_is_refused(html_of, shown, kind, refused):
    with refused("bundle_incomplete"):
        html_of(shown.code(shown.output(kind, {"text/plain": "x"})))


def test_a_table_keeps_caption_scope_and_escaped_text(report, shown):
    table = report(shown.code(shown.table(TABLE))).table
    assert " ".join(table.caption.get_text().split()) == "Table 1 Emotion, after"
    assert [cell["scope"] for cell in table.find_all("th")] == ["col", "col", "row"]
    assert table.tbody.th.string == "A < B"
    assert table.tbody.td["class"] == ["num"]


def test_a_table_scrolls_in_a_named_region_that_takes_focus(report, shown):
    region = report(shown.code(shown.table(TABLE))).table.parent
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"] == "Table 1 Emotion, after"


def test_a_markdown_table_is_dressed_too(report, shown):
    table = report(shown.prose("| Kind | n |\n|---|---|\n| red | 3 |"), language="es").table
    assert [cell["scope"] for cell in table.thead.find_all("th")] == ["col", "col"]
    assert table.parent["aria-label"] == "Tabla"


@pytest.mark.parametrize(
    ("severity", "label"), [("blocks", "Por resolver"), ("warns", "Atención"), ("info", "Nota")]
)
def test_a_finding_says_how_grave_it_is(report, shown, severity, label):
    note = report(shown.code(shown.finding(severity)), language="es").select_one(".cx-note")
    assert note.find(class_="cx-severity").string == label
    assert note.find(class_="cx-finding").string == "Nobody owns the wait."


def test_a_finding_of_unknown_severity_is_refused(html_of, shown, refused):
    with refused("finding_without_severity"):
        html_of(shown.code(shown.finding("fatal")))


def test_money_in_prose_is_not_mathematics(report, shown):
    paragraph = report(shown.prose("It costs $4 today and **will cost** $9, $$ **a lot** $$.")).main.p
    assert paragraph.strong.string == "will cost"
    assert paragraph.get_text() == "It costs $4 today and will cost $9, $$ a lot $$."


def test_a_missing_attachment_is_refused(html_of, shown, refused):
    with refused("attachment_missing"):
        html_of(shown.prose("![map](attachment:map.png)"))


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_says_so_on_screen_on_paper_and_in_its_title(html_of, report, shown, draft):
    cover = shown.code(shown.cover(language="es", draft=draft))
    page = report(cover)
    assert (page.find(class_="cx-draft") is not None) is draft
    assert page.title.string.startswith("Borrador · ") is draft
    assert ('@top-right { content: "Borrador"; }' in html_of(cover)) is draft
