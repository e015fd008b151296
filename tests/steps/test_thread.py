"""The thread from persona to indicator: what is open in it, and what keeps a deliverable a draft."""

from __future__ import annotations

import numpy as np
import pytest

from cxmethod.steps import Finding, check_thread, obtain_all
from cxmethod.steps.thread import Thread

from .reading import finding, found

POINTS = "touchpoint,name,phase,order,owner,indicator,business_critical,evidence\n"
LIMITS = {"thresholds": {"resamples": 100}}


def survey(engagement, touchpoints: str, **others):
    """Sixty customers whose outcome follows what they feel at the desk, where most feel badly."""
    rng = np.random.default_rng(5)
    desk = rng.integers(-2, 2, 60)
    outcome = list((5 + 2 * desk + rng.normal(size=60)).round(2))
    web = rng.integers(1, 3, 60)
    return engagement(
        after={"desk": desk, "web": web},
        outcome=outcome,
        touchpoints=POINTS + touchpoints,
        settings=LIMITS,
        **others,
    )


OWNED = "desk,Desk,visit,1,Ana,,,\nweb,Web,visit,2,Ana,,,"


def test_without_touchpoints_nothing_ties_evidence_to_improvement(engagement):
    thread = check_thread(engagement())
    assert [(f.code, f.severity) for f in thread.blocking.findings] == [("thread.no_touchpoints", "blocks")]
    assert thread.blocks


def test_a_red_point_without_an_owner_blocks(engagement):
    thread = check_thread(survey(engagement, OWNED.replace("desk,Desk,visit,1,Ana", "desk,Desk,visit,1,")))
    assert found(thread.blocking) == {("thread.red_no_owner", "desk")}


def test_a_touchpoint_without_an_owner_that_is_not_red_does_not_block(engagement):
    thread = check_thread(survey(engagement, OWNED.replace("web,Web,visit,2,Ana", "web,Web,visit,2,")))
    assert not thread.blocks


def test_a_touchpoint_that_nobody_rated_is_named(engagement):
    thread = check_thread(survey(engagement, OWNED + "\nbill,Bill,visit,3,Ana,,,"))
    assert ("thread.unrated", "bill") in found(thread)


def test_before_any_rating_not_every_touchpoint_is_named(engagement):
    thread = check_thread(engagement(touchpoints=POINTS + "desk,Desk,visit,1,Ana,,,"))
    assert "thread.unrated" not in {code for code, _ in found(thread)}
    assert ("missing.ratings", "ratings") in found(thread)


@pytest.mark.parametrize(
    ("critical", "indicator", "named"), [("yes", "", True), ("yes", "NPS", False), ("no", "", False)]
)
def test_what_is_critical_for_the_business_has_an_indicator(engagement, critical, indicator, named):
    touchpoints = f"desk,Desk,visit,1,Ana,{indicator},{critical},"
    thread = check_thread(engagement(touchpoints=POINTS + touchpoints))
    assert (("thread.critical_no_indicator", "desk") in found(thread)) is named


@pytest.mark.parametrize(("evidence", "named"), [("assumed", True), ("observed", False), ("", False)])
def test_a_confirmed_claim_on_an_assumed_touchpoint_is_named(engagement, evidence, named):
    thread = check_thread(survey(engagement, OWNED.replace("1,Ana,,,", f"1,Ana,,,{evidence}")))
    assert (("thread.assumed", "desk") in found(thread)) is named


def test_stale_results_block_until_they_are_computed_again(engagement):
    client = survey(engagement, OWNED)
    obtain_all(client)
    assert "thread.stale" not in {code for code, _ in found(check_thread(client))}
    client.decide("scope.cut", {"touchpoints": ["web"]})
    stale = finding_items(check_thread(client), "thread.stale")
    assert "04_touchpoints" in stale
    obtain_all(client)
    assert finding_items(check_thread(client), "thread.stale") == set()


def finding_items(thread: Thread, code: str) -> set[str]:
    return {item for each, item in found(thread) if each == code}


def test_a_check_saves_nothing(engagement):
    client = survey(engagement, OWNED)
    check_thread(client)
    assert not (client.folder / "results").exists()


def test_what_blocks_stands_first_and_notes_stay_in_their_notebooks(engagement):
    severities = [
        each.severity for each in check_thread(survey(engagement, OWNED.replace("Ana", ""))).findings
    ]
    assert severities == sorted(severities, key=["blocks", "warns"].index)
    assert "info" not in severities


def test_the_same_thing_is_said_once(engagement):
    thread = check_thread(engagement())
    keys = [(each.code, each.item) for each in thread.findings]
    assert len(keys) == len(set(keys))
    assert ("missing.touchpoints", "touchpoints") in keys


def test_a_thread_without_anything_that_blocks_is_no_draft():
    assert not Thread((Finding("persona.no_card", "warns", "gold"),)).blocks


def test_a_missing_client_table_does_not_block(engagement):
    thread = check_thread(engagement(touchpoints=POINTS + "desk,Desk,visit,1,Ana,,,"))
    assert not thread.blocks
    assert finding(thread, "missing.ratings").severity == "warns"
