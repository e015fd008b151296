"""Event logs in XES (IEEE 1849) → a grid as of any other file: one row an event, attributes of the case beside it."""

from __future__ import annotations

from xml.parsers import expat

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.engagement.grid import Grid

_VALUES = {"string", "date", "int", "float", "boolean", "id"}


def read_xes(name: str, content: bytes) -> Grid | list[Problem]:
    """The events of an XES file, or what keeps it from being read.

    Headings are the attributes' keys, those of the case with ``case:`` before them, as process-mining tools write them
    in CSV. Lists, containers and attributes of attributes are left out. A document type is refused, and with it every
    entity: an event log needs none.
    """
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    try:
        parser.Parse(content, True)
    except _DoctypeError:
        return [Problem("intake.rule_xes_doctype", name)]
    except expat.ExpatError as error:
        return [Problem("intake.rule_xes", name, limits={"line": error.lineno})]
    frame = pd.DataFrame(reading.events, dtype="object")
    headings = tuple(map(str, frame.columns))
    cells = frame.set_axis(range(len(headings)), axis=1).set_axis(range(2, len(frame) + 2), axis=0)
    return Grid(headings, cells.astype("str"))


class _DoctypeError(Exception):
    pass


def _refuse(*_: object) -> None:
    raise _DoctypeError


class _Reading:
    """Collects events while Expat goes through the file."""

    def __init__(self) -> None:
        self.events: list[dict[str, str]] = []
        self._case: dict[str, str] = {}
        self._first = 0  # event of the case at hand
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        element = tag.rpartition("|")[2]
        within = self._open[-1] if self._open else ""
        key, value = attributes.get("key", ""), attributes.get("value", "")
        if element == "trace":
            self._case, self._first = {}, len(self.events)
        elif element == "event":
            self.events.append({})
        elif element in _VALUES and within == "event":
            self.events[-1][key] = value
        elif element in _VALUES and within == "trace":
            self._case[f"case:{key}"] = value
        self._open.append(element)

    def end(self, _: str) -> None:
        """An element ends."""
        if self._open.pop() == "trace":
            for event in self.events[self._first :]:
                event.update(self._case)
