"""Step 2: how customers relate to the company, phase by phase and route by route, as they see it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec, Thresholds
from cxmethod.engagement.schemas import plain
from cxmethod.stats import routes as route_statistics
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.result import StepResult

QUESTIONS = ("discover", "evaluate", "interact", "return", "refer")
_DEPARTMENTS = {
    "marketing", "sales", "ventas", "it", "sistemas", "tecnologia", "finance", "finanzas", "billing", "facturacion",
    "logistics", "logistica", "operations", "operaciones", "hr", "recursos_humanos", "legal", "juridico",
    "call_center", "customer_service", "servicio_al_cliente", "back_office", "administration", "administracion",
    "comercial", "quality", "calidad", "accounting", "contabilidad", "cartera", "compras", "purchasing",
}  # fmt: skip
_ROUTES_SHOWN = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class RelationshipResult(StepResult):
    """Phases, the five questions, and routes by outcome.

    Parameters
    ----------
    questions : DataFrame
        `question`, `phases`, `touchpoints` (counts).
    transitions : DataFrame
        As `cxmethod.stats.routes.transitions`, with `persona`.
    routes : DataFrame
        `persona`, `outcome`, `rank`, `route` (touchpoints joined by `` > ``), `n`, `share`; rank 0 is the likeliest
        loop-free route of the transition model.
    visits : DataFrame
        For each outcome and touchpoint: `journeys`, `reach`, `loops`, `drop_off` (shares).
    """

    spec = StepSpec(
        "02_relationship",
        ("phases", "touchpoints", "events", "journeys", "ratings"),
        ("scope",),
        ("01_persona",),
    )

    questions: pd.DataFrame
    transitions: pd.DataFrame
    routes: pd.DataFrame
    visits: pd.DataFrame


def run(engagement: Engagement) -> RelationshipResult:
    """Phases against the five questions; where successful and failed journeys part ways."""
    phases = engagement.table("phases")
    touchpoints = touchpoints_in_order(engagement)
    known = engagement.table("touchpoints")
    findings = list(_phase_findings(phases, known if len(known) else touchpoints))
    questions = _questions(phases, touchpoints)
    events = route_statistics.order_events(engagement.table("events"))
    outcome = engagement.table("journeys").set_index("journey")["outcome"].astype(object)
    if events.empty:
        findings.append(missing_table("events"))
    elif outcome.empty:
        findings.append(missing_table("journeys"))
    ended = events["journey"].map(outcome)
    strays = sorted(set(events["touchpoint"]) - set(known["touchpoint"]))
    if strays and not known.empty:
        findings.append(Finding("route.ad_hoc", "info", values={"touchpoints": strays, "n": len(strays)}))
    groups = {name: events[ended == name] for name in ("success", "failure")}
    facts = {
        "events": len(events),
        "journeys": int(events["journey"].nunique()),
        **{name: int((outcome == name).sum()) for name in ("success", "failure", "open")},
    }
    return RelationshipResult(
        questions=questions,
        transitions=_transitions(events, outcome, engagement.settings.thresholds),
        routes=_routes(groups, engagement.settings.thresholds.suppress_below),
        visits=_visits(groups),
        facts=facts,
        findings=tuple(findings),
    )


def _phase_findings(phases: pd.DataFrame, touchpoints: pd.DataFrame) -> list[Finding]:
    if phases.empty:
        return [missing_table("phases")]
    unanswered = [question for question in QUESTIONS if question not in set(phases["question"])]
    bare = phases[~phases["phase"].isin(touchpoints["phase"])]
    departments = phases[phases["name"].map(plain).isin(_DEPARTMENTS)]
    return [
        *(
            Finding("phase.question_open", "warns", question, {"question": question})
            for question in unanswered
        ),
        *for_each(bare, "phase.no_touchpoint", "warns", "phase", phase="name"),
        *for_each(departments, "phase.department", "warns", "phase", phase="name"),
    ]


def _questions(phases: pd.DataFrame, touchpoints: pd.DataFrame) -> pd.DataFrame:
    asked = touchpoints["question"].value_counts()
    answered = phases["question"].value_counts()
    frame = pd.DataFrame({"question": QUESTIONS})
    counts = {"phases": answered, "touchpoints": asked}
    return frame.assign(
        **{name: frame["question"].map(n).fillna(0).astype(int) for name, n in counts.items()}
    )


def _transitions(events: pd.DataFrame, outcome: pd.Series, limits: Thresholds) -> pd.DataFrame:
    table = route_statistics.transitions(events, outcome, limits.confidence)
    apart = table["difference"].abs()
    table = table.assign(_apart=apart).sort_values(
        ["p_adjusted", "_apart"], ascending=[True, False], ignore_index=True
    )
    table = table.drop(columns="_apart")
    few = (table["success_n"] < limits.suppress_below) | (table["failure_n"] < limits.suppress_below)
    compared = ["difference", "low", "high", "p_adjusted"]
    table[compared] = table[compared].mask(few)
    for outcome_name in ("success", "failure"):
        own = table[f"{outcome_name}_n"] < limits.suppress_below
        table[f"{outcome_name}_p"] = table[f"{outcome_name}_p"].mask(own)
    table.insert(0, "persona", ALL)
    return table


def _routes(groups: dict[str, pd.DataFrame], suppress_below: int) -> pd.DataFrame:
    rows = [pd.DataFrame({name: [] for name in ("persona", "outcome", "rank", "route", "n", "share")})]
    for outcome, events in groups.items():
        if events.empty:
            continue
        variants = route_statistics.variants(events)
        likeliest = route_statistics.most_probable_route(events)
        own = variants[variants["route"] == likeliest]
        model = pd.DataFrame(
            {"route": [likeliest], "n": [int(own["n"].sum())], "share": [float(own["share"].sum())]}
        )
        common = variants[variants["n"] >= suppress_below].head(_ROUTES_SHOWN)
        both = pd.concat([model, common], ignore_index=True)
        rows.append(both.assign(persona=ALL, outcome=outcome, rank=range(len(both))))
    frame = pd.concat([row for row in rows if not row.empty] or rows, ignore_index=True)
    return frame.assign(route=[" > ".join(route) for route in frame["route"]])[
        ["persona", "outcome", "rank", "route", "n", "share"]
    ]


def _visits(groups: dict[str, pd.DataFrame]) -> pd.DataFrame:
    rows = []
    for outcome, events in groups.items():
        reach = route_statistics.reach(events).set_index("touchpoint")
        frame = pd.DataFrame({"journeys": reach["n"], "reach": reach["share"]})
        frame["loops"] = route_statistics.loops(events).set_index("touchpoint")["share"]
        frame["drop_off"] = route_statistics.drop_off(events).set_index("touchpoint")["share"]
        rows.append(frame.fillna(0.0).reset_index().assign(outcome=outcome))
    return pd.concat(rows, ignore_index=True)[
        ["outcome", "touchpoint", "journeys", "reach", "loops", "drop_off"]
    ]
