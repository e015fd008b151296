"""What more money buys, and how far a choice depends on the weights behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxmethod.stats.portfolio import TOLERANCE, Choice, Portfolio, Programme, best_choice, cheapest_above

CONCENTRATION = 50.0
"""Of the Dirichlet draws: a weight of 0.4 then varies with a standard deviation of 0.07."""
DRAW_GAP = 0.01
"""How far a draw's choice may lie below its best, as a share of it."""


def frontier(portfolio: Portfolio, budgets: int = 20) -> Iterator[tuple[float, Choice | None]]:
    """The best choice for each of `budgets` evenly spaced budgets, the smallest first; None where none is allowed.

    They run from the cheapest option, or from what has to be in, to what the best choice without a budget costs, or to
    the portfolio's own budget where that is more.
    """
    rich = best_choice(replace(portfolio, budget=None))
    prices = portfolio.cost[~portfolio.cost.index.isin(portfolio.refused)]
    least = max(
        float(prices.min()) if len(prices) else 0.0, float(portfolio.cost[list(portfolio.chosen)].sum())
    )
    most = max(least, rich.cost if rich else 0.0, portfolio.budget or 0.0)
    for budget in np.linspace(least, most, budgets):
        yield float(budget), best_choice(replace(portfolio, budget=float(budget)))


@dataclass(frozen=True)
class NextStep:
    """The smallest extra budget that allows a better choice.

    Parameters
    ----------
    extra : float
        Beyond the budget.
    choice : Choice
        The best one with it.
    enters, leaves : tuple of str
    """

    extra: float
    choice: Choice
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def next_step(portfolio: Portfolio, choice: Choice) -> NextStep | None:
    """The smallest budget above the portfolio's at which something better than `choice` can be had; None if none can.

    Exact: the cheapest set of options that is worth more than `choice`, all other limits kept.

    Raises
    ------
    ValueError
        The portfolio has no budget.
    """
    if portfolio.budget is None:
        raise ValueError("a portfolio without a budget has no next step")
    better = cheapest_above(portfolio, choice.value)
    if better is None:
        return None
    enters = tuple(name for name in better.options if name not in choice.options)
    leaves = tuple(name for name in choice.options if name not in better.options)
    return NextStep(better.cost - portfolio.budget, better, enters, leaves)


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How often each option is chosen when the weights are drawn around the given ones.

    Parameters
    ----------
    selected : Series
        By option, share of the draws (0–1).
    draws : int
    proven : int
        Draws whose choice is proven to be the best; those of the others lie at most `DRAW_GAP` below it.
    solved : int
        Draws for which the programme had to be solved.
    """

    selected: pd.Series
    draws: int
    proven: int
    solved: int


def weight_draws(weights: pd.Series, draws: int, seed: int) -> pd.DataFrame:
    """Weights around the given ones: Dirichlet(`CONCENTRATION` × weight), whose mean they are.

    Returns
    -------
    DataFrame
        Draws by criteria; each row adds up to 1. A weight of 0 stays 0.
    """
    given = weights.to_numpy(float) / weights.sum()
    drawn = np.zeros((draws, len(given)))
    drawn[:, given > 0] = np.random.default_rng(seed).dirichlet(CONCENTRATION * given[given > 0], draws)
    return pd.DataFrame(drawn, columns=weights.index)


def sensitivity(
    portfolio_of: Callable[[pd.Series], Portfolio],
    draws: pd.DataFrame,
    tick: Callable[[], None] = lambda: None,
) -> Sensitivity:
    """The choice under each draw of the weights.

    A choice found before is taken again when the linear relaxation proves that nothing exceeds it by more than
    `DRAW_GAP`; otherwise the programme is solved to within that gap.

    Parameters
    ----------
    portfolio_of
        The portfolio under given weights (Series by criterion); only values may differ between them.
    draws : DataFrame
        One row a draw, one column a criterion.
    tick
        Called after each draw.
    """
    first = portfolio_of(draws.iloc[0])
    programme, options = Programme(first), first.value.index
    answers = _answers(first)
    pool, totals = np.zeros((0, len(options))), np.zeros(len(options))
    proven = solved = 0
    for _, weights in draws.iterrows():
        portfolio = portfolio_of(weights)
        programme = programme.revalued(portfolio)
        value, points = portfolio.value.to_numpy(float), portfolio.points.to_numpy(float)
        worth = pool @ value + (pool @ answers > 0) @ points
        known, bound = int(np.argmax(worth)) if len(pool) else None, programme.bound()
        if known is None or worth[known] < (1 - DRAW_GAP) * bound - TOLERANCE:
            solved += 1
            found = programme.best(DRAW_GAP)
            if found is None:
                continue
            bound = min(bound, found.value * (1 + found.gap))
            if known is None or worth[known] < found.value:
                known = len(pool)
                pool = np.vstack([pool, options.isin(found.options)])
                worth = np.append(worth, found.value)
        proven += bool(worth[known] >= bound - TOLERANCE)
        totals += pool[known]
        tick()
    return Sensitivity(pd.Series(totals / len(draws), options), len(draws), proven, solved)


def _answers(portfolio: Portfolio) -> NDArray[np.float64]:
    """Options by points: 1 where the option answers the point."""
    answers = np.zeros((len(portfolio.value), len(portfolio.points)))
    rows = portfolio.value.index.get_indexer(pd.Index(portfolio.covers["option"]))
    columns = portfolio.points.index.get_indexer(pd.Index(portfolio.covers["point"]))
    answers[rows, columns] = 1
    return answers
