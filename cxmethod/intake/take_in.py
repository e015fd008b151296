"""A client's files → the tables of the engagement, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, EventLogSource, InputProblems, Problem, SurveySource
from cxmethod.engagement.process_sources import BpmnSource, ProcessLogSource
from cxmethod.intake.event_log import read_event_log
from cxmethod.intake.files import ClientFile, read_file
from cxmethod.intake.parts import Known, Notice, Part
from cxmethod.intake.patterns import STAR, comparable, fits, star_part, wave_order
from cxmethod.intake.privacy import clashes, pseudonyms
from cxmethod.intake.process_log import read_process_log
from cxmethod.intake.process_model import SUFFIX, read_model_file, read_process_model
from cxmethod.intake.report import Intake, TakenFile
from cxmethod.intake.scale_gate import joined_scales
from cxmethod.intake.survey import read_survey
from cxmethod.intake.together import ORDER, Together, put_together
from cxmethod.intake.waves import files_of_one_wave, waves_found, waves_in_two_files
from cxmethod.intake.writing import write_tables
from cxmethod.language import CxError

Source = SurveySource | EventLogSource | ProcessLogSource | BpmnSource
_IDS = ("respondent", "journey", "case", "resource")
_ABSENT = ("intake.rule_no_file", "intake.rule_no_wave_file")


def take_in(engagement: Engagement, files: Sequence[Path], keep_raw: bool = False) -> Intake:
    """Turn what a client sent into tables, by the sources in the engagement's settings.

    Parameters
    ----------
    engagement : Engagement
    files : sequence of Path
        One for each source, matched by file name whatever its case, and for a source whose name has a star all that match it,
        one a wave; they are read and never changed. A process model
        (``.bpmn``) needs no source, and models may be taken in on their own.
    keep_raw : bool
        Whether the files are copied to ``inputs/raw/`` as they came.

    Returns
    -------
    Intake
        What was written, and what was left out. ``inputs/intake.json`` records the files by name and SHA-256.

    Raises
    ------
    InputProblems
        Everything wrong in all the files; nothing is written then.
    CxError
        When the settings have no sources.
    """
    if not engagement.settings.sources and not all(_is_model(Path(file)) for file in files):
        raise CxError("intake.no_sources", engagement.words)
    clients, problems = _read(engagement, files)
    known, faults = _known(engagement)
    parts = [_part(source, file, known) for file in clients for source in _sources(engagement, file.path)]
    together = put_together(parts)
    _refuse(
        engagement,
        [
            *problems,
            *faults,
            *(fault for part in parts for fault in part.problems),
            *waves_in_two_files(engagement.settings.sources, parts),
            *together.problems,
        ],
    )
    tables, hidden = _pseudonymised(engagement, together)
    _refuse(engagement, [fault for name in tables for fault in engagement.check_frame(name, tables[name])])
    taken = tuple(_taken(file, [part for part in parts if part.file == file.name]) for file in clients)
    written = write_tables(engagement, tables, taken, clients if keep_raw else [])
    if all(_is_model(file.path) for file in clients):
        written = [notice for notice in written if notice.code != "intake.not_renewed"]
    legacy = (
        Notice("engagement.legacy_encoding", {"file": file.name}) for file in clients if file.grid.legacy
    )
    found = (notice for part in parts for notice in part.notices)
    joined = joined_scales(engagement.settings.sources)
    return Intake(
        {name: len(frame) for name, frame in tables.items()},
        sum(part.blanks for part in parts),
        sum(part.unknown for part in parts),
        taken,
        (
            *legacy,
            *found,
            *together.notices,
            *joined,
            *waves_found(tables),
            *_ends(tables),
            *hidden,
            *written,
        ),
    )


def _refuse(engagement: Engagement, problems: list[Problem]) -> None:
    if problems:
        raise InputProblems(problems, engagement.words)


def _read(engagement: Engagement, files: Sequence[Path]) -> tuple[list[ClientFile], list[Problem]]:
    matched, problems = _matched(engagement, [Path(file) for file in files])
    read = [_read_one(engagement, path) for path in matched]
    problems += [problem for one in read if isinstance(one, list) for problem in one]
    return [one for one in read if isinstance(one, ClientFile)], problems


def _read_one(engagement: Engagement, path: Path) -> ClientFile | list[Problem]:
    models = all(isinstance(source, BpmnSource) for source in _sources(engagement, path))
    return read_model_file(path) if models else read_file(path)


def _is_model(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX


def _matched(engagement: Engagement, files: list[Path]) -> tuple[list[Path], list[Problem]]:
    """The files that have a source, in the order of the sources and waves; and files and sources left over."""
    wanted = _wanted(engagement, files)
    given: dict[str, Path] = {}
    problems = []
    for path in files:
        name = comparable(path.name)
        if not any(fits(file, path.name) for file in wanted):
            problems.append(Problem("intake.rule_no_source", path.name, limits={"expected": tuple(wanted)}))
        elif name in given:
            problems.append(Problem("intake.rule_file_twice", path.name))
        elif _is_table(engagement, path):
            problems.append(Problem("intake.rule_file_is_table", path.name))
        given.setdefault(name, path)
    matched: dict[str, Path] = {}
    for file in wanted:
        own = sorted(
            (path for path in given.values() if fits(file, path.name)),
            key=lambda path: wave_order(star_part(file, path.name) or ""),
        )
        problems += [] if own else [Problem(_ABSENT[STAR in file], file)]
        problems += files_of_one_wave(file, [path.name for path in own])
        matched |= {comparable(path.name): path for path in own if comparable(path.name) not in matched}
    return list(matched.values()), problems


def _wanted(engagement: Engagement, files: list[Path]) -> list[str]:
    """Names of the files that the sources name; only models where only those are given."""
    sources = [source.file for source in engagement.settings.sources]
    models = [path.name for path in files if _is_model(path)]
    if files and len(models) == len(files):
        return models
    return sources + [name for name in models if not any(fits(file, name) for file in sources)]


def _is_table(engagement: Engagement, path: Path) -> bool:
    return path.stem in ORDER and path.resolve().parent == engagement.inputs.resolve()


def _sources(engagement: Engagement, path: Path) -> list[Source]:
    named = [source for source in engagement.settings.sources if fits(source.file, path.name)]
    return named or [BpmnSource(kind="bpmn", file=path.name)]


def _part(source: Source, file: ClientFile, known: Known) -> Part:
    if isinstance(source, SurveySource):
        return read_survey(source, file, known)
    if isinstance(source, EventLogSource):
        return read_event_log(source, file, known)
    if isinstance(source, ProcessLogSource):
        return read_process_log(source, file, known)
    return read_process_model(source, file)


def _known(engagement: Engagement) -> tuple[Known, list[Problem]]:
    """Keys of the engagement's own tables that sources refer to, and what is wrong in those tables."""
    names = ["touchpoints", "processes", *([] if engagement.settings.persona else ["personas"])]
    problems = engagement.problems(names)
    broken = bool(problems)
    keys = {name: _keys(engagement, name) for name in names if not broken and engagement.has(name)}
    return Known(keys.get("touchpoints"), keys.get("personas"), keys.get("processes")), problems


def _keys(engagement: Engagement, table: str) -> frozenset[str]:
    return frozenset(engagement.table(table)[TABLES[table].unique[0]])


def _pseudonymised(
    engagement: Engagement, together: Together
) -> tuple[dict[str, pd.DataFrame], list[Notice]]:
    people, cases = _distinct(together, "respondent"), _distinct(together, "journey")
    seed, behind = engagement.settings.seed, _distinct(together, "case")
    staff = _distinct(together, "resource")
    names = pseudonyms(people, cases, seed) | pseudonyms((), behind, seed) | pseudonyms((), staff, seed)
    if not names:
        return together.tables, []
    ids = people | cases | behind | staff
    if clashes(names, ids):
        raise CxError("intake.pseudonym_clash", engagement.words)
    lookup = {person: names.get(person, person) for person in ids}
    tables = {
        table: frame.assign(**{name: frame[name].map(lookup) for name in _IDS if name in frame})
        for table, frame in together.tables.items()
    }
    return tables, [Notice("intake.pseudonyms", count=len(names))]


def _distinct(together: Together, name: str) -> set[str]:
    columns = [frame[name].dropna().unique() for frame in together.tables.values() if name in frame]
    return set().union(*columns)


def _ends(tables: dict[str, pd.DataFrame]) -> Iterable[Notice]:
    if "journeys" not in tables:
        return
    counts = tables["journeys"]["outcome"].value_counts()
    ended = {name: int(counts.get(name, 0)) for name in ("success", "failure", "open")}
    yield Notice("intake.journeys", ended, int(counts.sum()))


def _taken(file: ClientFile, parts: list[Part]) -> TakenFile:
    used = frozenset().union(*(part.used for part in parts))
    unused = tuple(
        heading or f"#{place + 1}" for place, heading in enumerate(file.headings) if place not in used
    )
    kinds = ", ".join(dict.fromkeys(part.kind for part in parts))
    tables = tuple(name for name in ORDER if any(name in part.tables for part in parts))
    return TakenFile(file.name, file.digest, len(file.content), kinds, tables, len(file.frame), unused)
