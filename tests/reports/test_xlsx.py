"""The workbook, read back by another library: types, formats, names, and what a client wrote is only text."""

from __future__ import annotations

import datetime
import random
from io import BytesIO
from typing import Any

import nbformat
import pytest
from openpyxl import Workbook, load_workbook

from cxmethod.reports.sheets import LONGEST_TEXT, TABLE, cell_text, free_name
from cxmethod.reports.xlsx import XlsxExporter, export_xlsx, workbook_bytes

# openpyxl does not know data bars that begin at zero, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

PERCENT = {"kind": "percent", "digits": 0}
SIGNED = {"kind": "signed", "digits": 1}
HOSTILE = [
    '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
    '#include "x"', "*bold* _x_ $x$ @ref \\ [", "http://example.org", "mailto:a@b.c", "'quoted", "_x0041_", "{=1}", "00123",
    "1e5", "2026-01-01", "مرحبا بالعالم", "שלום", "x" * 400,
]  # fmt: skip


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    said = {"title": name.title(), "description": f"What {name} says", "unit": "text"}
    return {"name": name, "type": kind, **said, **more}


def table(*fields: dict[str, Any], rows: Any = (), **more: Any) -> dict[str, Any]:
    data = [dict(zip((one["name"] for one in fields), row, strict=True)) for row in rows]
    about = {"name": "04.x", "title": "4 Emotions", "description": "How it feels", "step": "04 Touchpoints"}
    where = {"locale": "es_CO", "currency": "COP"}
    return {**about, **where, "schema": {"fields": [*fields]}, "data": data, **more}


@pytest.fixture
def opened(shown):
    """The workbook of these tables, read back."""

    def make(*tables: dict[str, Any], **cover: Any) -> Workbook:
        return load_workbook(BytesIO(make.bytes(*tables, **cover)))

    def raw(*tables: dict[str, Any], **cover: Any) -> bytes:
        outputs = [shown.output("sheet", {TABLE: one, "text/plain": "a sheet"}) for one in tables]
        cells = (
            shown.code(shown.cover(**{"language": "es"} | cover)),
            shown.code(*outputs, tags=("workbook",)),
        )
        return workbook_bytes(shown.notebook(*cells))

    make.bytes = raw
    return make


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_client_wrote_is_text_wherever_it_stands(opened, text):
    hostile = field("name", title=text, description=text, unit=text)
    book = opened(table(hostile, rows=[[text]], description=text, step=text), client=text, title=text)
    found = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert [cell.coordinate for cell in found if cell.data_type == "n" and isinstance(cell.value, str)] == []
    assert [cell.hyperlink.target for cell in found if cell.hyperlink and cell.hyperlink.target] == []
    sheet = book["4 Emotions"]
    assert [sheet["A1"].value, sheet["A2"].value] == [text, text]


def test_cells_keep_their_type(opened):
    fields = [
        field("name"),
        field("share", "number", format=PERCENT),
        field("n", "integer", format={"kind": "number", "digits": 0}),
        field("red", "boolean"),
        field("day", "date"),
    ]
    sheet = opened(
        table(*fields, rows=[["Desk", 0.2551, 398, True, "2026-09-30"], ["Web", None, None, False, None]])
    )["4 Emotions"]
    assert [cell.value for cell in sheet[2]] == ["Desk", 0.2551, 398, "sí", datetime.datetime(2026, 9, 30)]
    assert [cell.value for cell in sheet[3]] == ["Web", None, None, "no", None]
    assert sheet["E2"].is_date


def test_control_signs_and_endless_texts_fit_a_cell(opened):
    rows = [["a\x00b\x07c\x1bd"], ["ñ" * 40_000], ["two\r\nlines"], ["\ud800lone"]]
    cells = [
        row[0].value for row in opened(table(field("name"), rows=rows))["4 Emotions"].iter_rows(min_row=2)
    ]
    assert cells[0] == "abcd"
    assert len(cells[1]) == LONGEST_TEXT
    assert cells[1].endswith("…")
    assert cells[2] == "two\nlines"
    assert cells[3] == "lone"
    assert len(cell_text("😀" * 20_000).encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_infinite_and_unknown_numbers_are_blank(opened):
    rows = [[float("inf")], [float("-inf")], [float("nan")], [None], ["1"], [True]]
    sheet = opened(table(field("x", "number", format=SIGNED), rows=rows))["4 Emotions"]
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == [None] * 6


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("4 Emotions", [], "4 Emotions"),
        ("4 Emotions", ["4 EMOTIONS"], "4 Emotions (2)"),
        ("a/b:c*d?e[f]g\\h", [], "a b c d e f g h"),
        ("'quoted'", [], "quoted"),
        ("x" * 50, [], "x" * 31),
        ("x" * 50, ["x" * 31], "x" * 27 + " (2)"),
        ("History", [], "History (2)"),
        ("::", [], "(2)"),
    ],
)
def test_a_sheets_name_is_one_that_spreadsheets_allow(name, taken, expected):
    assert free_name(name, taken) == expected


@pytest.mark.parametrize(
    ("form", "value", "shows"),
    [
        (PERCENT, 0.5, '#,##0"\u00a0"%'),
        (SIGNED, 0.5, '"+"#,##0.0'),
        (SIGNED, -0.04, "#,##0.0;"),
        ({"kind": "money", "digits": 0}, 5.0, '"COP\u00a0"#,##0'),
        ({"kind": "p", "digits": 3}, 0.0001, '[<0.001][$-240A]"<\u00a00,001"'),
        ({"kind": "number", "digits": 3}, 0.5, "#,##0.000"),
    ],
)
def test_a_number_shows_the_digits_of_the_page(opened, form, value, shows):
    cell = opened(table(field("x", "number", format=form), rows=[[value]]))["4 Emotions"]["A2"]
    assert shows in cell.number_format
    assert "[$-240A]" in cell.number_format
    assert cell.value == value


def test_a_format_may_change_from_row_to_row(opened):
    forms = [PERCENT, {"kind": "signed", "digits": 0}]
    sheet = opened(table(field("x", "number", format=forms), rows=[[0.5], [-32.0]]))["4 Emotions"]
    assert "%" in sheet["A2"].number_format
    assert "%" not in sheet["A3"].number_format


def test_a_sheet_has_a_frozen_heading_a_filter_and_room_for_its_texts(opened):
    persona = [field("persona"), field("touchpoint"), field("mean", "number", format=SIGNED)]
    sheet = opened(table(*persona, rows=[["Everyone", "Desk " * 40, 0.5], ["Everyone", "Web", -0.5]]))[
        "4 Emotions"
    ]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert 40 <= sheet.column_dimensions["B"].width <= 60
    assert sheet["B2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 40


def test_looks_become_conditional_formats(opened):
    fields = [
        field("kind", look="marks", marks={"bad": ["punto rojo"]}),
        field("mean", "number", format=SIGNED, look="sign"),
        field("p", "number", format={"kind": "p", "digits": 3}, look="significant", below=0.05),
        field("share", "number", format=PERCENT, look="bar"),
    ]
    sheet = opened(table(*fields, rows=[["punto rojo", -0.5, 0.01, 0.3]]))["4 Emotions"]
    rules = {
        str(area.sqref): [rule.type for rule in rules]
        for area, rules in sheet.conditional_formatting._cf_rules.items()
    }
    assert rules == {
        "A2": ["cellIs"], "B2": ["cellIs", "cellIs"], "C2": ["containsBlanks", "cellIs"], "D2": ["dataBar"],
    }  # fmt: skip


def test_contents_lead_to_every_sheet_and_tell_what_is_empty(opened):
    full, empty = table(field("x"), rows=[["a"]], title="It's 4"), table(field("x"), title="5 Kano")
    book = opened(full, empty, draft=True)
    assert book.sheetnames == ["Contenido", "It's 4", "Diccionario de datos"]
    contents = book["Contenido"]
    links = [cell.hyperlink.location for row in contents for cell in row if cell.hyperlink]
    assert links == ["'Diccionario de datos'!A1", "'It''s 4'!A1"]
    texts = [cell.value for row in contents for cell in row if cell.value is not None]
    assert "5 Kano" in texts
    assert "nada que mostrar" in texts
    assert any("Borrador" in str(text) for text in texts)


def test_the_dictionary_says_what_every_column_means(opened):
    book = opened(table(field("x"), field("y"), rows=[["a", "b"]]))
    rows = [[cell.value for cell in row] for row in book["Diccionario de datos"].iter_rows()]
    assert rows[0] == ["Hoja", "Columna", "Qué significa", "Unidad", "Paso"]
    assert rows[1:] == [
        ["4 Emotions", name.title(), f"What {name} says", "text", "04 Touchpoints"] for name in ("x", "y")
    ]


@pytest.mark.parametrize("language", ["es", "en"])
def test_title_client_and_language_are_among_its_properties(opened, language):
    book = opened(table(field("x"), rows=[["a"]], locale=language), language=language, client="Clínica Ñandú")
    assert "The journey" in book.properties.title
    assert book.properties.subject == "Clínica Ñandú"
    assert book.custom_doc_props["Language"].value == language
    assert book.properties.created == datetime.datetime(2026, 9, 30)


def test_the_same_notebook_gives_the_same_bytes(opened):
    tables = [table(field("x"), rows=[["a"]])]
    assert opened.bytes(*tables) == opened.bytes(*tables)
    assert opened.bytes(*tables, date=None) == opened.bytes(*tables, date=None)


def test_a_notebook_without_tables_is_refused(shown, refused):
    with refused("no_sheets"):
        workbook_bytes(shown.notebook(shown.code(shown.cover())))


def test_tables_of_other_cells_are_not_in_it(shown, refused):
    page = shown.output("table", {"text/html": "<table></table>", TABLE: table(field("x"), rows=[["a"]])})
    with refused("no_sheets"):
        workbook_bytes(shown.notebook(shown.code(shown.cover()), shown.code(page)))


def test_export_writes_one_file_and_nbconvert_gets_the_same(shown, tmp_path):
    sheet = shown.output("sheet", {TABLE: table(field("x"), rows=[["a"]])})
    notebook = shown.notebook(shown.code(shown.cover()), shown.code(sheet, tags=("workbook",)))
    nbformat.write(notebook, tmp_path / "report.ipynb")
    destination = tmp_path / "deliverables" / "workbook.xlsx"
    assert export_xlsx(tmp_path / "report.ipynb", destination) == destination
    content, resources = XlsxExporter().from_notebook_node(notebook)
    assert content == destination.read_bytes()
    assert resources["output_extension"] == ".xlsx"


@pytest.mark.parametrize("language", ["es", "en"])
def test_fifty_numbers_of_the_demo_are_those_of_its_results(whole, shown, monkeypatch, language):
    import cxmethod
    from cxmethod.views import workbook

    own, bundles = whole("demo", "es"), []
    monkeypatch.setattr(workbook, "display", bundles.append)
    workbook.workbook_tables(cxmethod.open(own.client.folder, language), own.results, own.thread)
    sheets = [one.data[TABLE] for one in bundles]
    outputs = [shown.output("sheet", {TABLE: one}) for one in sheets]
    cells = (shown.code(shown.cover(language=language)), shown.code(*outputs, tags=("workbook",)))
    book = load_workbook(BytesIO(workbook_bytes(shown.notebook(*cells))))
    places = [
        (sheet["name"], sheet["title"], row, column, one["name"])
        for sheet in sheets
        if sheet["name"][:2].isdigit()
        for column, one in enumerate(sheet["schema"]["fields"], start=1)
        if one["type"] == "number"
        for row in range(len(sheet["data"]))
    ]
    for key, title, row, column, name in random.Random(7).sample(places, 50):
        step, part = key.split(".")
        value = own.results[step].tables()[part][name].iloc[row]
        shown_there = book[title].cell(row + 2, column).value
        assert (shown_there is None) == (value != value or value is None), (key, name, row)
        # The file holds 16 digits, a program 15.
        assert shown_there is None or shown_there == pytest.approx(float(value), rel=1e-14), (key, name, row)
