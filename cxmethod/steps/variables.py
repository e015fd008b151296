"""Step 5, inside a touchpoint: which of its variables go together with what customers feel there."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.drivers import Drivers, drivers
from cxmethod.steps.finding import Finding
from cxmethod.steps.journey import ALL

COLUMNS = [
    "touchpoint", "variable", "r2_share", "low", "high", "relative_share", "relative_low", "relative_high",
    "above_equal_share", "rank", "rank_low", "rank_high", "association", "outside", "n",
]  # fmt: skip

_TOLD = {
    "drivers.too_few": "variables.too_few",
    "drivers.too_few_weighted": "variables.too_few",
    "drivers.explains_nothing": "variables.explains_nothing",
    "drivers.equal_weight": "variables.equal_weight",
}
"""What the model may find, and how it is told of variables."""


def variables(
    engagement: Engagement, after: pd.DataFrame, names: pd.Series
) -> tuple[pd.DataFrame, list[Finding]]:
    """Relative importance of a touchpoint's variables for its own emotion, by the rules of the drivers.

    Parameters
    ----------
    after : DataFrame
        Ratings of everyone after the experience: `respondent`, `touchpoint`, `emotion`, `weight`.
    names : Series
        Touchpoint → its name, in order.

    Returns
    -------
    table : DataFrame
        The columns of `COLUMNS`.
    findings : list of Finding
    """
    scores = engagement.table("variables")
    models = {key: _model(engagement, key, scores, after) for key in names.index}
    made = {key: model for key, model in models.items() if model is not None}
    tables = [
        model.table.sort_values("relative_share", ascending=False, kind="stable").assign(
            variable=lambda table: table["touchpoint"], touchpoint=key
        )
        for key, model in made.items()
    ]
    found = [each for key, model in made.items() for each in _findings(model, str(names[key]), key)]
    if not tables:
        return pd.DataFrame(columns=COLUMNS), found
    whole = pd.concat(tables, ignore_index=True)
    return whole.astype({"touchpoint": "string", "variable": "string"})[COLUMNS], found


def _model(
    engagement: Engagement, touchpoint: str, scores: pd.DataFrame, after: pd.DataFrame
) -> Drivers | None:
    """The variables of one touchpoint, on the customers who also said what they felt there; None without any."""
    own = scores[scores["touchpoint"] == touchpoint]
    felt = after[(after["touchpoint"] == touchpoint) & after["emotion"].notna()].set_index("respondent")
    own = own[own["respondent"].isin(felt.index)]
    if own.empty:
        return None
    wide = own.pivot(index="respondent", columns="variable", values="score").astype(float)
    felt = felt.reindex(wide.index)
    return drivers(engagement, ALL, wide.assign(weight=felt["weight"]), felt["emotion"])


def _findings(model: Drivers, name: str, key: str) -> list[Finding]:
    found = [
        Finding(_TOLD[each.code], "info", key, {**each.values, "touchpoint": name})
        for each in model.findings
        if each.code in _TOLD
    ]
    first = model.table[model.table["rank"] == 1]
    if model.usable and len(first) == 1:
        one = first.iloc[0]
        values = {
            "touchpoint": name,
            "variable": str(one["touchpoint"]),
            "relative_share": one["relative_share"],
        }
        found.append(Finding("variables.first", "info", key, values | {"complete": model.facts["complete"]}))
    return found
