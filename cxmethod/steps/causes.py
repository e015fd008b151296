"""Which evidence changed: tables, settings, decisions, the method itself, and which part of the work reads each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, InputProblems
from cxmethod.engagement.field_changes import decision_changes, setting_changes
from cxmethod.engagement.row_changes import RowChanges, row_changes
from cxmethod.engagement.saving import fingerprint
from cxmethod.steps.obtain import STEPS
from cxmethod.steps.states import Saved

PARTS = {
    "touchpoints": None,
    "emotions": "04_touchpoints",
    "moments": "05_moments_of_truth",
    "portfolio": "07_opportunities",
}
"""What is compared, and the step whose results tell of it; the map itself needs none."""
_MAP = (("touchpoints", "phases"), ("scope",))
_SETTINGS = {
    "touchpoints": (),
    "emotions": ("thresholds.confidence", "thresholds.min_n", "thresholds.suppress_below"),
    "moments": ("thresholds.", "seed"),
    "portfolio": ("thresholds.", "seed", "budget."),
}
"""Beginnings of the settings that a part reads. Client, dates, language and colours move no figure."""
_NOT_OF_EVERYONE = "01_persona"
"""What is compared is told of everyone, and does not depend on who belongs to which persona."""
_COLUMNS = ["part", "kind", "what"]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the two states stand on, where it differs.

    Parameters
    ----------
    tables : DataFrame
        `table`, `change` (added, removed, rows, rewritten — other bytes, same rows — or unreadable), `rows_before`,
        `rows_after`, `added`, `removed`, `changed`, `columns` (where rows changed, joined by ``;``).
    settings, decisions : DataFrame
        `place`, `before`, `after`.
    cells : mapping
        Table → cells of it that differ.
    """

    tables: pd.DataFrame
    settings: pd.DataFrame
    decisions: pd.DataFrame
    cells: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def evidence(before: Engagement, after: Engagement) -> Evidence:
    """Compare input tables by fingerprint and by rows, settings and decisions field by field."""
    rows: list[dict[str, object]] = []
    cells: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        paths = [state.table_path(name) for state in (before, after)]
        marks = [fingerprint(path) if path else None for path in paths]
        if marks[0] == marks[1]:
            continue
        try:
            found = row_changes(before.table(name), after.table(name), TABLES[name].unique)
        except InputProblems:
            rows.append({"table": name, "change": "unreadable"})
            continue
        cells[name] = found.cells
        if found.before or found.after:
            rows.append({"table": name, "change": _change(found), **_counts(found)})
    columns = ["table", "change", "rows_before", "rows_after", "added", "removed", "changed", "columns"]
    tables = pd.DataFrame(rows, columns=columns)
    return Evidence(
        tables.astype(dict.fromkeys(columns[2:-1], "Int64")),
        setting_changes(before.settings, after.settings),
        decision_changes(before.decisions, after.decisions),
        cells,
    )


def _change(found: RowChanges) -> str:
    if not found.before:
        return "added"
    if not found.after:
        return "removed"
    return "rows" if found.any else "rewritten"


def _counts(found: RowChanges) -> dict[str, object]:
    columns = ";".join(dict.fromkeys(found.cells["column"]))
    return {
        "rows_before": found.before, "rows_after": found.after, "added": found.added, "removed": found.removed,
        "changed": found.changed, "columns": columns,
    }  # fmt: skip


def causes(found: Evidence, saved: Mapping[str, tuple[Saved, Saved]], moved: Collection[str]) -> pd.DataFrame:
    """For each part that moved: what changed among all that its step, and those before it, read.

    Parameters
    ----------
    found : Evidence
    saved : mapping
        Step → what each state holds of it.
    moved : collection of str
        Parts that could be compared and in which something moved.

    Returns
    -------
    DataFrame
        `part`, `kind` (table, setting, decision, package, notebook, method), `what`. Only where no table, setting or decision
        that the part reads changed is there a row `method`: the figures can then only differ by how they were computed.
    """
    rows: list[tuple[str, str, str]] = []
    for part, step in PARTS.items():
        if part not in moved:
            continue
        own = _of_inputs(found, part, step)
        if step is not None:
            own += _of_method(saved[step], bool(own))
        rows += [(part, *one) for one in own]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype="string")


def _of_inputs(found: Evidence, part: str, step: str | None) -> list[tuple[str, str]]:
    tables, sections = _read_by(step) if step is not None else (set(_MAP[0]), set(_MAP[1]))
    real = found.tables[found.tables["change"] != "rewritten"]
    settings = found.settings["place"][found.settings["place"].str.startswith(_SETTINGS[part])]
    decisions = found.decisions["place"]
    return [
        *(("table", name) for name in real["table"] if name in tables),
        *(("setting", place) for place in settings),
        *(("decision", place) for place in decisions if place.split(".")[0] in sections),
    ]


def _of_method(saved: tuple[Saved, Saved], known: bool) -> list[tuple[str, str]]:
    old, new = saved
    if old.package != new.package:
        return [("package", f"{old.package} → {new.package}")]
    if known:
        return []
    return [("notebook", "")] if old.notebook != new.notebook else [("method", "")]


def _read_by(step: str) -> tuple[set[str], set[str]]:
    """Tables and sections of the decisions that a step reads, itself or through the steps that it builds on."""
    spec = STEPS[step].spec
    tables, sections = set(spec.tables), set(spec.decisions)
    for name in spec.after:
        if name != _NOT_OF_EVERYONE:
            more = _read_by(name)
            tables |= more[0]
            sections |= more[1]
    return tables, sections
