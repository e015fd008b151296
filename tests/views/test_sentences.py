"""Every finding that a step can make is a sentence in both languages, with all that it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.language import LANGUAGES, Words
from cxmethod.language.catalogue import catalogue
from cxmethod.steps import Finding, check_thread, obtain
from cxmethod.steps.thread import Thread
from cxmethod.views import findings, sentences

from .clients import CLIENTS, TELLING

STEPS = Path(cxmethod.__file__).parent / "steps"
BESIDE_STEPS = {"finding.more", "finding.none"}
UNSAID = re.compile(r"[{}]|\[(?![+−\d])|(?<![\d%])\]|\bnan\b|<NA>|\bNone\b|—")


@pytest.fixture(scope="module")
def stale(engagement) -> tuple[Engagement, Thread]:
    """A thread whose settings were changed after a step was computed."""
    client = engagement(**CLIENTS["one touchpoint"])
    obtain(client, "00_scope")
    (client.folder / "engagement.yaml").write_text("client: Acme\nlanguage: en\nobjective: train\n")
    changed = cxmethod.open(client.folder)
    return changed, check_thread(changed)


@pytest.fixture(scope="module")
def made(computed, threaded, stale) -> dict[str, tuple[Engagement, Finding]]:
    """For each code, a client who gives rise to it, and the finding."""
    known = [
        (computed(name)[0], result)
        for name in (*CLIENTS, *TELLING, "demo", "workshop")
        for result in computed(name)[1].values()
    ]
    known += [(computed(name)[0], threaded(name)) for name in ("nothing", *TELLING) if says_thread(name)]
    return {found.code: (client, found) for client, result in [*known, stale] for found in result.findings}


def says_thread(name: str) -> bool:
    """Whether a client is there for what the thread finds, which no single step sees."""
    return "thread." in name or name == "nothing"


@pytest.mark.parametrize("codes", TELLING)
def test_a_client_gives_rise_to_the_findings_that_their_name_lists(computed, threaded, codes):
    results = [*computed(codes)[1].values(), *([threaded(codes)] if says_thread(codes) else [])]
    assert set(codes.split()) - {each.code for result in results for each in result.findings} == set()


def test_every_sentence_of_the_catalogue_is_needed_by_somebody(made):
    known = set(catalogue("en", "finding")) - BESIDE_STEPS
    assert known - {f"finding.{code}" for code in made} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_sentence_with_all_that_it_names(made, language):
    told = {
        code: sentences.finding(found, client.settings.words(language))
        for code, (client, found) in made.items()
    }
    assert {code: text for code, text in told.items() if UNSAID.search(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_nothing_that_its_finding_does_not_carry(made, language):
    strangers = {
        code: named - set(found.values)
        for code, (_, found) in made.items()
        for form in catalogue(language, "finding")[f"finding.{code}"]
        if (named := {name for _, name, _, _ in Formatter().parse(form) if name}) - set(found.values)
    }
    assert strangers == {}


# --- codes in the source


def codes() -> list[ast.expr]:
    """What stands for the code wherever the steps make a finding."""
    places = {"Finding": 0, "missing_table": 0, "for_each": 1}
    found = []
    for path in sorted(STEPS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (name := getattr(node.func, "id", "")) in places:
                place = places[name]
                if len(node.args) > place:
                    found.append(_whole(node.args[place], "missing." if name == "missing_table" else ""))
    return found


def _whole(code: ast.expr, start: str) -> ast.expr:
    return ast.Constant(start + code.value) if isinstance(code, ast.Constant) else code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_in_the_source_of_the_steps_has_its_sentence(language):
    written = [code.value for code in codes() if isinstance(code, ast.Constant)]
    assert len(written) > 35
    assert [code for code in written if f"finding.{code}" not in catalogue(language, "finding")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_is_put_together_begins_like_one_of_the_catalogue(language):
    joined = [code.values[0] for code in codes() if isinstance(code, ast.JoinedStr)]
    starts = [f"finding.{start.value}" for start in joined if isinstance(start, ast.Constant)]
    known = catalogue(language, "finding")
    assert [start for start in starts if not any(code.startswith(start) for code in known)] == []


# --- how values are said


@pytest.mark.parametrize(
    ("key", "value", "en", "es"),
    [
        ("n", 1234, "1,234", "1.234"),
        ("n_customers", 12.0, "12", "12"),
        ("mean", -0.53, "−0.5", "−0,5"),
        ("difference", 0.57, "+0.6", "+0,6"),
        ("negative_share", 0.256, "26%", "26\u00a0%"),
        ("p_value", 0.0001, "<\u00a00.001", "<\u00a00,001"),
        ("r2", 0.3957, "0.40", "0,40"),
        ("importance", 4.25, "4.3", "4,3"),
        ("kind", "worry", "worry", "preocupación"),
        ("touchpoint", "worry", "worry", "worry"),
        ("touchpoints", ["Desk", "Web", "Bill"], "Desk, Web, and Bill", "Desk, Web y Bill"),
        ("kind", "a_kind_of_their_own", "a kind of their own", "a kind of their own"),
        ("mean", float("nan"), "—", "—"),
    ],
)
def test_values_are_said_by_what_they_are_in_the_form_of_the_language(key, value, en, es):
    assert sentences.said({key: value}, Words("en"))[key] == en
    assert sentences.said({key: value}, Words("es"))[key] == es


def test_money_takes_the_currency_of_the_engagement():
    assert sentences.said({"budget": 1500}, Words("es", "es_CO", "COP"))["budget"] == "COP\u00a01.500"


# --- showing them


@pytest.fixture
def displayed(monkeypatch):
    """What is shown before the end of a cell."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    return shown


def test_the_graver_findings_are_shown_first(spoken, displayed):
    client = spoken("nothing", "en")[0]
    grades = ["info", "blocks", "warns", "info", "warns"]
    findings(client, Thread(tuple(Finding("strategy.no_theme", grade) for grade in grades)))
    shown = [each.data["application/vnd.cxmethod.finding+json"]["severity"] for each in displayed]
    assert shown == ["blocks", "warns", "warns", "info", "info"]


@pytest.mark.parametrize(("count", "sentence"), [(3, "One more finding"), (5, "3 more findings")])
def test_what_is_left_out_is_counted(spoken, displayed, count, sentence):
    client = spoken("nothing", "en")[0]
    findings(client, Thread((Finding("strategy.no_theme", "warns"),) * count), most=2)
    assert len(displayed) == 3
    assert str(displayed[2]).startswith(sentence)


@pytest.mark.parametrize(("language", "sentence"), [("en", "Nothing to report"), ("es", "Nada")])
def test_where_nothing_was_found_it_is_said(spoken, displayed, language, sentence):
    findings(spoken("nothing", language)[0], Thread(()))
    assert str(displayed[0]).startswith(sentence)
