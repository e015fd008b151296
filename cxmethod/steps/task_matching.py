"""Tasks of process models and the touchpoints that they stand behind: proposed by name, decided by the consultant."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.engagement.schemas import plain
from cxmethod.steps.finding import Finding
from cxmethod.steps.journey import touchpoints_in_order

LEAST_SCORE = 1 / 3
"""Below this share of words in common nothing is proposed."""
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "into",
        "del",
        "las",
        "los",
        "una",
        "uno",
        "con",
        "por",
        "para",
        "que",
        "sus",
        "its",
        "their",
        "our",
    ]
)
_SHORTEST = 3
_STEM = 5
"""Words count as the same by their first letters: «autorizar» and «autorización»."""


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell something, without case, accents and endings."""
    found = re.findall(r"\w+", plain(name).replace("_", " "))
    return frozenset(word[:_STEM] for word in found if len(word) >= _SHORTEST and word not in _SMALL)


def similarity(names: pd.Series[str], others: pd.Series[str]) -> pd.DataFrame:
    """How alike names are: twice the words in common over the words of both (Dice 1945).

    Returns
    -------
    DataFrame
        0 … 1; a row for each of `names`, a column for each of `others`, by their index.
    """
    left, right = [words_of(name) for name in names], [words_of(other) for other in others]
    vocabulary = sorted(frozenset().union(*left, *right))
    a, b = (np.array([[w in own for w in vocabulary] for own in side], dtype=float) for side in (left, right))
    a, b = a.reshape(len(left), -1), b.reshape(len(right), -1)
    sizes = a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :]
    return pd.DataFrame(2 * (a @ b.T) / np.maximum(sizes, 1), names.index, others.index)


def propose(engagement: Engagement) -> pd.DataFrame:
    """Each task of the models with the touchpoint that its name suggests and the one that was decided.

    Returns
    -------
    DataFrame
        `task`, `name`, `process`, `process_name`, `owner`, `proposed` (touchpoint, missing below `LEAST_SCORE`),
        `score` (0 … 1), `matched` (touchpoint), `decided` (also where the task stands behind none).
    """
    tasks = engagement.table("process_tasks")
    points = touchpoints_in_order(engagement).set_index("touchpoint")["name"]
    decisions = engagement.decisions.processes.matched
    frame = tasks[["task", "name", "process", "process_name", "owner"]].assign(
        proposed=pd.Series(pd.NA, tasks.index, dtype="string"), score=np.nan
    )
    if len(tasks) and len(points):
        alike = similarity(tasks["name"], points)
        best = alike.max(axis=1)
        proposed = pd.Series(alike.columns[alike.to_numpy().argmax(axis=1)], tasks.index, dtype="string")
        frame = frame.assign(score=best, proposed=proposed.where(best >= LEAST_SCORE))
    matched = frame["task"].map(decisions).astype("string")
    return frame.assign(decided=matched.notna(), matched=matched.where(matched.isin(points.index)))


def matching_findings(engagement: Engagement, tasks: pd.DataFrame) -> list[Finding]:
    """Tasks on which nobody has decided, and decisions about tasks or touchpoints that are not there."""
    known, points = set(tasks["task"]), set(engagement.table("touchpoints")["touchpoint"])
    lost = [
        Finding("process.match_lost", "warns", task, {"key": task if task not in known else touchpoint})
        for task, touchpoint in engagement.decisions.processes.matched.items()
        if task not in known or (touchpoint and touchpoint not in points)
    ]
    open_ = int((~tasks["decided"]).sum())
    undecided = [Finding("process.match_open", "info", values={"n": open_})] if open_ else []
    return undecided + lost
