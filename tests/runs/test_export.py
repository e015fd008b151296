import pytest
from nbformat.v4 import new_output

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.runs.export import export, export_brief, stale_report
from cxmethod.steps import obtain_all

from .conftest import code, write


def report(engagement: Engagement, cover: dict[str, object]) -> None:
    cell = code("show_cover()", "report")
    bundle = {
        "text/html": "<h1>Mapa del recorrido</h1>",
        "text/plain": "Mapa del recorrido",
        "application/vnd.cxmethod.cover+json": cover,
    }
    cell.outputs = [new_output("display_data", data=bundle, metadata={"cxmethod": {"kind": "cover"}})]
    write(engagement.folder / "executed" / "report.ipynb", cell)


def test_the_executed_report_becomes_a_page_in_the_deliverables(engagement: Engagement) -> None:
    cover = {
        "version": 1,
        "client": "Café Ñandú",
        "title": "Mapa del recorrido",
        "subtitle": "",
        "date": "2026-09-30",
        "language": "es",
        "draft": False,
        "colour": "#0b5c6b",
    }
    report(engagement, cover)
    (page,) = export(engagement, ["html", "html"])
    assert page == engagement.folder / "deliverables" / "report.html"
    assert "Mapa del recorrido" in page.read_text(encoding="utf-8")


def test_a_report_that_was_not_run_is_refused(engagement: Engagement) -> None:
    with pytest.raises(CxError, match="Todavía no hay informe que exportar"):
        export(engagement)


def test_a_report_whose_inputs_changed_is_told_to_be_stale(engagement: Engagement) -> None:
    obtain_all(engagement)
    assert stale_report(engagement) is None
    engagement.inputs.mkdir(exist_ok=True)
    touchpoints = engagement.inputs / "touchpoints.csv"
    touchpoints.write_text("touchpoint,name\nx,X\n", encoding="utf-8")
    assert "cxmethod run" in str(stale_report(cxmethod.open(engagement.folder)))


@pytest.mark.parametrize("formats", [["docx"], ["html", "docx"], [""]])
def test_an_unknown_format_is_refused_with_the_list(engagement: Engagement, formats: list[str]) -> None:
    with pytest.raises(CxError, match="Use: html"):
        export(engagement, formats)


def test_the_brief_of_the_scope_becomes_a_page_of_its_own(engagement: Engagement) -> None:
    cell = code("views.scope_brief(client, scope)")
    facts = {
        "version": 1,
        "client": "Café Ñandú",
        "title": "Propuesta",
        "language": "es",
        "colour": "#0b5c6b",
    }
    bundle = {"text/html": "<h1>Rediseñar</h1>", "application/vnd.cxmethod.sheet+json": facts}
    cell.outputs = [new_output("display_data", data=bundle, metadata={"cxmethod": {"kind": "sheet"}})]
    write(engagement.folder / "executed" / "00_scope.ipynb", cell)
    page = export_brief(engagement)
    assert page == engagement.folder / "deliverables" / "brief.html"
    assert "<h1>Rediseñar</h1>" in page.read_text(encoding="utf-8")


def test_a_brief_whose_scope_was_not_run_is_refused_with_what_to_run(engagement: Engagement) -> None:
    with pytest.raises(CxError, match="cxmethod run CARPETA --step 00"):
        export_brief(engagement)


def test_the_brief_is_a_web_page_only(engagement: Engagement) -> None:
    with pytest.raises(CxError, match="pdf"):
        export_brief(engagement, ["html", "pdf"])
