"""What moved between two states, as a terminal, a report and a machine read it."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import TABLES
from cxmethod.language import LANGUAGES, CxError
from cxmethod.language.catalogue import catalogue
from cxmethod.steps import emotion_changes, moment_changes, portfolio_changes, touchpoint_changes
from cxmethod.steps.changes import Changes, Side
from cxmethod.views.change_sentences import sections
from cxmethod.views.change_words import column
from cxmethod.views.changes import as_dict, changes, lines

HOSTILE = "<b>{x}</b>\n\x1b[31m =1+1"
UNSAID = re.compile(r"[{}]|\bnan\b|<NA>|\bNone\b|\x1b")
PLACES = ("before", "today")


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns)


def emotion(verdict, name="Desk", source="after"):
    figures = dict.fromkeys(emotion_changes.COLUMNS, 0.25) | {"touchpoint": "desk", "source": source}
    counts = {"n_before": 40, "n_after": 90, "n_shared": 40, "n_new": 50, "n_gone": 0, "n_changed": 1}
    return figures | counts | {"name": name, "verdict": verdict}


def moment(change, emotion="moved", decided=False, **states):
    known = {"kind_before": "mixed", "status_before": pd.NA, "kind_after": "red", "status_after": "confirmed"}
    return (
        {"touchpoint": "desk", "name": "Desk", "change": change, "emotion": emotion, "decided": decided}
        | known
        | states
    )


def initiative(change, why=pd.NA, also="", own="", name="Queue"):
    values = dict.fromkeys(portfolio_changes.COLUMNS, pd.NA)
    numbers = {"cost_before": 10, "cost_after": 12.0, "rank_before": 3, "rank_after": 1, "tranche_after": 2}
    return (
        values
        | numbers
        | {"initiative": "queue", "name": name, "change": change, "why": why, "also": also, "own": own}
    )


EVERY_VERDICT = (
    "better", "worse", "more_negative", "less_negative", "noise", "same", "method", "untested", "only_before", "only_after",
    "hidden", "protecting",
)  # fmt: skip


def everything(name="Desk", **instead):
    """Whatever may happen, all at once."""
    changed = (
        "added",
        "removed",
        "cut",
        "restored",
        "renamed",
        "moved",
        "phase_renamed",
        "owner",
        "channel",
        "reordered",
    )
    moments = ("became_red", "no_longer_red", "confirmed", "unconfirmed", "kind", "status", "new", "gone")
    reasons = ("done", "dropped", "removed", "not_chosen")
    rows = ("rows", "added", "removed", "rewritten", "unreadable")
    count = {
        "rows_before": 9,
        "rows_after": 9,
        "added": 1,
        "removed": 1,
        "changed": 2,
        "columns": "name;cost",
    }
    causes = [
        ("emotions", "table", "ratings"),
        ("moments", "setting", "seed"),
        ("moments", "decision", "moments.desk"),
    ]
    causes += [("moments", "package", "1 → 2"), ("portfolio", "method", "")]
    parts = {
        "touchpoints": frame(touchpoint_changes.COLUMNS, *(("desk", name, change, name, pd.NA) for change in changed)),
        "emotions": pd.DataFrame(
            [emotion(verdict, name, source) for verdict in EVERY_VERDICT for source in ("after", "before", "internal")]
        ),
        "moments": pd.DataFrame(
            [*(moment(change) for change in moments), moment("kind", "noise"), moment("became_red", "still"),
             moment("kind", decided=True)]
        ),
        "portfolio": pd.DataFrame(
            [initiative("entered", name=name), *(initiative("left", why, own="cost") for why in reasons),
             *(initiative(change) for change in ("done", "new", "removed")), initiative("", also="cost;rank;tranche;owner")]
        ),
        "tables": pd.DataFrame(
            [{"table": "initiatives", "change": change} | count for change in rows]
            + [{"table": "ratings", "change": "rows"} | count | {"rows_after": 8, "columns": ""}]
        ),
        "settings": frame(["place", "before", "after"], ("seed", "1", "2"), ("sources", pd.NA, pd.NA)),
        "decisions": frame(["place", "before", "after"], ("moments.desk", pd.NA, name)),
        "causes": frame(["part", "kind", "what"], *causes),
        "missing": frame(["part", "state", "why"]),
    }  # fmt: skip
    sides = {"before": Side("before", "2026-06-30", "none"), "after": Side("today", "2026-09-30", "chosen")}
    return Changes(**(sides | parts | {"people": {"before": 40, "after": 90, "shared": 40}} | instead))


def variants(name="Desk"):
    """Together they say every sentence there is."""
    missing = [(part, "after", why) for part, why in zip(
        ("touchpoints", "emotions", "moments", "portfolio"), ("inputs", "never", "stale", "other_version"), strict=True)]  # fmt: skip
    nothing = {name: each.head(0) for name, each in everything().frames().items()}
    by = [
        everything(causes=frame(["part", "kind", "what"], ("emotions", kind, "1 → 2")))
        for kind in ("package", "notebook")
    ]
    lost = {"before": Side("a", "", "chosen"), "after": Side("b", "", "none")}
    return [
        everything(name), everything(missing=frame(["part", "state", "why"], *missing)), *by, everything(**lost),
        everything(**nothing, **lost), everything(**(nothing | {"settings": everything().settings, "before": Side("a"), "after": Side("b")})),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def client(engagement):
    made = engagement(settings={"currency": "COP"})
    return {language: cxmethod.open(made.folder, language) for language in LANGUAGES}


@pytest.fixture
def shown(monkeypatch):
    """What a report's cell shows."""
    found = []
    monkeypatch.setattr("IPython.display.display", found.append)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_names_all_that_it_should(client, language):
    text = [line for found in variants() for line in lines(client[language], found, PLACES)]
    assert [line for line in text if UNSAID.search(line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_catalogue_is_never_said(client, language, shown, monkeypatch):
    said = set()
    words = type(client[language].words)
    monkeypatch.setattr(words, "say", _listening(words.say, said))
    for found in variants():
        lines(client[language], found, PLACES)
        changes(client[language], found)
    refusals = {"changes.same_folder", "changes.other_client", "changes.no_state"}
    assert set(catalogue(language, "changes")) - said - refusals == set()


def _listening(say, said):
    def listen(self, code, **values):
        said.add(code)
        return say(self, code, **values)

    return listen


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_client_wrote_steers_neither_terminal_nor_page(client, language, shown):
    text = "\n".join(lines(client[language], everything(HOSTILE), PLACES))
    assert "\x1b" not in text
    assert "<b>{x}</b> [31m =1+1" in text
    changes(client[language], everything(HOSTILE))
    assert not any("<b>" in each.data["text/html"] for each in shown)


def test_the_states_are_told_apart_by_their_dates_else_by_their_folders(client):
    assert "June 30, 2026 and September 30, 2026" in lines(client["en"], everything(), PLACES)[0]
    undated = everything(before=Side("q2"), after=Side("q3"))
    assert "“q2” to “q3”" in lines(client["en"], undated, PLACES)[0]


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Both states say the same"), ("es", "Los dos estados dicen lo mismo")]
)
def test_two_equal_states_are_one_sentence(client, language, sentence):
    same = everything(**{name: each.head(0) for name, each in everything().frames().items()})
    assert lines(client[language], same, PLACES)[1].startswith(sentence)
    assert len(lines(client[language], same, PLACES)) == 2


def test_what_could_not_be_compared_comes_first_and_names_the_folder_as_the_caller_did(client):
    missing = frame(["part", "state", "why"], ("moments", "before", "never"))
    found = sections(everything(missing=missing), client["en"].words, places=("../old copy", "."))
    assert found[0].part == "missing"
    assert found[0].lines[0].text.endswith("cxmethod run ../old copy")
    assert "moments" not in {section.part for section in found}


def test_what_got_worse_and_what_turned_red_warn(client):
    warned = {
        line.code
        for section in sections(everything(), client["en"].words)
        for line in section.lines
        if line.severity == "warns"
    }
    assert warned == {"emotion_worse", "emotion_more_negative", "moment_became_red", "table_unreadable"}


def test_figures_that_protect_people_are_in_no_table(client, shown):
    hidden = emotion("protecting") | dict.fromkeys(
        ("mean_before", "mean_after", "difference", "low", "high"), float("nan")
    )
    changes(client["en"], everything(emotions=pd.DataFrame([hidden])))
    table = next(each for each in shown if each.kind == "table" and "customers feel" in each.about["caption"])
    assert "protected" in table.data["text/html"]
    assert "+0.25 →" not in table.data["text/html"]


def test_a_report_without_a_state_to_compare_with_says_nothing(client, shown):
    changes(client["en"], None)
    assert shown == []


def test_a_state_that_cannot_be_compared_is_one_warning(client, shown):
    changes(client["es"], CxError("changes.no_state", client["es"].words, place="../x"))
    assert [each.kind for each in shown] == ["finding"]
    assert "../x" in str(shown[0])


def test_the_report_says_it_under_headings_of_its_own(client, shown):
    changes(client["en"], everything())
    html = [each.data["text/html"] for each in shown]
    assert html[0].startswith("<h2>What changed between")
    assert sum(each.kind == "table" for each in shown) == 3


def test_a_machine_gets_tables_sentences_and_no_value_that_json_lacks(client):
    text = json.dumps(as_dict(client["en"], everything(), PLACES), allow_nan=False)
    found = json.loads(text)
    assert found["version"] == 1
    assert found["same"] is False
    assert {"part": "evidence", "code": "sources", "severity": "info"}.items() <= found["said"][-2].items()


def test_columns_bear_the_headings_of_the_language(client):
    assert column("person_days", "initiatives", client["es"].words) == "dias_persona"
    assert column("score_ease", "initiatives", client["es"].words) == "puntaje_ease"
    assert column("their own", "respondents", client["es"].words) == "their own"
    assert all(
        column(each.name, name, client["en"].words) == each.name
        for name, t in TABLES.items()
        for each in t.columns
    )


def test_moments_have_their_columns():
    assert set(moment("kind")) == set(moment_changes.COLUMNS)
