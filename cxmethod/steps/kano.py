"""Step 5, Kano: what customers take for granted at a touchpoint, and what delights them."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.stats.kano import CATEGORIES, kano, kano_category
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.journey import customer_personas, for_all_and_each, in_order

_ESTIMATES = [
    "category", "clear", "better", "better_low", "better_high", "worse", "worse_low", "worse_high", *CATEGORIES,
]  # fmt: skip
COLUMNS = [
    "persona", "touchpoint", "category", "better", "worse", "n", *CATEGORIES, "clear", "better_low", "better_high",
    "worse_low", "worse_high",
]  # fmt: skip


def kano_by_touchpoint(
    engagement: Engagement, membership: pd.DataFrame, journey: pd.DataFrame
) -> pd.DataFrame:
    """Category and coefficients of each touchpoint asked about, for everyone and each persona.

    Parameters
    ----------
    membership : DataFrame
        Who belongs to which persona.
    journey : DataFrame
        The touchpoints in order.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`; below `suppress_below` customers, and for personas by which those few could be worked
        out, only their number.
    """
    limits = engagement.settings.thresholds
    answers = engagement.table("kano")
    answers = answers[answers["touchpoint"].isin(journey["touchpoint"])]
    given = engagement.table("respondents").set_index("respondent")["weight"].astype(float)
    respondent = answers["respondent"]
    weight = respondent.map(given).astype(float).fillna(1.0)
    whose = answers.assign(
        persona=respondent.map(customer_personas(engagement, membership)).astype("string"),
        letter=kano_category(answers["functional"], answers["dysfunctional"]),
        weight=weight,
    )
    asked = for_all_and_each(whose[weight > 0])
    if asked.empty:
        return pd.DataFrame(columns=COLUMNS)
    table = kano(asked, ["persona", "touchpoint"], "letter", "weight", limits.confidence)
    hidden = (table["n"] < limits.suppress_below) | protecting(table, ["touchpoint"], limits.suppress_below)
    table = table.astype({**dict.fromkeys(CATEGORIES, "Int64"), "clear": "boolean"})
    table[_ESTIMATES] = table[_ESTIMATES].mask(hidden)
    return in_order(table, journey)[COLUMNS]
