"""Step 1: who the customer is."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.engagement.validation import EVERYONE
from cxmethod.language import CxError
from cxmethod.stats.intervals import wilson
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.result import StepResult

_PERSONAS = ["persona", "name", "share", "n", "evidence", "stability", "low", "high"]
_CARD = ["description", "goals", "needs", "frustrations", "quote"]


@dataclass(frozen=True, eq=False, kw_only=True)
class PersonaResult(StepResult):
    """Personas and who belongs to them.

    Parameters
    ----------
    personas : DataFrame
        `persona`, `name`, `share`, `n`, `evidence`, `stability`, `low`, `high` (Wilson).
    cards : DataFrame
        `persona`, `name`, `description`, `goals`, `needs`, `frustrations`, `quote`.
    membership : DataFrame
        `respondent`, `persona`, `probability`.
    """

    spec = StepSpec("01_persona", ("personas", "respondents", "ratings"), ("persona", "scope", "quotes"))

    personas: pd.DataFrame
    cards: pd.DataFrame
    membership: pd.DataFrame


def run(engagement: Engagement) -> PersonaResult:
    """Personas by the declared column where there is one, else those typed in by hand; quotes once approved."""
    personas, membership = segments(engagement)
    personas = personas.assign(quote=personas["quote"].where(_approved(personas, engagement)))
    kept = engagement.decisions.scope.cut.personas
    if kept:
        personas = personas[personas["persona"].isin(kept)].reset_index(drop=True)
        membership = membership[membership["persona"].isin(kept)].reset_index(drop=True)
    facts = {"respondents": len(_customers(engagement)), "assigned": int(membership["respondent"].nunique())}
    return PersonaResult(
        personas=personas[_PERSONAS],
        cards=personas[["persona", "name", *_CARD]],
        membership=membership,
        facts=facts,
        findings=tuple(_findings(personas, engagement)),
    )


def segments(engagement: Engagement) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every persona with its share, whatever the scope keeps; and who belongs to it.

    Returns
    -------
    personas : DataFrame
        The columns of both tables of `PersonaResult`.
    membership : DataFrame
        `respondent`, `persona`, `probability`.
    """
    cards, respondents = engagement.table("personas"), _customers(engagement)
    rule = engagement.settings.persona
    if rule is not None and rule.column in respondents:
        membership = _membership(respondents["respondent"], respondents[rule.column])
        if (membership["persona"] == EVERYONE).any():
            raise CxError("engagement.persona_reserved", engagement.words, column=rule.column, name=EVERYONE)
        return _with_shares(_segments(membership, cards), membership, engagement), membership
    membership = _membership(respondents["respondent"], respondents["persona"])
    return _typed_in(cards, membership, engagement), membership


def _approved(personas: pd.DataFrame, engagement: Engagement) -> pd.Series:
    """A quote is somebody's words: it is shown once the client approved it."""
    return personas["persona"].isin(engagement.decisions.quotes.approved)


def _findings(personas: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    rule = engagement.settings.persona
    found = []
    if rule is not None and rule.column not in engagement.table("respondents"):
        found.append(Finding("persona.no_column", "warns", rule.column, {"column": rule.column}))
    if not engagement.has("personas"):
        found.append(missing_table("personas"))
    small = personas[(personas["n"] > 0) & (personas["n"] < engagement.settings.thresholds.min_n)]
    bare = personas[personas["goals"].isna() & personas["needs"].isna()]
    return [
        *found,
        *for_each(small, "persona.small", "warns", "persona", persona="name", n="n"),
        *for_each(bare, "persona.no_card", "warns", "persona", persona="name"),
    ]


def _customers(engagement: Engagement) -> pd.DataFrame:
    """Respondents who are customers: not those who only gave an internal view."""
    respondents, ratings = engagement.table("respondents"), engagement.table("ratings")
    internal = ratings["source"] == "internal"
    staff = set(ratings.loc[internal, "respondent"]) - set(ratings.loc[~internal, "respondent"])
    return respondents[~respondents["respondent"].isin(staff)]


def _membership(respondent: pd.Series, persona: pd.Series) -> pd.DataFrame:
    named = persona.astype("string").str.strip()
    frame = pd.DataFrame({"respondent": respondent, "persona": named.mask(named == "")})
    return frame.dropna().reset_index(drop=True).assign(probability=1.0)


def _segments(membership: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    counts = membership["persona"].value_counts().rename_axis("persona").reset_index(name="n")
    frame = counts.merge(cards.drop(columns="share"), on="persona", how="left")
    frame["name"] = frame["name"].fillna(frame["persona"])
    return frame.assign(evidence="measured")


def _typed_in(cards: pd.DataFrame, membership: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    counts = membership["persona"].value_counts()
    frame = cards.assign(n=cards["persona"].map(counts).fillna(0).astype("int64"))
    measured = _with_shares(frame.drop(columns="share"), membership, engagement)
    said = frame.set_index("persona")["share"]
    shares = measured["share"].fillna(measured["persona"].map(said).astype(float))
    return measured.assign(share=shares)


def _with_shares(frame: pd.DataFrame, membership: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Weighted shares of the assigned respondents; none where nobody was assigned, or too few to be shown."""
    limits = engagement.settings.thresholds
    respondents = engagement.table("respondents").set_index("respondent")
    weight = membership["respondent"].map(respondents["weight"]).astype(float).fillna(1.0)
    total, squares = float(weight.sum()), float((weight**2).sum())
    measured = frame.assign(share=float("nan"), low=float("nan"), high=float("nan"), stability=float("nan"))
    if total > 0:
        share = (
            frame["persona"].map(weight.groupby(membership["persona"]).sum()).astype(float).fillna(0.0)
            / total
        )
        effective = total**2 / squares
        low, high = wilson(share * effective, effective, limits.confidence)
        shown = (frame["n"] >= limits.suppress_below) | (frame["n"] == 0)
        estimates = pd.DataFrame({"share": share, "low": low, "high": high}, index=frame.index).where(shown)
        measured[["share", "low", "high"]] = estimates
    return measured[[*_PERSONAS, *_CARD]].reset_index(drop=True)
