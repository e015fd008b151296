"""Step 2: how customers relate to the company, phase by phase and route by route, as they see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec, Thresholds
from cxmethod.stats.event_log import EventLog
from cxmethod.steps import planned, routes
from cxmethod.steps.events import log_of, untimed_journeys
from cxmethod.steps.finding import Finding, missing_table
from cxmethod.steps.journey import ALL, customer_personas, touchpoints_in_order
from cxmethod.steps.moves import drawn_moves
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.phases import phase_findings, questions_answered
from cxmethod.steps.result import StepResult
from cxmethod.steps.route_findings import route_findings

OUTCOMES = ("success", "failure", "open")


@dataclass(frozen=True, eq=False, kw_only=True)
class RelationshipResult(StepResult):
    """Phases, the five questions, and routes by outcome.

    Where a table has `persona`, `all` stands for everyone. What rests on fewer customers than `suppress_below` is blank
    or left out, and so is that of personas and outcomes by which it could be worked out; a journey of which nobody says
    whose it is counts as a customer's own. Open journeys are counted in the facts and compared with nothing.

    Parameters
    ----------
    questions : DataFrame
        `question`, `phases`, `touchpoints` (counts).
    transitions : DataFrame
        `persona` and the columns of `cxmethod.steps.routes.transitions`.
    routes : DataFrame
        `persona`, `outcome`, `rank`, `route` (touchpoints joined by `` > ``), `n`, `share`; rank 0 is the likeliest
        loop-free route of the transition model.
    visits : DataFrame
        `persona` and the columns of `cxmethod.steps.routes.visits`.
    influence : DataFrame
        `persona`, `touchpoint`, `removal_effect`, `share`, `by_definition` (the outcome is already decided there).
    deviations : DataFrame
        `persona`, `outcome` (all; for everyone also success and failure), `kind` (ad_hoc, irregular_sequence, failure,
        missing), `touchpoint`, `journeys`, `n`, `share`, `low`, `high`.
    moves : DataFrame
        `persona` and the columns of `cxmethod.steps.moves.drawn_moves`: what the picture of the journey shows.
    """

    spec = StepSpec(
        "02_relationship",
        ("phases", "touchpoints", "events", "journeys", "ratings", "respondents", "personas"),
        ("scope",),
        ("01_persona",),
    )

    questions: pd.DataFrame
    transitions: pd.DataFrame
    routes: pd.DataFrame
    visits: pd.DataFrame
    influence: pd.DataFrame
    deviations: pd.DataFrame
    moves: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult) -> RelationshipResult:
    """Phases against the five questions; where successful and failed journeys part ways, and where they leave the plan."""
    limits = engagement.settings.thresholds
    phases, known = engagement.table("phases"), engagement.table("touchpoints")
    journey = touchpoints_in_order(engagement)
    log = log_of(engagement, customer_personas(engagement, personas.membership))
    plan = planned.plan(log, known, phases)
    tables: dict[str, Any] = _tables(log, plan, limits)
    seen = set(log.tally("visits")["touchpoint"].astype(str))
    facts = _facts(engagement, log) | planned.facts(routes.ended(log), plan, limits.suppress_below)
    findings = [
        *phase_findings(phases, known if len(known) else journey),
        *_lacking(log),
        *route_findings(tables, facts, known, seen, limits),
        *_of_few_customers(log, limits),
    ]
    return RelationshipResult(
        questions=questions_answered(phases, journey), **tables, facts=facts, findings=tuple(findings)
    )


def _tables(log: EventLog, plan: pd.DataFrame, limits: Thresholds) -> dict[str, pd.DataFrame]:
    """The tables of routes, everyone first and then each persona."""
    found: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("transitions", "routes", "visits", "influence", "deviations", "moves")
    }
    groups = routes.groups(log, limits.suppress_below)
    each = [routes.visits(own, limits).assign(persona=persona) for persona, own in groups.items()]
    visited = pd.concat(each, ignore_index=True)
    hidden = routes.withheld(visited, limits.suppress_below)
    for persona, own in groups.items():
        theirs = visited["persona"] == persona
        one = _of_group(own, visited[theirs], hidden[theirs], limits)
        one["deviations"] = planned.deviations_of(own, plan, limits, by_outcome=persona == ALL)
        for name, table in one.items():
            table.insert(0, "persona", pd.Series(persona, table.index, dtype="str"))
            found[name].append(table)
    tables = {name: _joined(parts) for name, parts in found.items()}
    tables["routes"] = routes.without_giving_away(tables["routes"], limits.suppress_below)
    tables["deviations"] = planned.told(tables["deviations"], limits.suppress_below)
    return tables


def _of_group(
    log: EventLog, visited: pd.DataFrame, hidden: pd.Series, limits: Thresholds
) -> dict[str, pd.DataFrame]:
    counts = {outcome: log.where(outcome=outcome).n_journeys for outcome in OUTCOMES}
    decided = routes.defining(visited, counts)
    told = visited[hidden].groupby("outcome")["touchpoint"]
    unseen = {str(outcome): set(points) for outcome, points in told}
    visited = routes.shown(visited, hidden)
    moved = routes.transitions(log, decided, unseen, limits)
    whole = routes.whole_routes(log, limits.suppress_below)
    weights = routes.influence(log, limits.suppress_below)
    return {
        "transitions": moved,
        "routes": whole,
        "visits": visited,
        "influence": weights.assign(by_definition=weights["touchpoint"].isin(decided)),
        "moves": drawn_moves(moved, whole, visited, limits),
    }


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if not part.empty]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def _facts(engagement: Engagement, log: EventLog) -> dict[str, Any]:
    """How many journeys there are and how they ended; how many ended in a way nobody wrote down."""
    ended = {outcome: log.where(outcome=outcome).n_journeys for outcome in OUTCOMES}
    told = len(engagement.table("journeys"))
    return {
        "events": log.n_events,
        "journeys": log.n_journeys,
        **ended,
        "no_outcome": log.n_journeys - sum(ended.values()),
        "no_events": told - sum(ended.values()),
        "untimed": untimed_journeys(engagement),
    }


def _of_few_customers(log: EventLog, limits: Thresholds) -> list[Finding]:
    """Outcomes of enough journeys that too few customers made."""
    ended = {outcome: log.where(outcome=outcome) for outcome in ("success", "failure")}
    return [
        Finding(f"route.few_customers_{outcome}", "warns", values=values)
        for outcome, own in ended.items()
        for values in ({"n_journeys": own.n_journeys, "needed": limits.suppress_below},)
        if own.n_journeys >= limits.suppress_below > own.n_customers
    ]


def _lacking(log: EventLog) -> list[Finding]:
    if not log.n_journeys:
        return [missing_table("events")]
    return [] if log.tally("moves")["outcome"].notna().any() else [missing_table("journeys")]
