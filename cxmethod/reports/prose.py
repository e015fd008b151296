"""Markdown cells as HTML, by nbconvert's own renderer."""

from __future__ import annotations

from mistune import BlockParser, InlineParser
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from cxmethod.language import CxError, Words
from cxmethod.reports.cells import Cell


def prose_html(cell: Cell, folder: str, words: Words) -> str:
    """HTML of a Markdown cell; pictures beside the notebook and attachments are taken in.

    Parameters
    ----------
    cell : Cell
        Of type ``markdown``.
    folder : str
        Where the notebook lies.
    words : Words

    Raises
    ------
    CxError
        When the cell shows an attachment that it does not have.
    """
    renderer = IPythonRenderer(
        escape=False,
        embed_images=True,
        exclude_anchor_links=True,
        path=folder,
        attachments=cell.node.get("attachments", {}),
    )
    # mistune's own parsers in place of nbconvert's: a report speaks of money, and "$4 … $9" is no formula.
    markdown = MarkdownWithMath(renderer, block=BlockParser(), inline=InlineParser(hard_wrap=False))
    try:
        return markdown.render(cell.node.source)
    except InvalidNotebook:
        raise CxError("reports.attachment_missing", words, cell=cell.place) from None
