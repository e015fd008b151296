"""What a cell shows: one MIME bundle that every exporter reads."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxmethod.pictures import PICTURES
from cxmethod.views.chart import MIME, Chart
from cxmethod.views.markup import Cell, html_table, paragraph, text_table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_DOTS_PER_INCH = 144
_PARTS = ("title", "subtitle", "note")


@dataclass(frozen=True)
class Shown:
    """Something to show, in every form that a reader may want.

    Parameters
    ----------
    data : mapping
        MIME type → content.
    kind : str
        ``figure``, ``table``, ``finding``, ``cover``, ``sheet`` or ``text``; exporters choose by it.
    about : mapping
        What goes with it: alternative text, caption.
    """

    data: Mapping[str, Any]
    kind: str
    about: Mapping[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return dict(self.data), {"cxmethod": {"kind": self.kind, **self.about}}

    def __str__(self) -> str:
        return str(self.data["text/plain"])

    __repr__ = __str__


def show_figure(figure: Figure, *, alt: str, caption: str, chart: Chart | None = None) -> Shown:
    """A figure as SVG and PNG (but see `PICTURES`) with its alternative text, and its data where a native chart can be drawn from them.

    Title, subtitle and note are those that `style.head` wrote.
    """
    from cxmethod.views.svg import figure_svg

    data: dict[str, Any] = {"image/svg+xml": figure_svg(figure)}
    if os.environ.get(PICTURES) != "vector":
        data["image/png"] = _png(figure)
    data["text/plain"] = alt
    if chart is not None:
        data[MIME] = chart.as_dict()
    return Shown(data, "figure", {"alt": alt, "caption": caption, **_headed(figure)})


def show_table(
    caption: str, headings: Sequence[Cell], rows: Sequence[Sequence[Cell]], values: pd.DataFrame
) -> Shown:
    """A table for people, with its raw values for machines (Table Schema)."""
    import json

    resource = {
        "schema": {"fields": [{"name": str(name), "type": _type(values[name])} for name in values.columns]},
        "data": json.loads(values.to_json(orient="records", date_format="iso", double_precision=15)),
    }
    data = {
        "text/html": html_table(caption, headings, rows),
        "text/plain": text_table(caption, headings, rows),
        "application/vnd.dataresource+json": resource,
    }
    return Shown(data, "table", {"caption": caption})


def show_text(text: str) -> Shown:
    """One plain sentence, such as why there is nothing to draw."""
    return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})


def show_finding(code: str, text: str, severity: str, values: Mapping[str, Any], evidence: str = "") -> Shown:
    """One sentence that the work found."""
    known = {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in values.items()
    }
    content = {"version": 1, "code": code, "text": text, "values": known}
    content |= {"evidence": evidence, "severity": severity}
    data = {
        "text/html": paragraph(text, f"cx-finding cx-{severity}"),
        "text/plain": text,
        "application/vnd.cxmethod.finding+json": content,
    }
    return Shown(data, "finding", {})


def show_cover(text: str, html: str, content: Mapping[str, Any]) -> Shown:
    """The cover of a deliverable, and what exporters need to know of the whole."""
    data = {
        "text/html": html,
        "text/plain": text,
        "application/vnd.cxmethod.cover+json": {"version": 1, **content},
    }
    return Shown(data, "cover", {})


def show_sheet(text: str, html: str, content: Mapping[str, Any]) -> Shown:
    """A page of its own that is handed over by itself, and what an exporter needs to set it."""
    data = {
        "text/html": html,
        "text/plain": text,
        "application/vnd.cxmethod.sheet+json": {"version": 1, **content},
    }
    return Shown(data, "sheet", {})


def _png(figure: Figure) -> str:
    import base64

    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
    return base64.b64encode(png.getvalue()).decode()


def _headed(figure: Figure) -> dict[str, Any]:
    """What stands above and beneath the figure, in whole lines; and how much of its height the title takes."""
    named = {str(text.get_label()): text for text in figure.texts if text.get_label() in _PARTS}
    head: dict[str, Any] = {part: " ".join(text.get_text().split()) for part, text in named.items()}
    if "title" in named:
        foot = named["title"].get_window_extent().y0 / figure.bbox.height
        head["title_share"] = round(1 - foot, 4)
    return {part: said for part, said in head.items() if said}


def _type(column: pd.Series) -> str:
    kinds = {"b": "boolean", "i": "integer", "u": "integer", "f": "number", "M": "datetime"}
    return kinds.get(getattr(column.dtype, "kind", "O"), "string")
