"""Decks of small notebooks, and what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
from nbformat import NotebookNode

from cxmethod.reports.pptx import deck_of

CHART = "application/vnd.cxmethod.chart+json"


def deck(notebook: NotebookNode, folder: str = "") -> Any:
    return pptx.Presentation(io.BytesIO(deck_of(notebook, folder)[0]))


def titles(presentation: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in presentation.slides]


def words(slide: Any) -> str:
    """Everything that is written on a slide."""
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def charts(presentation: Any) -> list[Any]:
    return [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]


def labels(chart: Any) -> list[str]:
    """What stands beside the points of a chart."""
    return [" ".join(label.xpath(".//a:t/text()")) for label in chart._chartSpace.xpath(".//c:dLbl")]


def tables(presentation: Any) -> list[Any]:
    return [shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table]


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def chart_bundle(kind: str = "line", x: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    series = {
        "name": "Lived", "values": [-0.8, 1.1, None], "low": [-0.9, 1.0, None], "high": [-0.7, 1.2, None],
        "n": [446, 449, None], "marker": "circle", "colour": "#0B5C6B",
    }  # fmt: skip
    bundle = {
        "version": 1, "kind": kind, "title": "Booking by phone is a red point", "subtitle": "Mean emotion",
        "note": "n = 446", "x": {"label": "", "values": x or ["Booking", "Visit", "Portal"]},
        "y": {"label": "Emotion", "format": "signed"}, "series": [series], "annotations": [], "lines": [],
    }  # fmt: skip
    return bundle | more


def html_table(rows: list[list[str]], caption: str = "The kinds") -> str:
    head = '<th scope="col">Name</th><th scope="col" class="num">n</th>'
    body = "".join(f'<tr><th scope="row">{name}</th><td class="num">{n}</td></tr>' for name, n in rows)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def template(path: Path, *, without: tuple[str, ...] = (), font: str = "Georgia") -> Path:
    """A client's template with a slide of its own: python-pptx's layouts but those of some types, another typeface."""
    presentation = pptx.Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Old slide"
    for layout in list(presentation.slide_layouts)[1:]:
        if layout._element.get("type") in without:
            presentation.slide_layouts.remove(layout)
    theme = next(
        rel.target_part
        for rel in presentation.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    theme._blob = theme.blob.replace(b'<a:latin typeface="Calibri"', f'<a:latin typeface="{font}"'.encode())
    presentation.save(str(path))
    return path
