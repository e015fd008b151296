"""How much of a report a deck holds: what is alike in one line, what is long counted, tables by what they show."""

from __future__ import annotations

import pytest

from cxmethod.language import Words
from cxmethod.reports.blocks import Block
from cxmethod.reports.cells import Cell
from cxmethod.reports.deck_findings import list_findings
from tests.reports.deck_help import deck, html_table, notes, tables, titles, words

FINDING = "application/vnd.cxmethod.finding+json"


@pytest.fixture
def told(shown):
    """The points of findings, each a code, a sentence and its values."""

    def made(*said, severity="warns"):
        blocks = []
        for code, text, values in said:
            output = shown.finding(severity, text)
            output.data[FINDING] |= {"code": code, "values": values}
            blocks.append(Block("finding", Cell(1, shown.code(output)), "", severity=severity, output=output))
        return list_findings(blocks, Words("en"))

    return made


def ownerless(*names):
    return [("process.no_owner", f"The process “{name}” has no owner.", {"process": name}) for name in names]


def test_findings_that_differ_in_a_name_alone_are_one_point(told):
    [item] = told(*ownerless("Billing", "Booking", "Booking by phone")).items
    assert item.text == "The process “Billing” has no owner. The same goes for: Booking and Booking by phone."
    assert item.stands == 3


def test_two_alike_are_two_points(told):
    assert len(told(*ownerless("Billing", "Booking")).items) == 2


def test_findings_that_differ_in_a_number_stay_apart(told):
    said = [("red", f"{name} fails {n} times.", {"touchpoint": name}) for n, name in enumerate("ABC")]
    assert len(told(*said).items) == 3


def test_many_names_are_counted(told):
    [item] = told(*ownerless(*(f"Process {letter}" for letter in "abcdefghijklmnopqrst"))).items
    assert item.text.endswith("Process h, Process i, and 11 more.")
    assert item.stands == 20


def test_all_of_them_stand_in_the_notes(told):
    found = told(*ownerless("Billing", "Booking", "Visit"))
    assert [text for text in found.notes if text.endswith("has no owner.")] == [
        f"The process “{name}” has no owner." for name in ("Billing", "Booking", "Visit")
    ]


def test_what_the_report_left_out_is_counted_and_no_point(told):
    found = told(
        ("findings.more", "3 more are not listed.", {"n": 3}), ("red", "It fails.", {}), ("findings.none", "–", {})
    )  # fmt: skip
    assert [item.text for item in found.items] == ["It fails."]
    assert found.more == 3


# --- a deck


def a_chapter(shown, number, *outputs):
    return [shown.prose(f"## {number} · Chapter {number}"), shown.code(shown.figure()), shown.code(*outputs)]


def test_a_long_list_is_one_slide_and_the_rest_is_counted(shown):
    said = "Nobody answers for what happens there, and customers tell everybody about it. " * 3
    found = [shown.finding("warns", f"{said}{place}") for place in range(30)]
    made = deck(shown.notebook(shown.code(shown.cover()), shown.prose("## 8 · Open"), shown.code(*found)))
    assert titles(made) == ["The journey", "30 of 30 findings ask for attention"]
    shows = sum(f"{said}{place}" in words(made.slides[1]) for place in range(30))
    assert 4 <= shows < 30
    assert f"{30 - shows} more in the report." in words(made.slides[1])
    assert f"{said}29" in notes(made.slides[1])


def test_a_deck_of_many_tables_stays_at_forty_and_names_the_rest(shown):
    cells = [shown.code(shown.cover())]
    for number in range(1, 13):
        grids = [html_table([["Booking", "446"]] * 4, f"Table {number}{letter}") for letter in "abcd"]
        cells += a_chapter(shown, number, shown.finding(), *(shown.table(grid) for grid in grids))
    made = deck(shown.notebook(*cells))
    assert len(made.slides) == 40
    shows = {title for title in titles(made) if title.startswith("Table")}
    # The first of each chapter, before the second of any.
    assert {f"Table {number}a" for number in range(1, 13)} <= shows
    left = next(slide for slide in made.slides if slide.shapes.title.text_frame.text == "Appendix")
    every = {f"Table {number}{letter}" for number in range(1, 13) for letter in "abcd"}
    assert all(title in words(left) for title in every - shows)


def test_of_a_chapters_tables_the_one_with_numbers_stays(shown):
    texts = '<table><caption>Words</caption><thead><tr><th scope="col">Name</th></tr></thead><tbody><tr><th>A</th></tr></tbody></table>'
    cells = [shown.code(shown.cover())]
    for number in range(1, 21):
        grids = (texts, html_table([["Booking", "446"]], "Numbers"))
        cells += a_chapter(shown, number, shown.finding(), *(shown.table(grid) for grid in grids))
    made = deck(shown.notebook(*cells))
    assert [title for title in titles(made) if title in ("Words", "Numbers")] == ["Numbers"] * 2
    assert len(tables(made)) == 2


def test_a_figure_that_only_says_that_there_is_nothing_has_no_slide(shown):
    svg = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 9"/>'}
    empty = shown.figure(caption="There are no journeys yet", **svg)
    cells = [shown.prose("## 2 · Journeys"), shown.code(empty), shown.code(shown.finding(), shown.finding())]
    made = deck(shown.notebook(shown.code(shown.cover()), *cells))
    assert "There are no journeys yet" not in titles(made)
    assert "There are no journeys yet" in notes(made.slides[1])
