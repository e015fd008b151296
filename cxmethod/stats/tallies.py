"""The counts that most statistics of routes are made of, each computed once for a log."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from cxmethod.stats.backend import collected

if TYPE_CHECKING:
    import ibis.expr.types as ir

GROUPS = ("outcome", "persona")


@dataclass(frozen=True, eq=False)
class Tallies:
    """Counts by outcome and persona, so that one pass over the events serves every group of journeys.

    Parameters
    ----------
    steps : ibis Table
        As in `cxmethod.stats.event_log.EventLog`.
    returning : bool
        Whether some customer makes several journeys, so that `steps` says which ones (`customer`); else each journey
        is a customer's own.
    others : dict
        Counts that depend on more than the log, by whatever they depend on; each is kept once computed.
    """

    steps: ir.Table
    returning: bool = False
    others: dict[Hashable, pd.DataFrame] = field(default_factory=dict)

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Events: `source`, `target` (missing where the journey ends), `outcome`, `persona`, `count`, `first` (of them,
        those that open their journey)."""
        steps = self.steps
        return collected(
            steps.group_by(*GROUPS, source=steps.touchpoint, target=steps.next).agg(
                count=steps.count(), first=(steps.position == 1).cast("int64").sum()
            )
        )

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Journeys that make a move at least once: `source`, `target`, `outcome`, `persona`, `journeys`."""
        steps = self.steps.filter(self.steps.next.notnull())
        once = steps.select("journey", *GROUPS, source=steps.touchpoint, target=steps.next).distinct()
        return collected(once.group_by("source", "target", *GROUPS).agg(journeys=once.count()))

    @cached_property
    def visits(self) -> pd.DataFrame:
        """Journeys that visit a touchpoint: `touchpoint`, `outcome`, `persona`, `journeys`, of them `again` (that come
        to it more than once) and `ends` (that end at it)."""
        steps = self.steps
        once = steps.group_by("journey", "touchpoint", *GROUPS).agg(
            times=steps.count(), ends=steps.next.isnull().cast("int64").sum()
        )
        return collected(
            once.group_by("touchpoint", *GROUPS).agg(
                journeys=once.count(),
                again=(once.times > 1).cast("int64").sum(),
                ends=once.ends.sum().cast("int64"),
            )
        )

    def other(self, key: Hashable, counted: Callable[[], ir.Table]) -> pd.DataFrame:
        """The counts under `key`; computed by `counted` when they are asked for the first time."""
        if key not in self.others:
            self.others[key] = collected(counted())
        return self.others[key]
