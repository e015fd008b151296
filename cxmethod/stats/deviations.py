"""Journeys as they were planned against journeys as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cxmethod.stats.event_log import EventLog
from cxmethod.stats.intervals import wilson
from cxmethod.stats.tallies import GROUPS

if TYPE_CHECKING:
    import ibis.expr.types as ir

KINDS = ("ad_hoc", "irregular_sequence", "failure", "missing")


def deviations(log: EventLog, plan: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The four ways in which journeys leave the plan, by touchpoint.

    ``ad_hoc``: the touchpoint is not in the plan. ``irregular_sequence``: the journey comes to it from a touchpoint of
    a later phase, so that it goes back (ad hoc touchpoints between the two do not count). ``failure``: something
    went wrong in it (`failed` of the log). ``missing``: the journey visits a later phase and never it.

    Parameters
    ----------
    plan
        `touchpoint` (once each), `phase_order`.

    Returns
    -------
    DataFrame
        `kind`, `touchpoint`, `journeys` (of which the share is taken: for ``ad_hoc`` all, for ``missing`` those that
        visit a later phase, else those that visit the touchpoint), `n` (with this deviation), `share`, `low`,
        `high` (Wilson). Deviations that do not occur are left out; the most frequent stand first in their kind.
    """
    visits, journeys = _visits(log, plan), _journeys(log, plan)
    seen = visits.groupby("touchpoint")[["visits", "irregular_sequence", "failure", "passed"]].sum()
    planned = plan.set_index("touchpoint")["phase_order"]
    beyond = planned.map(lambda order: journeys.loc[journeys["furthest"] > order, "n"].sum())
    strays = seen.loc[~seen.index.isin(planned.index), "visits"]
    parts = {
        "ad_hoc": (pd.Series(log.n_journeys, strays.index), strays),
        "irregular_sequence": (seen["visits"], seen["irregular_sequence"]),
        "failure": (seen["visits"], seen["failure"]),
        "missing": (beyond, beyond - seen["passed"].reindex(planned.index).fillna(0)),
    }
    return pd.concat([_part(kind, *parts[kind], confidence) for kind in KINDS], ignore_index=True)


def conforming(log: EventLog, plan: pd.DataFrame) -> int:
    """How many journeys show none of the `deviations`."""
    followed = _journeys(log, plan).query("astray == 0")
    expected = followed["furthest"].map(lambda order: (plan["phase_order"] < order).sum())
    return int(followed.loc[followed["passed"] == expected, "n"].sum())


def _visits(log: EventLog, plan: pd.DataFrame) -> pd.DataFrame:
    """Journeys by `touchpoint`: `visits`, of them `irregular_sequence`, `failure`, `passed` (that went on beyond)."""

    def counted() -> ir.Table:
        each = _each_visit(log.tallies.steps, plan)
        return each.group_by("touchpoint", *GROUPS).agg(
            visits=each.count(),
            irregular_sequence=each.irregular.cast("int64").sum(),
            failure=each.failed.cast("int64").sum(),
            passed=(each.furthest > each.order).cast("int64").sum().fill_null(0),
        )

    return log.chosen(log.tallies.other(("visits", _key(plan)), counted))


def _journeys(log: EventLog, plan: pd.DataFrame) -> pd.DataFrame:
    """`n` journeys by `furthest` phase, `passed` (planned touchpoints visited of the phases before it) and `astray`
    (touchpoints off the plan, out of order or failed)."""

    def counted() -> ir.Table:
        each = _each_visit(log.tallies.steps, plan)
        one = each.group_by("journey", *GROUPS).agg(
            furthest=each.furthest.max(),
            passed=(each.furthest > each.order).cast("int64").sum().fill_null(0),
            astray=(each.order.isnull() | each.irregular | each.failed).cast("int64").max(),
        )
        return one.group_by(*GROUPS, "furthest", "passed", "astray").agg(n=one.count())

    return log.chosen(log.tallies.other(("journeys", _key(plan)), counted))


def _key(plan: pd.DataFrame) -> tuple[tuple[str, ...], tuple[float, ...]]:
    return tuple(plan["touchpoint"].astype(str)), tuple(plan["phase_order"].astype(float))


def _each_visit(steps: ir.Table, plan: pd.DataFrame) -> ir.Table:
    """One row a journey and touchpoint: `order` (missing off the plan), `irregular`, `failed`, `furthest` phase."""
    import ibis
    import pyarrow as pa

    if not plan["touchpoint"].is_unique:
        raise ValueError("a touchpoint stands in the plan more than once")
    order = {"touchpoint": plan["touchpoint"].astype(str), "order": plan["phase_order"].astype(float)}
    planned = ibis.memtable(pa.Table.from_pandas(pd.DataFrame(order), preserve_index=False))
    steps = steps.left_join(planned, "touchpoint").drop("touchpoint_right")
    # Among themselves the planned touchpoints of a journey follow each other, whatever lies between.
    among = ibis.window(group_by=["journey", steps.order.isnull()], order_by="position")
    back = steps.mutate(irregular=(steps.order < steps.order.lag().over(among)).fill_null(False))
    visits = back.group_by("journey", "touchpoint", *GROUPS).agg(
        order=back.order.max(), irregular=back.irregular.any(), failed=back.failed.any()
    )
    return visits.mutate(furthest=visits.order.max().over(ibis.window(group_by="journey")))


def _part(kind: str, journeys: pd.Series, n: pd.Series, confidence: float) -> pd.DataFrame:
    table = pd.DataFrame({"journeys": journeys, "n": n}).query("n > 0").astype("int64")
    table = table.rename_axis("touchpoint").reset_index()
    table.insert(0, "kind", kind)
    low, high = wilson(table["n"], table["journeys"], confidence)
    table = table.assign(share=table["n"] / table["journeys"], low=low, high=high)
    return table.sort_values(["n", "touchpoint"], ascending=[False, True])
