"""General scores in a survey, NPS, satisfaction and effort → one row a score."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Problem, SurveySource
from cxmethod.intake.answers import answer_keys, code_keys, numbers
from cxmethod.intake.columns import Columns

_NPS = (0, 10)


@dataclass(frozen=True)
class Scores:
    """Rows of the scores table, where the source has scores, and what is wrong in them."""

    tables: dict[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()


def read_scores(source: SurveySource, columns: Columns, people: pd.DataFrame) -> Scores:
    """Scores of the respondents in `people`, by row; blank answers are left out, and so are codes in words.

    A code that is a number speaks of the rating scale only: 9 is a grade on 0–10.
    """
    found = {metric: name for metric, name in source.scores.items() if name in columns}
    if not found or "wave" not in people:
        return Scores({})
    problems = _blank_waves(source, columns, people)
    codes = [code for code in code_keys(source.unknown) if isinstance(code, str)]
    frames = []
    for metric, name in found.items():
        keys = answer_keys(columns.cells(name), decimal_comma=columns.file.grid.decimal_comma)
        said = keys.mask(keys.isin(codes))
        values = numbers(said)
        problems += columns.wrong(name, said.notna() & values.isna(), "intake.rule_outcome_number")
        if metric == "nps":
            low, high = _NPS
            beyond = values.notna() & ~values.between(low, high)
            problems += columns.wrong(name, beyond, "intake.rule_outside_scale", low=f"{low}", high=f"{high}")
        frames.append(people[["respondent", "wave"]].assign(metric=metric, score=values))
    rows = pd.concat(frames).dropna(subset=["score", "wave"]).sort_index(kind="stable")
    return Scores({"scores": rows}, tuple(problems))


def _blank_waves(source: SurveySource, columns: Columns, people: pd.DataFrame) -> list[Problem]:
    """A score without a wave can stand nowhere in the series."""
    if source.wave is None:
        return []
    blank = people["wave"].isna().reindex(columns.file.frame.index, fill_value=False)
    return columns.wrong(source.wave, blank, "engagement.rule_filled")
