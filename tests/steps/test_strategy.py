"""After the steps: a strategy for each touchpoint with its reason, and the theme kept or broken."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps import strategy
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.strategy import StrategyResult

from .reading import by, finding, found, row

POINTS = "touchpoint,name,phase,order,owner\ndesk,Desk,p,1,Ana\nroom,Room,p,2,"
THEME = {"theme": {"name": "Calm", "attributes": ["Clarity", "Puntualidad", "Warmth"]}}


def ran(engagement, kinds=None, gaps=None, factors=None, cues=None, **others) -> StrategyResult:
    """`kinds` and `factors`: touchpoint → code; `gaps`: touchpoint → (difference, verdict); `cues`: lines of the table."""
    own, gaps, factors = kinds or {}, gaps or {}, factors or {}
    told = pd.DataFrame(
        {
            "persona": "all",
            "touchpoint": list(gaps),
            "difference": [float(difference) for difference, _ in gaps.values()],
            "low": [difference - 0.1 for difference, _ in gaps.values()],
            "high": [difference + 0.1 for difference, _ in gaps.values()],
            "n": 40,
            "verdict": [verdict for _, verdict in gaps.values()],
        }
    )
    moments = pd.DataFrame(
        {"persona": "all", "touchpoint": list(own), "kind": list(own.values())}, dtype="string"
    )
    contrast = pd.DataFrame(
        {"persona": "all", "touchpoint": list(factors), "kind": list(factors.values())}, dtype="string"
    )
    tables = {"touchpoints": POINTS, "theme_cues": f"touchpoint,cue,fit,attribute\n{cues}" if cues else None}
    blank = pd.DataFrame()
    return strategy.run(
        engagement(**(tables | others)),
        MotivationsResult(themes=blank, statements=blank, disconfirmation=told),
        MomentResult(drivers=blank, moments=moments.assign(status=pd.NA), penalty_reward=contrast),
    )


@pytest.mark.parametrize(
    ("kind", "gap", "factor", "cue", "chosen", "reason"),
    [
        ("red", None, None, None, "repair", "red"),
        ("red", None, "basic", None, "repair", "red_basic"),
        ("value", None, None, None, "protect", "value"),
        ("value", (-0.8, "disappointed"), None, None, "elevate", "good_not_as_hoped"),
        ("maintain", (-0.8, "disappointed"), None, None, "simplify", "promised_too_much"),
        ("maintain", None, None, -1, "simplify", "off_theme"),
        ("maintain", (0.8, "exceeded"), None, 2, "protect", "signature"),
        ("maintain", (0.8, "exceeded"), None, None, "watch", "fine"),
        (None, (-0.8, "disappointed"), None, -1, "watch", "not_seen"),
    ],
)
def test_the_strategy_follows_from_kind_factor_expectation_and_cues(
    engagement, kind, gap, factor, cue, chosen, reason
):
    result = ran(
        engagement,
        {"desk": kind} if kind else None,
        {"desk": gap} if gap else None,
        {"desk": factor} if factor else None,
        f"desk,A poster,{cue}," if cue is not None else None,
    )
    assert tuple(row(result.touchpoints, touchpoint="desk")[["strategy", "reason"]]) == (chosen, reason)
    assert result.facts[chosen] >= 1


def test_a_touchpoint_carries_what_decided_with_its_interval(engagement):
    result = ran(
        engagement,
        {"desk": "value"},
        {"desk": (0.4, "exceeded")},
        {"desk": "performance"},
        "desk,A smile,2,\ndesk,A queue,-1,",
    )
    desk = row(result.touchpoints, touchpoint="desk")
    assert tuple(desk[["expectation_gap", "gap_low", "gap_high", "gap_n"]]) == pytest.approx(
        (0.4, 0.3, 0.5, 40)
    )
    assert tuple(desk[["theme_fit", "cues", "fit", "factor", "owner"]]) == (
        0.5,
        2,
        "breaks",
        "performance",
        "Ana",
    )
    unknown = row(result.touchpoints, touchpoint="room")
    assert unknown[["expectation_gap", "gap", "theme_fit", "fit", "factor"]].isna().all()


@pytest.mark.parametrize(
    ("kind", "asked"), [("red", True), ("mixed", True), ("watch", True), ("value", True), ("maintain", False)]
)
def test_whatever_is_to_be_done_needs_an_owner(engagement, kind, asked):
    assert (("strategy.no_owner", "room") in found(ran(engagement, {"room": kind}))) is asked


# --- the theme


@pytest.mark.parametrize(
    ("kind", "fit", "broken"),
    [
        ("red", -1, True), ("value", -2, True), ("mixed", -1, True), ("watch", -1, False), ("maintain", -2, False),
        ("red", 0, False), ("red", 1, False),
    ],
)  # fmt: skip
def test_a_negative_cue_at_a_moment_of_truth_contradicts_the_promise(engagement, kind, fit, broken):
    result = ran(engagement, {"desk": kind}, cues=f"desk,The screen,{fit},")
    assert row(result.cues, touchpoint="desk")["contradiction"] == broken
    assert row(result.touchpoints, touchpoint="desk")["contradiction"] == broken
    assert result.facts["contradictions"] == int(broken)
    assert (("strategy.contradiction", "desk") in found(result)) is broken


def test_one_good_cue_does_not_hide_a_contradiction(engagement):
    result = ran(engagement, {"desk": "red"}, cues="desk,A smile,2,\ndesk,The screen,-1,")
    assert finding(result, "strategy.contradiction").values == {"touchpoint": "Desk", "cue": "The screen"}
    assert row(result.touchpoints, touchpoint="desk")["theme_fit"] == 0.5


def test_a_cue_of_unknown_fit_is_kept_and_counts_neither_way(engagement):
    result = ran(engagement, {"desk": "red"}, cues="desk,A smile,1,\ndesk,A smell,,")
    assert row(result.touchpoints, touchpoint="desk")["theme_fit"] == 1
    assert by(result.cues, "cue", "effect") == {"A smile": "serves", "A smell": None}


def test_attributes_are_matched_whatever_their_case_and_accents_and_all_promised_ones_are_listed(engagement):
    cues = "desk,A smile,2,clarity\ndesk,A clock,-1,PUNTUALIDAD\nroom,A clock,-2,puntualidad"
    result = ran(engagement, {"desk": "red"}, cues=cues, settings=THEME)
    assert result.attributes.set_index("attribute").T.to_dict("list") == {
        "Clarity": [1, 1, 0, 2, 0],
        "Puntualidad": [2, 0, 2, -1.5, 1],
        "Warmth": [0, 0, 0, pytest.approx(float("nan"), nan_ok=True), 0],
    }
    assert finding(result, "strategy.attribute_nowhere").values == {"attributes": ["Warmth"]}
    assert finding(result, "strategy.attribute_broken").values == {"attributes": ["Puntualidad"]}


def test_what_is_no_attribute_of_the_theme_is_listed_and_counts_for_none(engagement):
    result = ran(engagement, cues="desk,A smile,2,clarity\ndesk,A ramp,1,Access", settings=THEME)
    assert finding(result, "strategy.attribute_unmatched").values["attributes"] == ["Access"]
    assert by(result.cues, "cue", "attribute") == {"A smile": "Clarity", "A ramp": None}
    assert "Access" not in set(result.attributes["attribute"])


def test_cues_that_name_no_attribute_are_asked_for_it_and_prove_no_gap(engagement):
    codes = {code for code, _ in found(ran(engagement, cues="desk,A smile,2,", settings=THEME))}
    assert "strategy.attribute_unnamed" in codes
    assert "strategy.attribute_nowhere" not in codes


def test_without_promised_attributes_what_was_written_stands(engagement):
    result = ran(engagement, cues="desk,A smile,2,Warmth", settings={"theme": {"name": "Calm"}})
    assert result.attributes["attribute"].tolist() == ["Warmth"]
    assert not [code for code, _ in found(result) if "attribute" in code]


def test_a_moment_of_truth_that_nobody_walked_is_named(engagement):
    result = ran(engagement, {"desk": "red", "room": "value"}, cues="desk,A smile,2,")
    assert finding(result, "strategy.moment_no_cue").values == {"touchpoints": ["Room"]}


def test_cues_off_the_map_are_left_out(engagement):
    cut = {"scope": {"cut": {"touchpoints": ["desk"]}}}
    result = ran(engagement, cues="desk,A smile,1,\nroom,A smell,-2,", decisions=cut)
    assert result.cues["cue"].tolist() == ["A smile"]


def test_without_a_theme_or_its_tables_it_is_said(engagement):
    assert found(ran(engagement)) == {
        ("missing.theme_cues", "theme_cues"),
        ("missing.alignment", "alignment"),
        ("strategy.no_theme", ""),
    }
    assert ("strategy.no_theme", "") not in found(ran(engagement, settings=THEME))


def test_without_touchpoints_nothing_is_chosen(engagement):
    result = ran(engagement, touchpoints=None, cues="desk,A smile,1,")
    assert (len(result.touchpoints), len(result.cues), result.facts["repair"]) == (0, 0, 0)
