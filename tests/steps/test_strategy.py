"""After the steps: a strategy for each touchpoint with its reason, the theme, and whether people here agree."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps import strategy
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.strategy import StrategyResult

from .reading import by, finding, found, row

POINTS = "touchpoint,name,phase,order,owner\ndesk,Desk,p,1,Ana\nroom,Room,p,2,"
THEME = {"theme": {"name": "Calm"}}


def ran(engagement, kinds=None, gaps=None, cues=None, **others) -> StrategyResult:
    """`kinds`: touchpoint → kind of moment; `gaps`: touchpoint → (difference, verdict)."""
    own = kinds or {}
    differences = gaps or {}
    told = pd.DataFrame(
        {
            "persona": "all",
            "touchpoint": list(differences),
            "difference": [difference for difference, _ in differences.values()],
            "verdict": [verdict for _, verdict in differences.values()],
        }
    )
    moments = pd.DataFrame(
        {"persona": "all", "touchpoint": list(own), "kind": list(own.values())}, dtype="string"
    )
    tables = {"touchpoints": POINTS, "theme_cues": f"touchpoint,cue,fit\n{cues}" if cues else None}
    blank = pd.DataFrame()
    return strategy.run(
        engagement(**(tables | others)),
        MotivationsResult(themes=blank, statements=blank, disconfirmation=told),
        MomentResult(drivers=blank, moments=moments),
    )


@pytest.mark.parametrize(
    ("kind", "gap", "cue", "chosen", "reason"),
    [
        ("red", None, None, "repair", "red"),
        ("value", None, None, "protect", "value"),
        ("mixed", None, None, "elevate", "mixed"),
        ("watch", None, None, "simplify", "watch"),
        ("maintain", None, None, "watch", "fine"),
        ("maintain", (-0.8, "disappointed"), None, "elevate", "disappointed"),
        ("maintain", (-0.1, "met"), None, "watch", "fine"),
        ("maintain", (0.8, "exceeded"), None, "watch", "fine"),
        ("maintain", None, -1, "elevate", "off_theme"),
        ("maintain", None, 0, "watch", "fine"),
        ("maintain", (-0.8, "disappointed"), -1, "elevate", "disappointed"),
        ("value", (-0.8, "disappointed"), -1, "protect", "value"),
        ("insufficient", (-0.8, "disappointed"), -1, "watch", "insufficient"),
        (None, None, None, "watch", "insufficient"),
    ],
)
def test_the_strategy_follows_from_kind_then_expectation_then_theme(
    engagement, kind, gap, cue, chosen, reason
):
    result = ran(
        engagement,
        {"desk": kind} if kind else None,
        {"desk": gap} if gap else None,
        f"desk,A poster,{cue}" if cue is not None else None,
    )
    assert tuple(row(result.touchpoints, touchpoint="desk")[["strategy", "reason"]]) == (chosen, reason)


def test_a_touchpoint_carries_its_expectation_gap_and_the_mean_fit_of_its_cues(engagement):
    result = ran(
        engagement, {"desk": "value"}, {"desk": (0.4, "exceeded")}, "desk,A smile,2\ndesk,A queue,-1"
    )
    desk = row(result.touchpoints, touchpoint="desk")
    assert (desk["expectation_gap"], desk["theme_fit"], desk["owner"]) == (0.4, 0.5, "Ana")
    assert row(result.touchpoints, touchpoint="room")[["expectation_gap", "theme_fit"]].isna().all()


@pytest.mark.parametrize(
    ("kind", "fit", "broken"),
    [
        ("red", -1, True),
        ("value", -2, True),
        ("mixed", -1, True),
        ("watch", -1, False),
        ("maintain", -2, False),
        ("red", 0, False),
        ("red", 1, False),
    ],
)
def test_a_negative_cue_at_a_moment_of_truth_contradicts_the_promise(engagement, kind, fit, broken):
    result = ran(engagement, {"desk": kind}, cues=f"desk,The screen,{fit}")
    assert row(result.cues, touchpoint="desk")["contradiction"] == broken
    assert row(result.touchpoints, touchpoint="desk")["contradiction"] == broken
    assert result.facts["contradictions"] == int(broken)
    assert (("strategy.contradiction", "desk") in found(result)) is broken


def test_one_good_cue_does_not_hide_a_contradiction(engagement):
    result = ran(engagement, {"desk": "red"}, cues="desk,A smile,2\ndesk,The screen,-1")
    assert finding(result, "strategy.contradiction").values == {"touchpoint": "Desk", "cue": "The screen"}
    assert row(result.touchpoints, touchpoint="desk")["theme_fit"] == 0.5


def test_a_cue_of_unknown_fit_is_kept_and_counts_neither_way(engagement):
    result = ran(engagement, {"desk": "red"}, cues="desk,A smile,1\ndesk,A smell,")
    assert row(result.touchpoints, touchpoint="desk")["theme_fit"] == 1
    assert len(result.cues) == 2


@pytest.mark.parametrize(
    ("kind", "asked"), [("red", True), ("mixed", True), ("watch", True), ("value", False)]
)
def test_work_to_be_done_needs_an_owner(engagement, kind, asked):
    assert (("strategy.no_owner", "room") in found(ran(engagement, {"room": kind}))) is asked


def test_without_a_theme_or_its_tables_it_is_said(engagement):
    assert found(ran(engagement)) == {
        ("missing.theme_cues", "theme_cues"),
        ("missing.alignment", "alignment"),
        ("strategy.no_theme", ""),
    }
    assert ("strategy.no_theme", "") not in found(ran(engagement, settings=THEME))


# --- alignment

PEOPLE = """
respondent,role,touchpoint,item,importance,performance,score
s1,Doctors,desk,,5,2,
s2,Doctors,desk,,3,4,
s3,Desk,desk,,4,5,
s1,Doctors,,I know the promise,,,2
s2,Doctors,,I know the promise,,,3
s3,Desk,,I know the promise,,,5
"""


def test_alignment_is_told_by_role_with_the_range_of_performance(engagement):
    table = ran(engagement, alignment=PEOPLE).alignment
    doctors = row(table, role="Doctors", touchpoint="desk")
    assert tuple(doctors[["n", "importance", "performance", "minimum", "maximum"]]) == (2, 4, 3, 2, 4)
    assert len(table) == 2


def test_items_are_told_by_role(engagement):
    items = ran(engagement, alignment=PEOPLE).items
    assert by(items, "role", "score") == {"Doctors": 2.5, "Desk": 5}


def test_people_and_roles_are_counted_once(engagement):
    facts = ran(engagement, alignment=PEOPLE).facts
    assert (facts["people"], facts["roles"]) == (3, 2)
