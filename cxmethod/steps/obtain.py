"""A step's result: as saved while it still follows from what it reads, computed and saved again otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.steps import (
    moments,
    monitoring,
    motivations,
    opportunities,
    persona,
    processes,
    relationship,
    scope,
    strategy,
    touchpoints,
)
from cxmethod.steps.result import StepResult

Results = Mapping[str, Any]
"""Step name → its result."""

_CLASSES: tuple[type[StepResult], ...] = (
    scope.ScopeResult,
    persona.PersonaResult,
    relationship.RelationshipResult,
    motivations.MotivationsResult,
    touchpoints.TouchpointResult,
    moments.MomentResult,
    processes.ProcessResult,
    opportunities.OpportunityResult,
    strategy.StrategyResult,
    monitoring.MonitoringResult,
)
STEPS: dict[str, type[StepResult]] = {result.spec.name: result for result in _CLASSES}

_RUN: dict[str, Callable[[Engagement, Results], StepResult]] = {
    "00_scope": lambda e, _: scope.run(e),
    "01_persona": lambda e, _: persona.run(e),
    "02_relationship": lambda e, _: relationship.run(e),
    "03_motivations": lambda e, r: motivations.run(e, r["01_persona"]),
    "04_touchpoints": lambda e, r: touchpoints.run(e, r["01_persona"]),
    "05_moments_of_truth": lambda e, r: moments.run(e, r["01_persona"], r["04_touchpoints"]),
    "06_processes": lambda e, r: processes.run(e, r["05_moments_of_truth"]),
    "07_opportunities": lambda e, r: opportunities.run(e, r["03_motivations"], r["05_moments_of_truth"]),
    "08_strategy": lambda e, r: strategy.run(e, r["03_motivations"], r["05_moments_of_truth"]),
    "09_monitoring": lambda e, _: monitoring.run(e),
}


def compute(engagement: Engagement, step: str) -> Any:
    """The result of `step`, computed now; the steps that it builds on are taken as saved while they are fresh.

    Parameters
    ----------
    step : str
        A key of `STEPS`, such as ``04_touchpoints``.
    """
    return _RUN[step](engagement, {name: obtain(engagement, name) for name in _before(step)})


def obtain(engagement: Engagement, step: str) -> Any:
    """The result of `step` as saved while it is fresh; otherwise computed and saved."""
    for earlier in _before(step):
        obtain(engagement, earlier)
    if engagement.is_fresh(STEPS[step].spec):
        return STEPS[step].read(engagement)
    result = compute(engagement, step)
    engagement.save(result)
    return result


def obtain_all(engagement: Engagement) -> dict[str, Any]:
    """Every step's result, in order."""
    return {step: obtain(engagement, step) for step in STEPS}


def stale_steps(engagement: Engagement) -> tuple[str, ...]:
    """Saved steps whose tables, settings, decisions, notebook or earlier steps have changed since."""
    saved = engagement.manifest()["steps"]
    return tuple(name for name, step in STEPS.items() if name in saved and not engagement.is_fresh(step.spec))


def _before(step: str) -> tuple[str, ...]:
    return STEPS[step].spec.after
