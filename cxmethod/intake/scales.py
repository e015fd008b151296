"""Answers on the client's scale → emotions from −2 to +2, by the anchors that the settings declare."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement.settings import Scale
from cxmethod.intake.answers import Key, answer_key, numbers

LOWEST, HIGHEST = -2.0, 2.0
GRADES = (1.0, 5.0)


@dataclass(frozen=True)
class Scaled:
    """Answers of one question.

    Parameters
    ----------
    values : Series of float
        Missing where the answer is unknown or wrong.
    blank, unknown, wrong : Series of bool
        No answer; a code that means unknown; an answer that is not on the scale.
    """

    values: pd.Series[float]
    blank: pd.Series[bool]
    unknown: pd.Series[bool]
    wrong: pd.Series[bool]


def emotions(keys: pd.Series, scale: Scale, unknown: frozenset[Key]) -> Scaled:
    """Emotions of the answers behind `keys`.

    Linear between the anchors, which go to −2 and +2 (``low`` may be the greater number), or each answer as
    ``scale.values`` has it. A code that means unknown is unknown wherever it lies.
    """
    if scale.low is None or scale.high is None:
        meaning = {answer_key(answer): emotion for answer, emotion in scale.values.items()}
        return _scaled(keys, keys.map(meaning).astype("float64"), unknown)
    position = (numbers(keys) - scale.low) / (scale.high - scale.low)
    on_scale = position.where(position.between(0, 1))
    return _scaled(keys, LOWEST + (HIGHEST - LOWEST) * on_scale, unknown)


def grades(keys: pd.Series, unknown: frozenset[Key]) -> Scaled:
    """Grades from 1 to 5, such as stated importance."""
    values = numbers(keys)
    return _scaled(keys, values.where(values.between(*GRADES)), unknown)


def _scaled(keys: pd.Series, values: pd.Series[float], codes: frozenset[Key]) -> Scaled:
    blank = keys.isna()
    unknown = keys.isin(codes) & ~blank
    known = values.mask(unknown)
    return Scaled(known, blank, unknown, known.isna() & ~blank & ~unknown)
