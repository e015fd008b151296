"""A survey source against itself and the engagement's tables: what its settings ask for that cannot be."""

from __future__ import annotations

from collections.abc import Iterable

from cxmethod.engagement import TABLES, Problem, SurveySource
from cxmethod.engagement.schemas import headings, plain
from cxmethod.intake.answers import Key, answer_key
from cxmethod.intake.columns import Columns
from cxmethod.intake.parts import Known


def settings_problems(source: SurveySource, columns: Columns, known: Known) -> list[Problem]:
    """What the settings of a survey ask for that cannot be, each named by the column that it concerns."""
    file = columns.file.name
    mappings = [*source.ratings.values(), source.importance]
    problems = [problem for mapping in mappings for problem in _touchpoints(mapping, file, known)]
    problems += _attribute_names(source.attributes, file)
    problems += _answers(source.scale.values if source.scale else {}, file)
    return problems


def _touchpoints(mapping: dict[str, str], file: str, known: Known) -> Iterable[Problem]:
    seen: set[str] = set()
    for column, touchpoint in mapping.items():
        if known.touchpoints is not None and touchpoint not in known.touchpoints:
            yield Problem("intake.rule_touchpoint", file, column, limits={"touchpoint": touchpoint})
        if touchpoint in seen:
            yield Problem("intake.rule_touchpoint_twice", file, column, limits={"touchpoint": touchpoint})
        seen.add(touchpoint)


def _attribute_names(attributes: dict[str, str], file: str) -> Iterable[Problem]:
    taken = set(headings(TABLES["respondents"]))
    for column, name in attributes.items():
        if plain(name) in taken:
            yield Problem("intake.rule_attribute_taken", file, column, limits={"name": name})
        taken.add(plain(name))


def _answers(values: dict[str, float], file: str) -> Iterable[Problem]:
    meaning: dict[Key, float] = {}
    for answer, emotion in values.items():
        if meaning.setdefault(answer_key(answer), emotion) != emotion:
            yield Problem("intake.rule_answer_twice", file, limits={"answer": answer})
