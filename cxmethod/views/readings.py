"""The sentence that reads a picture or a table: computed, so that it says what the numbers say."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.relationship import RelationshipResult
from cxmethod.steps.touchpoints import TouchpointResult

_NAMED = 3


def named(names: list[str], words: Words) -> str:
    """The first few of `names`, and how many more there are: a title has two lines."""
    more = len(names) - _NAMED
    if more <= 0:
        return words.join(names)
    return words.say("reading.and_more", count=more, names=", ".join(names[:_NAMED]))


def red_points(client: Engagement, result: TouchpointResult, moments: MomentResult | None) -> str:
    """What the plane says: the red points where they are known, else the lowest touchpoint."""
    words = client.words
    names = result.journey.set_index("touchpoint")["name"]
    if moments is not None:
        own = moments.moments[(moments.moments["persona"] == ALL) & (moments.moments["kind"] == "red")]
        if len(own):
            shown = named([str(names[t]) for t in own["touchpoint"]], words)
            return words.say("reading.red_points", count=len(own), touchpoints=shown)
    everyone = result.emotions[result.emotions["persona"] == ALL].dropna(subset=["mean"])
    source = next((s for s in ("after", "before", "internal") if (everyone["source"] == s).any()), None)
    if source is None:
        return words.say("reading.no_ratings")
    own = everyone[everyone["source"] == source]
    lowest = own.sort_values("mean", kind="stable").iloc[0]
    code = "reading.no_red" if moments is not None else "reading.lowest"
    return words.say(
        f"{code}_{source}" if source == "internal" else code,
        touchpoint=str(names[lowest["touchpoint"]]),
        mean=words.signed(lowest["mean"]),
    )


def quadrant(client: Engagement, moments: MomentResult, names: pd.Series) -> str:
    """What weighs most, and how customers feel there."""
    words = client.words
    measured = moments.facts.get("basis") == "measured"
    weight = "relative_share" if measured else "stated_importance"
    own = moments.moments[moments.moments["persona"] == ALL].dropna(subset=[weight])
    if own.empty:
        return words.say("reading.no_importance")
    first = own.sort_values(weight, ascending=False, kind="stable").iloc[0]
    name = str(names[first["touchpoint"]])
    if not measured:
        return words.say("reading.stated_most", touchpoint=name, importance=words.number(first[weight]))
    badly = first["kind"] == "red" or first["mean"] < 0
    feeling = "badly" if badly else "well"
    return words.say(f"reading.weighs_most_{feeling}", touchpoint=name, share=words.percent(first[weight]))


def parting(client: Engagement, result: RelationshipResult, names: pd.Series) -> str:
    """The move that sets successful journeys apart most, among those told apart from chance."""
    words = client.words
    table = result.transitions
    sure = table[table["p_adjusted"] < client.settings.thresholds.significance]
    if sure.empty:
        return words.say("reading.no_parting" if len(table) else "reading.no_routes")
    most = sure.loc[sure["difference"].abs().sort_values(ascending=False, kind="stable").index].iloc[0]
    code = "reading.parting_success" if most["difference"] > 0 else "reading.parting_failure"
    return words.say(
        code,
        source=names.get(most["source"], most["source"]),
        target=names.get(most["target"], most["target"]),
        success=words.percent(most["success_p"]),
        failure=words.percent(most["failure_p"]),
    )
