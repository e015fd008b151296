"""Who the customers are, and which persona each of them counts for."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement

ONE_EACH = 1.0
"""Who was given a persona belongs to it without doubt."""


def customers(engagement: Engagement) -> pd.DataFrame:
    """Rows of the respondents table, and those who only rated; not those who only gave an internal view."""
    respondents, ratings = engagement.table("respondents"), engagement.table("ratings")
    internal = ratings["source"] == "internal"
    outside = ratings.loc[~internal, ["respondent", "persona"]]
    staff = set(ratings.loc[internal, "respondent"]) - set(outside["respondent"])
    known = respondents[~respondents["respondent"].isin(staff)]
    said = outside.dropna(subset=["persona"]).drop_duplicates("respondent").set_index("respondent")["persona"]
    others = outside.loc[~outside["respondent"].isin(respondents["respondent"]), ["respondent"]]
    everyone = pd.concat([known, others.drop_duplicates()], ignore_index=True)
    told = everyone["respondent"].map(said).astype("string")
    return everyone.assign(persona=everyone["persona"].astype("string").fillna(told))


def assigned(respondent: pd.Series, persona: pd.Series) -> pd.DataFrame:
    """`respondent`, `persona`, `probability` 1 of everybody whose persona is known; a blank one is nobody's."""
    named = persona.astype("string").str.strip()
    frame = pd.DataFrame({"respondent": respondent, "persona": named.mask(named == "")})
    return frame.dropna().reset_index(drop=True).assign(probability=ONE_EACH)


def likeliest(membership: pd.DataFrame) -> pd.DataFrame:
    """The one row of each respondent with the greatest probability."""
    ordered = membership.sort_values("probability", ascending=False, kind="stable")
    return ordered.drop_duplicates("respondent").sort_index()


def weights(engagement: Engagement, respondent: pd.Series) -> pd.Series:
    """Each respondent's weight, 1 where none is given."""
    given = engagement.table("respondents").set_index("respondent")["weight"]
    return respondent.map(given).astype(float).fillna(1.0)
