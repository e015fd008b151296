"""The report in a real browser: nothing fetched, nothing wider than the window."""

import shutil
from base64 import b64encode

import nbformat
import pytest

from cxmethod.reports.html import export_html

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><rect width="4" height="1"/></svg>'

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def opened(shown, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api")
    wide = "<table><caption>Wide</caption>" + f"<tr>{'<td>COP&nbsp;45.000.000</td>' * 12}</tr></table>"
    notebook = shown.notebook(
        shown.code(shown.cover(draft=True)),
        shown.prose("## Waiting\n\nText."),
        shown.code(shown.figure(**{"image/svg+xml": SVG.decode()}), shown.table(wide), shown.finding()),
    )
    nbformat.write(notebook, tmp_path / "report.ipynb")
    page_file = export_html(tmp_path / "report.ipynb", tmp_path / "report.html")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto(page_file.as_uri())
        yield page
        browser.close()


def test_the_browser_asks_for_nothing_but_the_file(opened):
    picture = f"data:image/svg+xml;base64,{b64encode(SVG).decode()}"
    assert {url for url in opened.asked if url != picture} == {opened.url}
    assert opened.complaints == []
    assert opened.evaluate("document.querySelector('figure img').naturalWidth") > 0


def test_a_narrow_window_scrolls_the_table_and_not_the_page(opened):
    assert opened.evaluate("document.documentElement.scrollWidth") == 360
    assert opened.evaluate(
        "(e => e.scrollWidth > e.clientWidth)(document.querySelector('.cx-block-table .cx-scroll'))"
    )
