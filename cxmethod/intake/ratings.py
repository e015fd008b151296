"""The questions of a survey, one column each → one row a rating."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Problem, SurveySource
from cxmethod.engagement.settings import Scale
from cxmethod.intake.answers import answer_keys, code_keys
from cxmethod.intake.columns import Columns
from cxmethod.intake.parts import Notice
from cxmethod.intake.scale_gate import mismatched, undeclared, unused_half
from cxmethod.intake.scales import GRADES, HIGHEST, LOWEST, Scaled, emotions, grades


@dataclass(frozen=True)
class Ratings:
    """Rows of the ratings table in the file's order, and how many emotions are blank or unknown."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    blanks: int
    unknown: int


def read_ratings(source: SurveySource, columns: Columns, people: pd.DataFrame) -> Ratings:
    """Ratings of the respondents in `people`, by row.

    Stated importance stands beside the `after` rating of its touchpoint (beside the survey's first source where
    it asks for no `after`). A row is left out when neither the emotion nor the importance is known.
    """
    beside = "after" if "after" in source.ratings else next(iter(source.ratings), "after")
    questions: list[tuple[str, str, str, str]] = [
        (view, touchpoint, "emotion", name)
        for view, mapping in source.ratings.items()
        for name, touchpoint in mapping.items()
    ]
    questions += [(beside, touchpoint, "importance", name) for name, touchpoint in source.importance.items()]
    found = [question for question in questions if question[3] in columns]
    codes = code_keys(source.unknown)
    comma = columns.file.grid.decimal_comma
    keys = {name: answer_keys(columns.cells(name), decimal_comma=comma) for _, _, _, name in found}
    rated = {name: keys[name] for _, _, measure, name in found if measure == "emotion"}
    said = {name: own.mask(own.isin(codes)) for name, own in rated.items()}
    if rated and source.scale is None:
        return Ratings(_stacked({}, people), tuple(undeclared(said, columns)), (), 0, 0)
    scale = source.scale or Scale(low=LOWEST, high=HIGHEST)
    other = mismatched(said, scale, columns)
    problems = list(other)
    values: dict[tuple[str, str], dict[str, pd.Series[float]]] = {}
    blanks = unknown = 0
    for view, touchpoint, measure, name in found:
        emotion = measure == "emotion"
        scaled = emotions(keys[name], scale, codes) if emotion else grades(keys[name], codes)
        if not (emotion and other):
            problems += _problems(columns, name, scaled, scale if emotion else None)
        values.setdefault((view, touchpoint), {})[measure] = scaled.values
        blanks += emotion * int(scaled.blank.loc[people.index].sum())
        unknown += emotion * int(scaled.unknown.loc[people.index].sum())
    notices = unused_half(said, scale, columns.file.name)
    return Ratings(_stacked(values, people), tuple(problems), tuple(notices), blanks, unknown)


def _problems(columns: Columns, name: str, scaled: Scaled, scale: Scale | None) -> list[Problem]:
    if scale is not None and scale.values:
        return columns.wrong(name, scaled.wrong, "intake.rule_answer", answers=tuple(scale.values))
    ends = GRADES if scale is None or scale.low is None or scale.high is None else (scale.low, scale.high)
    low, high = (f"{end:g}" for end in sorted(ends))
    return columns.wrong(name, scaled.wrong, "intake.rule_outside_scale", low=low, high=high)


def _stacked(
    values: dict[tuple[str, str], dict[str, pd.Series[float]]], people: pd.DataFrame
) -> pd.DataFrame:
    ids = people["respondent"]
    about = people.drop(columns="respondent")
    blocks = []
    for (view, touchpoint), measures in values.items():
        rated = pd.DataFrame(measures).loc[people.index]
        block = pd.DataFrame({"respondent": ids.loc[rated.index], "touchpoint": touchpoint, "source": view})
        blocks.append(block.join(rated))
    if not blocks:
        return pd.DataFrame(columns=["respondent", "touchpoint", "source", "emotion"])
    return pd.concat(blocks).join(about).sort_index(kind="stable")
