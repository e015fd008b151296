"""A sheet of its own: one page, made of the one sheet that a notebook shows, and one page when it is printed."""

from __future__ import annotations

import re
import shutil

import nbformat
import pytest

from cxmethod.reports.sheet import export_sheet, read_sheet

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FACTS = {
    "version": 1,
    "client": "Clínica <Horizonte>",
    "title": "Study brief",
    "date": "2026-09-30",
    "language": "en",
    "colour": "#FFEE00",
}


def sheet(shown, html="<h1>Keep</h1>", **facts):
    data = {"text/html": html, "application/vnd.cxmethod.sheet+json": FACTS | facts}
    return shown.code(shown.output("sheet", data))


def test_a_sheet_is_read_with_a_colour_that_white_letters_stand_on(shown):
    found = read_sheet(shown.notebook(shown.prose("# 0"), sheet(shown)))
    assert found.html == "<h1>Keep</h1>"
    assert found.colour != FACTS["colour"]


def test_its_page_holds_the_sheet_and_nothing_else_of_the_notebook(shown, tmp_path):
    nbformat.write(shown.notebook(shown.prose("# Secret"), sheet(shown)), tmp_path / "nb.ipynb")
    page = export_sheet(tmp_path / "nb.ipynb", tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "<h1>Keep</h1>" in page
    assert "Study brief · Clínica &lt;Horizonte&gt;" in page
    assert "Secret" not in page


@pytest.mark.parametrize("count", [0, 2])
def test_none_or_several_are_refused(shown, refused, count):
    with refused("one_sheet"):
        read_sheet(shown.notebook(shown.prose("# 0"), *(sheet(shown) for _ in range(count))))


def test_what_would_fetch_something_is_refused(shown, refused):
    with refused("not_self_contained"):
        read_sheet(shown.notebook(sheet(shown, '<img src="https://example.org/a.png">')))


def test_values_that_do_not_hold_are_named(shown, refused):
    with refused("cover_invalid") as refusal:
        read_sheet(shown.notebook(sheet(shown, colour="blue")))
    assert "colour" in str(refusal.value)


@pytest.fixture
def pages(tmp_path):
    """How many pages a notebook's sheet takes when it is printed."""
    playwright = pytest.importorskip("playwright.sync_api")

    def printed(notebook) -> int:
        nbformat.write(notebook, tmp_path / "nb.ipynb")
        page_file = export_sheet(tmp_path / "nb.ipynb", tmp_path / "brief.html")
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(page_file.as_uri())
            content = page.pdf(prefer_css_page_size=True)
            browser.close()
        return len(re.findall(rb"/Type\s*/Page[^s]", content))

    return printed


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_brief_of_which_nothing_fits_is_printed_on_one_page(shown, engagement, pages, language):
    from cxmethod import views
    from cxmethod.steps import compute

    scope = {"weeks": 1, "interviewable_customers": 3, "study_budget": 1_000_000, "day_rate": 900_000}
    client = engagement(
        touchpoints="name\n"
        + "\n".join(f"A touchpoint with a rather long name number {n}" for n in range(60)),
        settings={
            "objective_text": "A sentence that is far too long. " * 30,
            "currency": "COP",
            "date": "2026-10-07",
            "scope": scope | {"data": {"events": False, "ratings": False}},
        },
        decisions={"plan": {"method": "customer_journey_map"}},
        language=language,
    )
    data, _ = views.scope_brief(client, compute(client, "00_scope"))._repr_mimebundle_()
    assert "cx-brief-misfit" in data["text/html"]
    assert pages(shown.notebook(shown.code(shown.output("sheet", data)))) == 1


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_brief_that_has_much_to_say_is_printed_on_one_page(shown, engagement, pages, language):
    from cxmethod import views
    from cxmethod.steps import compute

    points = "\n".join(
        f"t{n},A touchpoint with a rather long name number {n},p{n // 6},{n}" for n in range(30)
    )
    personas = "\n".join(
        f"p{n},A kind of customer with a long name number {n},0.14,assumed" for n in range(7)
    )
    client = engagement(
        touchpoints="touchpoint,name,phase,order\n" + points,
        personas="persona,name,share,evidence\n" + personas,
        settings={"objective_text": "A sentence that is far too long. " * 30, "date": "2026-10-07"},
        decisions={"scope": {"cut": {"touchpoints": [f"t{n}" for n in range(18)]}}},
        language=language,
    )
    brief = views.scope_brief(client, compute(client, "00_scope"))
    data, _ = brief._repr_mimebundle_()
    assert pages(shown.notebook(shown.code(shown.output("sheet", data)))) == 1
