"""Which slides a report becomes: one message each, chapter by chapter, tables that a figure tells in the appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bs4 import BeautifulSoup

from cxmethod.language import Words
from cxmethod.reports.blocks import FINDING, Block
from cxmethod.reports.deck_chart import CHART
from cxmethod.reports.deck_table import Grid, read_grid
from cxmethod.reports.deck_text import words_of
from cxmethod.reports.outline import HEADING
from cxmethod.reports.reading import Report

_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«“\"'0-9])")
_LONG = 900
"""Letters of a text that is read, not shown."""
_OPENER = 3
"""So many findings, or fewer, stand with their chapter's opening."""
_TITLE = 190
_SHORT = 420
"""Letters of prose that may open a chapter which has no summary."""


@dataclass(frozen=True)
class Item:
    """One point of a list; a finding's severity is put before it as a word."""

    text: str
    severity: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide before it is set. `notes` are paragraphs for whoever speaks."""

    kind: Literal["summary", "opener", "points", "figure", "table"]
    title: str
    chapter: str = ""
    items: Sequence[Item] = ()
    lead: str = ""
    notes: Sequence[str] = ()
    figure: Block | None = None
    chart: Mapping[str, Any] | None = None
    grid: Grid | None = None
    appendix: bool = False


@dataclass
class _Chapter:
    """What a chapter of the report shows, in order."""

    title: str
    prose: list[str] = field(default_factory=list)
    lead: str = ""
    slides: list[Slide] = field(default_factory=list)


def tell(report: Report) -> list[Slide]:
    """The slides of `report` in order, without its cover: summary, chapters, appendix."""
    chapters = [_chapter(title, blocks, report) for title, blocks in _chapters(report)]
    first, rest = chapters[:1], chapters[1:]
    if first and not _summarises(first[0]):
        first, rest = [], chapters
    body = [slide for chapter in first for slide in _summary(chapter, report)]
    appendix: list[Slide] = []
    for chapter in rest:
        told = [slide for slide in chapter.slides if not slide.appendix]
        if any(slide.figure or slide.items for slide in told):
            body += _opened(chapter, told, report.words)
            appendix += [slide for slide in chapter.slides if slide.appendix]
        else:
            appendix += _looked_up(chapter)
    if appendix:
        listed = [Item(title) for title in dict.fromkeys(slide.title for slide in appendix)]
        notes = [item.text for item in listed]
        body.append(
            Slide(
                "opener",
                report.words.say("reports.appendix"),
                lead=report.words.say("reports.appendix_lead"),
                notes=notes,
            )
        )
    return body + appendix


def sentences(text: str) -> list[str]:
    """`text` by its sentences."""
    return [part for part in _SENTENCE.split(" ".join(words_of(text))) if part]


# --- reading


def _chapters(report: Report) -> Iterator[tuple[str, list[tuple[Block, BeautifulSoup]]]]:
    """Blocks by the chapter that they stand in; a chapter begins with an h2."""
    title, own = "", list[tuple[Block, BeautifulSoup]]()
    for block, part in zip(report.blocks, report.parts, strict=True):
        heading = part.find("h2") if block.kind == "prose" else None
        if heading is not None:
            if own:
                yield title, own
            title, own = " ".join(words_of(heading.get_text())), []
        own.append((block, part))
    if own:
        yield title, own


def _chapter(title: str, blocks: Sequence[tuple[Block, BeautifulSoup]], report: Report) -> _Chapter:
    chapter = _Chapter(title)
    drawn = any(block.kind == "figure" for block, _ in blocks)
    before: list[str] = []
    findings: list[Block] = []
    for block, part in blocks:
        if block.kind == "finding":
            findings.append(block)
            continue
        chapter.slides += _found(findings, chapter, before)
        findings = []
        if block.kind == "prose":
            before = _prose(part)
            chapter.prose += before
        elif block.kind == "figure":
            chapter.slides.append(_figure(block, title, before))
            before = []
        elif block.kind == "table":
            grid = read_grid(part)
            if grid is not None:
                notes = [*before, grid.caption]
                chapter.slides.append(
                    Slide(
                        "table",
                        grid.caption or title,
                        title,
                        notes=notes,
                        grid=grid,
                        appendix=drawn or not chapter.lead,
                    )
                )
            before = []
        else:
            chapter.slides += _text(part, chapter, before)
    chapter.slides += _found(findings, chapter, before)
    return chapter


def _prose(part: BeautifulSoup) -> list[str]:
    copy = BeautifulSoup(str(part), "html.parser")
    for heading in copy.find_all(HEADING):
        heading.decompose()
    return [text for text in (_words(one) for one in copy.find_all(["p", "li"])) if text]


def _figure(block: Block, chapter: str, before: Sequence[str]) -> Slide:
    output: Any = block.output or {}
    about = output.get("metadata", {}).get("cxmethod", {})
    chart = output.get("data", {}).get(CHART)
    if chart and not any(value is not None for one in chart["series"] for value in one["values"]):
        chart = None
    told = {**about, **(chart or {})}
    said = [*before, told.get("subtitle", ""), told.get("note", ""), block.caption, *_counted(chart)]
    notes = [text for text in dict.fromkeys(said) if text]
    title = told.get("title") or block.caption or chapter
    return Slide("figure", title, chapter, notes=notes, figure=block, chart=chart)


def _counted(chart: Mapping[str, Any] | None) -> list[str]:
    """What a chart names without room to write it: bars by their class."""
    if chart is None or chart["kind"] != "bar":
        return []
    return [f"{one['x']}: {one['text']}" for one in chart["annotations"]]


def _text(part: BeautifulSoup, chapter: _Chapter, before: list[str]) -> list[Slide]:
    """A text opens its chapter where it is the first; later it is a list of points; a long one is left to the report."""
    if part.select(".cx-nothing"):
        chapter.prose += _prose(part)
        return []
    texts = [_words(one) for one in part.find_all(["p", "li"])]
    whole = " ".join(texts)
    room = _LONG if not chapter.lead else _SHORT - len(chapter.lead)
    if not part.find("li") and len(whole) <= room:
        chapter.lead = f"{chapter.lead} {whole}".strip()
        return []
    points = [_words(one) for one in part.find_all("li")]
    head = [_words(one) for one in part.find_all("p")]
    if not points:
        points, head = sentences(whole), []
        if not points or len(whole) > _LONG:
            chapter.prose.append(whole)
            return []
        head, points = points[:1], points[1:]
    notes = [*before, *head]
    title = head[0] if head else (before[-1] if before and len(before[-1]) <= _TITLE else chapter.title)
    return [Slide("points", title, chapter.title, [Item(text) for text in points], notes=notes)]


def _found(findings: Sequence[Block], chapter: _Chapter, before: Sequence[str]) -> list[Slide]:
    """Findings as one list, what matters most first, whose first is the message."""
    told = [block for block in findings if _said(block)["code"] != "findings.none"]
    if not told:
        return []
    order = ("blocks", "warns", "info")
    told = sorted(told, key=lambda block: order.index(block.severity))
    items = [Item(str(_said(block)["text"]), block.severity) for block in told]
    evidence = [str(_said(block).get("evidence") or "") for block in told]
    notes = [*before, *(item.text for item in items), *(text for text in dict.fromkeys(evidence) if text)]
    return [Slide("points", "", chapter.title, items, notes=notes)]


def _said(block: Block) -> Mapping[str, Any]:
    output: Any = block.output or {}
    data = output.get("data", {})
    return {"code": "", "text": "", **data.get(FINDING, {})}


def _words(tag: Any) -> str:
    return " ".join(words_of(tag.get_text()))


# --- composing


def _summarises(chapter: _Chapter) -> bool:
    """Whether a chapter is the report in short: a summary with findings, and nothing to look at."""
    return bool(chapter.lead) and all(slide.kind == "points" for slide in chapter.slides)


def _summary(chapter: _Chapter, report: Report) -> list[Slide]:
    """The report in short: its first sentence is the message, what asks for attention the points; then what else was found."""
    found = [item for slide in chapter.slides for item in slide.items if item.severity]
    urgent = [item for item in found if item.severity != "info"] or found[:5]
    plan = [slide for slide in chapter.slides if slide.title]
    points = [
        *urgent,
        *(Item(text) for slide in plan for text in (slide.title, *(one.text for one in slide.items[:1]))),
    ]
    rest = [item for item in found if item not in urgent]
    rest += [item for slide in plan for item in slide.items[1:]]
    notes = [*chapter.prose, chapter.lead, *(item.text for item in points)]
    name = report.words.say("reports.executive_summary")
    slides = [Slide("summary", chapter.lead, name, points, notes=notes)]
    if rest:
        slides.append(
            Slide(
                "points", report.words.say("reports.also_found"), name, rest, notes=[one.text for one in rest]
            )
        )
    return slides


def _opened(chapter: _Chapter, told: Sequence[Slide], words: Words) -> list[Slide]:
    """A chapter with its opening, which carries the findings where they are few."""
    found = [slide for slide in told if slide.kind == "points" and not slide.title]
    items = [item for slide in found for item in slide.items]
    notes = [*chapter.prose, chapter.lead]
    few = len(items) <= _OPENER
    lead = chapter.lead or next((text for text in chapter.prose if len(text) <= _SHORT), "")
    opener = Slide(
        "opener", chapter.title, items=items if few else (), lead=lead,
        notes=[text for text in (*notes, *(note for slide in found if few for note in slide.notes)) if text],
    )  # fmt: skip
    others = [_headed(slide, words) for slide in told if slide not in found or not few]
    # A list of findings alone needs no slide to announce it.
    return others if others and not chapter.lead and found == list(told) else [opener, *others]


def _headed(slide: Slide, words: Words) -> Slide:
    """A list of findings says how many ask for attention; one alone is its own message, a long one by its first sentence."""
    if slide.title or not slide.items:
        return slide
    first, *rest = slide.items
    if rest:
        urgent = sum(item.severity != "info" for item in slide.items)
        told, all_of = urgent or len(slide.items), words.number(len(slide.items), 0)
        code = "reports.list_urgent" if urgent else "reports.list_found"
        return replace(slide, title=words.say(code, count=told, n=words.number(told, 0), all=all_of))
    word = "" if first.severity == "info" else f"{words.say(f'reports.severity_{first.severity}')}: "
    if len(first.text) > _TITLE:
        return replace(slide, title=word + sentences(first.text)[0])
    return replace(slide, title=word + first.text, items=rest)


def _looked_up(chapter: _Chapter) -> list[Slide]:
    """A chapter that has nothing to present, such as how this was done: its text as points, then its tables."""
    said = [Item(text) for paragraph in (*chapter.prose, chapter.lead) for text in sentences(paragraph)]
    notes = [*chapter.prose, chapter.lead]
    points = [Slide("points", chapter.title, items=said, notes=notes, appendix=True)] if said else []
    return [*points, *(replace(slide, appendix=True) for slide in chapter.slides)]
