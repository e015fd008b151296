"""Which slides a report becomes: one message each, chapter by chapter; what is looked up is left to the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bs4 import BeautifulSoup

from cxmethod.language import Words
from cxmethod.reports.blocks import Block
from cxmethod.reports.deck_chart import CHART
from cxmethod.reports.deck_findings import Item, list_findings
from cxmethod.reports.deck_picture import shows
from cxmethod.reports.deck_table import Grid, read_grid
from cxmethod.reports.deck_text import words_of
from cxmethod.reports.outline import HEADING
from cxmethod.reports.reading import Report

_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«“\"'0-9])")
_LONG = 900
"""Letters of a text that is read, not shown."""
_TITLE = 190
_SHORT = 420
"""Letters of prose that may open a chapter which has no summary."""


@dataclass(frozen=True)
class Slide:
    """One slide before it is set. `notes` are paragraphs for whoever speaks; `more` counts points left out before."""

    kind: Literal["opener", "points", "figure", "table"]
    title: str
    chapter: str = ""
    items: Sequence[Item] = ()
    lead: str = ""
    notes: Sequence[str] = ()
    figure: Block | None = None
    chart: Mapping[str, Any] | None = None
    grid: Grid | None = None
    appendix: bool = False
    more: int = 0


@dataclass
class Chapter:
    """What a chapter of the report shows, in order."""

    title: str
    prose: list[str] = field(default_factory=list)
    lead: str = ""
    slides: list[Slide] = field(default_factory=list)

    @property
    def told(self) -> list[Slide]:
        """What is presented."""
        return [slide for slide in self.slides if not slide.appendix]

    @property
    def tables(self) -> list[Slide]:
        """What is looked up."""
        return [slide for slide in self.slides if slide.appendix]

    @property
    def presents(self) -> bool:
        """Whether there is anything to present: a figure, a list of points."""
        return any(slide.figure or slide.items for slide in self.told)


def read_chapters(report: Report) -> list[Chapter]:
    """The chapters of `report`, each begun by a heading of the second level."""
    return [_chapter(title, blocks, report) for title, blocks in _chapters(report)]


def summarised(chapter: Chapter, report: Report) -> Slide:
    """The report in short: its first sentence is the message; what asks for attention comes first, then what else was found."""
    found = [item for slide in chapter.slides for item in slide.items if item.severity]
    urgent = [item for item in found if item.severity != "info"] or found[:5]
    plan = [slide for slide in chapter.slides if slide.title]
    points = [
        *urgent,
        *(Item(text) for slide in plan for text in (slide.title, *(one.text for one in slide.items[:1]))),
        *(item for item in found if item not in urgent),
        *(item for slide in plan for item in slide.items[1:]),
    ]
    notes = [*chapter.prose, chapter.lead, *(item.text for item in points)]
    more = sum(slide.more for slide in chapter.slides)
    name = report.words.say("reports.executive_summary")
    return Slide("points", chapter.lead, name, points, notes=notes, more=more)


def opened(chapter: Chapter, words: Words) -> list[Slide]:
    """A chapter with its opening, which carries what was found; where nothing was, one figure speaks for itself."""
    lists = [slide for slide in chapter.told if slide.kind == "points" and not slide.title]
    others = [slide for slide in chapter.told if slide not in lists]
    items, more = [item for slide in lists for item in slide.items], sum(slide.more for slide in lists)
    said = [note for slide in lists for note in slide.notes]
    notes = [text for text in dict.fromkeys((*chapter.prose, chapter.lead, *said)) if text]
    if items and not others and not chapter.lead:
        # A list alone needs no slide to announce it.
        return [_headed(Slide("points", "", chapter.title, items, notes=notes, more=more), words)]
    if others and not items and (not chapter.lead or len(others) == 1):
        first, *rest = others
        told = [*chapter.prose, *first.notes, chapter.lead]
        return [replace(first, lead=chapter.lead, notes=told), *rest]
    lead = chapter.lead or next((text for text in chapter.prose if len(text) <= _SHORT), "")
    return [Slide("opener", chapter.title, items=items, lead=lead, notes=notes, more=more), *others]


def looked_up(chapter: Chapter) -> list[Slide]:
    """The text of a chapter that has nothing to present, such as how this was done, as points."""
    said = [Item(text) for paragraph in (*chapter.prose, chapter.lead) for text in sentences(paragraph)]
    notes = [*chapter.prose, chapter.lead]
    return [Slide("points", chapter.title, items=said, notes=notes, appendix=True)] if said else []


def summarises(chapter: Chapter) -> bool:
    """Whether a chapter is the report in short: a summary with findings, and nothing to look at."""
    return bool(chapter.lead) and all(slide.kind == "points" for slide in chapter.slides)


def sentences(text: str) -> list[str]:
    """`text` by its sentences."""
    return [part for part in _SENTENCE.split(" ".join(words_of(text))) if part]


# --- reading


def _chapters(report: Report) -> Iterator[tuple[str, list[tuple[Block, BeautifulSoup]]]]:
    """Blocks by the chapter that they stand in; a chapter begins with an h2."""
    title, own = "", list[tuple[Block, BeautifulSoup]]()
    for block, part in zip(report.blocks, report.parts, strict=True):
        heading = part.find("h2") if block.kind in ("prose", "other") else None
        if heading is not None:
            if own:
                yield title, own
            title, own = " ".join(words_of(heading.get_text())), []
        own.append((block, part))
    if own:
        yield title, own


def _chapter(title: str, blocks: Sequence[tuple[Block, BeautifulSoup]], report: Report) -> Chapter:
    chapter = Chapter(title)
    drawn = any(block.kind == "figure" for block, _ in blocks)
    before: list[str] = []
    findings: list[Block] = []
    for block, part in blocks:
        if block.kind == "finding":
            findings.append(block)
            continue
        chapter.slides += _found(findings, chapter, before, report.words)
        findings = []
        if block.kind == "prose":
            before = _prose(part)
            chapter.prose += before
        elif block.kind == "figure":
            slide = _figure(block, title, before)
            # What there is nothing to show of is said, once.
            said = [*chapter.prose, *sentences(chapter.lead), *(other.title for other in chapter.told)]
            if not shows(block):
                chapter.prose.append(slide.title)
            elif slide.title.rstrip(".") not in (one.rstrip(".") for one in said):
                chapter.slides.append(slide)
            before = []
        elif block.kind == "table":
            grid = read_grid(part)
            if grid is not None:
                chapter.slides.append(_table(grid, chapter, before, drawn=drawn))
            before = []
        else:
            chapter.slides += _text(part, chapter, before)
    chapter.slides += _found(findings, chapter, before, report.words)
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


def _table(grid: Grid, chapter: Chapter, before: Sequence[str], *, drawn: bool) -> Slide:
    title, aside = grid.caption or chapter.title, drawn or not chapter.lead
    return Slide("table", title, chapter.title, notes=[*before, grid.caption], grid=grid, appendix=aside)


def _counted(chart: Mapping[str, Any] | None) -> list[str]:
    """What a chart names without room to write it: bars by their class."""
    if chart is None or chart["kind"] != "bar":
        return []
    return [f"{one['x']}: {one['text']}" for one in chart["annotations"]]


def _text(part: BeautifulSoup, chapter: Chapter, before: list[str]) -> list[Slide]:
    """A text opens its chapter where it is the first; later it is a list of points, under the sentence that heads it.

    A long one is left to the report, and one without such a sentence to whoever speaks about the figure before it.
    """
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
    title = head[0] if head else (before[-1] if before and len(before[-1]) <= _TITLE else "")
    last = chapter.slides[-1] if chapter.slides else None
    if not title and last is not None and last.figure is not None:
        chapter.slides[-1] = replace(last, notes=[*last.notes, *points])
        return []
    items = [Item(text) for text in points]
    return [Slide("points", title or chapter.title, chapter.title, items, notes=notes)]


def _found(findings: Sequence[Block], chapter: Chapter, before: Sequence[str], words: Words) -> list[Slide]:
    """Findings as one list, what matters most first."""
    found = list_findings(findings, words)
    if not found.items:
        return []
    notes = [*before, *found.notes]
    return [Slide("points", "", chapter.title, found.items, notes=notes, more=found.more)]


def _words(tag: Any) -> str:
    return " ".join(words_of(tag.get_text()))


def _headed(slide: Slide, words: Words) -> Slide:
    """A list of findings says how many ask for attention; one alone is its own message, a long one by its first sentence."""
    first, *rest = slide.items
    if rest or slide.more or first.stands > 1:
        urgent = sum(item.stands for item in slide.items if item.severity != "info")
        every = sum(item.stands for item in slide.items) + slide.more
        code = "reports.list_urgent" if urgent else "reports.list_found"
        title = words.say(code, count=urgent or every, n=words.number(urgent or every, 0), all=words.number(every, 0))  # fmt: skip
        return replace(slide, title=title)
    word = "" if first.severity == "info" else f"{words.say(f'reports.severity_{first.severity}')}: "
    if len(first.text) > _TITLE:
        return replace(slide, title=word + sentences(first.text)[0])
    return replace(slide, title=word + first.text, items=rest)
