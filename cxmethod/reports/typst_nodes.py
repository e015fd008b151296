"""Markup as the PDF's template reads it: a tree of plain values, in which text is only ever text.

Typst evaluates markup, and a client's text may look like it. So no Typst is written here: the tree goes
to the template as JSON, where a string is set as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from cxmethod.reports.typst_table import table_node

Node = dict[str, Any]
Picture = Callable[[Tag], Node]

INLINE = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "cite": "emph", "q": "quoted"} | {
    name: name for name in ("code", "sub", "sup", "s", "u")
}
"""Elements within a line, and what the template calls them; any other comes out as its text."""
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "details",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "figcaption",
        ),
        *(
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
        ),
        *("section", "summary", "table", "ul"),
    }
)
_DROPPED = frozenset({"style", "title", "head"})
_OPENS = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
# Controls have no shape, and an override of direction would turn what follows it around.
_LONG = re.compile(r"\S{22,}")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")


def block_nodes(part: BeautifulSoup | Tag, picture: Picture) -> list[Node]:
    """The blocks of `part`, in order.

    Parameters
    ----------
    part : BeautifulSoup or Tag
        Finished markup.
    picture : callable
        ``img`` or ``svg`` element → its node.

    Returns
    -------
    list of dict
        Each with its kind under ``t``: para, heading, list, quote, pre, rule, table, picture.
    """
    nodes: list[Node] = []
    line: list[Node] = []
    for child in part.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or _holds_blocks(child)):
            nodes += [*_paragraph(line), *_block(child, picture)]
            line = []
        else:
            line += inline_nodes([child], picture)
    return [*nodes, *_paragraph(line)]


def inline_nodes(children: Iterable[PageElement], picture: Picture) -> list[Node]:
    """What stands within a line: text, and elements of `INLINE`; blocks within it come out as their text."""
    return [node for child in children for node in _inline(child, picture)]


def plain(text: str) -> str:
    """`text` on one line, without signs that have no shape."""
    return re.sub(r"[ \t\n\f]+", " ", _UNSEEN.sub("", text))


def breakable(text: str) -> str:
    """`text` as `plain` gives it; a word longer than a narrow column may break after every ten letters."""
    return _LONG.sub(lambda word: re.sub(r"(\S{10})(?=\S)", "\\1\u200b", word[0]), plain(text))


def _holds_blocks(tag: Tag) -> bool:
    return tag.find(_BLOCKS) is not None


def _paragraph(line: list[Node]) -> Iterator[Node]:
    said = [node for node in line if node["t"] != "text" or node["v"].strip()]
    if len(said) == 1 and said[0]["t"] == "picture":
        yield said[0]
    elif said:
        yield {"t": "para", "c": line, "lead": False}


def _block(tag: Tag, picture: Picture) -> list[Node]:
    if re.fullmatch("h[1-6]", tag.name):
        return [{"t": "heading", "level": int(tag.name[1]), "c": inline_nodes(tag.children, picture)}]
    if tag.name in ("ul", "ol"):
        return [_listing(tag, picture)]
    if tag.name == "blockquote":
        return [{"t": "quote", "c": block_nodes(tag, picture)}]
    if tag.name == "pre":
        return [{"t": "pre", "v": _UNSEEN.sub("", tag.get_text()).strip("\n")}]
    if tag.name == "hr":
        return [{"t": "rule"}]
    if tag.name == "table":
        return [table_node(tag, lambda children: inline_nodes(children, picture))]
    if tag.name == "p" and not _holds_blocks(tag):
        return list(_paragraph(inline_nodes(tag.children, picture)))
    return block_nodes(tag, picture)


def _listing(tag: Tag, picture: Picture) -> Node:
    items = [block_nodes(item, picture) for item in tag.find_all("li", recursive=False)]
    start = str(tag.get("start", "1"))
    return {
        "t": "list",
        "ordered": tag.name == "ol",
        "start": int(start) if start.isdigit() else 1,
        "c": items,
    }


def _inline(child: PageElement, picture: Picture) -> list[Node]:
    if isinstance(child, NavigableString):
        # Comments, doctypes and the like are strings too, but nobody's words.
        return [] if isinstance(child, PreformattedString) else [{"t": "text", "v": breakable(str(child))}]
    if not isinstance(child, Tag) or child.name in _DROPPED:
        return []
    if child.name == "br":
        return [{"t": "break"}]
    if child.name in ("img", "svg"):
        return [picture(child)]
    inner = inline_nodes(child.children, picture)
    if child.name in _BLOCKS:
        return [*inner, {"t": "text", "v": " "}]
    if child.name == "a" and _OPENS.match(str(child.get("href", ""))):
        return [{"t": "link", "href": str(child["href"]), "c": inner}]
    return [{"t": INLINE[child.name], "c": inner}] if child.name in INLINE else inner
