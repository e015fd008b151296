"""What a segment is called before somebody names it: by its strongest traits, in the client's own words."""

from __future__ import annotations

import re

import pandas as pd

from cxmethod.engagement.schemas import plain
from cxmethod.language import Words

_SPEAKING = re.compile(r"[^\W\d_]{4,}")
"""A category that says what it is without its indicator: not “Yes”, not “2”."""
_NAMED_BY = 2
_WORTH_NAMING = 0.2
"""Below this a difference is small (Cohen 1988) and names nobody."""


def keys_and_names(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A key and a name for each group of `cxmethod.stats.traits.traits`.

    The key is the category that more of the group have than the rest and that no other group has more strongly (or, without
    one, the side of a number); so it stays the same when a few answers are added, however the groups' sizes change places. Where the traits themselves
    change places the key changes with them, and a card under the old key is missed rather than given to others.

    Returns
    -------
    DataFrame
        `persona`, `name`, in the order of the groups.
    """
    more = table[(table["difference"] > 0) | table["value"].isna()].dropna(subset=["difference"])
    more = more.assign(strength=more["difference"].abs(), alone=_alone(table, more))
    more = more.sort_values("strength", ascending=False, kind="stable")
    trait = more.assign(key=_keys(more))
    by_kind = trait.sort_values("value", key=lambda value: value.isna(), kind="stable")
    own = by_kind.drop_duplicates("key").drop_duplicates("group").set_index("group")["key"]
    groups = pd.Index(sorted(table["group"].unique()))
    numbered = pd.Series([f"segment_{place + 1}" for place in range(len(groups))], groups)
    names = _names(trait, words).reindex(groups)
    frame = pd.DataFrame({"persona": own.reindex(groups).fillna(numbered), "name": names})
    named = frame.assign(name=frame["name"].fillna(frame["persona"]))
    # Two groups that differ in the same way are told apart by their keys.
    twice = named["name"].duplicated(keep=False)
    return named.assign(name=named["name"].where(~twice, named["name"] + " (" + named["persona"] + ")"))


def _alone(table: pd.DataFrame, more: pd.DataFrame) -> pd.Series:
    """Whether a category can stand without its indicator: it is a word, and only one indicator has it."""
    indicators = table.dropna(subset=["value"]).groupby("value")["trait"].nunique()
    value = more["value"].astype("string")
    alone = value.str.contains(_SPEAKING).fillna(False) & value.map(indicators).eq(1).fillna(False)
    return alone.astype(bool)


def _keys(more: pd.DataFrame) -> pd.Series:
    side = (more["difference"] > 0).map({True: "high", False: "low"})
    full = more["trait"].astype(str) + "_" + more["value"].astype("string").fillna(side)
    return full.where(~more["alone"], more["value"].astype("string")).map(plain)


def _names(trait: pd.DataFrame, words: Words) -> pd.Series:
    """The strongest traits of different indicators; one is enough where the others are small."""
    strong = trait[trait["strength"] >= _WORTH_NAMING].drop_duplicates(["group", "trait"])
    first = strong.groupby("group", sort=False).head(_NAMED_BY)
    said = [
        _said(str(row["trait"]), row["value"], row["difference"] > 0, bool(row["alone"]), words)
        for row in first.to_dict("records")
    ]
    joined = pd.Series(said, first.index, dtype="string").groupby(first["group"], sort=False).agg(", ".join)
    return joined.str.slice(0, 1).str.upper() + joined.str.slice(1)


def _said(indicator: str, value: object, more: bool, alone: bool, words: Words) -> str:
    bare = indicator.replace("_", " ")
    if pd.isna(value):  # type: ignore[call-overload]
        return words.say("personas.more" if more else "personas.less", indicator=bare)
    return str(value) if alone else words.say("personas.category", indicator=bare, value=str(value))
