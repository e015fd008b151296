"""One h1, no level skipped, and an anchor at every heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

HEADING = re.compile(r"^h[1-6]$")
# Anchors that the page itself uses.
TAKEN = ("content", "contents-title")


@dataclass(frozen=True)
class Entry:
    """A line of the contents list."""

    anchor: str
    text: str


def take_title(parts: Iterable[BeautifulSoup]) -> str | None:
    """Take the leading h1 out of `parts`: the page's header shows it. Its text, or None where they open otherwise."""
    for part in parts:
        heading = part.find(HEADING)
        if isinstance(heading, Tag):
            return _text(heading.extract()) if heading.name == "h1" else None
    return None


def put_in_order(parts: Iterable[BeautifulSoup]) -> list[Entry]:
    """Shift the headings of `parts`, in place, so that they follow one h1 and skip no level; name each.

    A heading goes one level below the nearest one before it that was above it in the notebook; the
    topmost become h2.

    Returns
    -------
    list of Entry
        The h2 headings, in order.
    """
    parts = list(parts)
    anchors = {str(tag["id"]) for part in parts for tag in part.find_all(id=True)} | set(TAKEN)
    above: list[int] = []
    entries = []
    for part in parts:
        for heading in part.find_all(HEADING):
            level = int(heading.name[1])
            above = [*(other for other in above if other < level), level]
            heading.name = f"h{min(1 + len(above), 6)}"
            heading["id"] = _free(_slug(_text(heading)), anchors)
            if heading.name == "h2":
                entries.append(Entry(str(heading["id"]), _text(heading)))
    return entries


def _text(heading: Tag) -> str:
    return " ".join(heading.get_text().split())


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


def _free(slug: str, anchors: set[str]) -> str:
    anchor, count = slug, 1
    while anchor in anchors:
        count += 1
        anchor = f"{slug}-{count}"
    anchors.add(anchor)
    return anchor
