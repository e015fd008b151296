"""What of a method does not fit what was agreed, how much would, and which method fits instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.method_choice import at_hand
from cxmethod.steps.method_table import Method, method_table
from cxmethod.steps.work_plan import weeks_for


@dataclass(frozen=True)
class Misfit:
    """One thing that there is too little of.

    Parameters
    ----------
    kind : {"weeks", "interviews", "customers", "budget"}
        Interviews are weeks too: it is the interviews that take so many.
    needed, there : float
        Weeks, customers to interview, or consultant-days: the least that is needed, and what was agreed.
    """

    kind: Literal["weeks", "interviews", "customers", "budget"]
    needed: float
    there: float


def misfits(engagement: Engagement, method: Method, facts: Mapping[str, Any]) -> Iterator[Misfit]:
    """What there is too little of for `method`; what nobody has said yet fits.

    A method that talks to customers needs the interviews of the personas that are kept, besides its own least.

    Parameters
    ----------
    facts : mapping
        Of the scope: `interviews_from`.
    """
    given, customers = at_hand(engagement), method.customers.least
    interviews = facts["interviews_from"] if customers else 0
    customers = max(customers, interviews)
    if given.weeks is not None:
        pace, least = engagement.settings.scope.interviews_a_week, max(method.weeks.least, given.weeks)
        weeks = weeks_for(interviews, pace, method_table().calendar, least)
        if weeks > given.weeks:
            yield Misfit("interviews" if weeks > method.weeks.least else "weeks", weeks, given.weeks)
    if given.customers is not None and given.customers < customers:
        yield Misfit("customers", customers, given.customers)
    if given.days is not None and given.days < method.days.least:
        yield Misfit("budget", method.days.least, given.days)


def fitting(engagement: Engagement, methods: pd.DataFrame, facts: Mapping[str, Any]) -> Method | None:
    """The best suited of the other methods that serve the objective and fit all that was agreed.

    Parameters
    ----------
    methods : DataFrame
        As `cxmethod.steps.method_choice.rank_methods` gives them.
    facts : mapping
        Of the scope: `method`, `interviews_from`.
    """
    tables = at_hand(engagement).tables
    others = methods.loc[(methods["method"] != facts["method"]) & (methods["serves"] != "other"), "method"]
    able = (
        method
        for method in map(method_table().method, others)
        if all(tables[name] is not False for name in method.needs)
        and not any(misfits(engagement, method, facts))
    )
    return next(able, None)


def cut_helps(engagement: Engagement, method: Method, facts: Mapping[str, Any]) -> bool:
    """Whether it is the personas that are too many: the method itself fits, and fewer of them would."""
    alone = dict(facts) | {"interviews_from": 0}
    return facts["verdict"] == "cut" and not any(misfits(engagement, method, alone))
