"""Whether those who make the journey see it the same way: within a role, between roles, and as customers do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.agreement import between_groups, rank_agreement, within_agreement
from cxmethod.stats.intervals import adjust, grouped_means
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult

MEASURES = ("importance", "performance")
MIDDLE = 3.0
"""Of the grades 1 … 5: a statement below it is denied rather than affirmed."""

_THINGS = 5
"""Fewer touchpoints have no order worth comparing."""

ALIGNMENT = ["touchpoint", "role", "measure", "n", "mean", "low", "high", "sd", "r_wg"]
BETWEEN = [
    "touchpoint", "measure", "n", "roles", "icc", "low", "high", "p_adjusted", "spread", "highest", "most", "lowest", "least",
]  # fmt: skip
AGREEMENT = ["role", "measure", "people", "n", "rho", "low", "high"]
ITEMS = ["item", "role", "n", "score", "low", "high", "standing"]
ROLES = ["role", "people", "shown"]


@dataclass(frozen=True)
class Alignment:
    """What the company's people say, by role; nothing that fewer than `suppress_below` of a role said.

    Everything is computed from what may be shown, so that nobody can be worked out from a total.

    Parameters
    ----------
    roles : DataFrame
        `role`, `people`, `shown`.
    grades : DataFrame
        `touchpoint`, `role`, `measure` (of `MEASURES`), `n`, `mean` (1 … 5), `low`, `high`, `sd`, `r_wg`.
    between : DataFrame
        By touchpoint and measure: `n`, `roles`, `icc` with limits, `p_adjusted` (Holm over the touchpoints), `spread` of the
        roles' means, `highest` and `lowest` role with their means `most` and `least`.
    agreement : DataFrame
        By role and measure: `people`, `n` (touchpoints), `rho` with limits, against customers.
    items : DataFrame
        `item`, `role`, `n`, `score` (mean) with limits, `standing` (``low``, ``leaning`` or blank).
    """

    roles: pd.DataFrame
    grades: pd.DataFrame
    between: pd.DataFrame
    agreement: pd.DataFrame
    items: pd.DataFrame


def alignment(engagement: Engagement, journey: pd.DataFrame, customers: pd.DataFrame) -> Alignment:
    """Grades and statements by role, how far roles part, and how each orders the touchpoints against customers.

    Parameters
    ----------
    customers : DataFrame
        As `customers_view` gives it.
    """
    limits = engagement.settings.thresholds
    people = engagement.table("alignment")
    sizes = people.groupby("role")["respondent"].nunique()
    roles = pd.DataFrame({"role": sizes.index, "people": sizes.to_numpy()})
    roles = roles.assign(shown=roles["people"] >= limits.suppress_below)
    order = {key: place for place, key in enumerate(journey["touchpoint"])}
    people = people[people["touchpoint"].isin(order) | people["touchpoint"].isna()]
    grades = _in_order(_grades(people, limits), order)
    return Alignment(
        roles=roles[ROLES],
        grades=grades[ALIGNMENT],
        between=_in_order(_between(people, grades, limits), order)[BETWEEN],
        agreement=_agreement(grades, roles, customers, limits),
        items=_items(people, limits),
    )


def _in_order(table: pd.DataFrame, order: dict[str, int]) -> pd.DataFrame:
    """As the customer meets the touchpoints."""
    place = table["touchpoint"].map(order).astype(float)
    ordered: pd.DataFrame = table.assign(place=place).sort_values("place", kind="stable", ignore_index=True)
    return ordered


def customers_view(moments: MomentResult) -> pd.DataFrame:
    """How customers weigh and feel each touchpoint: what the roles are held against.

    Importance is the weight in the outcome where a model tells weights apart, otherwise what customers state.

    Returns
    -------
    DataFrame
        `touchpoint`, `n`, `performance` (mean emotion), `importance`, `basis` (``derived``, ``stated``; blank without either).
    """
    own = moments.moments[moments.moments["persona"] == ALL]
    columns = ["n", "mean", "relative_share", "stated_importance"]
    known = own.reindex(columns=["touchpoint", *columns]).astype(dict.fromkeys(columns, float))
    derived = bool(known["relative_share"].notna().any()) and not moments.facts.get("equal_weight")
    importance = known["relative_share"] if derived else known["stated_importance"]
    basis = "derived" if derived else "stated"
    return pd.DataFrame(
        {
            "touchpoint": known["touchpoint"],
            "n": known["n"].fillna(0).astype("int64"),
            "performance": known["mean"],
            "importance": importance,
            "basis": pd.Series(basis, known.index, dtype="string").where(importance.notna()),
        }
    ).reset_index(drop=True)


def _judged(people: pd.DataFrame) -> pd.DataFrame:
    """One grade a person, touchpoint and measure: who answered twice counts once."""
    long = people.melt(["respondent", "role", "touchpoint"], list(MEASURES), "measure", "grade")
    long = long.dropna().astype({"grade": float})
    keys = ["respondent", "role", "touchpoint", "measure"]
    return long.groupby(keys)["grade"].mean().reset_index()


def _grades(people: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    keys = ["role", "touchpoint", "measure"]
    judged = _judged(people)
    means = _on_the_scale(grouped_means(judged, keys, "grade", confidence=limits.confidence))
    within = within_agreement(judged, keys, "grade")[[*keys, "r_wg"]]
    return means[means["n"] >= limits.suppress_below].merge(within, on=keys)


def _on_the_scale(means: pd.DataFrame) -> pd.DataFrame:
    """Limits within the grades; none where all said the same, for no interval of few answers is that sure."""
    ends = {end: means[end].clip(1, 5).where(means["sd"] > 0) for end in ("low", "high")}
    return means.assign(**ends)


def _between(people: pd.DataFrame, grades: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    keys = ["touchpoint", "measure"]
    shown = _judged(people).merge(grades[["role", *keys]], on=["role", *keys])
    if shown.empty:
        return pd.DataFrame(columns=BETWEEN)
    table = between_groups(shown, keys, "role", "grade", limits.confidence)
    table["p_adjusted"] = table.groupby("measure")["p_value"].transform(_holm)
    ranked = grades.sort_values("mean", kind="stable")
    ends = ranked.groupby(keys).agg(
        lowest=("role", "first"), least=("mean", "first"), highest=("role", "last"), most=("mean", "last")
    )
    table = table.rename(columns={"groups": "roles"}).merge(ends.reset_index(), on=keys)
    several = table[table["roles"] > 1]
    return several.assign(spread=several["most"] - several["least"])


def _holm(p_values: pd.Series) -> pd.Series:
    """Adjusted over the touchpoints that have a test."""
    known = p_values.dropna()
    return pd.Series(adjust(known, "holm"), known.index).reindex(p_values.index)


def _agreement(
    grades: pd.DataFrame, roles: pd.DataFrame, customers: pd.DataFrame, limits: Thresholds
) -> pd.DataFrame:
    tables = []
    for measure in MEASURES:
        own = grades[grades["measure"] == measure].pivot(index="touchpoint", columns="role", values="mean")
        reference = customers.set_index("touchpoint")[measure].reindex(own.index)
        table = rank_agreement(own, reference, limits.confidence).rename_axis("role").reset_index()
        tables.append(table.assign(measure=measure))
    whole = pd.concat(tables, ignore_index=True)
    told = whole[(whole["n"] >= _THINGS) & whole["rho"].notna()]
    told = told.assign(people=told["role"].map(roles.set_index("role")["people"]))
    ordered = told.sort_values(["measure", "rho"], ascending=[False, False], kind="stable", ignore_index=True)
    return ordered[AGREEMENT]


def _items(people: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    said = people.dropna(subset=["item", "score"]).astype({"score": float})
    once = said.groupby(["respondent", "role", "item"])["score"].mean().reset_index()
    table = _on_the_scale(grouped_means(once, ["item", "role"], "score", confidence=limits.confidence))
    table = table[table["n"] >= limits.suppress_below].rename(columns={"mean": "score"})
    first = {item: n for n, item in enumerate(said["item"].drop_duplicates())}
    sure = table["high"].fillna(table["score"]) < MIDDLE
    standing = np.select([sure, table["score"] < MIDDLE], ["low", "leaning"], "")
    table = table.assign(
        standing=pd.Series(standing, table.index, dtype="string").replace("", pd.NA),
        place=table["item"].map(first),
    )
    return table.sort_values(["place", "score"], kind="stable", ignore_index=True)[ITEMS]
