"""Step 4: the emotional plane — what each touchpoint feels like, to us and to customers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec, Thresholds
from cxmethod.steps.blind_spots import blind_spots
from cxmethod.steps.emotions import emotions, internal_views
from cxmethod.steps.finding import Finding, Severity, for_each, missing_table
from cxmethod.steps.journey import ALL, in_order, ratings_with_persona, touchpoints_in_order
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult


@dataclass(frozen=True, eq=False, kw_only=True)
class TouchpointResult(StepResult):
    """The curve of each source, and where they part.

    Parameters
    ----------
    journey : DataFrame
        The touchpoints in order: `position`, `touchpoint`, `name`, `phase`, `phase_name`, `channel`, `owner`.
    emotions : DataFrame
        As `cxmethod.steps.emotions.emotions` gives them, without `sd`. Customer estimates are blank below
        `suppress_below`, and where they would give away those that are; internal intervals below three views.
    internal_views : DataFrame
        `touchpoint`, `emotion`, `views`: each internal view, without its holder.
    gaps : DataFrame
        As `cxmethod.steps.blind_spots.blind_spots` gives them.
    """

    spec = StepSpec(
        "04_touchpoints",
        ("touchpoints", "ratings", "respondents", "phases", "events"),
        ("scope",),
        ("01_persona",),
    )

    journey: pd.DataFrame
    emotions: pd.DataFrame
    internal_views: pd.DataFrame
    gaps: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult) -> TouchpointResult:
    """Means, negative shares and intervals by persona, touchpoint and source; internal view against customers."""
    limits = engagement.settings.thresholds
    journey = touchpoints_in_order(engagement)
    ratings = ratings_with_persona(engagement, personas.membership)
    estimates = in_order(emotions(ratings, limits), journey)
    gaps = blind_spots(estimates, limits)
    views = internal_views(ratings).assign(persona=ALL)
    findings = [] if not ratings.empty else [missing_table("ratings")]
    if engagement.table("touchpoints").empty:
        findings.append(missing_table("touchpoints"))
    names = journey.set_index("touchpoint")["name"]
    people = dict(zip(personas.personas["persona"], personas.personas["name"], strict=True))
    findings += [*_blind(gaps, names, people), *_thin(estimates, names, people, limits)]
    columns = ["position", "touchpoint", "name", "phase", "phase_name", "channel", "owner"]
    customers = ratings[ratings["source"] != "internal"]["respondent"].nunique()
    return TouchpointResult(
        journey=journey[columns],
        emotions=estimates.drop(columns="sd"),
        internal_views=in_order(views, journey).drop(columns="persona"),
        gaps=gaps,
        facts={
            "ratings": len(ratings),
            "unknown": int(ratings["emotion"].isna().sum()),
            "customers": int(customers),
        },
        findings=tuple(findings),
    )


def _blind(gaps: pd.DataFrame, names: pd.Series, people: dict[str, str]) -> list[Finding]:
    """Blind spots of everyone; and of a persona where everyone's answers hide them."""
    whose = [people.get(persona, persona) for persona in gaps["persona"]]
    named = gaps.assign(name=gaps["touchpoint"].map(names), whose=whose)
    spots = named[gaps["blind_spot"]]
    everyone, tested, flip = spots["persona"] == ALL, ~spots["descriptive"], spots["sign_flip"]
    rosy = spots["difference"] > 0
    known = spots["touchpoint"].isin(spots.loc[everyone, "touchpoint"])
    bare = {"touchpoint": "name", "internal": "mean_a", "after": "mean_b", "difference": "difference"}
    bare |= {"n_internal": "n_a", "n_customers": "n_b"}
    values = bare | {"low": "low", "high": "high"}
    groups: list[tuple[pd.Series, str, Severity, dict[str, str]]] = [
        (everyone & tested & flip, "gap.blind_spot_flip", "warns", values),
        (everyone & tested & ~flip & rosy, "gap.blind_spot", "warns", values),
        (everyone & tested & ~flip & ~rosy, "gap.blind_spot_worse", "warns", values),
        (everyone & ~tested, "gap.descriptive", "info", bare),
        (~everyone & ~known & tested, "gap.blind_spot_persona", "info", values | {"persona": "whose"}),
    ]
    return [
        finding
        for where, code, severity, said in groups
        for finding in for_each(spots[where], code, severity, "touchpoint", **said)
    ]


def _thin(
    estimates: pd.DataFrame, names: pd.Series, people: dict[str, str], limits: Thresholds
) -> list[Finding]:
    """What is hidden, and what rests on few."""
    named = estimates.assign(name=estimates["touchpoint"].map(names))
    everyone = named["persona"] == ALL
    hidden = named[everyone & (named["standing"] == "hidden")].assign(needed=limits.suppress_below)
    said = {"touchpoint": "name", "needed": "needed", "source": "source"}
    found = for_each(hidden, "emotion.suppressed", "info", "touchpoint", **said)
    indicative = named[everyone & (named["standing"] == "indicative")]
    found += [
        Finding(
            "emotion.indicative", "info", str(source),
            {"source": str(source), "n": len(rows), "touchpoints": list(rows["name"]), "min_n": limits.min_n},
        )
        for source, rows in indicative.groupby("source")
    ]  # fmt: skip
    protecting = named[named["standing"] == "protecting"]
    found += [
        Finding(
            "emotion.protecting", "info", str(persona),
            {"persona": people.get(str(persona), str(persona)), "n": len(rows), "touchpoints": list(rows["name"].unique())},
        )
        for persona, rows in protecting.groupby("persona")
    ]  # fmt: skip
    return found
