"""The thread: persona → phase → touchpoint → rating → moment → process → owner → initiative → indicator, checked."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.disclosed import feeling_bounded
from cxmethod.steps.finding import Finding, for_each
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.obtain import Results, obtain_all, stale_steps


@dataclass(frozen=True)
class Thread:
    """Every open finding, the blocking ones first.

    Parameters
    ----------
    findings : tuple of Finding
    """

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> Thread:
        """Only what blocks."""
        return Thread(tuple(finding for finding in self.findings if finding.severity == "blocks"))

    @property
    def blocks(self) -> bool:
        """Whether deliverables stay a draft."""
        return any(finding.severity == "blocks" for finding in self.findings)


def check(engagement: Engagement) -> Thread:
    """What is open in the thread, from the tables and the results as they are now; nothing is saved.

    Raises
    ------
    InputProblems
        When a table does not hold: nothing can be said before that is mended.
    """
    stale = stale_steps(engagement)
    return _thread(engagement, obtain_all(engagement, save=False), stale)


def _thread(engagement: Engagement, results: Results, stale: tuple[str, ...]) -> Thread:
    found = [finding for result in results.values() for finding in result.findings]
    opened = [finding for finding in found if finding.severity != "info"]
    opened += [Finding("thread.stale", "blocks", step, {"step": step}) for step in stale]
    opened += _links(engagement, results)
    first = {(f.code, f.item, f.values.get("persona")): f for f in reversed(opened)}
    order = {"blocks": 0, "warns": 1, "info": 2}
    few = engagement.settings.thresholds.suppress_below
    kept = [feeling_bounded(found, few) for found in first.values()][::-1]
    return Thread(tuple(sorted(kept, key=lambda f: order[f.severity])))


def _links(engagement: Engagement, results: Results) -> list[Finding]:
    """Orphans between one link and the next that no single step sees."""
    touchpoints = engagement.table("touchpoints")
    if touchpoints.empty:
        return [Finding("thread.no_touchpoints", "blocks", "touchpoints")]
    # What the scope leaves out owes nobody a rating or an indicator.
    touchpoints = touchpoints[touchpoints["touchpoint"].isin(touchpoints_in_order(engagement)["touchpoint"])]
    rated = engagement.table("ratings").dropna(subset=["emotion"])
    unrated = (
        touchpoints[~touchpoints["touchpoint"].isin(rated["touchpoint"])]
        if len(rated)
        else touchpoints.head(0)
    )
    moments = results["05_moments_of_truth"].tables()["moments"]
    red = set(moments.loc[moments["kind"] == "red", "touchpoint"])
    red_points = touchpoints[touchpoints["touchpoint"].isin(red)]
    critical = touchpoints[touchpoints["business_critical"].fillna(False)]
    return [
        *for_each(unrated, "thread.unrated", "warns", "touchpoint", touchpoint="name"),
        *for_each(
            red_points[red_points["owner"].isna()],
            "thread.red_no_owner",
            "blocks",
            "touchpoint",
            touchpoint="name",
        ),
        *for_each(
            critical[critical["indicator"].isna()],
            "thread.critical_no_indicator",
            "warns",
            "touchpoint",
            touchpoint="name",
        ),
        *_assumed(touchpoints, moments),
        *_lost_decisions(engagement),
    ]


def _lost_decisions(engagement: Engagement) -> list[Finding]:
    """Decisions on file about something that is not in the tables any more, or never was."""
    decisions, opportunities = engagement.decisions, engagement.decisions.opportunities
    points = [*decisions.scope.cut.touchpoints, *decisions.moments, *decisions.importance]
    about = {"touchpoints": points, "initiatives": [*opportunities.keep, *opportunities.drop]}
    lost = []
    for table, keys in about.items():
        known = set(engagement.table(table)[table.removesuffix("s")])
        lost += [
            Finding("thread.decision_lost", "warns", key, {"key": key}) for key in keys if key not in known
        ]
    spoken = set(engagement.table("motivations")["motivation"]) | set(engagement.table("personas")["persona"])
    lost += [
        Finding("thread.decision_lost", "warns", key, {"key": key})
        for key in decisions.quotes.approved
        if key not in spoken
    ]
    rule = engagement.settings.persona
    if decisions.persona.classes and not (rule and rule.indicators):
        lost.append(Finding("thread.decision_lost", "warns", "persona.classes", {"key": "persona.classes"}))
    cut = decisions.scope.cut.touchpoints
    inside = set(touchpoints_in_order(engagement)["touchpoint"])
    names = engagement.table("touchpoints").set_index("touchpoint")["name"]
    lost += [
        Finding("thread.decision_outside", "warns", key, {"touchpoint": str(names[key])})
        for key in decisions.moments
        if key in names.index and key not in inside
    ]
    if cut and not set(cut) & set(engagement.table("touchpoints")["touchpoint"]):
        lost.append(Finding("thread.nothing_kept", "blocks", "scope.cut"))
    return lost


def _assumed(touchpoints: pd.DataFrame, moments: pd.DataFrame) -> list[Finding]:
    """A confirmed claim about a touchpoint whose very place in the journey is only assumed."""
    confirmed = moments.loc[moments["status"] == "confirmed", "touchpoint"]
    assumed = touchpoints[
        (touchpoints["evidence"] == "assumed").fillna(False) & touchpoints["touchpoint"].isin(confirmed)
    ]
    return for_each(assumed, "thread.assumed", "warns", "touchpoint", touchpoint="name", evidence="evidence")
