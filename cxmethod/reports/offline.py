"""A report stands alone: it fetches nothing, and runs nothing."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from cxmethod.language import CxError, Words

RUNS_OR_FETCHES = ("script", "iframe", "object", "embed", "link", "base", "meta")
FETCHING = ("src", "srcset", "poster", "data")
# In SVG an address may also be fetched by a reference; a fragment of the page itself is none.
REFERRING = {
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
}
STYLED_FROM = re.compile(r"@import|url\(\s*[\"']?(?!data:|#)", re.IGNORECASE)


def refuse_remote(part: BeautifulSoup, place: str, words: Words) -> None:
    """Refuse markup that would fetch something when the report is opened, or that runs a script.

    Raises
    ------
    CxError
        Naming the cell and what it asks for.
    """
    for tag in part.find_all(True):
        wanted = _wanted(tag)
        if wanted:
            raise CxError("reports.not_self_contained", words, cell=place, wanted=wanted)


def _wanted(tag: Tag) -> str | None:
    if tag.name in RUNS_OR_FETCHES:
        return f"<{tag.name}>"
    for name in (*FETCHING, *REFERRING.get(tag.name, ())):
        address = str(tag.get(name, ""))
        if address and not address.startswith(("data:", "#")):
            return address
    style = str(tag.get("style", "")) + (tag.get_text() if tag.name == "style" else "")
    return "CSS url()" if STYLED_FROM.search(style) else None
