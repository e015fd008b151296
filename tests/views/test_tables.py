"""Result tables as their readers want them: every column has its heading, every code its word, in both languages."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest

from cxmethod.language import LANGUAGES, Words
from cxmethod.language.catalogue import catalogue
from cxmethod.steps import STEPS, obtain
from cxmethod.views import inputs, summary, table, theme, thresholds
from cxmethod.views.agreed import brief
from cxmethod.views.columns import COLUMNS
from cxmethod.views.tables import Reader, _caption, _heading, _label

from .clients import CLIENTS, TELLING
from .test_show import Tags

# The languages take turns among the odd clients.
SPOKEN = [
    *((name, ("es", "en")[n % 2]) for n, name in enumerate(CLIENTS)),
    *((name, language) for name in ("demo", "workshop") for language in LANGUAGES),
]
ODD = re.compile(r"[{}]|\bnan\b|<NA>|\bNone\b")
"""What no reader should see."""

METHODS = (
    "empathy_map",
    "experience_map",
    "customer_journey_map",
    "service_blueprint",
    "journey_proposition",
)
CODES = {
    "00_scope.methods": {"method": METHODS, "reasons_for": ("objective", "weeks", "customers", "table_ratings")},
    "00_scope.size": {"dimension": ("personas", "phases", "touchpoints", "variables", "sources", "cells")},
    "01_persona.personas": {"evidence": ("measured", "observed", "assumed", "proposed")},
    "02_relationship.questions": {"question": ("discover", "evaluate", "interact", "return", "refer")},
    "02_relationship.routes": {"outcome": ("success", "failure")},
    "03_motivations.statements": {
        "kind": (
            "goal", "need", "expectation", "motivation", "worry", "doubt", "frustration", "trigger",
        ),
    },
    "03_motivations.disconfirmation": {"verdict": ("exceeded", "met", "disappointed")},
    "04_touchpoints.emotions": {"source": ("internal", "before", "after")},
    "05_moments_of_truth.drivers": {
        "outside": ("rarely_rated", "crowded_out", "constant", "lone", "collinear", "no_model"),
    },
    "05_moments_of_truth.moments": {
        "kind": ("red", "value", "mixed", "watch", "maintain", "insufficient"),
        "status": ("confirmed", "suspected", "decided"),
        "decided_by": ("rule",),
    },
    "07_opportunities.opportunities": {"kind": ("red", "worry")},
    "07_opportunities.criteria": {
        "criterion": ("customer_impact", "ease", "cost", "person_days", "months"),
        "direction": ("benefit", "cost"),
    },
    "08_strategy.touchpoints": {
        "strategy": ("repair", "protect", "elevate", "simplify", "watch"),
        "kind": ("red", "value", "mixed", "watch", "maintain", "insufficient"),
    },
    "08_strategy.cues": {"effect": ("serves", "breaks", "neither")},
    "08_strategy.customers": {"basis": ("derived", "stated")},
    "08_strategy.alignment": {"measure": ("importance", "performance")},
    "08_strategy.between": {"measure": ("importance", "performance")},
    "08_strategy.agreement": {"measure": ("importance", "performance")},
    "08_strategy.items": {"standing": ("low", "leaning")},
    "09_monitoring.signals": {
        "signal": ("beyond", "run"),
        "statistic": ("negative_share", "mean", "distribution"),
        "chart": ("p", "p_prime", "xmr", "chi_square", "chi_square_scaled"),
    },
    "09_monitoring.score_changes": {"metric": ("nps", "csat", "ces")},
    "09_monitoring.red_points": {"change": ("open", "opened", "closed")},
    "09_monitoring.scores": {"metric": ("nps", "csat", "ces")},
}  # fmt: skip
"""Every code that the method can write into a column that is shown."""


def tables(spoken, name: str, language: str = "en") -> list[tuple[str, object]]:
    client, results = spoken(name, language)
    return [(key, table(client, results[step], part)) for key in COLUMNS for step, part in [key.split(".")]]


@pytest.mark.parametrize("key", COLUMNS)
def test_a_table_shows_only_columns_that_its_result_has(spoken, key):
    step, name = key.split(".")
    frame = spoken("demo", "es")[1][step].tables()[name]
    shown = itertools.chain.from_iterable(
        [f"{column}low", f"{column}high"] if kind.endswith("interval") else [column]
        for column, kind in COLUMNS[key]
    )
    assert set(shown) <= set(frame.columns)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_has_its_heading_and_every_table_its_caption(key, language):
    """Also those that are left out where nothing is known of them: `Words.say` would raise."""
    words = Words(language)
    assert _caption(key, words)
    assert all(_heading(key, _label(column, kind), words) for column, kind in COLUMNS[key])


def test_every_table_of_every_result_can_be_shown_but_those_for_machines():
    beside = {"spec", "facts", "findings", "basis"}
    fields = [(step, name) for step, result in STEPS.items() for name in result.__dataclass_fields__]
    names = {f"{step}.{name}" for step, name in fields if name not in beside}
    assert names - set(COLUMNS) == {"00_scope.calendar", "01_persona.membership", "01_persona.everyone"}
    assert set(COLUMNS) <= names


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_every_table_is_shown_for_every_client(spoken, name, language):
    """No heading, caption or code is missing: `Words.say` would raise."""
    for _, shown in tables(spoken, name, language):
        assert shown.data["text/plain"].strip()
        assert not ODD.search(shown.data["text/plain"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "column"), [(key, column) for key, columns in CODES.items() for column in columns]
)
def test_every_code_of_the_method_has_its_word(key, column, language):
    words = catalogue(language, "code")
    assert (column, "code") in COLUMNS[key] or (column, "codes") in COLUMNS[key]
    assert [code for code in CODES[key][column] if f"code.{code}" not in words] == []


@pytest.mark.parametrize("name", [*CLIENTS, *TELLING, "demo", "workshop"])
def test_no_result_holds_a_code_that_the_method_does_not_list(spoken, name):
    results = spoken(name, "en")[1]
    for key, columns in CODES.items():
        step, part = key.split(".")
        frame = results[step].tables()[part]
        for column, known in columns.items():
            if column in ("reasons_for", "method", "decided_by", "criterion"):
                continue
            assert set(frame[column].dropna()) <= set(known), (key, column)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_and_every_reason_has_its_word(spoken, language):
    methods = spoken("demo", "en")[1]["00_scope"].methods
    reasons = set(
        ";".join(methods[["reasons_for", "reasons_against"]].fillna("").to_numpy().ravel()).split(";")
    )
    words = catalogue(language, "code")
    missing = [code for code in [*methods["method"], *(reasons - {""})] if f"code.{code}" not in words]
    assert missing == []


# --- what a reader may ask for


def test_a_table_is_of_everyone_unless_a_persona_is_named(spoken):
    client, results = spoken("demo", "es")
    own = results["04_touchpoints"].emotions
    everyone = table(client, results["04_touchpoints"], "emotions")
    seniors = table(client, results["04_touchpoints"], "emotions", persona="mayores")
    rows = [shown.data["application/vnd.dataresource+json"]["data"] for shown in (everyone, seniors)]
    assert [len(each) for each in rows] == [(own["persona"] == p).sum() for p in ("all", "mayores")]


def test_the_caption_of_the_first_rows_says_of_how_many(spoken):
    client, results = spoken("demo", "en")
    shown = table(client, results["04_touchpoints"], "journey", top=3)
    assert f"(3 of {len(results['04_touchpoints'].journey)} rows)" in shown.about["caption"]
    assert len(shown.data["application/vnd.dataresource+json"]["data"]) == 3


def test_tables_of_two_sources_have_captions_of_their_own(spoken):
    client, results = spoken("demo", "en")
    captions = {
        table(client, results["04_touchpoints"], "emotions", only={"source": source}).about["caption"]
        for source in ("before", "after", "internal")
    }
    assert len(captions) == 3


def test_only_rows_with_a_value_are_shown_where_it_is_asked(spoken):
    client, results = spoken("demo", "en")
    shown = table(client, results["05_moments_of_truth"], "moments", only={"kind": "red"})
    assert {row["kind"] for row in shown.data["application/vnd.dataresource+json"]["data"]} == {"red"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_table_is_said_not_drawn(spoken, language):
    client, results = spoken("nothing", language)
    shown = table(client, results["09_monitoring"], "signals")
    assert shown.kind == "text"
    assert "<table" not in shown.data["text/html"]
    assert shown.data["text/plain"].endswith(("nothing to show.", "nada que mostrar."))


def test_a_column_of_which_nothing_is_known_is_left_out(spoken):
    client, results = spoken("workshop", "en")
    headings = Tags(table(client, results["05_moments_of_truth"], "moments").data["text/html"]).text
    assert "Weight" not in headings
    assert "Stated importance" in headings


def test_keys_are_shown_by_the_names_that_the_client_gave(spoken):
    client, results = spoken("demo", "es")
    shown = table(client, results["02_relationship"], "routes", top=1).data["text/plain"]
    names = client.table("touchpoints").set_index("touchpoint")["name"]
    first = results["02_relationship"].routes["route"].iloc[0].split(" > ")
    assert " → ".join(names[key] for key in first) in shown


# --- one cell


@pytest.mark.parametrize(
    ("value", "kind", "en", "es"),
    [
        (0.256, "percent", "26%", "26\u00a0%"),
        (-0.04, "signed_percent", "−4", "−4"),
        (0.57, "signed", "+0.6", "+0,6"),
        (0.12345, "score", "0.123", "0,123"),
        (1234.0, "count", "1,234", "1.234"),
        (1e-6, "p", "<\u00a00.001", "<\u00a00,001"),
        (True, "flag", "yes", "sí"),
        ("red", "code", "red point", "punto rojo"),
        ("weeks;objective", "codes", "the weeks at hand and the objective", None),
        ("all", "persona", "Everyone", None),
        (None, "number", "—", "—"),
        (pd.NA, "text", "—", "—"),
        (float("nan"), "percent", "—", "—"),
        ("", "text", "—", "—"),
        ("=1+1", "text", "=1+1", "=1+1"),
    ],
)
def test_a_cell_takes_the_form_of_its_kind_and_language(spoken, value, kind, en, es):
    for language, expected in (("en", en), ("es", es)):
        if expected is not None:
            client = spoken("nothing", language)[0]
            assert Reader(client).cell({"x": value}, "x", kind) == expected


@pytest.mark.parametrize(
    ("kind", "low", "high", "shown"),
    [
        ("interval", -0.51, 0.26, "[−0.5; +0.3]"),
        ("percent_interval", 0.1, 0.255, "[10%; 26%]"),
        ("points_interval", -0.1, 0.25, "[−10; +25]"),
        ("interval", float("nan"), 0.3, "—"),
    ],
)
def test_an_interval_shows_both_ends_or_neither(spoken, kind, low, high, shown):
    cell = Reader(spoken("nothing", "en")[0]).cell({"low": low, "high": high}, "", kind)
    assert cell == shown


# --- the sentences beside


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_every_step_is_summed_up_in_whole_sentences(spoken, name, language):
    client, results = spoken(name, language)
    for step in STEPS:
        shown = summary(client, results[step])
        assert shown.kind == "text"
        assert not ODD.search(str(shown))


def test_a_summary_follows_from_the_results_and_not_from_the_weather(spoken):
    client, results = spoken("demo", "en")
    text = str(summary(client, results["05_moments_of_truth"]))
    assert "Red points: 3; value points: 3; to watch: 2." in text
    assert "stated importance" in str(summary(*_of(spoken("workshop", "en"), "05_moments_of_truth")))


def _of(client_and_results, step):
    return client_and_results[0], client_and_results[1][step]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["demo", "workshop", "nothing"])
def test_what_was_agreed_and_what_it_rests_on_is_shown(spoken, name, language):
    client, _ = spoken(name, language)
    for shown in (brief(client), theme(client), inputs(client), thresholds(client)):
        assert not ODD.search(shown.data["text/plain"])


def test_inputs_are_told_by_rows_and_sha_256(spoken):
    client, _ = spoken("demo", "en")
    rows = inputs(client).data["application/vnd.dataresource+json"]["data"]
    outcome = next(row for row in rows if row["file"].startswith("outcomes"))
    assert outcome["rows"] == len(client.table("outcomes"))
    assert len(outcome["sha256"]) == 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_threshold_has_its_words_and_whether_it_is_the_methods_own(engagement, language):
    client = engagement(settings={"thresholds": {"min_n": 50}}, language=language)
    rows = thresholds(client).data["application/vnd.dataresource+json"]["data"]
    assert {row["threshold"] for row in rows if not row["default"]} == {"min_n"}
    assert Words(language).say("threshold.min_n") in thresholds(client).data["text/plain"]


def test_of_few_customers_it_is_said_how_many_they_are_not_a_percentage(engagement):
    client = engagement(after={"desk": [-1, -2, 0, 1, 1, 2, -1, 1], "web": [-1, 1, 1, 1] * 10}, language="en")
    text = str(table(client, obtain(client, "04_touchpoints"), "emotions"))
    assert "3 of 8" in text
    assert "25%" in text
    assert "38%" not in text


def test_a_hidden_estimate_says_why(engagement):
    client = engagement(after={"desk": [-1, 1], "web": [1, 2] * 20}, language="en")
    assert "hidden: very few customers" in str(table(client, obtain(client, "04_touchpoints"), "emotions"))
