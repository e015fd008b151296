"""What a deck holds of a report: every message, and as many tables as a meeting looks at; the rest is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cxmethod.language import Words
from cxmethod.reports.deck_findings import Item
from cxmethod.reports.deck_story import (
    Chapter,
    Slide,
    looked_up,
    opened,
    read_chapters,
    sentences,
    summarised,
    summarises,
)
from cxmethod.reports.reading import Report

_MOST = 40
"""Slides that a meeting bears; tables beyond are left to the report."""
_LEAST = 2
"""Tables that are kept all the same."""
_FIGURES = 4
"""Figures that one cell may put on slides of their own, such as the cards of many personas."""
_SEEN = 16
"""Rows of a table that count when tables are told apart by how much they hold."""
_DIGIT = re.compile(r"\d")


def tell(report: Report) -> list[Slide]:
    """The slides of `report` in order, without its cover: summary, chapters, appendix."""
    chapters = read_chapters(report)
    first, rest = chapters[:1], chapters[1:]
    if first and not summarises(first[0]):
        first, rest = [], chapters
    body = [summarised(chapter, report) for chapter in first]
    left: list[str] = []
    texts: list[Slide] = []
    for chapter in rest:
        if chapter.presents:
            left += _spare_figures(chapter)
            body += opened(chapter, report.words)
        else:
            texts += looked_up(chapter)
    room = max(_MOST - len(body) - len(texts) - 2, _LEAST)
    tables = _tables(rest, room)
    left += [slide.title for slide in _all_tables(rest) if slide not in tables]
    if not texts and not tables and not left:
        return body
    return [*body, _announced(tables, texts, left, report.words), *texts, *tables]


def _spare_figures(chapter: Chapter) -> list[str]:
    """Take the figures that a cell shows beyond the first few out of `chapter`; their titles."""
    count = Counter[int]()
    spare = []
    for slide in chapter.slides:
        if slide.figure is not None:
            count[slide.figure.cell.number] += 1
            if count[slide.figure.cell.number] > _FIGURES:
                spare.append(slide)
    chapter.slides = [slide for slide in chapter.slides if slide not in spare]
    return [slide.title for slide in spare]


def _all_tables(chapters: Sequence[Chapter]) -> list[Slide]:
    """Every table that is looked up, in the report's order."""
    found = (chapter.tables if chapter.presents else chapter.slides for chapter in chapters)
    return [replace(slide, appendix=True) for slides in found for slide in slides if slide.grid]


def _tables(chapters: Sequence[Chapter], room: int) -> list[Slide]:
    """So many tables, in the report's order: of each chapter the first with many numbers, then the next of each."""
    ranked = []
    for chapter in chapters:
        own = _all_tables([chapter])
        many = max((_numbers(slide) for slide in own), default=0) / 2
        own = sorted(own, key=lambda slide: _numbers(slide) < many)
        ranked += [
            ((not chapter.presents, place, -_numbers(slide)), slide) for place, slide in enumerate(own)
        ]
    kept = [slide for _, slide in sorted(ranked, key=lambda pair: pair[0])[:room]]
    return [slide for slide in _all_tables(chapters) if slide in kept]


def _numbers(slide: Slide) -> int:
    """Numbers that a slide would show of a table."""
    assert slide.grid is not None
    flags = slide.grid.numbers
    rows = (zip(row, flags, strict=True) for row in slide.grid.rows[:_SEEN])
    return sum(number and _DIGIT.search(cell) is not None for row in rows for cell, number in row)


def _announced(tables: Sequence[Slide], texts: Sequence[Slide], left: Sequence[str], words: Words) -> Slide:
    """The opening of the appendix, with what the report holds besides."""
    named = list(dict.fromkeys(sentences(title)[0].rstrip(".") for title in left))
    lead = words.say("reports.appendix_left" if named else "reports.appendix_lead")
    listed = [slide.title for slide in (*texts, *tables)]
    items = [Item(f"{'; '.join(named)}.")] if named else []
    return Slide("opener", words.say("reports.appendix"), lead=lead, items=items, notes=[*listed, *left])
