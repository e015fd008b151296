"""A process log, one row an execution of an activity or one row a start or an end → process events."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Problem
from cxmethod.engagement.process_sources import Lifecycle, ProcessColumn, ProcessLogSource
from cxmethod.engagement.schemas import plain
from cxmethod.intake.columns import Columns, find_columns
from cxmethod.intake.executions import executions
from cxmethod.intake.files import ClientFile
from cxmethod.intake.parts import Known, Notice, Part
from cxmethod.intake.times import Moments, moments

_LISTED = 10


def read_process_log(source: ProcessLogSource, file: ClientFile, known: Known) -> Part:
    """Executions with their start, where one is told, and their end, in UTC.

    With `lifecycle` starts and ends are paired, as `executions` says; an end alone stays an event without a start, and
    a start alone is still open: it is counted and left out.
    """
    columns = find_columns(file, _names(source))
    if columns.problems:
        return Part(file.name, source.kind, problems=columns.problems)
    times = {name: moments(columns.typed(name)) for name in (source.start, source.end) if name is not None}
    problems = [*_cell_problems(source, columns, times), *_zones(source, file.name, times)]
    rows = _rows(source, columns, times)
    problems += _unknown_processes(source, file.name, rows["process"], known)
    notices = _naive(file.name, times)
    if source.lifecycle is not None and not problems:
        rows, absent, told = _paired(source.lifecycle, columns, rows)
        problems, notices = [*problems, *absent], [*notices, *told]
    if not problems:
        late = (rows["end"] < rows["start"]).reindex(file.frame.index, fill_value=False)
        problems += columns.wrong(source.end, late, "intake.rule_end_before_start")
    return Part(
        file.name,
        source.kind,
        {"process_events": rows},
        frozenset(columns.places.values()),
        problems=tuple(problems),
        notices=tuple(notices),
    )


def _names(source: ProcessLogSource) -> list[str | None]:
    process = source.process.column if isinstance(source.process, ProcessColumn) else None
    cycle = [source.lifecycle.column, source.lifecycle.instance] if source.lifecycle is not None else []
    return [process, source.case, source.activity, source.start, source.end, source.resource, *cycle]


def _rows(source: ProcessLogSource, columns: Columns, times: dict[str, Moments]) -> pd.DataFrame:
    unknown = pd.Series(pd.NaT, columns.file.frame.index, dtype=times[source.end].values.dtype)
    process: pd.Series[str] | str = (
        columns.cells(source.process.column) if isinstance(source.process, ProcessColumn) else source.process
    )
    return pd.DataFrame(
        {
            "process": process,
            "case": columns.cells(source.case),
            "activity": columns.cells(source.activity),
            "start": times[source.start].values if source.start is not None else unknown,
            "end": times[source.end].values,
            "resource": columns.cells(source.resource) if source.resource is not None else pd.NA,
        }
    )


def _cell_problems(source: ProcessLogSource, columns: Columns, times: dict[str, Moments]) -> list[Problem]:
    process = source.process.column if isinstance(source.process, ProcessColumn) else None
    filled = [process, source.case, source.activity, source.end]
    problems = []
    for name in dict.fromkeys(one for one in filled if one is not None):
        problems += columns.wrong(name, columns.cells(name).isna(), "engagement.rule_filled")
    for name, read in times.items():
        problems += columns.wrong(name, read.unreadable, "intake.rule_timestamp")
        first = read.two_readings & ~read.two_readings.duplicated()
        problems += columns.wrong(name, first, "intake.rule_day_or_month")
        problems += columns.wrong(name, read.zone_lost, "engagement.rule_zone")
    return problems


def _zones(source: ProcessLogSource, file: str, times: dict[str, Moments]) -> list[Problem]:
    """A start in local time and an end with its offset would give hours of work that nobody did."""
    told = {name: read.naive < int(read.values.notna().sum()) for name, read in times.items()}
    known = [name for name, read in times.items() if read.values.notna().any()]
    if len({told[name] for name in known}) < 2 or any(read.zone_lost.any() for read in times.values()):
        return []
    return [Problem("intake.rule_zones", file, str(source.start), limits={"other": source.end})]


def _unknown_processes(
    source: ProcessLogSource, file: str, named: pd.Series[str], known: Known
) -> list[Problem]:
    if known.processes is None:
        return []
    heading = source.process.column if isinstance(source.process, ProcessColumn) else "process"
    lost = [name for name in named.dropna().unique() if name not in known.processes]
    limits = {"known": tuple(sorted(known.processes))[:_LISTED]}
    return [
        Problem("intake.rule_process", file, heading, limits={**limits, "process": name}) for name in lost
    ]


def _paired(
    rule: Lifecycle, columns: Columns, rows: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem], list[Notice]]:
    """One row an execution; the index is the row of its start in the client's file, else that of its end."""
    transition = columns.cells(rule.column)
    cases = rows.groupby(["process", "case"], sort=False, dropna=False).ngroup()
    told = pd.DataFrame(
        {"journey": cases, "touchpoint": rows["activity"], "timestamp": rows["end"], "transition": transition}
    )
    if rule.instance is not None:
        told = told.assign(instance=columns.cells(rule.instance))
    found = executions(told, rule)
    if found.events.empty:
        limits = {
            "start": rule.start,
            "complete": rule.complete,
            "given": tuple(transition.dropna().unique()[:_LISTED]),
        }
        heading = columns.heading(rule.column)
        return rows, [Problem("intake.rule_lifecycle_absent", columns.file.name, heading, limits=limits)], []
    begun = transition.map(plain, na_action="ignore").loc[found.events.index] == plain(rule.start)
    paired = rows.loc[found.events.index].assign(
        start=found.events["timestamp"].where(begun), end=found.events["end"]
    )
    still = paired["end"].isna()
    counted = (
        ("intake.unpaired", found.unpaired),
        ("intake.still_open", int(still.sum())),
        ("intake.other_transitions", found.other),
    )
    notices = [Notice(code, {"file": columns.file.name}, count) for code, count in counted if count]
    return paired[~still], [], notices


def _naive(file: str, times: dict[str, Moments]) -> list[Notice]:
    naive = sum(read.naive for read in times.values())
    return [Notice("intake.naive_times", {"file": file}, naive)] if naive else []
