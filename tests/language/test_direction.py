from __future__ import annotations

import pytest

from cxmethod.language import Words
from cxmethod.language.direction import closed_lines, isolated

HEBREW, ARABIC = "קבלת פנים", "الاستقبال"


@pytest.mark.parametrize("name", [HEBREW, ARABIC, f"Desk {HEBREW}"])
def test_a_name_that_runs_from_right_to_left_has_a_direction_of_its_own(name):
    assert isolated(name) == f"\u2068{name}\u2069"


@pytest.mark.parametrize("name", ["", "Desk", "Recepción – 50 %", "受付", "Приём"])
def test_any_other_name_stays_as_it_is(name):
    assert isolated(name) == name


def test_nothing_is_isolated_twice():
    once = isolated(HEBREW)
    assert isolated(once) == once
    assert isolated(f"Desk, {once}: 100 %") == f"Desk, {once}: 100 %"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_isolates_what_it_is_given(language):
    words = Words(language)
    assert f"\u2068{HEBREW}\u2069" in words.say("poster.quote", words=HEBREW)
    assert "\u2068" not in words.say("poster.quote", words="Desk")


def test_names_in_a_list_are_isolated_one_by_one():
    assert (
        Words("en").join([HEBREW, "Desk", ARABIC]) == f"\u2068{HEBREW}\u2069, Desk, and \u2068{ARABIC}\u2069"
    )


def test_a_name_on_two_lines_is_isolated_on_both():
    assert closed_lines(["a \u2068b", "c\u2069 d", "e"]) == ["a \u2068b\u2069", "\u2068c\u2069 d", "e"]
