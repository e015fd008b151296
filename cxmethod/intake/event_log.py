"""An event log, one row an event → events and journeys."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import EventLogSource, Problem
from cxmethod.engagement.process_sources import Lifecycle
from cxmethod.engagement.schemas import plain
from cxmethod.engagement.settings import Reached
from cxmethod.intake.answers import answer_key, answer_keys
from cxmethod.intake.columns import Columns, find_columns
from cxmethod.intake.executions import executions
from cxmethod.intake.files import ClientFile
from cxmethod.intake.parts import Known, Notice, Part
from cxmethod.intake.times import Moments, moments

_LISTED = 10


def read_event_log(source: EventLogSource, file: ClientFile, known: Known) -> Part:
    """Events in the file's order, and how each journey ended.

    A journey succeeds when one of its events meets `success`; else it is open when one meets `open`; else it
    failed. Without `success` in the settings all are open.
    """
    columns = find_columns(file, _names(source))
    problems = [*columns.problems, *_unknown_touchpoints(source, file.name, known)]
    if any(name not in columns for name in (source.case, source.activity, source.timestamp)):
        return Part(file.name, source.kind, problems=tuple(problems))
    times = moments(columns.typed(source.timestamp))
    labels = columns.cells(source.activity)
    touchpoints = labels.map(_meanings(source, labels)).astype("string")
    problems += _cell_problems(source, columns, times, known)
    success = _met(source.success, columns, labels, touchpoints)
    problems += _absent_success(source, columns, labels, success, known)
    rows = pd.DataFrame(
        {"journey": columns.cells(source.case), "touchpoint": touchpoints, "timestamp": times.values}
    )
    events, late, timed = _timed(source, columns, rows)
    problems += late
    events = events.assign(
        **{name: cells.loc[events.index] for name, cells in _people(source, columns).items()}
    )
    journeys = _journeys(source, rows["journey"], success, _met(source.open, columns, labels, touchpoints))
    return Part(
        file.name,
        source.kind,
        {"events": events, "journeys": journeys},
        frozenset(columns.places.values()),
        {name: columns.heading(column) for name, column in _people_names(source, columns).items()},
        tuple(problems),
        (*_time_notices(file.name, times), *timed, *_label_notices(source, file.name, labels, known)),
    )


def _names(source: EventLogSource) -> list[str | None]:
    decided = [rule.column for rule in (source.success, source.open) if rule is not None]
    people = [source.respondent, source.persona]
    cycle = [] if source.lifecycle is None else [source.lifecycle.column, source.lifecycle.instance]
    return [source.case, source.activity, source.timestamp, source.end, *cycle, *people, *decided]


def _timed(
    source: EventLogSource, columns: Columns, rows: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem], list[Notice]]:
    """`rows` as events with the `end` that a column or a row of its own gives; what is wrong, what to know."""
    if source.lifecycle is not None and source.lifecycle.column in columns:
        return _paired(source.lifecycle, columns, rows)
    if source.end is None or source.end not in columns:
        return rows, [], []
    ends = moments(columns.typed(source.end))
    problems = columns.wrong(source.end, ends.unreadable, "intake.rule_timestamp")
    problems += columns.wrong(source.end, ends.two_readings, "intake.rule_day_or_month")
    problems += columns.wrong(source.end, ends.zone_lost, "engagement.rule_zone")
    problems += columns.wrong(source.end, ends.values < rows["timestamp"], "intake.rule_end_before_start")
    return rows.assign(end=ends.values), problems, _time_notices(columns.file.name, ends)


def _paired(
    rule: Lifecycle, columns: Columns, rows: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem], list[Notice]]:
    transition = columns.cells(rule.column)
    rows = rows.assign(transition=transition)
    if rule.instance is not None and rule.instance in columns:
        rows = rows.assign(instance=columns.cells(rule.instance))
    found = executions(rows, rule)
    if found.events.empty:
        limits = {
            "start": rule.start,
            "complete": rule.complete,
            "given": tuple(transition.dropna().unique()[:_LISTED]),
        }
        heading = columns.heading(rule.column)
        return (
            found.events,
            [Problem("intake.rule_lifecycle_absent", columns.file.name, heading, limits=limits)],
            [],
        )
    backwards = found.events["end"] < found.events["timestamp"]
    late = backwards.reindex(rows.index, fill_value=False)
    counted = (("intake.unpaired", found.unpaired), ("intake.other_transitions", found.other))
    notices = [Notice(code, {"file": columns.file.name}, count) for code, count in counted if count]
    return found.events, columns.wrong(rule.column, late, "intake.rule_end_before_start"), notices


def _people_names(source: EventLogSource, columns: Columns) -> dict[str, str]:
    named = {"respondent": source.respondent, "persona": source.persona}
    return {name: column for name, column in named.items() if column is not None and column in columns}


def _people(source: EventLogSource, columns: Columns) -> dict[str, pd.Series[str]]:
    return {name: columns.cells(column) for name, column in _people_names(source, columns).items()}


def _unknown_touchpoints(source: EventLogSource, file: str, known: Known) -> list[Problem]:
    if known.touchpoints is None:
        return []
    return [
        Problem("intake.rule_label_touchpoint", file, limits={"label": label, "touchpoint": touchpoint})
        for label, touchpoint in source.activities.items()
        if touchpoint not in known.touchpoints
    ]


def _meanings(source: EventLogSource, labels: pd.Series[str]) -> dict[str, str]:
    """Label → touchpoint; a label that the settings do not name stands for itself."""
    by_plain = {plain(label): touchpoint for label, touchpoint in source.activities.items()}
    return {
        label: source.activities.get(label) or by_plain.get(plain(label), label)
        for label in labels.dropna().unique()
    }


def _cell_problems(source: EventLogSource, columns: Columns, times: Moments, known: Known) -> list[Problem]:
    problems = []
    for name in dict.fromkeys((source.case, source.activity, source.timestamp)):
        problems += columns.wrong(name, columns.cells(name).isna(), "engagement.rule_filled")
    problems += columns.wrong(source.timestamp, times.unreadable, "intake.rule_timestamp")
    first = times.two_readings & ~times.two_readings.duplicated()
    problems += columns.wrong(source.timestamp, first, "intake.rule_day_or_month")
    problems += columns.wrong(source.timestamp, times.zone_lost, "engagement.rule_zone")
    if source.persona in columns and known.personas is not None:
        assert source.persona is not None
        personas = columns.cells(source.persona)
        lost = personas.notna() & ~personas.isin(known.personas)
        problems += columns.wrong(source.persona, lost, "engagement.rule_reference", table="personas")
    return problems


def _met(
    rule: Reached | None, columns: Columns, labels: pd.Series[str], touchpoints: pd.Series[str]
) -> pd.Series[bool]:
    """The events that meet `rule`."""
    if rule is None or (rule.column is not None and rule.column not in columns):
        return pd.Series(False, labels.index)
    if rule.column is not None:
        keys = answer_keys(columns.cells(rule.column), decimal_comma=columns.file.grid.decimal_comma)
        return keys == answer_key(rule.value)
    assert rule.reached is not None
    exact = (labels == rule.reached) | (touchpoints == rule.reached)
    if not exact.any():
        wanted = plain(rule.reached)
        alike = [label for label in labels.dropna().unique() if plain(label) == wanted]
        exact = labels.isin(alike)
    return exact.fillna(False).astype(bool)


def _absent_success(
    source: EventLogSource, columns: Columns, labels: pd.Series[str], met: pd.Series[bool], known: Known
) -> list[Problem]:
    """A success that no event meets and that nothing else knows: a slip of spelling, not a hundred failures."""
    rule = source.success
    if rule is None or met.any() or (rule.column is not None and rule.column not in columns):
        return []
    if rule.reached is not None:
        named = {*source.activities, *source.activities.values(), *(known.touchpoints or ())}
        if rule.reached in named:
            return []
        name, wanted, cells = source.activity, rule.reached, labels
    else:
        assert rule.column is not None
        name, wanted, cells = rule.column, str(rule.value), columns.cells(rule.column)
    limits = {"success": wanted, "given": tuple(cells.dropna().unique()[:_LISTED])}
    return [Problem("intake.rule_success_absent", columns.file.name, columns.heading(name), limits=limits)]


def _journeys(
    source: EventLogSource, cases: pd.Series[str], success: pd.Series[bool], still: pd.Series[bool]
) -> pd.DataFrame:
    first = cases[~cases.duplicated() & cases.notna()]
    if source.success is None:
        return pd.DataFrame({"journey": first, "outcome": "open"})
    ended = np.select([first.isin(cases[success]), first.isin(cases[still])], ["success", "open"], "failure")
    return pd.DataFrame({"journey": first, "outcome": ended})


def _time_notices(file: str, times: Moments) -> list[Notice]:
    return [Notice("intake.naive_times", {"file": file}, times.naive)] if times.naive else []


def _label_notices(source: EventLogSource, file: str, labels: pd.Series[str], known: Known) -> list[Notice]:
    counted = labels.value_counts()  # the most frequent first
    given = {plain(label) for label in counted.index}
    mapped = {plain(label) for label in source.activities}
    at_home = known.touchpoints or frozenset()
    ad_hoc = [label for label in counted.index if plain(label) not in mapped and label not in at_home]
    if not mapped and not at_home:
        ad_hoc = []  # nothing says yet what the map holds
    absent = tuple(label for label in source.activities if plain(label) not in given)
    notices = []
    if ad_hoc:
        notices.append(
            Notice("intake.ad_hoc", {"file": file, "labels": tuple(ad_hoc[:_LISTED])}, len(ad_hoc))
        )
    if absent:
        notices.append(Notice("intake.labels_absent", {"file": file, "labels": absent}, len(absent)))
    return notices
