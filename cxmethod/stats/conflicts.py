"""Why nothing can be chosen, and why one option stays out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from cxmethod.stats.portfolio import Choice, Portfolio, best_choice, feasible

Kind = Literal["budget", "capacity", "requires", "excludes", "chosen"]


@dataclass(frozen=True)
class Limit:
    """One limit of a portfolio.

    Parameters
    ----------
    kind : str
        budget, capacity (of `item`), requires and excludes (`item` and `other`), chosen (`item` must be in).
    item, other : str
        Options or a resource; empty where the limit has none.
    needed, left : float
        How much would be needed, and how much there is; NaN where it is no amount.
    """

    kind: Kind
    item: str = ""
    other: str = ""
    needed: float = float("nan")
    left: float = float("nan")


def conflict(portfolio: Portfolio) -> tuple[Limit, ...]:
    """A smallest set of limits that cannot be kept together; empty where the portfolio allows a choice.

    Deletion filter (Chinneck & Dravnieks 1991): a limit without which the rest still contradict each other is
    dropped; what remains cannot spare any.
    """
    kept = _limits(portfolio)
    if feasible(_only(portfolio, kept)):
        return ()
    for limit in list(kept):
        others = [other for other in kept if other != limit]
        if not feasible(_only(portfolio, others)):
            kept = others
    return tuple(kept)


@dataclass(frozen=True)
class LeftOut:
    """Why an option is not chosen.

    Parameters
    ----------
    option : str
    limits : tuple of Limit
        What it would break beside the options that are chosen; empty when it breaks nothing and adds nothing.
    alone : bool
        Whether it breaks them whatever else is chosen.
    leaves : tuple of str
        What would have to leave for it; empty when `alone`.
    loss : float
        Value given up by taking it in all the same; NaN when `alone`.
    """

    option: str
    limits: tuple[Limit, ...]
    alone: bool
    leaves: tuple[str, ...]
    loss: float


def left_out(portfolio: Portfolio, choice: Choice, option: str) -> LeftOut:
    """What keeps `option` out of `choice`, and what taking it in would cost."""
    forced = replace(portfolio, chosen=(*portfolio.chosen, option))
    if option in portfolio.refused:
        return LeftOut(option, (), True, (), float("nan"))
    instead = best_choice(forced)
    if instead is None:
        own = tuple(limit for limit in conflict(forced) if limit != Limit("chosen", option))
        return LeftOut(
            option, tuple(_amounts(forced, limit, (option,)) for limit in own), True, (), float("nan")
        )
    leaves = tuple(name for name in choice.options if name not in instead.options)
    return LeftOut(option, _broken(portfolio, choice, option), False, leaves, choice.value - instead.value)


def _broken(portfolio: Portfolio, choice: Choice, option: str) -> tuple[Limit, ...]:
    """The limits that `choice` with `option` beside it would break."""
    together = (*choice.options, option)
    found = []
    for limit in _limits(portfolio):
        if limit.kind in ("budget", "capacity"):
            amounts = _amounts(portfolio, limit, (option,), choice.options)
            if amounts.needed > amounts.left + 1e-9 * max(abs(amounts.left), 1.0):
                found.append(amounts)
        elif (limit.kind == "requires" and limit.item == option and limit.other not in together) or (
            limit.kind == "excludes"
            and {limit.item, limit.other} <= set(together)
            and option in (limit.item, limit.other)
        ):
            found.append(limit)
    return tuple(found)


def _amounts(
    portfolio: Portfolio, limit: Limit, wanted: tuple[str, ...], beside: tuple[str, ...] = ()
) -> Limit:
    """The limit with what `wanted` needs of it and what `beside` leaves."""
    if limit.kind == "budget":
        use: Callable[[tuple[str, ...]], float] = lambda names: float(portfolio.cost[list(names)].sum())  # noqa: E731
        whole = float(portfolio.budget or 0.0)
    elif limit.kind == "capacity":
        own = portfolio.uses[portfolio.uses["resource"] == limit.item]
        use = lambda names: float(own.loc[own["option"].isin(names), "amount"].sum())  # noqa: E731
        whole = float(portfolio.capacity[limit.item])
    else:
        return limit
    return replace(limit, needed=use(wanted), left=whole - use(beside))


def _limits(portfolio: Portfolio) -> list[Limit]:
    pairs: list[tuple[Kind, pd.DataFrame]] = [
        ("requires", portfolio.requires),
        ("excludes", portfolio.excludes),
    ]
    return [
        *([Limit("budget")] if portfolio.budget is not None else []),
        *(Limit("capacity", str(name)) for name in portfolio.capacity.index),
        *(
            Limit(kind, str(row.option), str(row.other))
            for kind, table in pairs
            for row in table.itertuples()
        ),
        *(Limit("chosen", name) for name in portfolio.chosen),
    ]


def _only(portfolio: Portfolio, limits: list[Limit]) -> Portfolio:
    """The portfolio with no limits but these."""

    def kept(kind: Kind, table: pd.DataFrame) -> pd.DataFrame:
        wanted = {(limit.item, limit.other) for limit in limits if limit.kind == kind}
        rows = [(str(o), str(p)) in wanted for o, p in zip(table["option"], table["other"], strict=True)]
        return table[np.array(rows, dtype=bool)]

    resources = [limit.item for limit in limits if limit.kind == "capacity"]
    return replace(
        portfolio,
        budget=portfolio.budget if Limit("budget") in limits else None,
        capacity=portfolio.capacity[resources],
        uses=portfolio.uses[portfolio.uses["resource"].isin(resources)],
        requires=kept("requires", portfolio.requires),
        excludes=kept("excludes", portfolio.excludes),
        chosen=tuple(limit.item for limit in limits if limit.kind == "chosen"),
    )
