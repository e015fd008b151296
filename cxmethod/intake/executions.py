"""Starts and ends in rows of their own → one event each, with both times."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement.process_sources import Lifecycle
from cxmethod.engagement.schemas import plain

_KEY = ["journey", "touchpoint", "instance", "nth"]


@dataclass(frozen=True, eq=False)
class Executions:
    """Events put together from their starts and ends.

    Parameters
    ----------
    events : DataFrame
        `journey`, `touchpoint`, `timestamp` (the start; the end where no start is known), `end`; the index is the row of
        the start in the client's file, else that of the end, in the file's order.
    unpaired : int
        Events with a start alone or an end alone.
    other : int
        Rows that are neither start nor end, and are left out.
    """

    events: pd.DataFrame
    unpaired: int
    other: int


def executions(rows: pd.DataFrame, rule: Lifecycle) -> Executions:
    """One event for each start and the end that belongs to it.

    Parameters
    ----------
    rows
        `journey`, `touchpoint`, `transition`, `timestamp`, and `instance` where the rule names it. Within an instance (or
        without one, within journey and touchpoint) the first start goes with the first end, and so on.
    """
    transition = rows["transition"].map(plain, na_action="ignore")
    rows = rows.assign(instance=rows.get("instance", ""), row=rows.index)
    ordered = rows.sort_values("timestamp", kind="stable")
    sides = {
        name: _numbered(ordered[transition.loc[ordered.index] == plain(called)])
        for name, called in (("start", rule.start), ("end", rule.complete))
    }
    both = sides["start"].merge(sides["end"], "outer", _KEY, suffixes=("_start", "_end"))
    events = pd.DataFrame(
        {
            "journey": both["journey"],
            "touchpoint": both["touchpoint"],
            "timestamp": both["timestamp_start"].fillna(both["timestamp_end"]),
            "end": both["timestamp_end"],
        }
    )
    events.index = pd.Index(both["row_start"].fillna(both["row_end"]).astype("int64"), name=rows.index.name)
    alone = both["row_start"].isna() | both["row_end"].isna()
    return Executions(
        events.sort_index(), int(alone.sum()), len(rows) - sum(len(side) for side in sides.values())
    )


def _numbered(side: pd.DataFrame) -> pd.DataFrame:
    nth = side.groupby(["journey", "touchpoint", "instance"], dropna=False).cumcount()
    return side.assign(nth=nth)[[*_KEY, "timestamp", "row"]]
