"""Setting the slides: each kind of content in the room that there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cxmethod.reports.deck_chart import add_chart
from cxmethod.reports.deck_findings import Item
from cxmethod.reports.deck_frame import Box, Stage, add_words, describe, drop_empty, hold, one_line, paint
from cxmethod.reports.deck_opening import fitting_items, line_of, place_picture, set_opener, severity_of
from cxmethod.reports.deck_picture import figure_picture
from cxmethod.reports.deck_story import Slide
from cxmethod.reports.deck_table import MARGIN, TablePage, table_page
from cxmethod.reports.deck_text import fitting_size, line_height, shortened, text_height

_ROWS, _APPENDIX_ROWS = 10, 20
"""A table that is spoken about, and one that is looked up."""
_REST = 0.34
"""Inches of the line that counts further rows."""
_POINTS = (20.0, 18.0, 16.0, 15.0, 14.0)
_INDENT = 0.3
_SIGNS = {"blocks": ("■", "B3261E"), "warns": ("▲", "955608"), "info": ("●", "0B5C6B")}
_NOTE, _LEAD, _LEAD_ROWS = 11, 15, 5


def set_slide(stage: Stage, slide: Slide) -> None:
    """Set one slide of the story; what it cannot hold is counted, and stands in the report."""
    {"opener": _opener, "figure": _figure, "table": _table, "points": _points}[slide.kind](stage, slide)


def _opener(stage: Stage, slide: Slide) -> None:
    if not set_opener(stage, slide):
        lead = [Item(slide.lead)] if slide.lead else []
        _points(stage, replace(slide, kind="points", items=[*lead, *slide.items]))


def _points(stage: Stage, slide: Slide) -> None:
    """Points, as many as can be read from the back of the room."""
    width, height = stage.content_size
    room = ((width - _INDENT - 0.25) * stage.sure, height - 0.1)
    items = fitting_items(slide, [], room, _POINTS[-1], stage)
    shown = stage.slide("content", slide.title, slide.chapter, slide.notes)
    _bullets(stage, shown, items)
    drop_empty(shown)


def _bullets(stage: Stage, shown: Any, items: Sequence[Item]) -> None:
    from pptx.util import Inches, Pt

    left, top, width, height = stage.content_box(shown)
    body = stage.body(shown)
    if body is None:
        body = shown.shapes.add_textbox(*(Inches(inches) for inches in (left, top, width, height)))
    elif stage.master.own:
        body.left, body.top, body.width, body.height = (
            Inches(inches) for inches in (left, top, width, height)
        )
    texts = [line_of(item, stage) for item in items]
    inner = (width - _INDENT - 0.25) * stage.sure
    size = fitting_size(texts, (inner, height - 0.1), _POINTS, gap=0.12) or 12
    rows = max(int((height - 0.1) / max(len(texts), 1) / line_height(size)), 1)
    frame = body.text_frame
    hold(frame)
    for place, item in enumerate(items):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.space_before = Pt(8), Pt(0)
        sign, colour = _SIGNS.get(item.severity, ("•", "accent"))
        _bullet(paragraph, sign, colour)
        if item.severity:
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = f"{severity_of(item, stage)}: ", Pt(size), True
            paint(run.font, colour)
        run = paragraph.add_run()
        word = f"{severity_of(item, stage)}: " if item.severity else ""
        text = item.text if size > 12 else shortened(word + item.text, inner, size, rows)[len(word) :]
        run.text, run.font.size = one_line(text), Pt(size)


def _figure(stage: Stage, slide: Slide) -> None:
    block = slide.figure
    assert block is not None
    shown = stage.slide("title_only", slide.title, slide.chapter, slide.notes)
    box = _led(shown, slide.lead, stage.content_box(shown), stage.sure)
    if slide.chart is not None:
        box = _headed(shown, slide.chart, box, stage.sure)
        frame = add_chart(shown, slide.chart, box, stage.words)
        describe(frame, block.alt)
    else:
        describe(place_picture(shown, figure_picture(block), box), block.alt)
    drop_empty(shown)


def _led(shown: Any, lead: str, box: Box, sure: float) -> Box:
    """What the chapter says first, above its only figure; the box that is left."""
    if not lead:
        return box
    left, top, width, height = box
    said = shortened(lead, width * sure, _LEAD, _LEAD_ROWS)
    over = text_height([said], width * sure, _LEAD) + 0.1
    add_words(shown, said, (left, top - 0.06, width, over), _LEAD, name="Lead")
    return left, top + over, width, height - over


def _headed(shown: Any, chart: Any, box: Box, sure: float) -> Box:
    """The measure above the chart, what it rests on beneath; the box that is left."""
    left, top, width, height = box
    inner = width * sure
    above = shortened(str(chart["subtitle"]), inner, 13, 2)
    beneath = shortened(str(chart["note"]), inner, _NOTE, 3)
    over = text_height([above], inner, 13) + 0.06 if above else 0.0
    under = text_height([beneath], inner, _NOTE) + 0.04 if beneath else 0.0
    if above:
        add_words(shown, above, (left, top - 0.06, width, over), 13, colour="5B6770", name="Measure")
    if beneath:
        add_words(
            shown, beneath, (left, top + height - under, width, under), _NOTE, colour="5B6770", name="Source"
        )
    return left, top + over, width, height - over - under


def _table(stage: Stage, slide: Slide) -> None:
    """What of a table fits one slide, and how much more there is."""
    assert slide.grid is not None
    width, height = stage.content_size
    most = _APPENDIX_ROWS if slide.appendix else _ROWS
    page = table_page(slide.grid, (width * stage.sure, height), most, _REST)
    shown = stage.slide("title_only", slide.title, slide.chapter, [*slide.notes, *page.cut])
    box = stage.content_box(shown)
    _grid(shown, page, box, slide.title, stage.sure)
    left = {"rows": len(slide.grid.rows) - len(page.rows), "columns": page.hidden}
    said = [
        stage.words.say(f"reports.{what}_more", count=count, n=stage.words.number(count, 0))
        for what, count in left.items()
        if count
    ]
    if said:
        top = min(box[1] + sum(page.heights) + 0.08, box[1] + box[3] - _REST + 0.08)
        add_words(
            shown, " ".join(said), (box[0], top, box[2], _REST - 0.08), 12, colour="5B6770", name="Rest"
        )
    drop_empty(shown)


def _grid(shown: Any, page: TablePage, box: Box, caption: str, sure: float) -> None:
    from pptx.util import Inches, Pt

    left, top, _, _ = box
    frame = shown.shapes.add_table(
        len(page.rows) + 1,
        len(page.headings),
        Inches(left),
        Inches(top),
        Inches(sum(page.widths) / sure),
        Inches(sum(page.heights)),
    )
    describe(frame, f"{caption}: {', '.join(page.headings)}")
    table = frame.table
    table.horz_banding, table.first_col = False, True
    style = frame._element.graphic.graphicData.tbl.tblPr
    style[-1].text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # No style, no grid: lines are our own.
    for column, width in zip(table.columns, page.widths, strict=True):
        column.width = Inches(width / sure)
    for row, height in zip(table.rows, page.heights, strict=True):
        row.height = Inches(height)
    for number, texts in enumerate([page.headings, *page.rows]):
        for place, text in enumerate(texts):
            _cell(table.cell(number, place), text, Pt(page.size), head=number == 0, flush=page.numbers[place])


def _cell(cell: Any, text: str, size: Any, *, head: bool, flush: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches

    cell.margin_left = cell.margin_right = Inches(MARGIN[0])
    cell.margin_top = cell.margin_bottom = Inches(MARGIN[1])
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if flush else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = one_line(text), size, head
    paint(run.font, "accent" if head else "1F2933")
    _underline(cell, head)


def _underline(cell: Any, head: bool) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    colour = '<a:schemeClr val="accent1"/>' if head else '<a:srgbClr val="D5DBDF"/>'
    line = f'<a:lnB {nsdecls("a")} w="{19050 if head else 6350}"><a:solidFill>{colour}</a:solidFill></a:lnB>'
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(0, parse_xml(line))


def _bullet(paragraph: Any, sign: str, colour: str) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(round(_INDENT * 914_400)))
    properties.set("indent", str(-round(_INDENT * 914_400)))
    fill = '<a:schemeClr val="accent1"/>' if colour == "accent" else f'<a:srgbClr val="{colour}"/>'
    for xml in (
        f"<a:buClr {nsdecls('a')}>{fill}</a:buClr>",
        f'<a:buFont {nsdecls("a")} typeface="Arial"/>',
        f'<a:buChar {nsdecls("a")} char="{sign}"/>',
    ):
        properties.append(parse_xml(xml))
