"""Slides that open: the cover, and the beginning of each chapter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from cxmethod.reports.deck_findings import Item
from cxmethod.reports.deck_frame import Box, Stage, describe, drop_empty, hold, one_line
from cxmethod.reports.deck_picture import svg_picture
from cxmethod.reports.deck_story import Slide
from cxmethod.reports.deck_text import fitting_size, line_height, shortened, text_height

_SIZES = (20, 18, 16, 15, 14)
"""Sizes of a chapter's first words."""
_GAP = 0.12
_MANY = 3
"""So many notes stand with their chapter's opening at least, or else a slide of its own."""
_EMU = 914_400


def set_cover(stage: Stage) -> None:
    """The first slide: whose, what, when, and the client's logo."""
    report, facts = stage.report, stage.report.cover.facts if stage.report.cover else None
    title = facts.title if facts else (report.heading or report.title)
    notes = [*stage.master.notes, *([stage.words.say("reports.draft_banner")] if report.draft else [])]
    slide = stage.slide("cover", title, notes=notes)
    body = stage.body(slide)
    texts = (
        [facts.client, facts.subtitle or "", stage.words.date(facts.date) if facts.date else ""]
        if facts
        else []
    )
    texts = [text for text in texts if text]
    if texts:
        body = _text_box(slide, stage) if body is None else body
        _paragraphs(
            body, texts, (body.width / _EMU, body.height / _EMU), (20, 18, 16, 14, 12), bold_first=True
        )
    if report.logo is not None:
        _logo(slide, stage)
    drop_empty(slide)


def set_opener(stage: Stage, slide: Slide) -> bool:
    """The beginning of a chapter, with what was found; whether it was set, for a layout may be too narrow."""
    place = stage.body(stage.master.layouts["section"])
    lead = [Item(slide.lead)] if slide.lead else []
    lines = []
    if lead or slide.items:
        if place is None:
            return False
        box = place.width / _EMU, place.height / _EMU
        room = ((box[0] - 0.25) * stage.sure, box[1] - 0.1)
        held = fitting_items(slide, lead, room, _SIZES[-1], stage) if slide.items else lead
        lines = [line_of(item, stage) for item in held]
        # What asks for attention stays together; a few of many would be too few.
        urgent = sum(item.severity not in ("", "info") for item in slide.items)
        enough = sum(item in held for item in slide.items) >= (urgent or min(len(slide.items), _MANY))
        if not enough or fitting_size(lines, room, _SIZES, gap=_GAP) is None:
            return False
    shown = stage.slide("section", slide.title, notes=slide.notes)
    if lines:
        _paragraphs(stage.body(shown), lines, (room[0] + 0.25, box[1]), _SIZES, gap=_GAP)
    drop_empty(shown)
    return True


def fitting_items(
    slide: Slide, lead: Sequence[Item], room: tuple[float, float], size: float, stage: Stage
) -> list[Item]:
    """`lead` and as many points of `slide` as fit `room` (inches), one at least, with a line that counts the others."""
    held: list[Item] = []
    for count in range(len(slide.items), 0, -1):
        beyond = slide.more + sum(item.stands for item in slide.items[count:])
        said = stage.words.say("reports.points_more", count=beyond, n=stage.words.number(beyond, 0))
        held = [*lead, *slide.items[:count], *([Item(said)] if beyond else [])]
        if text_height([line_of(item, stage) for item in held], room[0], size, gap=_GAP) <= room[1]:
            break
    return held


def place_picture(shown: Any, picture: bytes, box: Box) -> Any:
    """A picture as large as the box allows, in its middle."""
    from PIL import Image
    from pptx.util import Inches

    across, down = Image.open(io.BytesIO(picture)).size
    left, top, width, height = box
    scale = min(width / across, height / down)
    place = (
        left + (width - across * scale) / 2,
        top + (height - down * scale) / 2,
        across * scale,
        down * scale,
    )
    return shown.shapes.add_picture(io.BytesIO(picture), *(Inches(inches) for inches in place))


def _logo(slide: Any, stage: Stage) -> None:
    logo = stage.report.logo
    assert logo is not None
    picture = svg_picture(logo.picture, 4) if logo.mime == "image/svg+xml" else logo.picture
    width, _ = stage.master.size
    shape = place_picture(slide, picture, (width - 3.6, 0.55, 3.0, 1.2))
    describe(shape, logo.alt)


def line_of(item: Item, stage: Stage) -> str:
    return f"{severity_of(item, stage)}: {item.text}" if item.severity else item.text


def severity_of(item: Item, stage: Stage) -> str:
    return stage.words.say(f"reports.severity_{item.severity}")


def _text_box(slide: Any, stage: Stage) -> Any:
    """A place for text where the layout has none."""
    from pptx.util import Inches

    return slide.shapes.add_textbox(*(Inches(inches) for inches in stage.content_box(slide)))


def _paragraphs(
    body: Any,
    texts: Sequence[str],
    box: tuple[float, float],
    sizes: Iterable[int],
    *,
    gap: float = 0.08,
    bold_first: bool = False,
) -> None:
    from pptx.util import Pt

    inner, height = box[0] - 0.25, box[1] - 0.1
    sizes = list(sizes)
    fitting = fitting_size(texts, (inner, height), sizes, gap=gap)
    size = fitting or sizes[-1]
    rows = int(height / len(texts) / line_height(size))
    frame = body.text_frame
    hold(frame)
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(72 * gap)
        run = paragraph.add_run()
        run.text = one_line(text if fitting else shortened(text, inner, size, max(rows, 1)))
        run.font.size = Pt(size)
        if bold_first and place == 0:
            run.font.bold = True
