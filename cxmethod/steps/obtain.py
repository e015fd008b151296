"""A step's result: as saved while it still follows from what it reads, computed and saved again otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from graphlib import TopologicalSorter
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

_RUN: dict[str, Callable[..., StepResult]] = {
    "00_scope": lambda e, r: scope.run(e, r["01_persona"]),
    "01_persona": lambda e, _: persona.run(e),
    "02_relationship": lambda e, r: relationship.run(e, r["01_persona"]),
    "03_motivations": lambda e, r: motivations.run(e, r["01_persona"]),
    "04_touchpoints": lambda e, r: touchpoints.run(e, r["01_persona"]),
    "05_moments_of_truth": lambda e, r: moments.run(e, r["01_persona"], r["04_touchpoints"]),
    "06_processes": lambda e, r: processes.run(e, r["05_moments_of_truth"]),
    "07_opportunities": lambda e, r, **told: opportunities.run(
        e, r["03_motivations"], r["05_moments_of_truth"], **told
    ),
    "08_strategy": lambda e, r: strategy.run(e, r["03_motivations"], r["05_moments_of_truth"]),
    "09_monitoring": lambda e, r: monitoring.run(e, r["05_moments_of_truth"]),
}

_IN_TURN = tuple(TopologicalSorter({name: step.spec.after for name, step in STEPS.items()}).static_order())
"""Steps after those that they build on: the scope asks who the customers are before their notebook does."""


_TELLING = ("07_opportunities",)
"""Steps that tell how far they are."""


def compute(engagement: Engagement, step: str, progress: Callable[[int, int], None] | None = None) -> Any:
    """The result of `step`, computed now; the steps that it builds on are taken as saved while they are fresh.

    Parameters
    ----------
    step : str
        A key of `STEPS`, such as ``04_touchpoints``.
    progress : callable, optional
        Told by a step that takes long how many of how many of its parts are done.
    """
    told = {"progress": progress} if progress is not None and step in _TELLING else {}
    return _computed(engagement, step, _obtained(engagement, STEPS[step].spec.after, save=True), **told)


def obtain(engagement: Engagement, step: str) -> Any:
    """The result of `step` as saved while it is fresh; otherwise computed and saved."""
    return _obtained(engagement, (step,), save=True)[step]


def obtain_all(
    engagement: Engagement, *, save: bool = True, wanted: Collection[str] = tuple(STEPS)
) -> dict[str, Any]:
    """The wanted steps' results, in order: read while fresh, else computed, and saved unless told otherwise."""
    results = _obtained(engagement, tuple(wanted), save=save)
    return {name: results[name] for name in STEPS if name in wanted}


def stale_steps(engagement: Engagement) -> tuple[str, ...]:
    """Saved steps whose tables, settings, decisions, notebook or earlier steps have changed since."""
    saved = engagement.manifest()["steps"]
    stale: set[str] = set()
    for name in _IN_TURN:
        spec = STEPS[name].spec
        if name in saved and not (engagement.is_fresh(spec) and stale.isdisjoint(spec.after)):
            stale.add(name)
    return tuple(name for name in STEPS if name in stale)


def _obtained(engagement: Engagement, wanted: tuple[str, ...], *, save: bool) -> dict[str, Any]:
    """The wanted steps and all that they build on; what follows from a renewed step is renewed too."""
    needed = _with_earlier(wanted)
    results: dict[str, Any] = {}
    renewed: set[str] = set()
    for name in _IN_TURN:
        if name not in needed:
            continue
        step = STEPS[name]
        if renewed.isdisjoint(step.spec.after) and engagement.is_fresh(step.spec):
            results[name] = step.read(engagement)
            continue
        results[name] = _computed(engagement, name, results)
        renewed.add(name)
        if save:
            engagement.save(results[name])
    return results


def _computed(
    engagement: Engagement, step: str, results: Results, **told: Callable[[int, int], None]
) -> StepResult:
    """Fingerprints first: what changes while a step computes makes its result stale, not wrong."""
    basis = engagement.basis(STEPS[step].spec)
    return replace(_RUN[step](engagement, results, **told), basis=basis)


def _with_earlier(wanted: tuple[str, ...]) -> set[str]:
    earlier = {before for name in wanted for before in STEPS[name].spec.after}
    return set(wanted) | (_with_earlier(tuple(earlier)) if earlier else set())
