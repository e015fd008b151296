"""What axe-core, in a real browser, finds wrong with a page."""

from __future__ import annotations

import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def violations(page: Path) -> list[tuple[str, str, str]]:
    """Impact, rule and first element of each violation of WCAG and good practice that axe-core knows."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        # The page runs no script by its own policy; axe is one.
        tab = browser.new_context(bypass_csp=True).new_page()
        tab.goto(page.as_uri())
        found = Axe().run(tab).response["violations"]
        browser.close()
    return [(each["impact"], each["id"], each["nodes"][0]["html"][:200]) for each in found]
