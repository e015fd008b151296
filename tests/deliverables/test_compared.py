"""An engagement that is compared with an earlier state of it: the section reaches the page, the print and the deck."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pptx import Presentation
from pypdf import PdfReader

import cxmethod
from cxmethod.language import LANGUAGES
from cxmethod.reports.html import export_html
from cxmethod.reports.pdf import export_pdf
from cxmethod.reports.pptx import export_pptx
from cxmethod.steps import obtain_all

from .bundles import shown

CELLS = ("report-01-code", "report-02-code", "report-03-code", "report-08b-code")
HEADING = {"es": "Qué cambió entre el 30 de junio de 2026", "en": "What changed between June 30, 2026"}
BUDGET = {"es": "Ajuste: «presupuesto» (budget.amount)", "en": "Setting: “budget” (budget.amount)"}


@pytest.fixture
def notebook(engagement: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The executed cover and comparison of an engagement of which answers, a setting and a decision changed."""

    def make(language: str) -> Path:
        settings = {"date": "2026-06-30", "budget": {"amount": 900}, "currency": "COP"}
        before = engagement(
            language=language, after={"desk": [-1, 0] * 20, "web": [1, 2] * 20}, settings=settings
        )
        obtain_all(before)
        folder = tmp_path / "now"
        shutil.copytree(before.folder, folder)
        ratings = folder / "inputs" / "ratings.csv"
        ratings.write_text(ratings.read_text().replace('"-1', '"2'))
        agreed = (folder / "engagement.yaml").read_text()
        agreed = agreed.replace("2026-06-30", "2026-09-30").replace("900", "1200")
        (folder / "engagement.yaml").write_text(f"{agreed}compare_with: {before.folder}\n")
        moment = "{kind: red, reason: They told us, author: Ana, date: 2026-09-01}"
        (folder / "decisions.yaml").write_text(f"version: 1\nmoments:\n  web: {moment}\n")
        said = shown(cxmethod.open(folder), monkeypatch, CELLS.__contains__)
        outputs = [
            new_output("display_data", data=data, metadata=about)
            for data, about in (one._repr_mimebundle_() for one in said)
        ]
        path = folder / "executed" / "report.ipynb"
        path.parent.mkdir()
        nbformat.write(new_notebook(cells=[new_code_cell("views.changes()", outputs=outputs)]), path)
        return path

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comparison_is_in_every_format_and_names_settings_in_words(
    notebook: Any, tmp_path: Path, language: str
) -> None:
    path = notebook(language)
    page = BeautifulSoup(
        export_html(path, tmp_path / "report.html").read_text(encoding="utf-8"), "html.parser"
    )
    text = " ".join(page.get_text(" ").split())
    assert HEADING[language] in text
    assert BUDGET[language] in text
    assert "cxmethod run" not in text
    pdf = PdfReader(str(export_pdf(path, tmp_path / "report.pdf")))
    printed = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert HEADING[language].split()[0] in printed
    assert "(budget.amount)" in printed
    slides = Presentation(str(export_pptx(path, tmp_path / "report.pptx"))).slides
    cells = [
        cell.text for slide in slides for shape in slide.shapes if shape.has_table
        for row in shape.table.rows for cell in row.cells
    ]  # fmt: skip
    assert any("budget.amount" in cell for cell in cells)
    said = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert any(HEADING[language] in text for text in said)
