"""One executed notebook, read as a report, whatever it is printed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from cxmethod.engagement.colour import readable_on_white
from cxmethod.language import Words
from cxmethod.reports.blocks import Block, blocks_of
from cxmethod.reports.cells import refuse_errors, report_cells
from cxmethod.reports.cover import Cover, read_cover, report_language
from cxmethod.reports.logo import Logo, read_logo
from cxmethod.reports.offline import refuse_remote
from cxmethod.reports.outline import Entry, put_in_order, take_title

PLAIN_COLOUR = "#0B5C6B"


@dataclass(frozen=True)
class Report:
    """A report before it is set.

    `parts` holds the markup of each of the `blocks`, parsed: nothing in it is fetched, its headings
    follow one h1 without a gap, and each of them has an anchor. `heading` is that h1 where the cover
    does not bring its own.
    """

    words: Words
    title: str
    heading: str | None
    prepared: str
    colour: str
    draft: bool
    cover: Cover | None
    logo: Logo | None
    contents: Sequence[Entry]
    blocks: Sequence[Block]
    parts: Sequence[BeautifulSoup]


def read_report(notebook: NotebookNode, folder: str = "", name: str = "") -> Report:
    """Read an executed notebook as a report.

    Parameters
    ----------
    notebook : NotebookNode
    folder : str
        Where it lies, for the pictures beside it that its Markdown shows, and for the logo.
    name : str
        Its file name without the ending: the title where there is neither cover nor heading.

    Raises
    ------
    CxError
        When a cell failed, a bundle lacks what it must carry, something would be fetched, or the logo
        cannot be read.
    """
    cover = read_cover(notebook)
    words = Words(report_language(notebook, cover))
    refuse_errors(notebook, words)
    draft = bool(cover and cover.facts.draft)
    blocks = list(blocks_of(report_cells(notebook, words.language, draft), folder, words))
    parts = [BeautifulSoup(block.html, "html.parser") for block in blocks]
    for block, part in zip(blocks, parts, strict=True):
        refuse_remote(part, block.cell.place, words)
    heading = _heading(cover, parts, name)
    return Report(
        words=words,
        title=f"{cover.facts.title} · {cover.facts.client}" if cover else str(heading),
        heading=heading,
        prepared=_prepared(cover, words),
        colour=_colour(cover),
        draft=draft,
        cover=cover,
        logo=read_logo(cover, folder, words),
        contents=put_in_order(parts),
        blocks=blocks,
        parts=parts,
    )


def _heading(cover: Cover | None, parts: Sequence[BeautifulSoup], name: str) -> str | None:
    if cover and BeautifulSoup(cover.html, "html.parser").h1:
        return None
    return take_title(parts) or (cover.facts.title if cover else name)


def _colour(cover: Cover | None) -> str:
    if cover is None:
        return PLAIN_COLOUR.lower()
    return readable_on_white(cover.facts.accent or cover.facts.colour)


def _prepared(cover: Cover | None, words: Words) -> str:
    if not cover:
        return ""
    if cover.facts.date is None:
        return words.say("reports.prepared", client=cover.facts.client)
    return words.say("reports.prepared_date", client=cover.facts.client, date=words.date(cover.facts.date))
