"""A state of an engagement, as it was left: what of its saved results still follows from its own inputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.engagement.results import is_whole
from cxmethod.steps.obtain import STEPS, obtain_all

Why = Literal["never", "stale", "other_version"]
Needed = Mapping[str, tuple[str, ...]]
"""Result table → the columns that are needed of it."""


@dataclass(frozen=True)
class Saved:
    """What a state holds of one step, or why nothing of it can be used.

    Parameters
    ----------
    tables : mapping
        Result tables by name; none where `why` says so.
    facts : mapping
    why : {"never", "stale", "other_version"} or None
        `never` saved, `stale` by the state's own inputs, or kept by another version with other columns.
    package : str
        The version of the method that computed it.
    notebook : str
        Fingerprint of the notebook that it was computed in.
    """

    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    why: Why | None = None
    package: str = ""
    notebook: str = ""


class State:
    """One state: the engagement in a folder, opened to be read only.

    Parameters
    ----------
    engagement : Engagement
    compute : collection of str
        Steps to work out in memory where they are missing or do not follow; nothing is saved.
    """

    def __init__(self, engagement: Engagement, compute: Collection[str] = ()) -> None:
        self.engagement = engagement
        self._computed = obtain_all(engagement, save=False, wanted=compute) if compute else {}

    def saved(self, step: str, needed: Needed) -> Saved:
        """What the state holds of `step`, as far as it can be used."""
        if step in self._computed:
            basis = self.engagement.basis(STEPS[step].spec)
            result = self._computed[step]
            return Saved(result.tables(), result.facts, None, basis["package"], str(basis["notebook"]))
        why = _unusable(self.engagement, step)
        if why is not None:
            return Saved({}, {}, why)
        entry = self.engagement.manifest()["steps"][step]
        try:
            tables, summary = self.engagement.load(step)
            held = all(set(columns) <= set(tables[name].columns) for name, columns in needed.items())
        except (KeyError, ValueError, OSError):
            held = False
        if not held:
            return Saved({}, {}, "other_version")
        return Saved(
            tables, summary.get("facts", {}), None, str(entry.get("package")), str(entry.get("notebook"))
        )


def _unusable(engagement: Engagement, step: str) -> Why | None:
    """Why a saved result cannot be used: by the state's own inputs, not by the version that reads it now.

    An older state was computed by an older version, and that is what its report said. Its tables are compared with their
    fingerprints in any case; settings and decisions only under the version that took theirs, as a version may add some.
    """
    spec = STEPS[step].spec
    entry = engagement.manifest()["steps"].get(step)
    if not isinstance(entry, dict) or not is_whole(engagement.folder / "results" / step):
        return "never"
    now = engagement.basis(spec)
    read = entry.get("tables", {})
    follows = all(read[name] == mark for name, mark in now["tables"].items() if name in read)
    if entry.get("package") == now["package"]:
        follows = follows and all(entry.get(part) == now[part] for part in ("settings", "decisions", "after"))
    earlier = [_unusable(engagement, name) for name in spec.after]
    return "stale" if not follows or any(earlier) else None
