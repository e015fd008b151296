"""Findings for clients without advice, for consultants with it, and many of one kind as one sentence."""

from __future__ import annotations

import re

import pytest

from cxmethod.language import LANGUAGES, Words
from cxmethod.language.catalogue import catalogue
from cxmethod.steps.finding import Finding
from cxmethod.views.telling import MANY, fact, finding, telling

ADVICE = re.compile(
    r"\b(usted|decida|pregunte|pida|acuerde|acuerden|escriba|agregue|revise|corrija|retírel[oa]|averigüe|anote|elija"
    r"|ask|decide which|write down|you decide|you mean|agree on|find out|choose one)\b",
    re.IGNORECASE,
)


def ownerless(*names: str) -> list[Finding]:
    return [Finding("process.no_owner", "warns", name, {"process": name}, "measured") for name in names]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fact_tells_the_consultant_what_to_do(language):
    """What the consultant can do goes into mend.po; the client's chapters do without it."""
    spoken = {code: form for code, forms in catalogue(language, "finding").items() for form in forms}
    assert {code: form for code, form in spoken.items() if ADVICE.search(form)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_and_sentences_of_many_belong_to_findings(language):
    known = {code.removeprefix("finding.") for code in catalogue(language, "finding")}
    advised = {code.removeprefix("mend.") for code in catalogue(language, "mend")}
    many = {code.removeprefix("many.").removesuffix("_item") for code in catalogue(language, "many")}
    assert (advised - known, many - known) == (set(), {"quoted"})


def test_advice_comes_after_the_fact():
    words, (found,) = Words("en"), ownerless("Parking")
    assert fact(found, words) == "The process “Parking” has no owner."
    assert (
        finding(found, words)
        == f"{fact(found, words)} Agree on one person who answers for it from end to end."
    )


@pytest.mark.parametrize("advice", [True, False])
def test_few_of_a_kind_stay_apart(advice):
    names = [f"P{n}" for n in range(MANY - 1)]
    told = telling(ownerless(*names), Words("en"), advice=advice)
    assert [one.values["process"] for one in told] == names
    assert all(("Agree" in one.text) is advice for one in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_of_a_kind_are_one_sentence_with_every_name(language):
    names = [f"Process {n}" for n in range(20)]
    (told,) = telling(ownerless(*names), Words(language))
    assert [name for name in names if name not in told.text] == []
    assert (told.code, told.size, told.evidence, told.severity) == (
        "process.no_owner",
        20,
        "measured",
        "warns",
    )
    assert [one["process"] for one in told.values["items"]] == names


def test_what_blocks_comes_first_and_apart():
    blocking = [Finding("process.no_owner", "blocks", "B", {"process": "B"})]
    told = telling([*ownerless("a", "b", "c", "d"), *blocking], Words("en"))
    assert [(one.severity, one.size) for one in told] == [("blocks", 1), ("warns", 4)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_are_counted_in_whole_numbers(language):
    values = {"needed": 24, "room": 10, "limit": "customers"}
    for limit in ("customers", "weeks"):
        found = fact(Finding(f"scope.interviews_{limit}", "warns", "", values), Words(language))
        assert re.search(r" 10[ .]", found)
        assert not re.search(r"10[.,]0", found)
