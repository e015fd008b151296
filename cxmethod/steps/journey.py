"""What several steps share: the touchpoints in order, and whose ratings they are."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.people import likeliest

ALL = "all"
"""Stands for every persona in a `persona` column."""


def touchpoints_in_order(engagement: Engagement, *, whole: bool = False) -> pd.DataFrame:
    """The touchpoints of the map, in the order in which the customer meets them.

    Where no touchpoints were given, those that were rated or visited stand in, under their own keys.

    Parameters
    ----------
    whole : bool
        Also those that the scope leaves out.

    Returns
    -------
    DataFrame
        Columns of the touchpoints table, with `position` (1, 2, …), `phase_name`, `phase_order`, `stage`,
        `question`. Touchpoints cut from the scope are left out, unless the `whole` is wanted.
    """
    touchpoints = engagement.table("touchpoints")
    if touchpoints.empty:
        touchpoints = _from_evidence(engagement, touchpoints)
    phases = engagement.table("phases").rename(columns={"name": "phase_name", "order": "phase_order"})
    known = phases[["phase", "phase_name", "phase_order", "stage", "question"]]
    merged = touchpoints.merge(known, on="phase", how="left")
    merged["phase_name"] = merged["phase_name"].fillna(merged["phase"])
    kept = engagement.decisions.scope.cut.touchpoints
    if kept and not whole:
        merged = merged[merged["touchpoint"].isin(kept)]
    ordered = merged.sort_values(
        ["phase_order", "order"], kind="stable", na_position="last", ignore_index=True
    )
    return ordered.assign(position=range(1, len(ordered) + 1))


def _from_evidence(engagement: Engagement, empty: pd.DataFrame) -> pd.DataFrame:
    events = engagement.table("events").sort_values("timestamp", kind="stable")
    seen = pd.concat([engagement.table("ratings")["touchpoint"], events["touchpoint"]]).drop_duplicates()
    known = pd.DataFrame({"touchpoint": seen, "name": seen, "order": range(1, len(seen) + 1)})
    return known.reindex(columns=empty.columns).astype(empty.dtypes.to_dict()).assign(evidence="assumed")


def customer_personas(engagement: Engagement, membership: pd.DataFrame) -> pd.Series:
    """Each respondent's persona: membership first, then the respondents table, then the ratings.

    Personas found in data are nobody's but their members'; where everybody is one persona, no one has one of their own.

    Parameters
    ----------
    membership : DataFrame
        `respondent`, `persona`, `probability`; the likeliest persona counts.
    """
    rule = engagement.settings.persona
    sources = [likeliest(membership)]
    if rule is None or rule.indicators is None:
        sources += [engagement.table("respondents"), engagement.table("ratings")]
    known = pd.concat([source[["respondent", "persona"]].dropna() for source in sources])
    kept = engagement.decisions.scope.cut.personas
    one = known.drop_duplicates("respondent").set_index("respondent")["persona"]
    own = one[one != ALL]
    return own[own.isin(kept)] if kept else own


def ratings_with_persona(
    engagement: Engagement, membership: pd.DataFrame, *, by_wave: bool = False
) -> pd.DataFrame:
    """Ratings of the map's touchpoints, with each respondent's persona and weight (1 where none is given).

    One answer a respondent, touchpoint and source, averaged over the waves, unless they are wanted `by_wave`. The
    `probability` with which they belong to their persona stands beside (see `for_all_and_each`).
    """
    ratings = engagement.table("ratings")
    respondents = engagement.table("respondents").set_index("respondent")
    persona = ratings["respondent"].map(customer_personas(engagement, membership))
    given = ratings["respondent"].map(respondents["weight"]).astype(float)
    weight = ratings["weight"].fillna(given).fillna(1.0)
    kept = ratings["touchpoint"].isin(touchpoints_in_order(engagement)["touchpoint"])
    sure = likeliest(membership).set_index("respondent")["probability"]
    probability = ratings["respondent"].map(sure).astype(float).fillna(1.0)
    whose = ratings.assign(persona=persona, weight=weight, probability=probability)[kept & (weight > 0)]
    return whose if by_wave else _one_answer_each(whose)


def _one_answer_each(ratings: pd.DataFrame) -> pd.DataFrame:
    """A customer who answered in several waves is one customer: their answers are averaged."""
    keys = ["respondent", "touchpoint", "source"]
    again = ratings.duplicated(keys, keep=False)
    if not again.any():
        return ratings
    how: dict[str, str] = {name: "first" for name in ratings.columns if name not in keys}
    how |= dict.fromkeys(("emotion", "importance", "weight"), "mean")
    joined = ratings[again].groupby(keys, as_index=False, sort=False).agg(how)
    no_wave = pd.Series(pd.NA, joined.index, dtype="string")
    both: pd.DataFrame = pd.concat([ratings[~again], joined.assign(wave=no_wave)], ignore_index=True)
    return both.astype(ratings.dtypes.to_dict())


def in_order(frame: pd.DataFrame, journey: pd.DataFrame) -> pd.DataFrame:
    """Rows by persona, everyone first, and then as the customer meets the touchpoints."""
    place = frame["touchpoint"].map(journey.set_index("touchpoint")["position"])
    keyed = frame.assign(_first=frame["persona"] != ALL, _place=place)
    ordered = keyed.sort_values(["_first", "persona", "_place"], kind="stable", ignore_index=True)
    return ordered.drop(columns=["_first", "_place"])


def for_all_and_each(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` once under persona `all`, and once more under each row's own persona.

    Where rows have a `weight` and the `probability` of belonging to their persona, the persona's rows weigh by both: who
    belongs to it only probably counts for less in it, and for as much as anybody among all.
    """
    own = frame.dropna(subset=["persona"])
    if {"weight", "probability"} <= set(frame.columns):
        own = own.assign(weight=own["weight"] * own["probability"])
    return pd.concat([frame.assign(persona=ALL), own], ignore_index=True)
