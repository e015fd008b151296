"""The sentence that reads a picture or a table: computed, so that it says what the numbers say."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.language.direction import isolated
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.relationship import RelationshipResult
from cxmethod.steps.route_findings import NOTABLE, told_apart
from cxmethod.steps.route_findings import parting as parting_kind
from cxmethod.steps.touchpoints import TouchpointResult

_NAMED, _LETTERS = 3, 130


def named(names: list[str], words: Words) -> str:
    """The first few of `names`, and how many more there are: a title has two lines, and long names fill them sooner."""
    letters = [sum(map(len, names[: n + 1])) for n in range(min(len(names), _NAMED))]
    shown = max(sum(total <= _LETTERS for total in letters), 1)
    more = len(names) - shown
    if more <= 0:
        return words.join(names)
    return words.say("reading.and_more", count=more, names=", ".join(map(isolated, names[:shown])))


def red_points(
    client: Engagement, result: TouchpointResult, moments: MomentResult | None, persona: str = ALL
) -> str:
    """What the plane says: the red points where they are known, suspected ones as suspected; else the lowest touchpoint."""
    words = client.words
    said = _red_points(client, result, moments, persona) or _lowest(client, result, moments, persona)
    if persona == ALL:
        return said
    names = client.table("personas").set_index("persona")["name"]
    return words.say("reading.of_persona", persona=str(names.get(persona, persona)), reading=said)


def _red_points(
    client: Engagement, result: TouchpointResult, moments: MomentResult | None, persona: str
) -> str:
    if moments is None:
        return ""
    words = client.words
    names = result.journey.set_index("touchpoint")["name"]
    red = moments.moments[(moments.moments["persona"] == persona) & (moments.moments["kind"] == "red")]
    if len(red) > _NAMED:
        lived = result.emotions[
            (result.emotions["persona"] == persona) & (result.emotions["source"] == "after")
        ]
        worst_first = lived.sort_values("mean", kind="stable")["touchpoint"]
        red = (
            red.set_index("touchpoint")
            .reindex(worst_first[worst_first.isin(red["touchpoint"])])
            .reset_index()
        )
    suspected = (red["status"] == "suspected").fillna(False).astype(bool)
    sure, unsure = ([str(names[t]) for t in red.loc[part, "touchpoint"]] for part in (~suspected, suspected))
    if sure and unsure:
        return words.say(
            "reading.red_and_suspected",
            sure=words.say("reading.red_points", count=len(sure), touchpoints=named(sure, words)),
            suspected=words.say("reading.more_suspected", count=len(unsure)),
        )
    if sure:
        return words.say("reading.red_points", count=len(sure), touchpoints=named(sure, words))
    if unsure:
        return words.say("reading.red_suspected", count=len(unsure), touchpoints=named(unsure, words))
    return ""


def _lowest(client: Engagement, result: TouchpointResult, moments: MomentResult | None, persona: str) -> str:
    words = client.words
    names = result.journey.set_index("touchpoint")["name"]
    emotions = result.emotions
    own = emotions[(emotions["persona"] == persona) | (emotions["source"] == "internal")].dropna(
        subset=["mean"]
    )
    source = next((s for s in ("after", "before", "internal") if (own["source"] == s).any()), None)
    if source is None:
        return words.say("reading.no_ratings")
    lowest = own[own["source"] == source].sort_values("mean", kind="stable").iloc[0]
    judged = moments is not None and moments.facts.get("basis") != "none" and persona == ALL
    code = "reading.no_red" if judged else "reading.lowest"
    if source == "before":
        code = "reading.lowest_before"
    elif source == "after" and lowest["mean"] >= 0 and code == "reading.lowest":
        code = "reading.least_good"
    said = words.say(
        f"{code}_{source}" if source == "internal" else code,
        touchpoint=str(names[lowest["touchpoint"]]),
        mean=words.signed(lowest["mean"]),
    )
    gaps = result.gaps
    blind = int((gaps["blind_spot"] & ~gaps["descriptive"] & (gaps["persona"] == persona)).sum())
    if moments is not None or not blind:
        return said
    return words.say("reading.and_blind_spots", count=blind, reading=said)


def personas_part(client: Engagement, result: TouchpointResult) -> str:
    """Where two personas' experience differs most, if their intervals part anywhere."""
    words = client.words
    lived = result.emotions[(result.emotions["source"] == "after") & (result.emotions["persona"] != ALL)]
    lived = lived.dropna(subset=["low", "high"])
    pairs = lived.merge(lived, on="touchpoint", suffixes=("", "_other"))
    apart = pairs[pairs["low"] > pairs["high_other"]]
    if apart.empty:
        return words.say("reading.personas_alike")
    cards = client.table("personas").set_index("persona")["name"]
    names = result.journey.set_index("touchpoint")["name"]
    apart = apart.assign(distance=apart["mean"] - apart["mean_other"])
    most = apart.sort_values("distance", ascending=False, kind="stable").iloc[0]
    return words.say(
        "reading.personas_part",
        touchpoint=str(names[most["touchpoint"]]),
        better=str(cards.get(most["persona"], most["persona"])),
        mean=words.signed(most["mean"]),
        worse=str(cards.get(most["persona_other"], most["persona_other"])),
        mean_other=words.signed(most["mean_other"]),
    )


def quadrant(client: Engagement, moments: MomentResult, weights: pd.DataFrame, names: pd.Series) -> str:
    """What weighs most, and how customers feel there; that all weigh alike where they cannot be told apart.

    Parameters
    ----------
    weights : DataFrame
        `touchpoint`, `weight`, `mean`, `negative_share`, `kind`.
    """
    words = client.words
    measured = moments.facts.get("basis") == "measured"
    if weights.empty:
        return words.say("reading.no_importance")
    first = weights.sort_values("weight", ascending=False, kind="stable").iloc[0]
    name = str(names[first["touchpoint"]])
    if not measured:
        return words.say("reading.stated_most", touchpoint=name, importance=words.number(first["weight"]))
    if moments.facts.get("equal_weight"):
        return words.say("reading.weigh_alike")
    split = first["kind"] in ("red", "watch") and first["mean"] >= 0
    feeling = "split" if split else "badly" if first["mean"] < 0 else "well"
    return words.say(
        f"reading.weighs_most_{feeling}",
        touchpoint=name,
        share=words.percent(first["weight"]),
        badly=words.percent(first["negative_share"]),
    )


def parting(client: Engagement, result: RelationshipResult, names: pd.Series) -> str:
    """The move that sets successful journeys apart most, among those told apart from chance and not by definition."""
    words = client.words
    sure = told_apart(result.transitions, client.settings.thresholds.significance)
    if sure.empty:
        compared = any(result.facts[outcome] != 0 for outcome in ("success", "failure"))
        return words.say("reading.no_parting" if compared else "reading.no_routes")
    most = sure.to_dict("records")[0]
    return words.say(
        f"reading.parting_{parting_kind(most)}",
        source=names.get(most["source"], most["source"]),
        target=names.get(most["target"], most["target"]),
        success=words.percent(most["success_p"]),
        failure=words.percent(most["failure_p"]),
    )


def stopping(client: Engagement, result: RelationshipResult, persona: str = ALL) -> str:
    """Where most failed journeys end, and where those that fail have to come back most."""
    words = client.words
    visits, routes = (f[f["persona"] == persona] for f in (result.visits, result.routes))
    failed = visits[visits["outcome"] == "failure"].dropna(subset=["reach"])
    if failed.empty:
        likeliest = routes[(routes["rank"] == 0) & (routes["outcome"] == "success")]["route"]
        if likeliest.empty:
            return words.say("reading.no_routes")
        return words.say("reading.success_only", count=len(str(likeliest.iloc[0]).split(" > ")))
    cards = client.table("touchpoints")
    known = dict(zip(cards["touchpoint"], cards["name"], strict=True))
    shares = failed.assign(**{m: (failed["reach"] * failed[m]).astype(float) for m in ("drop_off", "loops")})
    last, back = (shares.nlargest(1, measure).to_dict("records")[0] for measure in ("drop_off", "loops"))
    said: dict[str, Any] = {
        "share": words.percent(last["drop_off"]),
        "touchpoint": known.get(last["touchpoint"], last["touchpoint"]),
        "again": words.percent(back["loops"]),
        "other": known.get(back["touchpoint"], back["touchpoint"]),
    }
    same = "after_returns" if back["touchpoint"] == last["touchpoint"] else "returns_elsewhere"
    reading = words.say("reading.stops" if back["loops"] < NOTABLE else f"reading.stops_{same}", **said)
    few = float((failed["journeys"] / failed["reach"]).max()) < client.settings.thresholds.min_n
    return words.say("reading.hint", reading=reading) if few else reading
