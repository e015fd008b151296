from __future__ import annotations

import datetime

import pytest
import yaml

import cxmethod
from cxmethod.engagement import Decisions
from cxmethod.language import CxError

MOMENT = {
    "kind": "red",
    "reason": "Patients told us so in ten interviews.",
    "author": "Ana",
    "date": "2026-03-31",
}
PLACES = {
    "persona.classes": 3,
    "scope.cut": {"personas": ["gold"], "touchpoints": ["website"]},
    "moments.website": MOMENT,
    "importance.website": 4.5,
    "opportunities.pairwise": {"impact": {"cost": 3.0}},
    "opportunities.keep": ["i1"],
    "opportunities.drop": ["i2"],
    "quotes.approved": ["m1"],
    "processes.matched": {"Task_1": "website"},
}


@pytest.fixture
def engagement(folder):
    return cxmethod.open(folder())


def on_file(engagement):
    return yaml.safe_load((engagement.folder / "decisions.yaml").read_text(encoding="utf-8"))


def test_without_a_file_nothing_is_decided(engagement):
    assert engagement.decisions == Decisions()


@pytest.mark.parametrize("place", PLACES)
def test_a_decision_is_on_file_at_once(engagement, place):
    engagement.decide(place, PLACES[place])
    section, name = place.split(".")
    again = cxmethod.open(engagement.folder).decisions.model_dump(mode="json", exclude_defaults=True)
    assert again[section][name] == PLACES[place]


def test_decisions_stand_side_by_side(engagement):
    for place, value in PLACES.items():
        engagement.decide(place, value)
    kept = engagement.decisions
    assert kept.moments["website"].date == datetime.date(2026, 3, 31)
    assert kept.opportunities.keep == ("i1",)
    assert kept.persona.classes == 3


def test_only_what_was_decided_is_on_file(engagement):
    engagement.decide("importance.website", 4)
    assert on_file(engagement) == {"version": 1, "importance": {"website": 4.0}}


def test_none_takes_a_decision_back(engagement):
    engagement.decide("moments.website", MOMENT)
    engagement.decide("moments.website", None)
    assert on_file(engagement) == {"version": 1}


def test_taking_back_what_was_never_decided_changes_nothing(engagement):
    assert engagement.decide("moments.website", None) == Decisions()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("moments.website", {**MOMENT, "reason": "because"}),
        ("moments.website", {**MOMENT, "kind": "blue"}),
        ("moments.website", {key: value for key, value in MOMENT.items() if key != "author"}),
        ("moments.website", "red"),
        ("persona.classes", 0),
        ("persona.clases", 3),
        ("scop.cut", {"personas": []}),
        ("importance.website", "high"),
        ("importance.website", 6),
        ("importance.website", float("nan")),
        ("opportunities.pairwise", {"impact": {"cost": float("inf")}}),
        ("opportunities.pairwise", {"impact": {"cost": 1e-320}}),
        ("version", 2),
        ("version.minor", 2),
    ],
)
def test_what_does_not_hold_leaves_the_file_as_it_was(engagement, place, value):
    engagement.decide("importance.website", 4)
    before = (engagement.folder / "decisions.yaml").read_bytes()
    with pytest.raises(CxError):
        engagement.decide(place, value)
    assert (engagement.folder / "decisions.yaml").read_bytes() == before


def test_a_broken_file_is_not_overwritten(folder):
    engagement = cxmethod.open(folder(decisions="moments: [\n"))
    with pytest.raises(CxError):
        engagement.decide("importance.website", 4)
    assert (engagement.folder / "decisions.yaml").read_text() == "moments: [\n"


def test_accents_stay_readable(engagement):
    engagement.decide("quotes.approved", ["Señal única"])
    assert "Señal única" in (engagement.folder / "decisions.yaml").read_text(encoding="utf-8")


def test_an_edit_by_hand_is_seen(engagement):
    (engagement.folder / "decisions.yaml").write_text("importance: {website: 5}\n")
    assert engagement.decisions.importance == {"website": 5}
