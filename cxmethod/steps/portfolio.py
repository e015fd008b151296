"""Step 7, the choice: which initiatives fit the money and the people, which stay out and why, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.stats.conflicts import Limit, conflict
from cxmethod.stats.frontier import NextStep, frontier, next_step, sensitivity
from cxmethod.stats.portfolio import Choice, Portfolio, best_choice
from cxmethod.steps.finding import Finding
from cxmethod.steps.left_out import by_rank, explained, unplaced
from cxmethod.steps.placement import UNDER_WAY, Placement
from cxmethod.steps.worth import Worth

State = Literal["chosen", "no_budget", "no_value", "none_placed", "infeasible", "none"]
Progress = Callable[[int, int], None]
DAYS, MONEY = "days:", "money:"
"""What an owner has a limited amount of, before the owner's name."""
BUDGETS, DRAWS = 20, 200


@dataclass(frozen=True, eq=False)
class Chosen:
    """What the portfolio gives to the step.

    Parameters
    ----------
    state : State
        ``chosen``; or why there is none: no budget, nothing of known value, limits that contradict each other, no initiatives.
    selected : tuple of str
    p_selected : Series
        By initiative, share of the weight draws.
    left_out, frontier, owners : DataFrame
        As `OpportunityResult` says.
    facts : dict
    findings : tuple of Finding
    """

    state: State
    left_out: pd.DataFrame
    frontier: pd.DataFrame
    owners: pd.DataFrame
    selected: tuple[str, ...] = ()
    p_selected: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    facts: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def choose(
    engagement: Engagement,
    placement: Placement,
    value: Worth,
    criteria: pd.DataFrame,
    draws: pd.DataFrame,
    ranks: pd.Series,
    kept: set[str],
    progress: Progress,
) -> Chosen:
    """The best portfolio within the budget, the owners' days and money, prerequisites and exclusions.

    Parameters
    ----------
    draws : DataFrame
        Weights by criterion, one row a draw.
    ranks : Series
        Place in the weighted sum, by initiative.
    kept : set of str
        What is chosen whatever it is worth.
    progress : callable
        Told how many of how many solves are done.
    """
    budget = engagement.settings.budget.amount
    owners = engagement.table("owners")
    nothing = Chosen(
        _why_none(budget, placement, value, criteria), unplaced(placement.out, ranks), *_no_tables(owners)
    )
    if nothing.state != "chosen":
        return nothing
    chosen = tuple(key for key in placement.options.index if key in kept)
    build = _builder(engagement, placement, value, owners, chosen)
    portfolio = build(criteria["weight"])
    best = best_choice(portfolio)
    if best is None:
        found = _conflict(conflict(portfolio), placement, engagement)
        return Chosen("infeasible", nothing.left_out, nothing.frontier, nothing.owners, findings=(found,))
    outside = [key for key in portfolio.value.index if key not in best.options]
    told = _Ticker(progress, BUDGETS + len(draws) + len(outside) + 1)
    line = _frontier(portfolio, told)
    step = next_step(portfolio, best)
    told()
    sure = sensitivity(build, draws, told) if len(draws) else None
    reasons = explained(portfolio, best, outside, ranks, told)
    facts = _facts(best, line, step, placement)
    if sure is not None:
        facts |= {"draws": sure.draws, "draws_proven": sure.proven, "draws_solved": sure.solved}
    return Chosen(
        "chosen",
        by_rank(reasons, nothing.left_out),
        line,
        _used(portfolio, best, owners, placement),
        best.options,
        sure.selected if sure is not None else pd.Series(dtype=float),
        facts,
    )


class _Ticker:
    """Counts the solves and tells how many of how many are done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def _why_none(budget: float | None, placement: Placement, value: Worth, criteria: pd.DataFrame) -> State:
    if placement.options.empty and placement.out.empty:
        return "none"
    if budget is None:
        return "no_budget"
    if placement.options.empty:
        return "none_placed"
    own, points = value.under(criteria["weight"])
    return "chosen" if float(own.sum() + points.sum()) > 0 else "no_value"


def _no_tables(owners: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    line = pd.DataFrame({name: pd.Series(dtype=float) for name in ("budget", "value", "share", "cost")})
    line["initiatives"] = pd.Series(dtype="string")
    known = owners[["owner", "capacity_days", "budget"]].rename(columns={"capacity_days": "capacity"})
    return line, known.assign(used=float("nan"), spent=float("nan"))[
        ["owner", "capacity", "used", "budget", "spent"]
    ]


def _builder(
    engagement: Engagement, placement: Placement, value: Worth, owners: pd.DataFrame, chosen: tuple[str, ...]
) -> Callable[[pd.Series], Portfolio]:
    options = placement.options
    days = owners.dropna(subset=["capacity_days"]).set_index("owner")["capacity_days"]
    money = owners.dropna(subset=["budget"]).set_index("owner")["budget"]
    uses = pd.concat(
        [_uses(options, "person_days", days.index, DAYS), _uses(options, "cost", money.index, MONEY)],
        ignore_index=True,
    )
    capacity = pd.concat([days.add_prefix(DAYS), money.add_prefix(MONEY)]).astype(float)
    budget = engagement.settings.budget.amount

    def build(weights: pd.Series) -> Portfolio:
        own, points = value.under(weights)
        return Portfolio(
            value=own,
            cost=options["cost"].astype(float),
            covers=value.covers,
            points=points,
            budget=budget,
            uses=uses,
            capacity=capacity,
            requires=placement.requires,
            excludes=placement.excludes,
            chosen=chosen,
        )

    return build


def _uses(options: pd.DataFrame, column: str, owners: pd.Index, prefix: str) -> pd.DataFrame:
    own = options[options["owner"].isin(owners)]
    return pd.DataFrame(
        {
            "option": own.index,
            "resource": prefix + own["owner"].astype(object),
            "amount": own[column].astype(float),
        }
    )


def _frontier(portfolio: Portfolio, told: Callable[[], None]) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for budget, choice in frontier(portfolio, BUDGETS):
        told()
        if choice is None:
            rows.append((budget, float("nan"), float("nan"), pd.NA))
        else:
            rows.append((budget, choice.value, choice.cost, ";".join(choice.options)))
    frame = pd.DataFrame(rows, columns=["budget", "value", "cost", "initiatives"])
    highest = frame["value"].max()
    frame.insert(2, "share", frame["value"] / highest if highest > 0 else float("nan"))
    return frame.astype({"initiatives": "string"})


def _facts(best: Choice, line: pd.DataFrame, step: NextStep | None, placement: Placement) -> dict[str, Any]:
    names, possible = placement.options["name"], max(float(line["value"].max()), best.value)
    facts: dict[str, Any] = {
        "chosen": len(best.options),
        "chosen_cost": best.cost,
        "value": best.value,
        "value_share": best.value / possible,
        "gap": best.gap,
    }
    if step is not None:
        facts |= {
            "next_extra": step.extra,
            "next_value_share": step.choice.value / possible,
            "next_enters": [str(names[key]) for key in step.enters],
            "next_leaves": [str(names[key]) for key in step.leaves],
        }
    return facts


def _used(portfolio: Portfolio, best: Choice, owners: pd.DataFrame, placement: Placement) -> pd.DataFrame:
    """Each owner's days and money, and what the choice takes of them; owners without limits too."""
    inside = placement.options.loc[list(best.options)]
    taken = inside.groupby("owner")[["person_days", "cost"]].sum()
    known = owners.set_index("owner")[["capacity_days", "budget"]]
    both = known.reindex(known.index.union(taken.index, sort=False)).join(taken)
    frame = pd.DataFrame(
        {
            "capacity": both["capacity_days"],
            "used": both["person_days"].fillna(0.0),
            "budget": both["budget"],
            "spent": both["cost"].fillna(0.0),
        }
    )
    return frame.rename_axis("owner").reset_index()


def _conflict(limits: tuple[Limit, ...], placement: Placement, engagement: Engagement) -> Finding:
    """The limits that cannot be kept together, each as its sentence wants it."""
    names, status = placement.options["name"], placement.options["status"]
    said = []
    for limit in limits:
        kind, item = limit.kind, str(names.get(limit.item, limit.item))
        one: dict[str, Any] = {
            "kind": kind,
            "initiative": item,
            "other": str(names.get(limit.other, limit.other)),
        }
        if kind == "budget":
            one |= {"budget": engagement.settings.budget.amount}
        elif kind == "capacity":
            one |= capacity_limit(limit.item, engagement.table("owners"))
        elif kind == "chosen":
            under_way = str(status[limit.item]) == UNDER_WAY
            one |= {"kind": "under_way" if under_way else "kept"}
            own = placement.options["cost"].astype(float).to_dict()
            one |= {"cost": own[limit.item]}
        said.append(one)
    return Finding("opportunity.conflict", "warns", "budget", {"limits": said})


def capacity_limit(resource: str, owners: pd.DataFrame) -> dict[str, Any]:
    """Whose days or money a limit is about, and how much there is."""
    kind, owner = resource.split(":", 1)
    own = owners.set_index("owner")[["capacity_days", "budget"]].astype(float).to_dict()
    if f"{kind}:" == DAYS:
        return {"kind": "days", "owner": owner, "n_days": own["capacity_days"][owner]}
    return {"kind": "money", "owner": owner, "budget": own["budget"][owner]}
