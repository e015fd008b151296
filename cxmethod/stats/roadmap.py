"""When each option of a portfolio is carried out: after what it requires, and when its owner has hands free."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import numpy as np
import pandas as pd


def roadmap(
    options: pd.DataFrame,
    requires: pd.DataFrame,
    capacity: pd.Series,
    months: int,
    first: tuple[str, ...] = (),
    under_way: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Start and end of each option, by list scheduling (Graham 1966): `under_way`, `first`, then the given order.

    An option starts once all that it requires has ended, in the earliest month from which its owner's load stays
    within what the owner has a month (capacity / months). One that needs more than that by itself is carried out
    alone.

    Parameters
    ----------
    options : DataFrame
        Index: the options, the most wanted first. `owner` (None: nobody, no limit), `days` (person-days, NaN is no
        load), `months` (duration, at least one; NaN counts as one).
    requires : DataFrame
        `option`, `other`; pairs with an option that is not among `options` are left out.
    capacity : Series
        Person-days by owner over all `months`; an owner without is without limit.
    months : int
        The horizon.
    first : tuple of str
        The first tranche.
    under_way : tuple of str
        Options that have begun.

    Returns
    -------
    DataFrame
        `option`, `start` (0 is the beginning of the first month), `end`, `tranche`: 1 for `first`; of the others 2
        for what starts in the first half of the horizon and 3 for what starts later, and none comes in an earlier
        tranche than what it requires.

    Raises
    ------
    ValueError
        Options require each other in a circle.
    """
    waits = _prerequisites(requires, options.index)
    duration = options["months"].fillna(1).clip(lower=1).apply(np.ceil).astype(int)
    load = (options["days"].fillna(0) / duration).astype(float)
    rate = (options["owner"].map(capacity) / months).astype(float).fillna(np.inf)
    far = int(duration.sum()) + months + 1
    busy: dict[str, np.ndarray] = {}
    start: dict[str, int] = {}
    wanted = sorted(options.index, key=lambda name: (name not in under_way, name not in first))
    for option in _ordered(wanted, waits):
        taken = busy.setdefault(str(options.at[option, "owner"]), np.zeros(far))
        begin = max((start[other] + int(duration[other]) for other in waits[option]), default=0)
        while not _fits(taken[begin : begin + duration[option]], load[option], rate[option]):
            begin += 1
        taken[begin : begin + duration[option]] += load[option]
        start[option] = begin
    tranche: dict[str, int] = {}
    for option, begin in start.items():
        own = 1 if option in first else 2 if begin < months / 2 else 3
        tranche[option] = max([own, *(tranche[other] for other in waits[option])])
    frame = pd.DataFrame({"option": list(start), "start": list(start.values())})
    frame["end"] = frame["start"] + frame["option"].map(duration)
    frame["tranche"] = frame["option"].map(tranche)
    return frame.sort_values(["tranche", "start", "end", "option"], ignore_index=True)


def circle(requires: pd.DataFrame) -> tuple[str, ...]:
    """Options that require each other in a circle, in its order; empty where there is none."""
    try:
        TopologicalSorter(_others(requires)).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1][1:]))
    return ()


def _fits(taken: np.ndarray, load: float, rate: float) -> bool:
    free = not (taken > 0).any()
    return free or bool((taken + load <= rate * (1 + 1e-9)).all())


def _prerequisites(requires: pd.DataFrame, options: pd.Index) -> dict[str, list[str]]:
    own = requires[requires["option"].isin(options) & requires["other"].isin(options)]
    if ring := circle(own):
        raise ValueError(f"options require each other in a circle: {', '.join(ring)}")
    given = _others(own)
    return {option: given.get(option, []) for option in options}


def _others(requires: pd.DataFrame) -> dict[str, list[str]]:
    return {str(option): list(others) for option, others in requires.groupby("option")["other"]}


def _ordered(wanted: list[str], waits: dict[str, list[str]]) -> list[str]:
    """The wanted order, each after what it requires."""
    ordered: list[str] = []
    left = wanted
    while left:
        ready = next(option for option in left if all(other in ordered for other in waits[option]))
        ordered.append(ready)
        left = [option for option in left if option != ready]
    return ordered
