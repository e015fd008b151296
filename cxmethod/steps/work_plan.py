"""How the weeks of the study are shared out, and what fits into them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from math import ceil, floor
from typing import Any

import pandas as pd

from cxmethod.engagement.settings import Settings
from cxmethod.steps.method_table import Stage

LEAST_INTERVIEWS, MOST_INTERVIEWS = 6, 12
"""Interviews a persona until nothing new is heard: basic themes by 6, saturation by 12 (Guest, Bunce & Johnson 2006)."""


def calendar(weeks: int, stages: Sequence[Stage]) -> pd.DataFrame:
    """Which weeks each stage takes; in few weeks two stages share one.

    Returns
    -------
    DataFrame
        `stage`, `first_week`, `last_week` (counted from 1).
    """
    shares = pd.Series([stage.share for stage in stages])
    ends = (shares.cumsum() * weeks).round(6)
    starts = ends.shift(fill_value=0.0)
    return pd.DataFrame(
        {
            "stage": [stage.stage for stage in stages],
            "first_week": starts.map(floor) + 1,
            "last_week": ends.map(ceil),
        }
    )


def holds(plan: pd.DataFrame) -> bool:
    """Whether the weeks tell the stages of a `calendar` apart: no two of them take exactly the same ones."""
    return not plan.duplicated(["first_week", "last_week"]).any()


def listening(plan: pd.DataFrame) -> int:
    """The weeks of a `calendar` in which customers are listened to."""
    (stage,) = plan[plan["stage"] == "listen"].to_dict("records")
    return int(stage["last_week"] - stage["first_week"] + 1)


def weeks_for(interviews: int, a_week: int, stages: Sequence[Stage], least: int) -> int:
    """The fewest weeks of a study, `least` or more, that leave room for so many interviews."""
    # In whole weeks a longer study may listen for fewer of them: the search begins at what was agreed.
    return next(n for n in count(least) if listening(calendar(n, stages)) * a_week >= interviews)


def fit(plan: pd.DataFrame, settings: Settings, shares: pd.Series) -> dict[str, Any]:
    """Whether the interviews that the personas need fit into the weeks and the customers there are.

    Parameters
    ----------
    plan : DataFrame
        As `calendar` gives it.
    settings : Settings
    shares : Series of float
        Share of each persona that is kept, the first to be kept first; empty where no personas are known, which counts as
        one kind of customer.

    Returns
    -------
    dict
        `interviews_from`, `interviews_to`; `room_weeks` and `room_customers` (interviews that each allows; None where not
        known), `room` (the less of the two), `limited_by` (weeks, customers), `verdict` (saturated: all fit; least: at
        least six each; cut: only `personas_fit` personas have six each, that cover `share_fit`; none; unknown).
    """
    scope, personas = settings.scope, max(len(shares), 1)
    need = {"interviews_from": LEAST_INTERVIEWS * personas, "interviews_to": MOST_INTERVIEWS * personas}
    room_weeks = None
    if scope.weeks is not None:
        room_weeks = listening(plan) * scope.interviews_a_week
    rooms = {"weeks": room_weeks, "customers": scope.interviewable_customers}
    known = {name: room for name, room in rooms.items() if room is not None}
    facts: dict[str, Any] = {**need, "room_weeks": room_weeks, "room_customers": rooms["customers"]}
    if not known:
        return facts | {"verdict": "unknown"}
    limited_by = min(known, key=lambda name: known[name])
    room = known[limited_by]
    facts |= {"room": room, "limited_by": limited_by, "verdict": _verdict(room, need)}
    if facts["verdict"] == "cut":
        fits = room // LEAST_INTERVIEWS
        covered = float(shares.head(fits).sum(min_count=fits))
        facts |= {"personas_fit": fits, "share_fit": covered if covered == covered else None}
    return facts


def _verdict(room: int, need: dict[str, int]) -> str:
    if room >= need["interviews_to"]:
        return "saturated"
    if room >= need["interviews_from"]:
        return "least"
    return "cut" if room >= LEAST_INTERVIEWS else "none"
