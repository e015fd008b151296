"""What is agreed with the client, once: `engagement.yaml`."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from cxmethod.engagement.persona_rule import PersonaRule
from cxmethod.engagement.process_sources import BpmnSource, Lifecycle, ProcessLogSource
from cxmethod.engagement.scope_settings import Scope
from cxmethod.engagement.section import Section as _Section
from cxmethod.engagement.section import Text
from cxmethod.language import CxError, Words

_Kind = TypeVar("_Kind", bound=_Section)
Share = Annotated[float, Field(gt=0, le=1)]
Language = Literal["es", "en"]
Objective = Literal["acquire", "retain", "redesign", "reduce_cost", "new_offer", "train"]


class Thresholds(_Section):
    """Every limit of the method that an engagement may set otherwise (METHOD gives the defaults)."""

    suppress_below: int = Field(default=5, ge=1)
    min_n: int = Field(default=30, ge=2)
    confidence: Share = 0.95
    enter_share: Share = 0.70
    cases_per_driver: int = Field(default=10, ge=1)
    equal_share_certainty: Share = 0.80
    negative_share: Share = 0.25
    stated_importance: float = Field(default=4, ge=1, le=5)
    contrast_cases: int = Field(default=10, ge=2)
    impute_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    resamples: int = Field(default=1000, ge=100)
    significance: Share = 0.05
    customers_covered: Share = 0.80
    touchpoints_per_map: int = Field(default=20, ge=2, le=20)
    baseline_waves: int = Field(default=8, ge=2)
    measured_difference: Share = 0.25
    segment_share: Share = 0.05
    segment_stability: Share = 0.70
    membership: Share = 0.80
    satisfied_from: float = 4
    easy_from: float = 5


class Outcome(_Section):
    """What the drivers explain, in the client's words."""

    name: str


class Budget(_Section):
    """Money for improvements and the months in which it is spent."""

    amount: float | None = Field(default=None, ge=0, le=1e15)
    months: int = Field(default=12, ge=1, le=240)


class Theme(_Section):
    """The experience that the company has decided to offer."""

    name: str
    promise: str = ""
    attributes: tuple[str, ...] = ()


class Brand(_Section):
    """How deliverables look."""

    colour: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#0B5C6B"
    logo: Text | None = None
    template: Text | None = None


class Scale(_Section):
    """Anchors of a rating scale: its ends, or each answer, mapped to −2 … +2."""

    low: float | None = None
    high: float | None = None
    values: dict[Text, Annotated[float, Field(ge=-2, le=2)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Scale:
        ends = self.low is not None and self.high is not None
        if ends == bool(self.values):
            raise PydanticCustomError("scale_ways", "low and high, or values")
        if ends and self.low == self.high:
            raise PydanticCustomError("scale_ends", "low and high must differ")
        return self


class OutcomeColumn(_Section):
    """The column that says how it ended; with `success`, 1 where it has that value and 0 elsewhere."""

    column: Text
    success: Text | None = None


class Reached(_Section):
    """Success of a journey: an activity that it reached, or a value of a column."""

    reached: Text | None = None
    column: Text | None = None
    value: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Reached:
        if (self.reached is None) == (self.column is None) or (self.column is None) != (self.value is None):
            raise PydanticCustomError("reached_ways", "reached, or column and value")
        return self


class SurveySource(_Section):
    """A wide survey file: one row a respondent, one column a question; with a ``*`` in its name, one file a wave."""

    kind: Literal["survey"]
    file: str
    respondent: Text | None = None
    scale: Scale | None = None
    unknown: tuple[Text, ...] = ()
    ratings: dict[Literal["internal", "before", "after"], dict[Text, Text]]
    importance: dict[Text, Text] = Field(default_factory=dict)
    outcome: OutcomeColumn | None = None
    persona: Text | None = None
    attributes: dict[Text, Text] = Field(default_factory=dict)
    weight: Text | None = None
    wave: Text | None = None
    scores: dict[Literal["nps", "csat", "ces"], Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _waves(self) -> SurveySource:
        if self.file.count("*") > 1:
            raise PydanticCustomError("one_star", "one star")
        if self.scores and not self.by_wave:
            raise PydanticCustomError("scores_wave", "scores need a wave")
        return self

    @property
    def by_wave(self) -> bool:
        """Whether its answers say their wave."""
        return self.wave is not None or "*" in self.file


class EventLogSource(_Section):
    """An event log: one row an event, or with `lifecycle` one row a start or an end."""

    kind: Literal["event_log"]
    file: str
    case: Text
    activity: Text
    timestamp: Text
    end: Text | None = None
    lifecycle: Lifecycle | None = None
    respondent: Text | None = None
    persona: Text | None = None
    activities: dict[Text, Text] = Field(default_factory=dict)
    success: Reached | None = None
    open: Reached | None = None

    @model_validator(mode="after")
    def _one_end(self) -> EventLogSource:
        if self.end is not None and self.lifecycle is not None:
            raise PydanticCustomError("end_ways", "an end column, or a lifecycle")
        return self


Source = Annotated[SurveySource | EventLogSource | ProcessLogSource | BpmnSource, Field(discriminator="kind")]


class Settings(_Section):
    """The settings of one engagement."""

    client: str = Field(min_length=1)
    language: Language = "es"
    locale: str | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    date: datetime.date | None = None
    objective: Objective = "redesign"
    objective_text: str = ""
    outcome: Outcome | None = None
    budget: Budget = Budget()
    scope: Scope = Scope()
    theme: Theme | None = None
    brand: Brand = Brand()
    persona: PersonaRule | None = None
    thresholds: Thresholds = Thresholds()
    seed: int = Field(default=1, ge=0, lt=2**32)
    compare_with: str | None = None
    sources: tuple[Source, ...] = ()

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, locale: str | None) -> str | None:
        from babel import Locale, UnknownLocaleError

        if locale is not None:
            try:
                Locale.parse(locale)
            except (UnknownLocaleError, ValueError):
                raise PydanticCustomError("locale", "a CLDR locale") from None
        return locale

    def words(self, language: str | None = None) -> Words:
        """How this engagement speaks, or would speak in another language."""
        return Words(language or self.language, self.locale, self.currency)


def read_settings(path: Path, language: str | None = None) -> Settings:
    """Settings from `path`.

    Raises
    ------
    CxError
        Naming every field that does not hold, in the file's own language where it can be read.
    """
    return read_section(path, Settings, Words(language or _spoken(path)))


def read_section(path: Path, kind: type[_Kind], words: Words) -> _Kind:
    """The settings of `kind` in a YAML file; raises as `read_settings`."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise CxError("engagement.settings_encoding", words, file=path.name) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else "?"
        raise CxError("engagement.settings_yaml", words, file=path.name, line=line) from None
    if not isinstance(data, dict):
        raise CxError("engagement.settings_shape", words, file=path.name)
    return parse_section(data, kind, path.name, words)


def parse_section(data: Any, kind: type[_Kind], file: str, words: Words) -> _Kind:
    """`data`, which stands in `file`, as settings of `kind`; raises as `read_settings`."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        problems = "\n".join(_settings_problem(item, words) for item in error.errors())
        raise CxError("engagement.settings_fields", words, file=file, problems=problems) from None


def _spoken(path: Path) -> str:
    """The language that a file asks for, also where it cannot be read whole; else that of new engagements."""
    found = re.search(rb"^language:\s*[\"']?(es|en)\b", path.read_bytes(), re.MULTILINE)
    return found[1].decode() if found else str(Settings.model_fields["language"].default)


def _settings_problem(item: Any, words: Words) -> str:
    place = ".".join(str(part) for part in item["loc"]) or "—"
    kind = str(item["type"])
    code = f"engagement.setting_{_ALIKE.get(kind, kind)}"
    context = {key: _plainly(key, str(value)) for key, value in (item.get("ctx") or {}).items()}
    if not words.knows(code):
        code = "engagement.setting_other"
    return "  · " + words.say(code, field=place, value=_short(item["input"]), **_limits(context))


def _plainly(key: str, limit: str) -> str:
    """A limit without pydantic's English and without patterns that only programmers read."""
    if key == "pattern":
        return "COP" if "A-Z" in limit and "#" not in limit else Brand().colour
    return limit.replace(" or ", ", ") if key == "expected" else limit


def _limits(context: dict[str, str]) -> dict[str, Any]:
    limit = next(
        (context[key] for key in ("gt", "ge", "lt", "le", "expected", "error", "pattern") if key in context),
        "",
    )
    return {"limit": limit}


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


_ALIKE = {
    "int_parsing": "number",
    "int_from_float": "number",
    "int_type": "number",
    "float_parsing": "number",
    "float_type": "number",
    "finite_number": "number",
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "date_type": "date",
    "union_tag_invalid": "source_kind",
    "union_tag_not_found": "source_kind",
    "string_too_short": "missing",
    "tuple_type": "list",
    "dict_type": "section",
    "model_type": "section",
}
"""Kinds of pydantic's that are one sentence to us."""
