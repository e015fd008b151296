"""What the consultant decided in the notebooks: `decisions.yaml`, version 1."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cxmethod.language import CxError, Words

MomentKind = Literal["red", "value", "mixed", "watch", "maintain"]


_MOST_TIMES = 1000
"""Nobody means that one criterion matters more than so many times another; Saaty's scale ends at 9."""
_KEYED = ("moments.", "importance.", "processes.matched.")
"""What follows is the key of a touchpoint or a task, which may hold dots itself."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class MomentDecision(_Section):
    """A moment overruled in writing."""

    kind: MomentKind
    reason: str = Field(min_length=10)
    author: str = Field(min_length=1)
    date: datetime.date


class PersonaDecision(_Section):
    """The number of classes that the consultant chose."""

    classes: int | None = Field(default=None, ge=1)


class ScopeCut(_Section):
    """The personas and touchpoints that stay in the map; empty keeps all."""

    personas: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()


class ScopeDecision(_Section):
    cut: ScopeCut = ScopeCut()


class PlanDecision(_Section):
    """The method that the consultant chose; apart from the cut, for no later step's numbers hang on it."""

    method: str | None = None


class OpportunityDecision(_Section):
    """Judgements on initiatives: criteria in pairs, and what is kept or dropped whatever its score.

    `pairwise` is criterion → other criterion → how many times the first matters more; each pair once, or both ways.
    """

    pairwise: dict[str, dict[str, Annotated[float, Field(ge=1 / _MOST_TIMES, le=_MOST_TIMES)]]] = Field(
        default_factory=dict
    )
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class QuoteDecision(_Section):
    approved: tuple[str, ...] = ()


class ProcessDecision(_Section):
    """Task of a process model → the touchpoint that it stands behind; empty where it stands behind none."""

    matched: dict[str, str] = Field(default_factory=dict)


class Decisions(_Section):
    """Every decision on file."""

    version: Literal[1] = 1
    persona: PersonaDecision = PersonaDecision()
    scope: ScopeDecision = ScopeDecision()
    plan: PlanDecision = PlanDecision()
    moments: dict[str, MomentDecision] = Field(default_factory=dict)
    importance: dict[str, Annotated[float, Field(ge=1, le=5)]] = Field(default_factory=dict)
    opportunities: OpportunityDecision = OpportunityDecision()
    quotes: QuoteDecision = QuoteDecision()
    processes: ProcessDecision = ProcessDecision()


def read_decisions(path: Path, words: Words) -> Decisions:
    """Decisions from `path`; none where there is no file.

    Raises
    ------
    CxError
        When the file is not YAML, or a decision in it does not hold.
    """
    if not path.exists():
        return Decisions()
    try:
        return parse_decisions(yaml.safe_load(path.read_text(encoding="utf-8")) or {}, words)
    except (yaml.YAMLError, UnicodeDecodeError):
        raise CxError("engagement.decisions_yaml", words) from None


def parse_decisions(data: Any, words: Words) -> Decisions:
    """Decisions from plain values, checked."""
    try:
        return Decisions.model_validate(data)
    except ValidationError as error:
        found = error.errors()
        places = words.join(".".join(map(str, item["loc"])) or "decisions.yaml" for item in found)
        moments = all(item["loc"][:1] == ("moments",) for item in found)
        code = "engagement.decisions_moment" if moments else "engagement.decisions_fields"
        raise CxError(code, words, places=places) from None


def decided(decisions: Decisions, place: str, value: Any, words: Words) -> Decisions:
    """`decisions` with the one at the dotted `place` set to `value`; removed where it is None."""
    data = decisions.model_dump(mode="json")
    keyed = next((prefix for prefix in _KEYED if place.startswith(prefix)), None)
    *parents, last = place.split(".", -1 if keyed is None else keyed.count("."))
    section = data
    for name in parents:
        section = section.setdefault(name, {})
        if not isinstance(section, dict):
            raise CxError("engagement.decisions_fields", words, places=place)
    if value is None:
        section.pop(last, None)
    else:
        section[last] = value
    return parse_decisions(data, words)


def dump_decisions(decisions: Decisions) -> str:
    """The text of `decisions.yaml`, without what was never decided."""
    data = decisions.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump({"version": 1, **data}, allow_unicode=True, sort_keys=False)
