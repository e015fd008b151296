"""A wide survey, one row a respondent → ratings, outcomes and respondents."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Problem, SurveySource
from cxmethod.engagement.schemas import plain
from cxmethod.intake.answers import Key, answer_key, answer_keys, code_keys, numbers
from cxmethod.intake.columns import Columns, find_columns
from cxmethod.intake.files import ClientFile
from cxmethod.intake.parts import Known, Notice, Part
from cxmethod.intake.patterns import STAR, star_part
from cxmethod.intake.privacy import identifying
from cxmethod.intake.ratings import read_ratings
from cxmethod.intake.scores import read_scores
from cxmethod.intake.survey_settings import settings_problems


@dataclass(frozen=True)
class People:
    """Who answered, by row: the rows that name a respondent once, with what the settings say of them."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]


def read_survey(source: SurveySource, file: ClientFile, known: Known) -> Part:
    """Ratings, outcomes and respondents of one survey file.

    Blank answers and codes that mean unknown stay blank and are counted. Codes that are numbers speak of the
    rating scale only: an outcome of 0 on a 0–10 scale is an answer.
    """
    columns = find_columns(file, _names(source))
    problems = [*columns.problems, *settings_problems(source, columns, known)]
    problems += identifying(columns, source.attributes)
    if source.respondent is not None and source.respondent not in columns:
        return Part(file.name, source.kind, problems=tuple(problems))
    people = _people(source, columns, known)
    ratings = read_ratings(source, columns, people.frame)
    outcomes = _outcomes(source, columns, people.frame)
    scores = read_scores(source, columns, people.frame)
    respondents = people.frame.drop(columns="wave", errors="ignore").join(_attributes(source, columns))
    rated = {"ratings": ratings.frame} if source.ratings or source.importance else {}
    tables = {"respondents": respondents} | rated | outcomes.tables | scores.tables
    return Part(
        file.name,
        source.kind,
        tables,
        frozenset(columns.places.values()),
        _headings(source, columns),
        (*problems, *people.problems, *ratings.problems, *outcomes.problems, *scores.problems),
        (*ratings.notices, *outcomes.notices),
        ratings.blanks,
        ratings.unknown,
        by_wave=source.by_wave,
    )


def _names(source: SurveySource) -> list[str | None]:
    rated = [column for mapping in source.ratings.values() for column in mapping]
    outcome = source.outcome.column if source.outcome else None
    people = [source.respondent, source.persona, source.weight, source.wave]
    return [*people, *rated, *source.importance, outcome, *source.scores.values(), *source.attributes]


def _headings(source: SurveySource, columns: Columns) -> dict[str, str]:
    named = {
        "respondent": source.respondent,
        "persona": source.persona,
        "weight": source.weight,
        "outcome": source.outcome.column if source.outcome else None,
    }
    attributes = {name: column for column, name in source.attributes.items()}
    return {
        name: columns.heading(column)
        for name, column in (named | attributes).items()
        if column is not None and column in columns
    }


def _people(source: SurveySource, columns: Columns, known: Known) -> People:
    frame, problems = _respondents(source, columns)
    if source.persona in columns:
        assert source.persona is not None
        personas = columns.cells(source.persona)
        if known.personas is not None:
            lost = personas.notna() & ~personas.isin(known.personas)
            problems += columns.wrong(source.persona, lost, "engagement.rule_reference", table="personas")
        frame = frame.assign(persona=personas)
    if source.weight in columns:
        assert source.weight is not None
        weights, faults = _weights(source.weight, columns)
        frame, problems = frame.assign(weight=weights), problems + faults
    return People(frame, tuple(problems))


def _respondents(source: SurveySource, columns: Columns) -> tuple[pd.DataFrame, list[Problem]]:
    rows = columns.file.frame.index
    frame = pd.DataFrame(index=rows)
    if source.wave in columns:
        assert source.wave is not None
        frame["wave"] = columns.cells(source.wave)
    elif source.wave is None and STAR in source.file:
        frame["wave"] = pd.Series(star_part(source.file, columns.file.name), rows, dtype="string")
    if source.respondent is None:
        # The file and the row name a respondent whom the client does not name.
        ids = pd.Series(rows.astype("string"), index=rows)
        frame.insert(0, "respondent", f"{plain(columns.file.name)}-" + ids)
        return frame, []
    frame.insert(0, "respondent", columns.cells(source.respondent))
    blank = frame["respondent"].isna()
    twice = frame.duplicated() & ~blank
    problems = columns.wrong(source.respondent, blank, "engagement.rule_filled")
    problems += columns.wrong(source.respondent, twice, "intake.rule_respondent_twice")
    return frame[~(blank | twice)], problems


def _weights(name: str, columns: Columns) -> tuple[pd.Series[float], list[Problem]]:
    cells = columns.cells(name)
    weights = numbers(answer_keys(cells, decimal_comma=columns.file.grid.decimal_comma))
    wrong = cells.notna() & ~(weights >= 0)
    problems = columns.wrong(name, cells.isna(), "intake.rule_weight_blank")
    return weights, problems + columns.wrong(name, wrong, "intake.rule_weight")


def _attributes(source: SurveySource, columns: Columns) -> pd.DataFrame:
    found = {name: columns.cells(column) for column, name in source.attributes.items() if column in columns}
    return pd.DataFrame(found, index=columns.file.frame.index)


@dataclass(frozen=True)
class Outcomes:
    """How it ended for each respondent, with what is wrong and what a reader should know."""

    tables: dict[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()


def _outcomes(source: SurveySource, columns: Columns, people: pd.DataFrame) -> Outcomes:
    if source.outcome is None or source.outcome.column not in columns:
        return Outcomes({})
    name, success = source.outcome.column, source.outcome.success
    keys = answer_keys(columns.cells(name), decimal_comma=columns.file.grid.decimal_comma)
    codes = code_keys(source.unknown)
    said = keys.mask(keys.isin([code for code in codes if isinstance(code, str)]))
    values = numbers(said) if success is None else _succeeded(said, answer_key(success))
    problems = columns.wrong(name, said.notna() & values.isna(), "intake.rule_outcome_number")
    if success is not None and not (values == 1).any():
        given = tuple(columns.cells(name).dropna().unique()[:6])
        limits = {"success": success, "given": given}
        problems.append(
            Problem("intake.rule_success_absent", columns.file.name, columns.heading(name), limits=limits)
        )
    frame = people[["respondent"]].assign(outcome=values).dropna(subset=["outcome"])
    notices = _outcome_notices(columns, name, len(people) - len(frame), keys.isin(codes) & values.notna())
    return Outcomes({"outcomes": frame}, tuple(problems), notices)


def _succeeded(keys: pd.Series, success: Key) -> pd.Series[float]:
    return (keys == success).astype("float64").mask(keys.isna())


def _outcome_notices(
    columns: Columns, name: str, left_out: int, coded: pd.Series[bool]
) -> tuple[Notice, ...]:
    place = {"file": columns.file.name, "column": columns.heading(name)}
    notices = []
    if left_out:
        notices.append(Notice("intake.outcomes_unknown", place, left_out))
    if coded.any():
        codes = tuple(columns.cells(name)[coded].unique())
        notices.append(Notice("intake.outcome_codes", place | {"codes": codes}, int(coded.sum())))
    return tuple(notices)
