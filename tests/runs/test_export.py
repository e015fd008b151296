import pytest
from nbformat.v4 import new_output

from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.runs.export import export

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


@pytest.mark.parametrize("formats", [["docx"], ["html", "docx"], [""]])
def test_an_unknown_format_is_refused_with_the_list(engagement: Engagement, formats: list[str]) -> None:
    with pytest.raises(CxError, match="Use: html"):
        export(engagement, formats)
