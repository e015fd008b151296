"""The workbook as a consultant meets it: each notebook in JupyterLab, in a real browser, cell by cell."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cxmethod
from cxmethod.intake import take_in
from cxmethod.runs.lab import lab_arguments
from cxmethod.runs.notebooks import STEPS, copy_notebooks
from cxmethod.teaching.demo import demo_client_files, write_demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LANGUAGE = {step: "es" if place % 2 else "en" for place, step in enumerate(STEPS)}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is not installed: notebooks are not opened in a browser"
    ),
]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in both languages, side by side, with the consultant's own notebooks."""
    root = tmp_path_factory.mktemp("lab")
    for language in ("es", "en"):
        engagement = cxmethod.open(write_demo(root / language, language))
        take_in(engagement, demo_client_files())
        copy_notebooks(root / language, language)
    return root


@pytest.fixture(scope="module")
def lab(clinic: Path) -> Iterator[str]:
    """Address of a JupyterLab that runs in the folder of both engagements."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        *lab_arguments(clinic),
        "--no-browser",
        "--allow-root",
        "--ServerApp.token=",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
    ]
    settings = clinic / ".settings"
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(clinic / ".jupyter"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "PYTHONWARNINGS": "ignore",
    }
    # All cells stay in the page, so that each can be looked at after the run.
    tracker = settings / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}', encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlab", *options]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/api"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise TimeoutError("JupyterLab did not start")


@pytest.fixture(scope="module")
def page(lab: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        strangers: list[str] = []
        page.on("request", lambda request: _note_stranger(request.url, lab, strangers))
        yield page
        browser.close()
        assert strangers == [], "JupyterLab asked for something beyond this machine"


def _note_stranger(url: str, lab: str, strangers: list[str]) -> None:
    if not url.startswith((lab, lab.replace("http", "ws"), "data:", "blob:")):
        strangers.append(url)


@pytest.mark.parametrize("step", STEPS)
def test_every_cell_of_the_notebook_runs_in_the_browser(lab: str, page: Any, step: str) -> None:
    page.goto(f"{lab}/lab/tree/{LANGUAGE[step]}/notebooks/{step}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector("[data-status=idle]", timeout=60_000)
    page.wait_for_timeout(1000)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Escape")
    cells = page.evaluate("document.querySelectorAll('.jp-CodeCell').length")
    for _ in range(200):
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(40)
        if _at_the_end(page):
            break
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.jp-InputPrompt')].some(p => p.innerText.includes('*'))",
        timeout=120_000,
    )
    executed = [text for text in _prompts(page) if re.search(r"\[\d+\]", text)]
    errors = page.locator(
        "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
    )
    assert errors.all_inner_texts() == []
    assert len(executed) >= cells


def _prompts(page: Any) -> list[str]:
    return page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()


def _at_the_end(page: Any) -> bool:
    """JupyterLab adds an empty cell when the last one was run."""
    return page.evaluate(
        "() => { const c = [...document.querySelectorAll('.jp-Notebook .jp-Cell')]; "
        "const last = c[c.length - 1]; return last.classList.contains('jp-mod-active') "
        "&& last.classList.contains('jp-CodeCell') && !last.querySelector('.cm-line')?.innerText.trim(); }"
    )
