"""The questions of a survey, one column each → one row a rating."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Problem, SurveySource
from cxmethod.engagement.settings import Scale
from cxmethod.intake.answers import answer_keys, code_keys
from cxmethod.intake.columns import Columns
from cxmethod.intake.scales import GRADES, Scaled, emotions, grades


@dataclass(frozen=True)
class Ratings:
    """Rows of the ratings table in the file's order, and how many emotions are blank or unknown."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
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
    codes = code_keys(source.unknown)
    values: dict[tuple[str, str], dict[str, pd.Series[float]]] = {}
    problems: list[Problem] = []
    blanks = unknown = 0
    for view, touchpoint, measure, name in questions:
        if name not in columns:
            continue
        keys = answer_keys(columns.cells(name), decimal_comma=columns.file.grid.decimal_comma)
        rated = measure == "emotion"
        scaled = emotions(keys, source.scale, codes) if rated else grades(keys, codes)
        problems += _problems(columns, name, scaled, source.scale if rated else None)
        values.setdefault((view, touchpoint), {})[measure] = scaled.values
        blanks += rated * int(scaled.blank.loc[people.index].sum())
        unknown += rated * int(scaled.unknown.loc[people.index].sum())
    return Ratings(_stacked(values, people), tuple(problems), blanks, unknown)


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
