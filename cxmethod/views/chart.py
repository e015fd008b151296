"""The data of a figure, so that an exporter can draw it as a native chart: ``application/vnd.cxmethod.chart+json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

MIME = "application/vnd.cxmethod.chart+json"
_MARKERS = {"o": "circle", "s": "square", "^": "triangle", "v": "triangle-down", "D": "diamond", "*": "star"}


class Mark(NamedTuple):
    """A point that a chart names, in the colour that the figure gives it; an outline where it is `hollow`."""

    x: str | float
    y: float
    text: str
    colour: str | None = None
    hollow: bool = False


class Line(NamedTuple):
    """A straight line across the chart, such as a threshold: where `axis` has the value `at`."""

    axis: Literal["x", "y"]
    at: float
    text: str


@dataclass(frozen=True)
class Series:
    """One line, one set of bars, or one kind of points.

    Parameters
    ----------
    name : str
    values, low, high, n : iterable of float
        As many as the chart's x has values; missing where unknown.
    marker : str
        As Matplotlib names it.
    colour : str, optional
        As the figure draws it, ``#rrggbb``.
    hollow : bool
        Whether its points are drawn as outlines.
    """

    name: str
    values: Iterable[Any]
    low: Iterable[Any]
    high: Iterable[Any]
    n: Iterable[Any]
    marker: str = "o"
    colour: str | None = None
    hollow: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values, null where unknown."""
        numbers = {name: _plain(getattr(self, name)) for name in ("values", "low", "high", "n")}
        colour = {"colour": self.colour} if self.colour else {}
        hollow = {"hollow": True} if self.hollow else {}
        return {"name": self.name, **numbers, "marker": _MARKERS[self.marker], **colour, **hollow}


@dataclass(frozen=True)
class Chart:
    """A chart as exporters read it; the schema beside this module says what each part means."""

    kind: Literal["line", "bar", "scatter"]
    title: str
    subtitle: str
    note: str
    x_label: str
    x: Sequence[Any]
    y_label: str
    y_format: Literal["signed", "number", "percent"]
    series: Sequence[Series]
    annotations: Sequence[tuple[str | float, float, str] | Mark] = field(default=())
    lines: Sequence[Line] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Version 1 of the format."""
        return {
            "version": 1,
            "kind": self.kind,
            "title": self.title,
            "subtitle": self.subtitle,
            "note": self.note,
            "x": {"label": self.x_label, "values": list(self.x)},
            "y": {"label": self.y_label, "format": self.y_format},
            "series": [one.as_dict() for one in self.series],
            "annotations": [_annotation(Mark(*one)) for one in self.annotations],
            "lines": [{"axis": line.axis, "at": float(line.at), "text": line.text} for line in self.lines],
        }


def chart_schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    content: dict[str, Any] = json.loads(
        Path(__file__).with_name("chart.schema.json").read_text(encoding="utf-8")
    )
    return content


def estimates(
    name: str,
    own: pd.DataFrame,
    columns: tuple[str, str, str, str],
    marker: str = "o",
    colour: str | None = None,
    *,
    hollow: bool = False,
) -> Series:
    """A series from four columns of `own`: value, low, high, n; a column that is not there is unknown."""
    blank = pd.Series(np.nan, own.index)
    values, low, high, n = (own.get(column, blank) for column in columns)
    return Series(name, values, low, high, n, marker, colour, hollow)


def _annotation(mark: Mark) -> dict[str, Any]:
    colour = {"colour": mark.colour} if mark.colour else {}
    hollow = {"hollow": True} if mark.hollow else {}
    return {"x": mark.x, "y": float(mark.y), "text": mark.text, **colour, **hollow}


def _plain(values: Iterable[Any]) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]
