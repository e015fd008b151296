"""All deliverables of the demo, from its one executed report."""

from __future__ import annotations

from pathlib import Path

import pytest

import cxmethod
from cxmethod.intake import take_in
from cxmethod.language import LANGUAGES
from cxmethod.runs.engagement import run_engagement
from cxmethod.runs.export import export
from cxmethod.teaching.demo import demo_client_files, write_demo

from .accessibility import CHROMIUM, violations
from .numbers import apart

pytestmark = pytest.mark.slow
FILES = {
    "report.html",
    "report.pdf",
    "report.pptx",
    "workbook.xlsx",
    "poster.pdf",
    "poster.svg",
    "journey.json",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifty_numbers_are_the_same_in_every_deliverable(tmp_path: Path, language: str) -> None:
    client = cxmethod.open(write_demo(tmp_path / language, language))
    take_in(client, demo_client_files())
    run_engagement(client, ["report"], stock=True)
    made = export(client)
    assert {path.name for path in made} == FILES
    assert (client.folder / "deliverables" / "report.html").stat().st_size < 1_000_000
    if CHROMIUM:
        assert violations(client.folder / "deliverables" / "report.html") == []
    assert apart(client.folder / "deliverables", language) == {}
