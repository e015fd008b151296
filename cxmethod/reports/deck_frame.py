"""What every slide carries: title, chapter, feet, notes, the mark of a draft, the language of its words."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_master import FOOT, LEFT, RIGHT, TOP, WIDTH, Master
from cxmethod.reports.deck_text import fitting_size, line_height, shortened
from cxmethod.reports.reading import Report

_EMU = 914_400
_FEET = ("FOOTER", "SLIDE_NUMBER")
_TITLES = (28, 26, 24, 22, 20, 18, 16)
LOCALES = {"es": "es-CO", "en": "en-US"}
Box = tuple[float, float, float, float]


class Stage:
    """Where slides are set: the master, and what all of them say at their feet."""

    def __init__(self, master: Master, report: Report) -> None:
        self.master, self.report, self.words = master, report, report.words
        cover = report.cover
        client = cover.facts.client if cover else ""
        date = self.words.date(cover.facts.date) if cover and cover.facts.date else ""
        # A client's typeface may be wider than the one that we measure in.
        self.sure = 1.0 if master.own else 0.9
        self.foot = " · ".join(part for part in (client or report.title, date) if part)

    def slide(self, use: str, title: str, chapter: str = "", notes: Sequence[str] = ()) -> Any:
        """A slide of the layout for `use` with everything but its content."""
        layout = self.master.layouts[use]
        slide = self.master.presentation.slides.add_slide(layout)
        # Before anything else, so that a screen reader meets it first.
        (left, top, width, height), largest = self._title_box(slide, use)
        shown = set_title(slide, title, ((left, top, width * self.sure, height), largest))
        said = [title] if shown != title else []
        self._feet(slide, layout, use)
        if chapter and self.master.own and use in ("content", "title_only"):
            add_words(slide, chapter, (LEFT, 0.3, 12.13, 0.3), 12, bold=True, colour="accent", name="Chapter")
        if self.report.draft:
            self._draft(slide)
        add_notes(slide, [*said, *notes])
        return slide

    @cached_property
    def content_size(self) -> tuple[float, float]:
        """Inches across and down of a slide's content."""
        slides = self.master.presentation.slides
        _, _, width, height = self.content_box(slides.add_slide(self.master.layouts["title_only"]))
        entry = slides._sldIdLst[-1]
        self.master.presentation.part.drop_rel(entry.rId)
        slides._sldIdLst.remove(entry)
        return width, height

    def content_box(self, slide: Any) -> Box:
        """Where content goes: the layout's own place for it, or all between the title and the feet."""
        if self.master.own:
            return LEFT, TOP, WIDTH - LEFT - RIGHT, FOOT - TOP - 0.12
        body = self.body(slide) or self._template_body()
        if body is not None:
            return _box(body)
        width, height = self.master.size
        title = slide.shapes.title
        top = _box(title)[1] + _box(title)[3] + 0.1 if title is not None else 0.2 * height
        return 0.05 * width, top, 0.9 * width, 0.9 * height - top

    def body(self, slide: Any) -> Any:
        """The placeholder for text, None where the layout has none."""
        found = [shape for shape in slide.placeholders if kind_of(shape) in ("BODY", "OBJECT", "SUBTITLE")]
        return max(found, key=lambda shape: shape.width * shape.height, default=None)

    def _template_body(self) -> Any:
        found = [
            shape
            for shape in self.master.layouts["content"].placeholders
            if kind_of(shape) in ("BODY", "OBJECT")
        ]
        return max(found, key=lambda shape: shape.width * shape.height, default=None)

    def _title_box(self, slide: Any, use: str) -> tuple[Box, int]:
        title = slide.shapes.title
        if title is None:
            width, height = self.master.size
            return (0.05 * width, 0.05 * height, 0.9 * width, 0.14 * height), 24
        largest = {"cover": 40, "section": 36}.get(use, 24 if self.master.own else 28)
        return _box(title), largest

    def _feet(self, slide: Any, layout: Any, use: str) -> None:
        held = {kind_of(shape): shape for shape in layout.placeholders if kind_of(shape) in _FEET}
        width, height = self.master.size
        for kind in _FEET:
            if kind in held:
                element = deepcopy(held[kind]._element)
                used = [int(number) for number in slide._element.xpath(".//p:cNvPr/@id")]
                element.xpath(".//p:cNvPr")[0].set("id", str(max(used) + 1))
                slide.shapes._spTree.append(element)
                shape = slide.shapes[-1]
            else:
                left = 0.05 * width if kind == "FOOTER" else 0.88 * width
                across = 0.75 * width if kind == "FOOTER" else 0.07 * width
                shape = add_words(slide, "", (left, height - 0.42, across, 0.3), 11, name=kind.title())
            _fill_foot(shape, kind, self.foot, shape.width / _EMU - 0.25)

    def _draft(self, slide: Any) -> None:
        width, _ = self.master.size
        text = self.words.say("reports.draft").upper()
        add_words(
            slide,
            text,
            (width - 1.9, 0.1, 1.7, 0.3),
            12,
            bold=True,
            colour="B3261E",
            name="Draft",
            side="RIGHT",
        )


def kind_of(shape: Any) -> str:
    """The kind of a placeholder, as Office names it."""
    return str(shape.placeholder_format.type).split()[0].split(".")[-1]


def set_title(slide: Any, title: str, place: tuple[Box, int]) -> str:
    """Write the title as large as fits; what is shown."""
    (left, top, width, height), largest = place
    inner = width - 0.2
    sizes = [size for size in (40, 36, 32, *_TITLES) if size <= largest]
    size = fitting_size([title], (inner, height - 0.08), sizes, bold=True)
    shown = title
    if size is None:
        size = sizes[-1]
        shown = shortened(title, inner, size, max(int((height - 0.08) / (size * 1.2 / 72)), 1), bold=True)
    shape = slide.shapes.title
    if shape is None:
        add_words(slide, shown, (left, top, width, height), size, bold=True, name="Title")
        return shown
    write(shape.text_frame, shown, size)
    return shown


def write(frame: Any, text: str, size: float) -> None:
    """One paragraph of one run, whatever stands in `text`."""
    from pptx.util import Pt

    hold(frame)
    paragraph = frame.paragraphs[0]
    run = paragraph.add_run()
    run.text, run.font.size = one_line(text), Pt(size)


def hold(frame: Any) -> None:
    """Words wrap and keep their measured size: no program shrinks them by rules of its own."""
    from pptx.enum.text import MSO_AUTO_SIZE

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE


def one_line(text: str) -> str:
    """`text` without what XML or a paragraph cannot hold."""
    return " ".join("".join(sign if sign >= " " else " " for sign in text).split(" ")).strip()


def add_words(
    slide: Any,
    text: str,
    box: Box,
    size: float,
    *,
    bold: bool = False,
    colour: str = "",
    name: str = "",
    side: str = "LEFT",
) -> Any:
    """A text box; `colour` is ``rrggbb`` or ``accent``."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    shape = slide.shapes.add_textbox(*(Inches(inches) for inches in box))
    shape.name = name or shape.name
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, text, size)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = getattr(PP_ALIGN, side)
    font = paragraph.runs[0].font
    font.bold = bold
    paint(font, colour)
    return shape


def paint(font: Any, colour: str) -> None:
    """The colour of words: ``rrggbb``, ``accent`` for the theme's own, empty for what the master says."""
    from pptx.enum.dml import MSO_THEME_COLOR

    if colour == "accent":
        font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
    elif colour:
        font.color.rgb = rgb(colour)


def describe(shape: Any, text: str) -> None:
    """Alternative text of a picture, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", one_line(text))


def add_notes(slide: Any, notes: Sequence[str]) -> None:
    """What the speaker should know, a paragraph each, none of them twice."""
    said = [one_line(text) for text in dict.fromkeys(notes) if text and text.strip()]
    frame = slide.notes_slide.notes_text_frame
    for place, text in enumerate(said):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.add_run().text = text


def drop_empty(slide: Any) -> None:
    """Take out placeholders that nothing was put into: they would ask the client to click."""
    for shape in list(slide.placeholders):
        if kind_of(shape) not in _FEET and shape.has_text_frame and not shape.text_frame.text.strip():
            shape._element.getparent().remove(shape._element)


def speak(presentation: Any, language: str) -> None:
    """Mark every word with its language, so that the spelling is checked in it."""
    from pptx.oxml.ns import qn

    locale = LOCALES[language]
    for slide in presentation.slides:
        parts = [slide._element, slide.notes_slide._element]
        parts += [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
        for part in parts:
            for run in part.iter(qn("a:r"), qn("a:fld")):
                run.get_or_add_rPr().set("lang", locale)
            for properties in part.iter(qn("a:endParaRPr"), qn("a:defRPr")):
                properties.set("lang", locale)


def _box(shape: Any) -> Box:
    return shape.left / _EMU, shape.top / _EMU, shape.width / _EMU, shape.height / _EMU


def _fill_foot(shape: Any, kind: str, foot: str, inches: float) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn
    from pptx.util import Pt

    body = shape._element.txBody
    for paragraph in body.findall(qn("a:p"))[1:]:
        body.remove(paragraph)
    paragraph = body.find(qn("a:p"))
    for child in list(paragraph):
        if child.tag != qn("a:pPr"):
            paragraph.remove(child)
    if kind == "FOOTER":
        size = fitting_size([foot], (inches, line_height(11)), (11, 10, 9)) or 9
        run = shape.text_frame.paragraphs[0].add_run()
        run.text, run.font.size = one_line(shortened(foot, inches, size, 1)), Pt(size)
        return
    field = f'<a:fld {nsdecls("a")} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    paragraph.append(parse_xml(field))
