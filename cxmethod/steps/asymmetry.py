"""Step 5, asymmetry: where doing badly costs more than doing well gives, and where it is the other way round."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.penalty_reward import penalty_reward
from cxmethod.steps.drivers import Cases
from cxmethod.steps.finding import Finding
from cxmethod.steps.journey import ALL

COLUMNS = [
    "persona", "touchpoint", "penalty", "penalty_low", "penalty_high", "reward", "reward_low", "reward_high", "kind",
    "n", "low_n", "high_n", "difference", "difference_low", "difference_high",
]  # fmt: skip

_BEST = 2
"""The emotion that counts as done very well; below 0 is done badly."""

_TOLD = ("basic", "excitement", "performance")


def asymmetry(cases: Mapping[str, Cases], limits: Thresholds) -> pd.DataFrame:
    """Penalty and reward of each touchpoint that enters the drivers, for everyone and each persona.

    Parameters
    ----------
    cases : mapping of str to Cases
        Persona → what its drivers rest on.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, as `cxmethod.stats.penalty_reward.penalty_reward` gives them; empty for a persona whose answers
        cannot be contrasted.
    """
    tables = [_contrasted(own, limits).assign(persona=persona) for persona, own in cases.items()]
    if not tables:
        return empty()
    return pd.concat(tables, ignore_index=True)[COLUMNS]


def empty() -> pd.DataFrame:
    """The table without a row."""
    text = dict.fromkeys(("persona", "touchpoint", "kind"), "string")
    kinds = {name: text.get(name, "float64") for name in COLUMNS}
    return pd.DataFrame(columns=COLUMNS).astype(kinds)


def _contrasted(cases: Cases, limits: Thresholds) -> pd.DataFrame:
    low, high = cases.emotions < 0, cases.emotions >= _BEST
    try:
        frame = penalty_reward(
            low, high, cases.outcome, cases.weight, limits.contrast_cases, limits.confidence
        )
    except ValueError:
        # Nobody feels badly or very well often enough, or one customer alone decides: there is nothing to tell.
        return empty()
    return frame.rename_axis("touchpoint").reset_index().astype({"touchpoint": "string"})


def asymmetry_findings(table: pd.DataFrame, names: pd.Series) -> list[Finding]:
    """One sentence for each telling class that occurs among everyone, at the touchpoints that have a name in `names`."""
    own = table[(table["persona"] == ALL) & table["touchpoint"].isin(names.index)]
    found = []
    for kind in _TOLD:
        touchpoints = [str(names[key]) for key in own.loc[own["kind"] == kind, "touchpoint"]]
        if touchpoints:
            values = {"touchpoints": touchpoints, "n": len(touchpoints)}
            found.append(Finding(f"asymmetry.{kind}", "info", kind, values))
    return found
