"""The journey as the map plans it against journeys as they were."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.deviations import conforming, deviations
from cxmethod.stats.event_log import EventLog
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.journey import ALL
from cxmethod.steps.routes import ended


def plan(log: EventLog, touchpoints: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    """The order of the phases as the plan: `touchpoint`, `phase_order`.

    A touchpoint that no journey ever visits is left out: a log that does not record it cannot say who skipped it.
    So are all, when a touchpoint that journeys visit stands in no phase: there is no plan then.
    """
    seen = touchpoints[touchpoints["touchpoint"].isin(log.tally("visits")["touchpoint"].astype(str))]
    order = seen["phase"].map(phases.set_index("phase")["order"]).astype(float)
    table = pd.DataFrame({"touchpoint": seen["touchpoint"].astype(str), "phase_order": order})
    return table if order.notna().all() else table.iloc[:0]


def deviations_of(log: EventLog, plan: pd.DataFrame, limits: Thresholds, *, by_outcome: bool) -> pd.DataFrame:
    """The four deviations of the journeys that ended; nothing hidden.

    Returns
    -------
    DataFrame
        `outcome` (all; `by_outcome` also success and failure), then the columns of
        `cxmethod.stats.deviations.deviations`, ad hoc touchpoints first; `customers` (who come to the touchpoint, or of
        what is missing whoever might have).
    """
    groups = {ALL: ended(log)}
    if by_outcome:
        groups |= {outcome: log.where(outcome=outcome) for outcome in OUTCOMES}
    tables = [
        _with_customers(deviations(own, plan, limits.confidence), own).assign(outcome=outcome)
        for outcome, own in groups.items()
        if len(plan) and own.n_journeys
    ]
    columns = ["outcome", "kind", "touchpoint", "journeys", "n", "share", "low", "high", "customers"]
    if not tables:
        return pd.DataFrame(
            {name: pd.Series(dtype="str" if name in columns[:3] else "float64") for name in columns}
        )
    return pd.concat(tables, ignore_index=True)[columns]


def told(table: pd.DataFrame, suppress_below: int) -> pd.DataFrame:
    """`deviations_of` all groups (`persona`) as far as they may be shown.

    Left out is what fewer than `suppress_below` journeys or customers show, and the outcomes and personas by which that
    could be worked out.
    """
    few = (table["n"] < suppress_below) | (table["customers"] < suppress_below)
    place, everyone = ["kind", "touchpoint"], table["outcome"] == ALL
    hidden = few.copy()
    for part, own, within in (
        ("outcome", table, ["persona", *place]),
        ("persona", table[everyone], place),
    ):
        sizes = own.assign(n=own["n"].mask(few[own.index] & (own[part] != ALL), 0))
        hidden |= protecting(sizes, within, suppress_below, part=part).reindex(table.index, fill_value=False)
    return table[~hidden].drop(columns="customers").reset_index(drop=True)


def _with_customers(table: pd.DataFrame, log: EventLog) -> pd.DataFrame:
    there = table["touchpoint"].map(log.customers_at())
    return table.assign(customers=there.where(table["kind"] != "missing", log.n_customers).astype("float64"))


def facts(log: EventLog, plan: pd.DataFrame, suppress_below: int) -> dict[str, Any]:
    """How many of the journeys that ended show none of the deviations; unknown where they are too few to show."""
    if plan.empty or not log.n_journeys:
        return {}
    n = conforming(log, plan)
    return {"compared_with_plan": log.n_journeys, "conforming": None if 0 < n < suppress_below else n}
