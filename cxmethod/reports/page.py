"""One executed notebook, ready to be set: everything that the HTML template needs, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from cxmethod.language import Words
from cxmethod.reports.blocks import Block, blocks_of
from cxmethod.reports.cells import refuse_errors, report_cells
from cxmethod.reports.colour import readable_on_white
from cxmethod.reports.cover import Cover, read_cover, report_language
from cxmethod.reports.offline import refuse_remote
from cxmethod.reports.outline import Entry, put_in_order, take_title
from cxmethod.reports.tables import dress_tables

PLAIN_COLOUR = "#0B5C6B"


@dataclass(frozen=True)
class Page:
    """A report as its template meets it.

    `cover` and each block's `html` are finished markup; everything else is text. `heading` is the h1
    where the cover does not bring its own.
    """

    words: Words
    title: str
    heading: str | None
    prepared: str
    colour: str
    draft: bool
    cover: str
    contents: Sequence[Entry]
    blocks: Sequence[Block]


def read_page(notebook: NotebookNode, folder: str = "", name: str = "") -> Page:
    """Read an executed notebook as a report.

    Parameters
    ----------
    notebook : NotebookNode
    folder : str
        Where it lies, for the pictures beside it that its Markdown shows.
    name : str
        Its file name without the ending: the title where there is neither cover nor heading.

    Raises
    ------
    CxError
        When a cell failed, a bundle lacks what it must carry, or something would be fetched.
    """
    cover = read_cover(notebook)
    words = Words(report_language(notebook, cover))
    refuse_errors(notebook, words)
    draft = bool(cover and cover.facts.draft)
    blocks = list(blocks_of(report_cells(notebook, words.language, draft), folder, words))
    parts = [BeautifulSoup(block.html, "html.parser") for block in blocks]
    for block, part in zip(blocks, parts, strict=True):
        refuse_remote(part, block.cell.place, words)
    dress_tables(parts, words)
    heading = _heading(cover, parts, name)
    contents = put_in_order(parts)
    return Page(
        words=words,
        title=f"{cover.facts.title} · {cover.facts.client}" if cover else str(heading),
        heading=heading,
        prepared=_prepared(cover, words),
        colour=readable_on_white(cover.facts.colour if cover else PLAIN_COLOUR),
        draft=draft,
        cover=_cover_html(cover, words),
        contents=contents,
        blocks=[replace(block, html=str(part)) for block, part in zip(blocks, parts, strict=True)],
    )


def _heading(cover: Cover | None, parts: Sequence[BeautifulSoup], name: str) -> str | None:
    if cover and BeautifulSoup(cover.html, "html.parser").h1:
        return None
    return take_title(parts) or (cover.facts.title if cover else name)


def _cover_html(cover: Cover | None, words: Words) -> str:
    if not cover:
        return ""
    part = BeautifulSoup(cover.html, "html.parser")
    refuse_remote(part, cover.cell.place, words)
    return str(part)


def _prepared(cover: Cover | None, words: Words) -> str:
    if not cover:
        return ""
    if cover.facts.date is None:
        return words.say("reports.prepared", client=cover.facts.client)
    return words.say("reports.prepared_date", client=cover.facts.client, date=words.date(cover.facts.date))
