"""An engagement folder with given files, small enough to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import cxmethod
from cxmethod.engagement import Engagement

TABLES = {
    "phases.csv": "phase,name,order,question,stage\nsearch,Search,1,discover,pre\n",
    "touchpoints.csv": "touchpoint,name,phase,order\nwebsite,Website,search,1\nbooking,Booking,search,2\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Make an engagement folder: its input files, settings, decisions; None leaves a file out."""

    def make(
        inputs: Mapping[str, str | bytes] | None = None,
        settings: str | bytes | None = "client: Acme\nlanguage: en\n",
        decisions: str | bytes | None = None,
    ) -> Path:
        place = tmp_path / "acme"
        files = {f"inputs/{name}": content for name, content in {**TABLES, **(inputs or {})}.items()}
        for name, content in {**files, "engagement.yaml": settings, "decisions.yaml": decisions}.items():
            if content is not None:
                path = place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    return make


@pytest.fixture
def engage(folder: Callable[..., Path]) -> Callable[..., Engagement]:
    """Make and open an engagement with the given input files."""

    def make(inputs: Mapping[str, str | bytes] | None = None, language: str | None = None) -> Engagement:
        return cxmethod.open(folder(inputs), language)

    return make


@pytest.fixture
def found(engage: Callable[..., Engagement]) -> Callable[..., list[tuple[str, str, int, str]]]:
    """What is wrong in one input file: rule, column, row, value."""

    def make(name: str, content: str | bytes) -> list[tuple[str, str, int, str]]:
        problems = engage({name: content}).problems()
        assert all(problem.file == name for problem in problems)
        return [(p.rule.removeprefix("engagement."), p.column, p.row, p.value) for p in problems]

    return make
