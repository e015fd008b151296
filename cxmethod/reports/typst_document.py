"""A report as Typst's files: our template, the report as data, and its pictures."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup, Tag

from cxmethod.assets import asset
from cxmethod.language import CxError
from cxmethod.reports.blocks import Block
from cxmethod.reports.reading import Report
from cxmethod.reports.typst_nodes import Node, block_nodes, plain

ENDINGS = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
_DATA = re.compile(r"data:(?P<mime>[\w.+-]+/[\w.+-]+)(?P<rest>[^,]*),(?P<body>.*)", re.DOTALL)


def typst_files(report: Report) -> dict[str, bytes]:
    """The files from which Typst sets `report`, by name; the one to compile is ``main.typ``.

    Raises
    ------
    CxError
        When a picture lacks its alternative text, or is of a type that a PDF cannot carry.
    """
    writer = _Writer(report)
    content = writer.content()
    template = asset("templates") / "cxmethod-pdf"
    files = {path.name: path.read_bytes() for path in sorted(template.glob("*.typ"))}
    data = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return files | writer.pictures | {"report.json": data.encode()}


class _Writer:
    """Walks through a report once, and keeps the pictures that it meets."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.pictures: dict[str, bytes] = {}

    def content(self) -> Node:
        report = self._report
        words, facts = report.words, report.cover.facts if report.cover else None
        date = facts.date if facts else None
        return {
            "language": words.language,
            "title": plain(report.title),
            "heading": plain(facts.title if facts else str(report.heading)),
            "client": plain(facts.client) if facts else "",
            "subtitle": plain(facts.subtitle or "") if facts else "",
            "date": words.date(date) if date else "",
            "day": [date.year, date.month, date.day] if date else None,
            "colour": report.colour,
            "logo": self._logo(),
            "draft": self._draft(),
            "contents": words.say("reports.contents"),
            "page": words.say("reports.page_of", page="{page}", pages="{pages}"),
            "blocks": list(self._blocks()),
        }

    def _draft(self) -> Node | None:
        words = self._report.words
        if not self._report.draft:
            return None
        return {"word": words.say("reports.draft"), "banner": words.say("reports.draft_banner")}

    def _logo(self) -> Node | None:
        logo = self._report.logo
        return self._keep(logo.picture, logo.mime, logo.alt, "") if logo else None

    def _blocks(self) -> Iterator[Node]:
        words = self._report.words
        figures = tables = 0
        for block, part in zip(self._report.blocks, self._report.parts, strict=True):
            if block.kind == "figure":
                figures += 1
                number = words.say("reports.figure_number", number=figures)
                yield self._figure(block, number)
                continue
            nodes = self._nodes(part, block)
            for node in nodes:
                if node["t"] == "table" and node["caption"]:
                    tables += 1
                    node["number"] = words.say("reports.table_number", number=tables)
            if block.kind == "finding":
                word = words.say(f"reports.severity_{block.severity}")
                yield {"t": "finding", "severity": block.severity, "word": word, "c": nodes}
            else:
                yield from _announcing(nodes, block.kind == "prose")

    def _nodes(self, part: BeautifulSoup, block: Block) -> list[Node]:
        return block_nodes(part, lambda tag: self._picture(tag, block))

    def _figure(self, block: Block, number: str) -> Node:
        picture = self._keep(block.picture, block.mime, block.alt, block.cell.place)
        return {"t": "figure", "picture": picture, "number": number, "caption": plain(block.caption)}

    def _picture(self, tag: Tag, block: Block) -> Node:
        """The node of an ``img`` whose source is in the page itself, or of a drawing that stands in it."""
        place = block.cell.place
        if tag.name == "svg":
            title = tag.find("title")
            alt = str(tag.get("aria-label") or (title.get_text() if title else ""))
            return self._keep(str(tag).encode(), "image/svg+xml", alt, place)
        found = _DATA.fullmatch(str(tag.get("src", "")))
        if found is None:
            raise CxError("reports.picture_unreadable", self._report.words, cell=place, mime="?")
        body = found["body"]
        picture = b64decode(body) if found["rest"].endswith("base64") else unquote_to_bytes(body)
        return self._keep(picture, found["mime"], str(tag.get("alt", "")), place)

    def _keep(self, picture: bytes, mime: str, alt: str, place: str) -> Node:
        words = self._report.words
        if mime not in ENDINGS:
            raise CxError("reports.picture_unreadable", words, cell=place, mime=mime)
        if not alt.strip():
            raise CxError("reports.picture_without_alt", words, cell=place)
        name = f"picture-{len(self.pictures) + 1}.{ENDINGS[mime]}"
        self.pictures[name] = picture
        return {"t": "picture", "file": name, "alt": plain(alt).strip()}


def _announcing(nodes: list[Node], prose: bool) -> list[Node]:
    """The same nodes; a cell's last paragraph leads over to what the next cell shows."""
    if prose and nodes and nodes[-1]["t"] == "para":
        return [*nodes[:-1], nodes[-1] | {"lead": True}]
    return nodes
