"""The deck: one message a slide, charts and tables that can be edited, nothing that runs over."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pandas as pd
import pptx
import pytest

from cxmethod.reports.pptx import deck_of, export_pptx
from cxmethod.views.markup import Cell
from cxmethod.views.show import show_finding, show_table
from tests.reports.deck_help import (
    CHART,
    chart_bundle,
    charts,
    deck,
    html_table,
    labels,
    members,
    notes,
    tables,
    template,
    titles,
    words,
)

HOSTILE = '=HYPERLINK("http://x","y") <script>alert(1)</script> #include "x" *b* _x_ $x$ @r \\ ['
ARABIC = "مريم العيادة"
COMMENT = "The line was busy all morning and nobody called back, so we went in person and waited. " * 5


@pytest.fixture
def figure(shown):
    """A cell with a figure that carries its data."""

    def made(bundle=None, **more):
        bundle = bundle or chart_bundle(**more)
        svg = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"/>'}
        return shown.code(
            shown.output("figure", {**svg, CHART: bundle}, alt="Booking −0.8", caption="The plane")
        )

    return made


@pytest.fixture
def report(shown, figure):
    """A small report with everything in it."""

    def made(*cells, **facts):
        summary = shown.output("text", {"text/html": '<p class="cx-summary">Red points: 3.</p>'})
        return shown.notebook(
            shown.code(shown.cover(**facts)),
            shown.prose("## In short"),
            shown.code(summary),
            shown.code(shown.finding("warns", "Booking fails."), shown.finding("info", "The portal is new.")),
            shown.prose("## 4 · The plane\n\nRead it from left to right."),
            figure(),
            shown.code(shown.finding("info", "14,592 ratings by 450 customers.")),
            shown.code(shown.table(html_table([["Booking", "446"], ["Visit", "449"]]))),
            *cells,
        )

    return made


def test_cover_summary_chapter_figure_and_appendix_follow_one_another(report):
    made = deck(report())
    assert titles(made) == [
        "The journey", "Red points: 3.", "4 · The plane", "Booking by phone is a red point", "Appendix", "The kinds",
    ]  # fmt: skip


def test_the_summary_says_first_what_asks_for_attention(report):
    said = words(deck(report()).slides[1])
    assert 0 < said.index("Attention: Booking fails.") < said.index("Note: The portal is new.")


def test_notes_say_the_method_and_n(report):
    said = notes(deck(report()).slides[3])
    assert all(
        part in said for part in ("Read it from left to right.", "Mean emotion", "n = 446", "The plane")
    )


def test_every_slide_has_number_footer_and_language(report):
    made = deck(report(language="es"))
    for slide in made.slides:
        assert 'type="slidenum"' in slide._element.xml
        assert "Clínica Horizonte · 30 de septiembre de 2026" in words(slide)
        assert set(re.findall(r'lang="([^"]*)"', slide._element.xml)) == {"es-CO"}


def test_a_draft_is_marked_on_every_slide(report):
    assert all("DRAFT" in words(slide) for slide in deck(report(draft=True)).slides)
    assert not any("DRAFT" in words(slide) for slide in deck(report()).slides)


def test_pictures_charts_and_tables_have_alternative_text(report, shown):
    picture = shown.code(
        shown.figure(
            alt="A curve",
            caption="The curve",
            **{"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"/>'},
        )
    )
    made = deck(report(shown.prose("## 5 · More"), picture))
    described = [
        element.get("descr")
        for slide in made.slides
        for element in slide._element.xpath(".//p:pic//p:cNvPr | .//p:graphicFrame//p:cNvPr")
    ]
    assert len(described) == 3
    assert all(described)


# --- charts


def test_a_chart_carries_its_data_and_its_intervals(report):
    [chart] = charts(deck(report()))
    assert list(chart.plots[0].series[0].values) == [-0.8, 1.1, None]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet["A"]] == [None, "Booking", "Visit", "Portal"]
    assert [cell.value for cell in sheet["B"]] == ["Lived", -0.8, 1.1, None]
    assert sheet["C2"].value == pytest.approx(0.1)
    space = chart._chartSpace
    assert space.xpath(".//c:errBars/c:errValType/@val") == ["cust"]
    assert space.xpath(".//c:errBars/c:minus//c:f/text()") == ["Sheet1!$C$2:$C$4"]
    up = [float(value) for value in space.xpath(".//c:errBars/c:plus//c:v/text()")]
    assert up == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize(
    ("kind", "x"), [("bar", None), ("scatter", [1.0, 2.0, 3.0]), ("line", [8, 17.4, 26.8])]
)
def test_every_kind_is_a_native_chart(shown, figure, kind, x):
    lines = [{"axis": "y", "at": 0.5, "text": "all the same"}] if kind == "scatter" else []
    made = deck(shown.notebook(shown.code(shown.cover()), figure(kind=kind, x=x, lines=lines)))
    [chart] = charts(made)
    assert [value for value in chart.plots[0].series[0].values if value is not None] == [-0.8, 1.1]
    assert chart._chartSpace.xpath(".//c:errBars")


def test_points_are_named_beside_them_or_by_number_in_a_list(shown, figure):
    names = [f"A touchpoint with quite a long name, number {place}" for place in range(8)]
    values = {"values": [0.1] * 8, "low": [None] * 8, "high": [None] * 8, "n": [None] * 8}
    bundle = chart_bundle("scatter", [0.8 + place / 100 for place in range(8)])
    bundle["series"][0] |= values
    bundle["annotations"] = [
        {"x": x, "y": 0.1, "text": name} for x, name in zip(bundle["x"]["values"], names, strict=True)
    ]
    made = deck(shown.notebook(shown.code(shown.cover()), figure(bundle)))
    slide = made.slides[-1]
    said = [words(slide), *labels(charts(made)[0])]
    assert all(any(name in one for one in said) for name in names)


def test_red_points_are_marked_and_named(shown, figure):
    mark = {"x": "Booking", "y": -0.8, "text": "red point", "colour": "#B3261E"}
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(annotations=[mark]))))
    red = chart.plots[0].series[1]
    assert red.name == "red point"
    assert list(red.values) == [-0.8, None, None]
    assert red._element.xpath(".//c:dLbl//a:t/text()") == ["Booking"]


def test_no_text_of_a_client_becomes_a_formula(shown, figure):
    bundle = chart_bundle(x=[HOSTILE, "+1", "@SUM(A1)"])
    bundle["series"][0]["name"] = HOSTILE
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(bundle))))
    blob = chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    assert sheet["B1"].value == HOSTILE
    assert HOSTILE in [row[-1].value for row in sheet]
    assert not any(
        b"<f>" in content or b"hyperlink" in content.lower()
        for name, content in members(blob)
        if "sheet" in name
    )


def test_a_mark_where_another_stands_reaches_out_from_beneath_it(shown, figure):
    marks = [{"x": "Booking", "y": -0.8, "text": text} for text in ("red point", "blind spot")]
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(annotations=marks))))
    beneath, above = list(chart.plots[0].series)[1:]
    assert (beneath.name, above.name) == ("blind spot", "red point")
    assert beneath.marker.size > above.marker.size


def test_every_mark_is_named_even_where_lines_run(shown, figure):
    names = [f"Touchpoint number {place}" for place in range(6)]
    values = {"values": [1.0, -1.0] * 3, "low": [None] * 6, "high": [None] * 6, "n": [None] * 6}
    bundle = chart_bundle(x=names)
    bundle["series"][0] |= values
    bundle["annotations"] = [
        {"x": name, "y": y, "text": "red point"} for name, y in zip(names, values["values"], strict=True)
    ]
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(bundle))))
    assert labels(chart) == names


def test_a_stepped_line_has_no_marks_and_a_lone_point_has_one(shown, figure):
    blank = [None] * 6
    line = {
        "name": "Share",
        "values": [0.1, 0.1, 0.4, 0.4, 0.9, None],
        "low": blank,
        "high": blank,
        "n": blank,
    }
    bundle = chart_bundle("line", [1, 2, 2, 3, 3, 3])
    bundle["series"] = [
        {**line, "marker": "circle"},
        {**line, "name": "Now", "values": [*blank[1:], 0.9], "marker": "diamond"},
    ]
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(bundle))))
    steps, now = chart.plots[0].series
    assert [str(one.marker.style).split()[0] for one in (steps, now)] == ["NONE", "DIAMOND"]


def test_hollow_points_are_outlines(shown, figure):
    bundle = chart_bundle("scatter", [1.0, 2.0, 3.0])
    bundle["series"].append({**bundle["series"][0], "name": "Left out", "hollow": True})
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(bundle))))
    inside = [str(one.marker.format.fill.fore_color.rgb) for one in chart.plots[0].series]
    assert inside == ["0B5C6B", "C2D7DA"]


def test_marks_of_what_is_suspected_are_outlines(shown, figure):
    bundle = chart_bundle("line", ["Web", "Desk", "Bill"])
    marks = [("Web", "suspected red point", True), ("Desk", "red point", False)]
    bundle["annotations"] = [
        {"x": x, "y": 0.5, "text": text, "colour": "#B3261E"} | ({"hollow": True} if hollow else {})
        for x, text, hollow in marks
    ]
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(bundle))))
    inside = {one.name: str(one.marker.format.fill.fore_color.rgb) for one in chart.plots[0].series}
    assert inside["red point"] == "B3261E"
    assert inside["suspected red point"] != "B3261E"


def test_a_number_stands_on_no_point(shown, figure):
    bundle = chart_bundle("scatter", [0.8 + place / 1000 for place in range(8)])
    blank = [None] * 8
    bundle["series"][0] |= {"values": [0.1] * 8, "low": blank, "high": blank, "n": blank}
    bundle["annotations"] = [
        {"x": x, "y": 0.1, "text": f"A touchpoint with quite a long name, number {place}"}
        for place, x in enumerate(bundle["x"]["values"])
    ]
    [chart] = charts(deck(shown.notebook(shown.code(shown.cover()), figure(bundle))))
    assert chart._chartSpace.xpath(".//c:dLbl/c:layout/c:manualLayout")
    assert chart._chartSpace.xpath(".//c:dLbls/c:extLst")


# --- tables


def test_a_long_table_shows_what_a_slide_holds_and_counts_the_rest(shown):
    rows = [[f"Touchpoint {place}", str(place)] for place in range(24)]
    text = shown.output("text", {"text/html": '<p class="cx-summary">Many.</p>'})
    made = deck(
        shown.notebook(
            shown.code(shown.cover()),
            shown.prose("## 1 · One"),
            shown.code(text, shown.finding(), shown.table(html_table(rows))),
        )
    )
    [table] = tables(made)
    assert [row.cells[1].text_frame.text for row in list(table.rows)[1:]] == [n for _, n in rows[:10]]
    assert "14 more rows in the report." in words(made.slides[-1])


def test_numbers_stand_flush_right_in_type_that_can_be_read(report):
    [table] = tables(deck(report()))
    assert "RIGHT" in str(table.cell(1, 1).text_frame.paragraphs[0].alignment)
    assert all(
        cell.text_frame.paragraphs[0].runs[0].font.size.pt >= 11 for row in table.rows for cell in row.cells
    )


def test_a_long_comment_stands_whole_in_its_cell(report, shown):
    said = [f"{n} {COMMENT.strip()}" for n in range(4)]
    made = deck(report(shown.code(shown.table(html_table([[text, "1"] for text in said])))))
    everything = "\n".join(words(slide) for slide in made.slides)
    assert all(text in everything for text in said)


def test_what_no_slide_can_hold_is_cut_and_whole_in_the_notes(report, shown):
    said = (COMMENT * 20).strip()
    slide = deck(report(shown.code(shown.table(html_table([[said, "1"]]))))).slides[-1]
    assert "…" in words(slide)
    assert said not in words(slide)
    assert said in notes(slide)


def test_nothing_reaches_over_the_slide(report, shown):
    rows = [[f"{COMMENT} {place}", "9" * 30] for place in range(30)]
    findings = [shown.finding("warns", f"{COMMENT} {place}") for place in range(9)]
    made = deck(report(shown.code(*findings), shown.code(shown.table(html_table(rows, caption=COMMENT)))))
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


# --- text of clients, and the file itself


@pytest.mark.parametrize("text", [HOSTILE, ARABIC, "line\x0bbreak"])
def test_what_a_client_wrote_comes_out_as_text(shown, text):
    said = show_finding("thread.owner", text, "warns", {})
    page = show_table(text, [Cell("Name")], [[Cell(text)]], pd.DataFrame({"name": [text]}))
    shows = [shown.output(one.kind, dict(one.data)) for one in (said, page)]
    made = deck(shown.notebook(shown.code(shown.cover(client=text)), shown.prose("## 1"), shown.code(*shows)))
    everything = "\n".join(words(slide) for slide in made.slides)
    assert everything.count(text.replace("\x0b", " ")) >= 4


def test_nothing_is_linked_to_the_world_outside(report):
    content, _ = deck_of(report())
    assert not [name for name, part in members(content) if b'TargetMode="External"' in part]


def test_every_shape_of_a_slide_has_a_number_of_its_own(report):
    for slide in deck(report(draft=True)).slides:
        numbers = slide._element.xpath(".//p:cNvPr/@id")
        assert len(set(numbers)) == len(numbers)


def test_the_same_notebook_gives_the_same_bytes(report):
    assert deck_of(report())[0] == deck_of(report())[0]


def test_the_file_is_dated_by_the_engagement(report):
    made = deck(report())
    assert made.core_properties.created.date().isoformat() == "2026-09-30"
    assert made.core_properties.title == "The journey · Clínica Horizonte"


def test_export_writes_the_file(report, tmp_path):
    notebook = tmp_path / "executed" / "report.ipynb"
    notebook.parent.mkdir()
    notebook.write_text(json.dumps(report()), encoding="utf-8")
    written = export_pptx(notebook, tmp_path / "deliverables" / "report.pptx")
    assert len(pptx.Presentation(str(written)).slides) == 6


# --- a client's template


def test_a_template_brings_its_layouts_and_typeface_and_loses_its_slides(report, tmp_path):
    template(tmp_path / "brand.pptx")
    content, said = deck_of(report(template="brand.pptx"), str(tmp_path / "executed"))
    made = pptx.Presentation(io.BytesIO(content))
    assert said == []
    assert "Old slide" not in titles(made)
    assert [slide.slide_layout.name for slide in made.slides][:4] == [
        "Title Slide", "Title and Content", "Section Header", "Title Only",
    ]  # fmt: skip
    assert any(b'typeface="Georgia"' in part for name, part in members(content) if "theme1" in name)


def test_a_layout_that_is_missing_is_replaced_and_said(report, tmp_path):
    template(tmp_path / "brand.pptx", without=("secHead", "titleOnly", "blank"))
    content, said = deck_of(report(template="brand.pptx"), str(tmp_path / "executed"))
    made = pptx.Presentation(io.BytesIO(content))
    assert any("a title alone" in note for note in said)
    assert all(note in notes(made.slides[0]) for note in said)
    assert "Red points: 3." in titles(made)


def test_findings_that_a_narrow_opening_cannot_hold_stand_on_a_slide_of_content(shown, tmp_path):
    pptx.Presentation().save(str(tmp_path / "brand.pptx"))
    found = [shown.finding("warns", f"{COMMENT} {place}") for place in range(3)]
    chapter = [shown.prose("## 9 · More\n\nRead it from left to right."), shown.code(*found)]
    cells = [shown.code(shown.cover(template="brand.pptx")), *chapter, shown.code(shown.figure())]
    content, _ = deck_of(shown.notebook(*cells), str(tmp_path / "executed"))
    slide = pptx.Presentation(io.BytesIO(content)).slides[1]
    assert slide.slide_layout.name == "Title and Content"
    assert f"Attention: {COMMENT} 0" in words(slide)
    assert "1 more in the report." in words(slide)
    assert all(f"{COMMENT} {place}" in notes(slide) for place in range(3))


def test_a_template_of_a_blank_layout_keeps_what_the_cover_says(report, tmp_path):
    bare = pptx.Presentation()
    for layout in list(bare.slide_layouts):
        if layout._element.get("type") != "blank":
            bare.slide_layouts.remove(layout)
    bare.save(str(tmp_path / "brand.pptx"))
    content, _ = deck_of(report(template="brand.pptx"), str(tmp_path / "executed"))
    slides = list(pptx.Presentation(io.BytesIO(content)).slides)
    assert "Clínica Horizonte" in words(slides[0]).split("\n")
    assert "30" in words(slides[0])
    assert any("Red points: 3." in words(slide) for slide in slides)


@pytest.mark.parametrize("name", ["gone.pptx", "../brand.pptx", "brand.txt"])
def test_a_template_that_cannot_be_read_is_refused(report, tmp_path, refused, name):
    (tmp_path / "client" / "executed").mkdir(parents=True)
    template(tmp_path / "brand.pptx")
    (tmp_path / "client" / "brand.txt").write_text("no presentation", encoding="utf-8")
    with refused("template_unreadable"):
        deck_of(report(template=name), str(tmp_path / "client" / "executed"))
