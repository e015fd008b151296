"""Where journeys that succeed and journeys that fail part ways."""

from __future__ import annotations

import pandas as pd

from cxmethod.stats.event_log import EventLog
from cxmethod.stats.intervals import adjust, newcombe

OUTCOMES = ("success", "failure")


def transitions(log: EventLog, confidence: float = 0.95) -> pd.DataFrame:
    """The moves from touchpoint to touchpoint, successful journeys against failed ones.

    The unit is the journey: of those of an outcome that visit the source, the share that go from it straight
    to the target at least once. Journeys with neither outcome are left out.

    Returns
    -------
    DataFrame
        For each move that occurs: `source`, `target`; for each outcome `_n` (journeys that visit the
        source), `_p` (share of them that make the move; NaN where n is 0) and `_count` (how often the move
        occurs, by event); then `difference` (success_p − failure_p), `low`, `high` (Newcombe), `p_adjusted`
        (Benjamini–Hochberg over the rows).
    """
    pairs = ["source", "target"]
    moves, journeys = (_by_outcome(log.tally(name), pairs) for name in ("moves", "pairs"))
    visitors = _by_outcome(log.tally("visits"), ["touchpoint"])
    table = journeys.index.to_frame(index=False)
    n = visitors.reindex(table["source"]).reset_index(drop=True)
    made, events = journeys.reset_index(drop=True), moves.reindex(journeys.index).reset_index(drop=True)
    for name in OUTCOMES:
        table[f"{name}_n"] = n[name]
        table[f"{name}_p"] = made[name] / n[name].where(n[name] > 0)
        table[f"{name}_count"] = events[name]
    difference = newcombe(made["success"], n["success"], made["failure"], n["failure"], confidence)
    table[["difference", "low", "high"]] = difference[["difference", "low", "high"]]
    table["p_adjusted"] = adjust(difference["p_value"], "benjamini-hochberg")
    return table


def _by_outcome(tally: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Journeys (or events) of each outcome, in the order of `by`; what ends a journey is no move."""
    known = tally[tally["outcome"].isin(OUTCOMES)].dropna(subset=by)
    value = "count" if "count" in tally else "journeys"
    counts = known.pivot_table(value, by, "outcome", aggfunc="sum", fill_value=0)
    return counts.reindex(columns=list(OUTCOMES), fill_value=0).astype("int64").sort_index()
