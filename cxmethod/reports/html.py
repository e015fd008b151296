"""The HTML report: one executed notebook in, one file out that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from cxmethod.assets import asset
from cxmethod.engagement.saving import write_atomic
from cxmethod.reports.executed import executed
from cxmethod.reports.page import Page, read_page


class HTMLReportExporter(TemplateExporter):
    """nbconvert's exporter of the report: ``jupyter nbconvert --to cxmethod-html``.

    Not a child of nbconvert's own HTML exporter, whose page brings scripts from elsewhere.
    """

    export_from_notebook = "Customer journey report"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "cxmethod-html"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(asset("templates"))]

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """nbconvert's filters, and the one that reads the notebook for the template."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "report_page", _page
        yield "css_text", css_text


def export_html(notebook: Path, destination: Path) -> Path:
    """Write the report of an executed notebook.

    Parameters
    ----------
    notebook : Path
        An executed ``report.ipynb``.
    destination : Path
        The file to write, whole or not at all.

    Returns
    -------
    Path
        `destination`.

    Raises
    ------
    CxError
        When a cell failed, a bundle lacks what it must carry, or something would be fetched.
    """
    place = {"metadata": {"name": notebook.stem, "path": str(notebook.parent)}}
    exporter = HTMLReportExporter()  # type: ignore[no-untyped-call]
    html, _ = exporter.from_notebook_node(executed(notebook), place)
    return write_atomic(destination, html.encode())


def css_text(text: str) -> str:
    """`text` as the inside of a CSS string in an HTML page: everything but letters, digits and spaces escaped."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text)


@pass_context
def _page(context: Context, notebook: NotebookNode) -> Page:
    metadata = context["resources"]["metadata"]
    return read_page(notebook, metadata.get("path", ""), metadata["name"])
