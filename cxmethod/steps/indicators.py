"""What is known of customers beforehand: the columns by which they are told apart, and those that must not be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Engagement, SurveySource
from cxmethod.engagement.schemas import plain
from cxmethod.intake.answers import answer_keys, numbers, text_cells
from cxmethod.language import CxError
from cxmethod.steps.finding import Finding

_RESERVED = ("respondent", "persona", "weight")
_MOST_CATEGORIES = 30
_FEW_VALUES = 6
_READABLE = 0.5
_ALONE = 0.9
_ENOUGH = 30


@dataclass(frozen=True)
class Indicators:
    """Columns as they can be used, and why others cannot.

    Parameters
    ----------
    frame : DataFrame
        One row a customer, `respondent` as the index: text for categorical columns, numbers for continuous ones.
    categorical, continuous : tuple of str
    findings : tuple of Finding
    """

    frame: pd.DataFrame
    categorical: tuple[str, ...]
    continuous: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def declared(engagement: Engagement, customers: pd.DataFrame) -> Indicators:
    """The indicators of the settings.

    Parameters
    ----------
    customers : DataFrame
        Rows of the respondents table.

    Raises
    ------
    CxError
        When an indicator says how it went rather than who somebody is: personas made of ratings or outcomes would only
        repeat them.
    """
    rule = engagement.settings.persona
    assert rule is not None
    assert rule.indicators is not None
    named = (*rule.indicators.categorical, *rule.indicators.continuous)
    _refuse_circular(engagement, named)
    findings: list[Finding] = []
    frame = pd.DataFrame(index=customers["respondent"])
    used: dict[str, list[str]] = {"categorical": [], "continuous": []}
    for name in named:
        kind = "categorical" if name in rule.indicators.categorical else "continuous"
        values, own = _read(customers, name, kind)
        findings += own
        if values is not None:
            frame[name] = values.to_numpy()
            used[kind].append(name)
    return Indicators(frame, tuple(used["categorical"]), tuple(used["continuous"]), tuple(findings))


def described(engagement: Engagement, customers: pd.DataFrame) -> Indicators:
    """Attributes that describe personas which were made otherwise: numbers with several values, and few categories."""
    rule = engagement.settings.persona
    known = {*_RESERVED, rule.column if rule else None}
    circular = dict(_circular(engagement))
    frame = pd.DataFrame(index=customers["respondent"])
    used: dict[str, list[str]] = {"categorical": [], "continuous": []}
    for name in customers.columns:
        if name in known or plain(name) in circular:
            continue
        text = text_cells(customers[name])
        values = _numbers(text)
        if values.notna().sum() >= _ALONE * text.notna().sum() and values.nunique() > _FEW_VALUES:
            kind, column = "continuous", values
        else:
            kind, column = "categorical", text
        if 2 <= column.nunique() <= (_MOST_CATEGORIES if kind == "categorical" else len(column)):
            frame[name] = column.to_numpy()
            used[kind].append(name)
    return Indicators(frame, tuple(used["categorical"]), tuple(used["continuous"]))


def _read(customers: pd.DataFrame, name: str, kind: str) -> tuple[pd.Series | None, list[Finding]]:
    if name not in customers:
        return None, [Finding("persona.indicator_missing", "warns", name, {"column": name})]
    text = text_cells(customers[name])
    found: list[Finding] = []
    values: pd.Series = text
    if kind == "continuous":
        values = _numbers(text)
        unread = int((text.notna() & values.isna()).sum())
        share = unread / max(int(text.notna().sum()), 1)
        if share > _READABLE:
            return None, [_aside("text", name, n=unread)]
        if unread:
            found.append(Finding("persona.indicator_unread", "warns", name, {"column": name, "n": unread}))
    different, known = int(values.nunique()), int(values.notna().sum())
    if different < 2:
        return None, [*found, _aside("constant", name, n=known)]
    if _identifies(values, kind):
        return None, [*found, _aside("identifier", name, n=different)]
    if kind == "categorical" and different > _MOST_CATEGORIES:
        return None, [*found, _aside("scattered", name, n=different, most=_MOST_CATEGORIES)]
    if kind == "continuous" and different <= _FEW_VALUES:
        found.append(Finding("persona.indicator_few", "warns", name, {"column": name, "n": different}))
    return values, found


def _aside(why: str, name: str, **values: int) -> Finding:
    return Finding(f"persona.indicator_{why}", "warns", name, {"column": name, **values})


def _identifies(values: pd.Series, kind: str) -> bool:
    """Whether it names people rather than what they are: nearly everybody alone, or numbered one after the other."""
    known = values.dropna()
    alone = known.nunique() > max(_ALONE * len(known), _FEW_VALUES)
    if kind == "categorical":
        return bool(alone)
    numbered = (known % 1 == 0).all() and known.max() - known.min() < 2 * len(known)
    return bool(alone and numbered and len(known) >= _ENOUGH)


def read_numbers(values: pd.Series) -> pd.Series:
    """An attribute column as numbers, whatever its decimal sign; what is no number is unknown."""
    return _numbers(text_cells(values))


def _numbers(text: pd.Series) -> pd.Series:
    """Numbers with a decimal comma, unless some have a decimal point."""
    pointed = text.str.fullmatch(r"[+-]?\d+\.\d+").fillna(False).any()
    return numbers(answer_keys(text, decimal_comma=not pointed))


def _refuse_circular(engagement: Engagement, named: Iterable[str]) -> None:
    words = engagement.words
    circular = dict(_circular(engagement))
    reasons = {name: why for name in named if (why := circular.get(plain(name)))}
    if reasons:
        wrong = [words.say(f"personas.circular_{why}", indicator=name) for name, why in reasons.items()]
        raise CxError("personas.circular", words, count=len(wrong), indicators=words.join(wrong))


def _circular(engagement: Engagement) -> Iterator[tuple[str, str]]:
    """What is no attribute of who somebody is, by its plain name, and what it is instead."""
    yield from ((name, "reserved") for name in _RESERVED)
    rated = engagement.table("ratings")["touchpoint"].unique()
    yield from ((plain(str(touchpoint)), "rating") for touchpoint in rated)
    surveys = [source for source in engagement.settings.sources if isinstance(source, SurveySource)]
    yield from _of_surveys(surveys)
    outcome = engagement.settings.outcome
    yield from ((plain(name), "outcome") for name in ("outcome", outcome.name if outcome else "outcome"))


def _of_surveys(surveys: Iterable[SurveySource]) -> Iterator[tuple[str, str]]:
    """The columns of ratings, importance and outcome, by their own headings and by the attributes made of them."""
    for survey in surveys:
        columns = {plain(column): "rating" for mapping in survey.ratings.values() for column in mapping}
        columns |= {plain(column): "importance" for column in survey.importance}
        if survey.outcome is not None:
            columns[plain(survey.outcome.column)] = "outcome"
        yield from columns.items()
        attributes = {plain(name): plain(column) for column, name in survey.attributes.items()}
        yield from ((name, columns[column]) for name, column in attributes.items() if column in columns)
