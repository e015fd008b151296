"""The thread from persona to indicator: what is open in it, and what keeps a deliverable a draft."""

from __future__ import annotations

import numpy as np
import pytest

from cxmethod.engagement import Engagement
from cxmethod.steps import Finding, check_thread, obtain_all
from cxmethod.steps.thread import Thread

from .reading import finding, found

HEAD = "touchpoint,name,phase,order,owner,indicator,business_critical,evidence\n"
SOUND = "desk,Desk,visit,1,Ana,Waiting,yes,observed\nweb,Web,visit,2,,,,assumed"
BROKEN = "desk,Desk,visit,1,,,yes,assumed\nweb,Web,visit,2,,,no,\nbill,Bill,visit,3,Ana,,,"


@pytest.fixture(scope="module")
def survey(engagement):
    """Sixty customers whose outcome follows what they feel at the desk, where most feel badly; the web is fine."""
    rng = np.random.default_rng(5)
    desk, web = rng.integers(-2, 2, 60), rng.integers(1, 3, 60)
    outcome = list((5 + 2 * desk + rng.normal(size=60)).round(2))

    def make(touchpoints: str) -> Engagement:
        answers, limits = {"desk": desk, "web": web}, {"thresholds": {"resamples": 100}}
        return engagement(after=answers, outcome=outcome, touchpoints=HEAD + touchpoints, settings=limits)

    return make


@pytest.fixture(scope="module")
def sound(survey) -> Thread:
    return check_thread(survey(SOUND))


@pytest.fixture(scope="module")
def broken(survey) -> Thread:
    return check_thread(survey(BROKEN))


@pytest.fixture(scope="module")
def empty(engagement) -> Thread:
    return check_thread(engagement())


# --- the links that no single step sees


@pytest.mark.parametrize(
    "code",
    ["thread.red_no_owner", "thread.unrated", "thread.critical_no_indicator", "thread.assumed"],
)
def test_a_sound_thread_says_nothing_of_it(sound, code):
    assert code not in {each for each, _ in found(sound)}


def test_a_red_point_without_an_owner_blocks(broken):
    assert found(broken.blocking) == {("thread.red_no_owner", "desk")}
    assert broken.blocks


def test_another_touchpoint_without_an_owner_does_not_block(sound):
    assert not sound.blocks


def test_a_touchpoint_that_nobody_rated_is_named(broken):
    assert {item for code, item in found(broken) if code == "thread.unrated"} == {"bill"}


def test_what_is_critical_for_the_business_and_has_no_indicator_is_named(broken):
    assert {item for code, item in found(broken) if code == "thread.critical_no_indicator"} == {"desk"}


def test_a_confirmed_claim_about_an_assumed_touchpoint_is_named(broken):
    assert {item for code, item in found(broken) if code == "thread.assumed"} == {"desk"}


def test_without_touchpoints_nothing_ties_evidence_to_improvement(empty):
    assert found(empty.blocking) == {("thread.no_touchpoints", "touchpoints")}


def test_a_missing_table_warns_and_does_not_block(engagement):
    thread = check_thread(engagement(touchpoints=HEAD + SOUND))
    assert not thread.blocks
    assert finding(thread, "missing.ratings").severity == "warns"
    assert "thread.unrated" not in {code for code, _ in found(thread)}


# --- the list


def test_what_blocks_stands_first_and_notes_stay_in_their_notebooks(broken):
    severities = [each.severity for each in broken.findings]
    assert severities == sorted(severities, key=["blocks", "warns"].index)
    assert set(severities) == {"blocks", "warns"}


def test_the_same_thing_is_said_once(empty):
    keys = [(each.code, each.item) for each in empty.findings]
    assert len(keys) == len(set(keys))
    assert ("missing.touchpoints", "touchpoints") in keys


def test_a_thread_without_anything_that_blocks_is_no_draft():
    assert not Thread((Finding("persona.no_card", "warns", "gold"),)).blocks


# --- what was saved


def test_stale_results_block_until_they_are_computed_again(survey):
    client = survey(SOUND)
    obtain_all(client)
    assert stale(client) == set()
    client.decide("scope.cut", {"touchpoints": ["desk"]})
    assert {"04_touchpoints", "05_moments_of_truth"} <= stale(client)
    assert check_thread(client).blocks
    obtain_all(client)
    assert stale(client) == set()


def stale(client: Engagement) -> set[str]:
    return {item for code, item in found(check_thread(client)) if code == "thread.stale"}


def test_a_check_saves_nothing(engagement):
    client = engagement()
    check_thread(client)
    assert not (client.folder / "results").exists()
