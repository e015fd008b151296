"""A report, ready to be set in HTML: everything that the template needs, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from cxmethod.language import Words
from cxmethod.reports.blocks import SVG, Block
from cxmethod.reports.inline_svg import font_of, inline_svg
from cxmethod.reports.logo import Logo
from cxmethod.reports.offline import refuse_remote
from cxmethod.reports.outline import Entry
from cxmethod.reports.reading import Report, read_report
from cxmethod.reports.tables import dress_tables


@dataclass(frozen=True)
class Page:
    """A report as its template meets it.

    `cover` and each block's `html` are finished markup, `font` finished CSS; everything else is text. `heading` is the h1
    where the cover does not bring its own.
    """

    words: Words
    title: str
    heading: str | None
    prepared: str
    colour: str
    draft: bool
    cover: str
    font: str
    logo: Logo | None
    contents: Sequence[Entry]
    blocks: Sequence[Block]


def read_page(notebook: NotebookNode, folder: str = "", name: str = "") -> Page:
    """Read an executed notebook as a page of HTML.

    Parameters
    ----------
    notebook : NotebookNode
    folder, name : str
        As for `reading.read_report`.

    Raises
    ------
    CxError
        As `reading.read_report` does.
    """
    report = read_report(notebook, folder, name)
    dress_tables(report.parts, report.words)
    return Page(
        words=report.words,
        title=report.title,
        heading=report.heading,
        prepared=report.prepared,
        colour=report.colour,
        draft=report.draft,
        cover=_cover_html(report),
        font=next((font for block in report.blocks if (font := _font(block))), ""),
        logo=report.logo,
        contents=report.contents,
        blocks=_blocks(report),
    )


def _blocks(report: Report) -> list[Block]:
    """Each block with its markup; figures become part of the page where they bring their font."""
    figures = 0
    blocks = []
    for block, part in zip(report.blocks, report.parts, strict=True):
        html = str(part)
        if block.kind == "figure":
            figures += 1
            html = _figure(block, figures, report.words) if _font(block) else ""
        blocks.append(replace(block, html=html))
    return blocks


def _font(block: Block) -> str | None:
    return font_of(block.picture.decode()) if block.mime == SVG else None


def _figure(block: Block, number: int, words: Words) -> str:
    svg = inline_svg(block.picture.decode(), number, block.alt)
    refuse_remote(BeautifulSoup(svg, "html.parser"), block.cell.place, words)
    return svg


def _cover_html(report: Report) -> str:
    if not report.cover:
        return ""
    part = BeautifulSoup(report.cover.html, "html.parser")
    refuse_remote(part, report.cover.cell.place, report.words)
    return str(part)
