"""Which method: the nine of the decision table, each with what speaks for it, against it, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.finding import Finding
from cxmethod.steps.method_table import Amount, Method, Weights, method_table

Side = Literal["for", "against", "unknown"]
SIDES: dict[Side, str] = {"for": "reasons_for", "against": "reasons_against", "unknown": "unknown"}
COLUMNS = [
    "method", "rank", "score", "serves", "reasons_for", "reasons_against", "unknown", "weeks_least", "weeks_usual",
    "customers_least", "days_least", "days_usual", "cost", "source",
]  # fmt: skip


@dataclass(frozen=True)
class AtHand:
    """What the engagement has to offer a method; None is not known.

    Parameters
    ----------
    here : dict
        Table → whether the engagement holds it.
    tables : dict
        Table → whether it is here or can be had.
    weeks, customers : int or None
    days : float or None
        Consultant-days that the study's budget pays, where it and the price of a day are known.
    """

    objective: str
    here: Mapping[str, bool]
    tables: Mapping[str, bool | None]
    weeks: int | None
    customers: int | None
    days: float | None


@dataclass(frozen=True)
class Reason:
    """One reason: its code, on which side it stands, and the points that it adds; without a code, points for several."""

    code: str
    side: Side
    points: float = 0.0


def at_hand(engagement: Engagement) -> AtHand:
    """What is agreed, here, or promised by the client."""
    settings = engagement.settings
    scope = settings.scope
    promised: dict[str, bool] = {str(name): can for name, can in scope.data.items()}
    methods = method_table().methods
    names: list[str] = sorted({name for m in methods for name in (*m.needs, *m.uses, *m.collects)})
    here = {name: engagement.has(name) for name in names}
    paid = scope.study_budget is not None and scope.day_rate is not None
    return AtHand(
        objective=settings.objective,
        here=here,
        tables={name: True if here[name] else promised.get(name) for name in names},
        weeks=scope.weeks,
        customers=scope.interviewable_customers,
        days=scope.study_budget / scope.day_rate if paid else None,  # type: ignore[operator]
    )


def rank_methods(engagement: Engagement) -> pd.DataFrame:
    """Every method of the decision table, the one that most speaks for first; of equals, the one with fewer days.

    Returns
    -------
    DataFrame
        `method`, `rank`, `score`, `serves` (main, also, other), `reasons_for`, `reasons_against`, `unknown` (codes joined
        by ``;``), `weeks_least`, `weeks_usual`, `customers_least`, `days_least`, `days_usual`, `cost`, `source`.
    """
    table, given = method_table(), at_hand(engagement)
    frame = pd.DataFrame([_row(method, given, table.weights) for method in table.methods])
    ordered = frame.sort_values(["score", "days_least"], ascending=[False, True], kind="stable")
    return ordered.assign(rank=range(1, len(ordered) + 1)).reset_index(drop=True)[COLUMNS]


def chosen(engagement: Engagement, methods: pd.DataFrame) -> tuple[str, list[Finding]]:
    """The method that the consultant decided on, else the first; a decision for an unknown one is a finding."""
    decided = engagement.decisions.plan.method
    first = str(methods["method"].iloc[0])
    if decided is None or (methods["method"] == decided).any():
        return decided or first, []
    return first, [Finding("scope.method_unknown", "warns", decided, {"key": decided})]


def _row(method: Method, given: AtHand, weights: Weights) -> dict[str, object]:
    reasons = list(_reasons(method, given, weights))
    sides = {
        column: ";".join(reason.code for reason in reasons if reason.code and reason.side == side) or None
        for side, column in SIDES.items()
    }
    return {
        "method": method.method,
        "score": sum(reason.points for reason in reasons),
        "serves": method.objectives.get(given.objective, "other"),  # type: ignore[call-overload]
        **sides,
        "weeks_least": method.weeks.least,
        "weeks_usual": method.weeks.usual,
        "customers_least": method.customers.least,
        "days_least": method.days.least,
        "days_usual": method.days.usual,
        "cost": method.cost,
        "source": method.source,
    }


def _reasons(method: Method, given: AtHand, weights: Weights) -> Iterator[Reason]:
    serves = method.objectives.get(given.objective)  # type: ignore[call-overload]
    points = getattr(weights.objective, serves or "other")
    yield Reason("objective", "for" if serves else "against", points)
    yield from _of_tables(method, given, weights)
    amounts = (
        ("weeks", given.weeks, method.weeks, weights.weeks),
        ("customers", given.customers, method.customers, weights.customers),
        ("budget", given.days, method.days, weights.budget),
    )
    for code, there, takes, worth in amounts:
        side = _enough(there, takes)
        yield Reason(code, side, {"for": worth.enough, "against": worth.short, "unknown": 0.0}[side])


def _of_tables(method: Method, given: AtHand, weights: Weights) -> Iterator[Reason]:
    """A table that cannot be had counts only where the method needs it; one that is not known counts nowhere."""
    sides: dict[bool | None, Side] = {True: "for", False: "against", None: "unknown"}
    needed, used = ([given.tables[name] for name in names] for names in (method.needs, method.uses))
    for name in (*method.needs, *method.uses):
        yield Reason(f"table_{name}", sides[given.tables[name]])
    if method.needs and all(needed):
        yield Reason("", "for", weights.needs.there)
    if False in needed:
        yield Reason("", "against", weights.needs.lacking)
    if any(used):
        yield Reason("", "for", weights.uses.there)
    if method.collects and all(given.here[name] for name in method.collects):
        yield Reason("collected", "against", weights.collected.there)


def _enough(there: float | None, takes: Amount) -> Side:
    if there is None:
        return "unknown"
    return "for" if there >= takes.least else "against"
