"""One curve, one scale: a survey whose scale is not declared, or plainly is another, is refused once, with the mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from cxmethod.engagement import Problem, SurveySource
from cxmethod.engagement.scale_gate import likely_scale
from cxmethod.engagement.settings import Scale
from cxmethod.intake.answers import numbers
from cxmethod.intake.columns import Columns
from cxmethod.intake.parts import Notice

_FEWEST = 5
_SHARE = 0.2
_ENOUGH = 30
_SHOWN = 6


def undeclared(answers: Mapping[str, pd.Series], columns: Columns) -> list[Problem]:
    """One problem for a survey without a scale: what its answers look like, and what to declare.

    Parameters
    ----------
    answers : mapping
        Rating column, by its name in the settings → the keys of its answers, codes for unknown left out.
    columns : Columns
    """
    given = _joined(answers).dropna()
    named = {"columns": tuple(columns.heading(name) for name in answers)}
    values = numbers(given)
    if values.isna().any() or given.empty:
        texts = {"answers": tuple(str(answer) for answer in given.drop_duplicates()[:_SHOWN])}
        return [Problem("intake.rule_scale_unsaid", columns.file.name, limits=named | texts)]
    return [Problem("intake.rule_scale_missing", columns.file.name, limits=named | _found(values))]


def mismatched(answers: Mapping[str, pd.Series], scale: Scale, columns: Columns) -> list[Problem]:
    """One problem for a survey whose answers lie so often beyond its declared ends that the ends must be wrong."""
    if scale.low is None or scale.high is None:
        return []
    values = numbers(_joined(answers)).dropna()
    low, high = sorted((scale.low, scale.high))
    beyond = int((~values.between(low, high)).sum())
    if beyond < _FEWEST or beyond < _SHARE * len(values):
        return []
    declared = {"declared_low": f"{scale.low:g}", "declared_high": f"{scale.high:g}"}
    named = {"columns": tuple(columns.heading(name) for name in answers)}
    return [Problem("intake.rule_scale_other", columns.file.name, limits=named | declared | _found(values))]


def unused_half(answers: Mapping[str, pd.Series], scale: Scale, file: str) -> list[Notice]:
    """A word of warning where nobody in the whole file answered above the middle of the declared scale."""
    if scale.low is None or scale.high is None:
        return []
    values = numbers(_joined(answers)).dropna()
    low, high = sorted((scale.low, scale.high))
    if len(values) < _ENOUGH or not low < values.max() <= (low + high) / 2:
        return []
    declared = {"low": f"{low:g}", "high": f"{high:g}", "most": f"{values.max():g}"}
    return [Notice("intake.scale_half_unused", declared | {"file": file})]


def joined_scales(sources: Iterable[object]) -> list[Notice]:
    """Curves that are fed from surveys with different anchors: allowed, since each is declared, and said."""
    found: dict[str, dict[str, None]] = {}
    for source in sources:
        if isinstance(source, SurveySource) and source.scale is not None:
            for view in source.ratings:
                found.setdefault(view, {})[_anchors(source.scale)] = None
    return [
        Notice("intake.scales_joined", {"source": view, "scales": tuple(scales)})
        for view, scales in found.items()
        if len(scales) > 1
    ]


def _anchors(scale: Scale) -> str:
    if scale.low is None or scale.high is None:
        return " / ".join(scale.values)
    return f"{scale.low:g}–{scale.high:g}"


def _joined(answers: Mapping[str, pd.Series]) -> pd.Series:
    parts: Sequence[pd.Series] = list(answers.values())
    return pd.concat(parts, ignore_index=True) if parts else pd.Series([], dtype=object)


def _found(values: pd.Series) -> dict[str, str]:
    ends = likely_scale(values)
    found = {"found_low": f"{values.min():g}", "found_high": f"{values.max():g}"}
    return found | {"low": ends.low, "high": ends.high}
