"""Step 7, when: the chosen initiatives month by month, what is under way first, then what is easy and smart."""

from __future__ import annotations

import pandas as pd

from cxmethod.stats.roadmap import roadmap
from cxmethod.steps.finding import Finding
from cxmethod.steps.placement import UNDER_WAY, Placement

COLUMNS = ["initiative", "start", "end", "tranche", "owner", "cost", "indicator", "target"]


def plan(
    placement: Placement,
    selected: tuple[str, ...],
    order: pd.DataFrame,
    owners: pd.DataFrame,
    months: int,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Start and end of each chosen initiative, in months, and which of them end beyond the horizon.

    Parameters
    ----------
    order : DataFrame
        By initiative: `rank`, `easy_and_smart`.
    """
    inside = placement.options.loc[list(selected)]
    inside = inside.assign(rank=order["rank"].reindex(inside.index)).sort_values(["rank"], kind="stable")
    options = pd.DataFrame(
        {
            "owner": inside["owner"].astype(object).where(inside["owner"].notna(), None),
            "days": inside["person_days"].astype(float),
            "months": inside["months"].astype(float),
        },
        index=inside.index.astype(object),
    )
    easy = tuple(key for key in options.index if order["easy_and_smart"].get(key, False))
    under_way = tuple(options.index[(inside["status"] == UNDER_WAY).fillna(False)])
    capacity = owners.dropna(subset=["capacity_days"]).set_index("owner")["capacity_days"].astype(float)
    table = roadmap(options, placement.requires, capacity, months, easy, under_way)
    table = table.rename(columns={"option": "initiative"})
    for column in ("owner", "cost", "indicator", "target"):
        table[column] = table["initiative"].map(inside[column]).astype(inside[column].dtype)
    late = table[table["end"] > months]
    found = [
        Finding(
            "opportunity.beyond_horizon",
            "warns",
            str(row["initiative"]),
            {
                "initiative": str(inside.at[row["initiative"], "name"]),
                "n_end": int(row["end"]),
                "n_months": months,
            },
        )
        for row in late.to_dict("records")
    ]
    return table.astype({"initiative": "string"})[COLUMNS], found


def no_plan() -> pd.DataFrame:
    """No rows: nothing is chosen yet."""
    numbers = ("start", "end", "tranche", "cost")
    return pd.DataFrame(
        {name: pd.Series(dtype="float64" if name in numbers else "string") for name in COLUMNS}
    )
