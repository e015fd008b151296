"""An engagement with given sources and tables, and files as a client sends them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import cxmethod
from cxmethod.engagement import Engagement, InputProblems
from cxmethod.intake import take_in

TOUCHPOINTS = (
    "touchpoint,name,phase,order\n"
    "website,Website,search,1\n"
    "booking,Booking,search,2\n"
    "payment,Payment,search,3\n"
)
SURVEY = {
    "kind": "survey",
    "file": "survey.csv",
    "respondent": "id",
    "scale": {"low": 1, "high": 5},
    "ratings": {"after": {"q1": "website", "q2": "booking"}},
}
LOG = {"kind": "event_log", "file": "log.csv", "case": "case", "activity": "step", "timestamp": "at"}


@pytest.fixture
def engage(tmp_path: Path) -> Callable[..., Engagement]:
    """Make an engagement: its sources, its tables as CSV text, other settings."""

    def make(
        *sources: Mapping[str, Any], tables: Mapping[str, str] | None = None, **settings: Any
    ) -> Engagement:
        folder = tmp_path / "acme"
        (folder / "inputs").mkdir(parents=True, exist_ok=True)
        for name, text in (tables if tables is not None else {"touchpoints": TOUCHPOINTS}).items():
            (folder / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
        content = {"client": "Acme", "language": "en", "sources": list(sources), **settings}
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / "engagement.yaml").write_text(text, encoding="utf-8")
        return cxmethod.open(folder)

    return make


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Path]:
    """Put a file where a client's file arrives, outside the engagement."""

    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / "mail" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


@pytest.fixture
def refused() -> Callable[..., InputProblems]:
    """Take files in that must be refused, and give the refusal."""

    def make(engagement: Engagement, *files: Path) -> InputProblems:
        before = {path: path.read_bytes() for path in engagement.folder.rglob("*") if path.is_file()}
        with pytest.raises(InputProblems) as caught:
            take_in(engagement, files)
        after = {path: path.read_bytes() for path in engagement.folder.rglob("*") if path.is_file()}
        assert after == before
        for language in ("en", "es"):
            said = str(InputProblems(caught.value.problems, engagement.settings.words(language)))
            # What is written of engagement.yaml has braces; a field left unfilled has nothing but a name in them.
            assert not re.search(r"\{\w*\}", said)
        return caught.value

    return make


@pytest.fixture
def rules(refused: Callable[..., InputProblems]) -> Callable[..., list[tuple[str, str, int, str]]]:
    """The rules that a refusal names, each with column, row and value."""

    def make(engagement: Engagement, *files: Path) -> list[tuple[str, str, int, str]]:
        return [(p.rule, p.column, p.row, p.value) for p in refused(engagement, *files).problems]

    return make
