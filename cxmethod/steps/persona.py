"""Step 1: who the customer is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.engagement.validation import EVERYONE
from cxmethod.language import CxError
from cxmethod.stats.intervals import wilson
from cxmethod.stats.traits import traits
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.indicators import Indicators, declared, described
from cxmethod.steps.journey import ALL
from cxmethod.steps.people import assigned, customers, likeliest, weights
from cxmethod.steps.persona_value import value_shares
from cxmethod.steps.result import StepResult
from cxmethod.steps.segments import COLUMNS, Segments, certainty, find_segments

_PERSONAS = ["persona", "name", "share", "n", "evidence", "stability", "low", "high", "certainty"]
_CARD = ["description", "goals", "needs", "frustrations", "quote"]
_TRAITS = ["persona", "trait", "value", "n", "share_or_mean", "rest", "everyone", "difference"]


def _no_choice() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in COLUMNS})


@dataclass(frozen=True, eq=False, kw_only=True)
class PersonaResult(StepResult):
    """Personas and who belongs to them.

    Parameters
    ----------
    personas : DataFrame
        `persona`, `name`, `share`, `n` (those whose likeliest persona it is), `evidence`, `stability` (mean adjusted Rand
        index over subsamples, where the persona was found in data), `low`, `high` (Wilson), `certainty` (mean probability
        of its members).
    cards : DataFrame
        `persona`, `name`, `description`, `goals`, `needs`, `frustrations`, `quote`.
    membership : DataFrame
        `respondent`, `persona`, `probability`; several rows a respondent where personas were found in data.
    traits : DataFrame
        `persona`, `trait`, `value` (the category; missing where the trait is a number), `n`, `share_or_mean`, `rest`, `everyone`,
        `difference` (Cohen's h of shares, d of means), the greatest first.
    choice : DataFrame
        The figures of each number of segments that was tried: `cxmethod.steps.segments.COLUMNS`.
    everyone : DataFrame
        The columns of `personas`, whatever the scope keeps, and `value_share` where the settings declare a value.
    """

    spec = StepSpec("01_persona", ("personas", "respondents", "ratings"), ("persona", "scope", "quotes"))

    personas: pd.DataFrame
    cards: pd.DataFrame
    membership: pd.DataFrame
    traits: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({name: [] for name in _TRAITS}))
    choice: pd.DataFrame = field(default_factory=_no_choice)
    everyone: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class _Made:
    """Personas before the scope is cut: whose they are, and by what they are described."""

    personas: pd.DataFrame
    membership: pd.DataFrame
    indicators: Indicators
    segments: Segments | None = None
    findings: tuple[Finding, ...] = ()


def run(engagement: Engagement) -> PersonaResult:
    """Personas found in the declared indicators or by the declared column, else typed in; quotes once approved."""
    people = customers(engagement)
    made = _made(engagement, people)
    whole = _measured(made, engagement)
    whole = whole.assign(quote=whole["quote"].where(_approved(whole, engagement)))
    worth = value_shares(engagement, made.membership)
    kept = engagement.decisions.scope.cut.personas
    found = _findings(whole if not kept else whole[whole["persona"].isin(kept)], made, engagement)
    few = whole["n"].between(1, engagement.settings.thresholds.suppress_below - 1)
    whole = whole.assign(n=whole["n"].astype("Int64").mask(few))
    personas, membership = whole, made.membership
    if kept:
        personas = personas[personas["persona"].isin(kept)].reset_index(drop=True)
        own = likeliest(membership)
        theirs = own.loc[own["persona"].isin(kept), "respondent"]
        membership = membership[membership["respondent"].isin(theirs) & membership["persona"].isin(kept)]
        membership = membership.reset_index(drop=True)
    return PersonaResult(
        personas=personas[_PERSONAS],
        cards=personas[["persona", "name", *_CARD]],
        membership=membership,
        traits=_traits(made, personas["persona"], engagement),
        choice=made.segments.choice if made.segments else _no_choice(),
        everyone=whole[_PERSONAS].assign(value_share=whole["persona"].map(worth).astype(float)),
        facts=_facts(made, membership, len(people)),
        findings=(*made.findings, *found, *_lost_cut(whole, engagement)),
    )


def _made(engagement: Engagement, people: pd.DataFrame) -> _Made:
    rule, cards = engagement.settings.persona, engagement.table("personas")
    if rule is not None and rule.indicators is not None:
        indicators = declared(engagement, people)
        segments = find_segments(engagement, indicators)
        named = _named(segments.membership, cards, segments.names)
        return _Made(named, segments.membership, indicators, segments, segments.findings)
    indicators, found = described(engagement, people), []
    if rule is not None and rule.column in people:
        membership = assigned(people["respondent"], people[rule.column])
        if (membership["persona"] == EVERYONE).any():
            raise CxError("engagement.persona_reserved", engagement.words, column=rule.column, name=EVERYONE)
        return _Made(_named(membership, cards), membership, indicators)
    if rule is not None:
        found.append(Finding("persona.no_column", "warns", str(rule.column), {"column": rule.column}))
    membership = assigned(people["respondent"], people["persona"])
    return _Made(_typed_in(cards, membership), membership, indicators, findings=tuple(found))


def _named(membership: pd.DataFrame, cards: pd.DataFrame, names: pd.Series | None = None) -> pd.DataFrame:
    """Each segment with its card, the largest first; without one it has its computed name, or its own key."""
    counts = likeliest(membership)["persona"].value_counts().rename_axis("persona").reset_index(name="n")
    frame = counts.merge(cards.drop(columns="share"), on="persona", how="left")
    computed = frame["persona"] if names is None else frame["persona"].map(names)
    return frame.assign(name=frame["name"].fillna(computed), evidence="measured", said=float("nan"))


def _typed_in(cards: pd.DataFrame, membership: pd.DataFrame) -> pd.DataFrame:
    counts = membership["persona"].value_counts()
    frame = cards.assign(n=cards["persona"].map(counts).fillna(0).astype("int64"))
    return frame.rename(columns={"share": "said"})


def _measured(made: _Made, engagement: Engagement) -> pd.DataFrame:
    """Weighted shares of those assigned; what was said where nobody was at all, nothing where too few to be shown were."""
    frame, limits = made.personas, engagement.settings.thresholds
    own = likeliest(made.membership)
    weight = weights(engagement, own["respondent"])
    total, squares = float(weight.sum()), float((weight**2).sum())
    stable = made.segments.facts["stability"] if made.segments and made.segments.found else None
    measured = frame.assign(share=float("nan"), low=float("nan"), high=float("nan"))
    measured["stability"] = float("nan") if stable is None else float(stable)
    sure = certainty(made.membership) if made.segments and made.segments.found else pd.Series(dtype=float)
    measured["certainty"] = measured["persona"].map(sure).astype(float)
    if total > 0:
        sums = weight.groupby(own["persona"]).sum()
        share = frame["persona"].map(sums).astype(float).fillna(0.0) / total
        effective = total**2 / squares
        low, high = wilson(share * effective, effective, limits.confidence)
        shown = (frame["n"] >= limits.suppress_below) | (frame["n"] == 0)
        estimates = pd.DataFrame({"share": share, "low": low, "high": high}, index=frame.index).where(shown)
        measured[["share", "low", "high"]] = estimates
    # That everybody is one of everybody needs no interval.
    measured.loc[measured["persona"] == ALL, ["low", "high"]] = float("nan")
    # What was said stands only where nobody was measured: beside measured shares it would not add up.
    if not total > 0:
        measured["share"] = measured["said"].astype(float)
    return measured[[*_PERSONAS, *_CARD]].reset_index(drop=True)


def _traits(made: _Made, kept: pd.Series, engagement: Engagement) -> pd.DataFrame:
    """What sets each kept persona apart from all other customers.

    Below `suppress_below` of them there is nothing, nor of personas by which those few could be worked out.
    """
    given = made.indicators
    own = likeliest(made.membership).set_index("respondent")["persona"]
    frame = given.frame[given.frame.index.isin(own.index)]
    group = own.reindex(frame.index).astype("string")
    weight = weights(engagement, pd.Series(frame.index, frame.index))
    table = traits(frame, given.categorical, given.continuous, group, weight)
    whole = table.groupby(["trait", "value"], dropna=False)["n"].transform("sum")
    table = table.rename(columns={"group": "persona", "inside": "share_or_mean"})
    described = table[table["persona"].isin(kept) & (table["persona"] != ALL)]
    fewest = engagement.settings.thresholds.suppress_below
    beside = protecting(described, ["trait", "value"], fewest, whole=whole[described.index])
    named = described[(described["n"] >= fewest) & ~beside & described["difference"].notna()]
    named = named.astype({"persona": "string", "trait": "string", "value": "string"})
    return named[_TRAITS].reset_index(drop=True)


def _facts(made: _Made, membership: pd.DataFrame, people: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"respondents": people, "assigned": int(membership["respondent"].nunique())}
    if made.segments is None:
        return facts
    basis = "segments" if made.segments.found else "one"
    return {**facts, **made.segments.facts, "basis": basis, "reason": made.segments.reason}


def _approved(personas: pd.DataFrame, engagement: Engagement) -> pd.Series:
    """A quote is somebody's words: it is shown once the client approved it."""
    return personas["persona"].isin(engagement.decisions.quotes.approved)


def _findings(personas: pd.DataFrame, made: _Made, engagement: Engagement) -> list[Finding]:
    limits, cards = engagement.settings.thresholds, engagement.table("personas")
    named_by_data = made.segments is not None and made.segments.found
    found = [] if named_by_data or engagement.has("personas") else [missing_table("personas")]
    small = personas[(personas["n"] > 0) & (personas["n"] < limits.min_n)]
    few = small["n"] < limits.suppress_below
    # How many they are would tell of a persona that is hidden beside them.
    thin = small[~few].assign(min_n=limits.min_n)
    found += for_each(thin, "persona.small", "warns", "persona", persona="name", min_n="min_n")
    hidden = small[few].assign(suppress_below=limits.suppress_below)
    said = {"persona": "name", "suppress_below": "suppress_below"}
    found += for_each(hidden, "persona.hidden", "warns", "persona", **said)
    own = personas[personas["persona"] != ALL]
    bare = own[own["goals"].isna() & own["needs"].isna()]
    if made.segments is None:
        found += for_each(bare, "persona.no_card", "warns", "persona", persona="name")
        rule = engagement.settings.persona
        nobodys = cards[~cards["persona"].isin(made.membership["persona"])]
        told = nobodys if rule and rule.column and len(made.membership) else nobodys.head(0)
        return found + for_each(told, "persona.card_lost", "warns", "persona", persona="name", key="persona")
    carded = own["persona"].isin(cards["persona"])
    doubtful = own[own["certainty"] < limits.membership].rename(columns={"certainty": "certainty_share"})
    said = {"persona": "name", "certainty_share": "certainty_share"}
    found += for_each(doubtful, "persona.doubtful", "warns", "persona", **said)
    found += for_each(own[~carded], "persona.unnamed", "warns", "persona", persona="name", key="persona")
    found += for_each(bare[carded[bare.index]], "persona.no_card", "warns", "persona", persona="name")
    # Without segments there is nothing for a card to be of: that is said once, by the reason.
    known = set(made.membership["persona"]) if made.segments.found else set(cards["persona"])
    lost = cards[~cards["persona"].isin(known)]
    return found + for_each(lost, "persona.card_lost", "warns", "persona", persona="name", key="persona")


def _lost_cut(personas: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Personas that the scope keeps and that are not there (any more)."""
    known = set(personas["persona"])
    kept = engagement.decisions.scope.cut.personas
    lost = [Finding("thread.decision_lost", "warns", key, {"key": key}) for key in kept if key not in known]
    if kept and not known & set(kept):
        lost.append(Finding("persona.nothing_kept", "blocks", "scope.cut"))
    return lost
