"""Slides that open: the cover, and the beginning of each chapter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from cxmethod.reports.deck_frame import Box, Stage, describe, drop_empty, hold, one_line
from cxmethod.reports.deck_picture import svg_picture
from cxmethod.reports.deck_story import Item, Slide
from cxmethod.reports.deck_text import fitting_size, line_height, shortened

_SIZES = (20, 18, 16)
"""Sizes of a chapter's first words."""


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
            body, texts, (body.width / 914_400, body.height / 914_400), (20, 18, 16, 14, 12), bold_first=True
        )
    if report.logo is not None:
        _logo(slide, stage)
    drop_empty(slide)


def set_opener(stage: Stage, slide: Slide) -> list[Item]:
    """The beginning of a chapter; what it has no room for at a size that can be read, for slides of their own."""
    shown = stage.slide("section", slide.title, notes=slide.notes)
    body = stage.body(shown)
    items = [*([Item(slide.lead)] if slide.lead else []), *slide.items]
    held = 0
    if body is not None:
        box = (body.width / 914_400, body.height / 914_400)
        room = ((box[0] - 0.25) * stage.sure, box[1] - 0.1)
        # All of it, or the lead alone: findings stay together.
        tried = dict.fromkeys((len(items), 1 if slide.lead else 0))
        fitting = (
            count
            for count in tried
            if count and fitting_size([line_of(one, stage) for one in items[:count]], room, _SIZES, gap=0.12)
        )
        held = next(fitting, 0)
        if held:
            lines = [line_of(item, stage) for item in items[:held]]
            _paragraphs(body, lines, (room[0] + 0.25, box[1]), _SIZES, gap=0.12)
    drop_empty(shown)
    return items[held:]


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
    size = fitting_size(texts, (inner, height), sizes, gap=gap) or sizes[-1]
    rows = int(height / len(texts) / line_height(size))
    frame = body.text_frame
    hold(frame)
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(72 * gap)
        run = paragraph.add_run()
        run.text = one_line(text if size > sizes[-1] else shortened(text, inner, size, max(rows, 1)))
        run.font.size = Pt(size)
        if bold_first and place == 0:
            run.font.bold = True
