"""Small executed notebooks, as the step notebooks would leave them, and their report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxmethod.language import CxError
from cxmethod.reports.html import HTMLReportExporter

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path id="a" d="M0 0h1v1z"/></svg>'


class Shown:
    """The MIME bundles that a cell may leave, and the cells around them."""

    @staticmethod
    def output(kind: str | None, data: dict[str, Any], **described: Any) -> NotebookNode:
        metadata = {"cxmethod": {"kind": kind, **described}} if kind else {}
        return new_output("display_data", data=data, metadata=metadata)

    @classmethod
    def figure(cls, alt: str = "A curve that falls", caption: str = "n = 398", **data: str) -> NotebookNode:
        bundle = data or {"image/svg+xml": SVG, "image/png": "iVBORw0KGgo=\n"}
        return cls.output("figure", bundle, alt=alt, caption=caption)

    @classmethod
    def table(cls, html: str) -> NotebookNode:
        return cls.output("table", {"text/html": html, "text/plain": "a table"})

    @classmethod
    def finding(cls, severity: str = "warns", text: str = "Nobody owns the wait.") -> NotebookNode:
        said = {"version": 1, "code": "thread.owner", "text": text, "values": {}, "severity": severity}
        html = f'<p class="cx-finding cx-{severity}">{text}</p>'
        return cls.output("finding", {"text/html": html, "application/vnd.cxmethod.finding+json": said})

    @classmethod
    def cover(
        cls, html: str = '<div class="cx-cover"><h1>The journey</h1></div>', **said: Any
    ) -> NotebookNode:
        facts = {
            "version": 1,
            "client": "Clínica Horizonte",
            "title": "The journey",
            "subtitle": None,
            "date": "2026-09-30",
            "language": "en",
            "draft": False,
            "colour": "#0B5C6B",
        }
        return cls.output("cover", {"text/html": html, "application/vnd.cxmethod.cover+json": facts | said})

    @staticmethod
    def code(*outputs: NotebookNode, tags: tuple[str, ...] = (), source: str = "show()") -> NotebookNode:
        return new_code_cell(source, id="code", outputs=list(outputs), metadata={"tags": list(tags)})

    @staticmethod
    def prose(text: str, *tags: str) -> NotebookNode:
        return new_markdown_cell(text, id="prose", metadata={"tags": list(tags)})

    @staticmethod
    def notebook(*cells: NotebookNode, language: str | None = None) -> NotebookNode:
        metadata = {"papermill": {"parameters": {"language": language}}} if language else {}
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        return new_notebook(cells=list(cells), metadata=metadata)


@pytest.fixture
def shown() -> type[Shown]:
    return Shown


@pytest.fixture
def html_of() -> Callable[..., str]:
    """The report, as it is written, of the cells of a notebook."""

    def export(*cells: NotebookNode, language: str | None = None) -> str:
        html, _ = HTMLReportExporter().from_notebook_node(Shown.notebook(*cells, language=language))
        return html

    return export


@pytest.fixture
def report(html_of: Callable[..., str]) -> Callable[..., BeautifulSoup]:
    """The report, parsed, of the cells of a notebook."""
    return lambda *cells, **given: BeautifulSoup(html_of(*cells, **given), "html.parser")


@pytest.fixture
def refused() -> Callable[[str], Any]:
    """A block that must be refused, with this code."""

    @contextmanager
    def expected(code: str) -> Iterator[pytest.ExceptionInfo[CxError]]:
        with pytest.raises(CxError) as refusal:
            yield refusal
        assert refusal.value.code == f"reports.{code}"

    return expected
