"""The best set of options within a budget, capacities, prerequisites and exclusions: solved, not guessed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

Floats = NDArray[np.float64]

TOLERANCE = 1e-5
"""Differences in value below this are no differences: values should be of the order of one."""
_INFEASIBLE = 2
_PARTS = 1e4


@dataclass(frozen=True, eq=False, kw_only=True)
class Portfolio:
    """What may be chosen, what it is worth, and what limits the choice.

    Parameters
    ----------
    value : Series
        By option (its index), at least 0: what it is worth by itself.
    cost : Series
        By option, at least 0.
    covers : DataFrame
        `option`, `point`: which points an option answers.
    points : Series
        By point, at least 0: what answering it is worth, once, however many options answer it.
    budget : float or None
        None is without limit.
    uses : DataFrame
        `option`, `resource`, `amount`: what an option uses of a limited resource.
    capacity : Series
        By resource.
    requires : DataFrame
        `option`, `other`: options that cannot be chosen without another one.
    excludes : DataFrame
        `option`, `other`: options that cannot be chosen together.
    chosen, refused : tuple of str
        Options that are in, or out, whatever they are worth.
    """

    value: pd.Series
    cost: pd.Series
    covers: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"option": [], "point": []}))
    points: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    budget: float | None = None
    uses: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"option": [], "resource": [], "amount": []})
    )
    capacity: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    requires: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"option": [], "other": []}))
    excludes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"option": [], "other": []}))
    chosen: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        options = self.value.index
        if not options.is_unique or not self.cost.index.equals(options):
            raise ValueError("value and cost must be given once for the same options")
        for name, numbers in {"value": self.value, "cost": self.cost, "points": self.points}.items():
            if not (np.isfinite(numbers.to_numpy(float)) & (numbers.to_numpy(float) >= 0)).all():
                raise ValueError(f"{name} must be numbers of at least 0")
        named: set[object] = {*self.covers["option"], *self.uses["option"], *self.chosen, *self.refused}
        for pairs in (self.requires, self.excludes):
            named |= {*pairs["option"], *pairs["other"]}
        if unknown := named - set(options):
            raise ValueError(f"unknown options: {', '.join(sorted(map(str, unknown)))}")
        if unknown := set(self.covers["point"]) - set(self.points.index):
            raise ValueError(f"unknown points: {', '.join(sorted(map(str, unknown)))}")
        if unknown := set(self.uses["resource"]) - set(self.capacity.index):
            raise ValueError(f"unknown resources: {', '.join(sorted(map(str, unknown)))}")

    def worth(self, options: tuple[str, ...]) -> float:
        """What a set of options is worth, each point counted once."""
        answered = self.covers.loc[self.covers["option"].isin(options), "point"].unique()
        return float(self.value[list(options)].sum() + self.points[answered].sum())


@dataclass(frozen=True)
class Choice:
    """A set of options that keeps every limit.

    Parameters
    ----------
    options : tuple of str
        In the order in which they were given.
    value, cost : float
    gap : float
        How far the value may lie below the best one, as a share of it; 0 when it is proven to be the best.
    """

    options: tuple[str, ...]
    value: float
    cost: float
    gap: float = 0.0


def best_choice(portfolio: Portfolio, gap: float = 0.0) -> Choice | None:
    """The set of options of the highest value; of equal sets, the cheapest. None where the limits allow no set.

    A mixed-integer programme: maximise Σ valueᵢxᵢ + Σ pointₚyₚ with xᵢ ∈ {0, 1}, yₚ ≤ Σ xᵢ over the options that
    answer p, yₚ ≤ 1 (weighted maximum coverage with a knapsack), solved by branch and bound (HiGHS; Huangfu & Hall
    2018) to the relative `gap`.

    Raises
    ------
    RuntimeError
        The solver gave up.
    """
    return Programme(portfolio).best(gap)


def feasible(portfolio: Portfolio) -> bool:
    """Whether any set of options keeps every limit."""
    model = Programme(portfolio)
    return model.solve(np.zeros_like(model.worth), [model.within], 0.0) is not None


def cheapest_above(portfolio: Portfolio, value: float) -> Choice | None:
    """The cheapest set of options that is worth more than `value`, whatever the budget; None where there is none."""
    model = Programme(replace(portfolio, budget=None))
    more = LinearConstraint(model.worth[None, :], lb=value + TOLERANCE)
    found = model.solve(model.price, [model.within, more], 0.0)
    return None if found is None else best_choice(replace(portfolio, budget=model.choice(found.x, 0).cost))


def upper_bound(portfolio: Portfolio) -> float:
    """A value that no set of options exceeds: that of the linear relaxation; −inf where the limits allow no set."""
    return Programme(portfolio).bound()


@dataclass(frozen=True)
class _Found:
    x: Floats
    gap: float


class Programme:
    """The programme of a portfolio as matrices: the options' columns first, then the points'."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.options = portfolio.value.index
        self.portfolio = portfolio
        points = portfolio.points.index
        n, width = len(self.options), len(self.options) + len(points)
        self.worth = np.concatenate([portfolio.value.to_numpy(float), portfolio.points.to_numpy(float)])
        self.price = np.concatenate([portfolio.cost.to_numpy(float), np.zeros(len(points))])
        rows, limits = _rows(portfolio, self.options, points)
        matrix = coo_array(
            (rows["amount"], (rows["row"], rows["column"])), shape=(len(limits), width)
        ).tocsr()
        self.within = LinearConstraint(csr_array(matrix), ub=limits)
        self.answering = (
            self.options.get_indexer(pd.Index(portfolio.covers["option"])),
            points.get_indexer(pd.Index(portfolio.covers["point"])),
        )
        lower, upper = np.zeros(width), np.ones(width)
        lower[self.options.get_indexer(pd.Index(portfolio.chosen))] = 1
        upper[self.options.get_indexer(pd.Index(portfolio.refused))] = 0
        self.empty = bool((lower > upper).any())
        self.bounds = Bounds(np.minimum(lower, upper), upper)
        self.integral = np.concatenate([np.ones(n), np.zeros(len(points))])

    def revalued(self, portfolio: Portfolio) -> Programme:
        """That of a portfolio of the same options and limits, which are worth something else."""
        other = copy(self)
        other.portfolio = portfolio
        other.worth = np.concatenate([portfolio.value.to_numpy(float), portfolio.points.to_numpy(float)])
        return other

    def best(self, gap: float = 0.0) -> Choice | None:
        """See `best_choice`."""
        found = self.solve(-self.worth, [self.within], gap)
        if found is None:
            return None
        if gap == 0:
            as_good = LinearConstraint(self.worth[None, :], lb=float(self.worth @ found.x) - TOLERANCE / 2)
            cheapest = self.solve(self.price, [self.within, as_good], 0.0)
            found = cheapest or found
        return self.choice(found.x, found.gap)

    def bound(self) -> float:
        """See `upper_bound`."""
        if self.empty:
            return float("-inf")
        relaxed = milp(
            -self.worth, integrality=np.zeros_like(self.worth), bounds=self.bounds, constraints=[self.within]
        )
        return float("-inf") if relaxed.status == _INFEASIBLE else -float(relaxed.fun)

    def solve(self, objective: Floats, limits: list[LinearConstraint], gap: float) -> _Found | None:
        if self.empty:
            return None
        with _silence():
            result = milp(
                objective,
                integrality=self.integral,
                bounds=self.bounds,
                constraints=limits,
                options={"mip_rel_gap": gap},
            )
        if result.status == _INFEASIBLE:
            return None
        if result.x is None or result.status != 0:
            raise RuntimeError(f"the solver gave up: {result.message}")
        return _Found(np.asarray(result.x), float(result.mip_gap or 0.0) if gap else 0.0)

    def choice(self, x: Floats, gap: float) -> Choice:
        n = len(self.options)
        taken = x[:n] > 0.5
        of_option, point = self.answering
        # As `Portfolio.worth`, which looks everything up by name: that takes longer than a solve.
        answered = pd.unique(point[taken[of_option]])
        value = float(self.worth[:n][taken].sum() + self.worth[n:][answered].sum())
        options = tuple(str(name) for name in self.options[taken])
        return Choice(options, value, float(self.price[:n][taken].sum()), gap)


@contextmanager
def _silence() -> Iterator[None]:
    """HiGHS writes a line of its own debugging to file descriptor 1 at times, which no option of SciPy's stops."""
    # What Python still holds for that descriptor. A kernel's own `sys.stdout` is none of it, and waits for its thread.
    if sys.__stdout__ is not None:
        sys.__stdout__.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _rows(portfolio: Portfolio, options: pd.Index, points: pd.Index) -> tuple[pd.DataFrame, Floats]:
    """The limits as sparse rows (row, column, amount) with what each may come to at most.

    Money and resources are measured in ten-thousandths of their limit, so that the solver's tolerance (1e-6) is a
    ten-thousand-millionth of it.
    """
    blocks: list[pd.DataFrame] = []
    limits: list[Floats] = []

    def add(row: NDArray[np.int64], column: NDArray[np.int64], amount: Floats, limit: Floats) -> None:
        start = sum(map(len, limits))
        blocks.append(pd.DataFrame({"row": row + start, "column": column, "amount": amount}))
        limits.append(limit)

    n = len(options)
    if portfolio.budget is not None:
        scale = (portfolio.budget or 1.0) / _PARTS
        add(
            np.zeros(n, int),
            np.arange(n),
            portfolio.cost.to_numpy(float) / scale,
            np.array([portfolio.budget / scale]),
        )
    uses, capacity = portfolio.uses, portfolio.capacity.astype(float)
    if len(capacity):
        place = capacity.index.get_indexer(pd.Index(uses["resource"]))
        scales = capacity.where(capacity > 0, 1.0).to_numpy() / _PARTS
        amounts = uses["amount"].to_numpy(float) / scales[place]
        add(place, options.get_indexer(pd.Index(uses["option"])), amounts, capacity.to_numpy() / scales)
    if len(points):  # a point is answered when one of its options is chosen
        place = points.get_indexer(pd.Index(portfolio.covers["point"]))
        answered = np.concatenate([place, np.arange(len(points))])
        by = np.concatenate(
            [options.get_indexer(pd.Index(portfolio.covers["option"])), n + np.arange(len(points))]
        )
        signs = np.concatenate([-np.ones(len(place)), np.ones(len(points))])
        add(answered, by, signs, np.zeros(len(points)))
    for pairs, sign, limit in ((portfolio.requires, -1.0, 0.0), (portfolio.excludes, 1.0, 1.0)):
        count = len(pairs)
        both = np.concatenate(
            [options.get_indexer(pd.Index(pairs["option"])), options.get_indexer(pd.Index(pairs["other"]))]
        )
        add(np.tile(np.arange(count), 2), both, np.repeat([1.0, sign], count), np.full(count, limit))
    return pd.concat(blocks, ignore_index=True), np.concatenate(limits)
