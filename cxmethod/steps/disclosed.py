"""Results as they leave the house: how many the few are is hidden, and whatever it could be worked out from.

A step keeps its counts, for the steps after it; what a client is handed is made of results that went through `disclosed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.finding import Finding
from cxmethod.steps.journey import ALL
from cxmethod.steps.result import StepResult

OUTCOMES = ("success", "failure", "open", "no_outcome")
"""Groups that add up to all journeys."""
CUSTOMERS = ("respondents", "assigned", "known", "customers", "people", *OUTCOMES)
"""Facts that say how many people, or journeys, something was learnt from."""


@dataclass(frozen=True)
class Counts:
    """Which counts of a table tell how many customers a row rests on.

    Parameters
    ----------
    columns : tuple of str
        Each is hidden where it is few itself.
    estimate : str
        What rests on them: where the step hides it, to protect these customers or others beside them, all are hidden.
    """

    columns: tuple[str, ...]
    estimate: str = ""


# Themes are not among them: interviews are of few by nature, each statement stands in a row of its own already, and what
# few said in a survey is hidden by the step.
COUNTS: Mapping[str, Counts] = {
    "01_persona.choice": Counts(("smallest_n",)),
    "02_relationship.transitions": Counts(("success_n", "failure_n", "success_count", "failure_count")),
    "04_touchpoints.emotions": Counts(("n",), "mean"),
    "05_moments_of_truth.drivers": Counts(("n",)),
    "05_moments_of_truth.kano": Counts(("n", "A", "O", "M", "I", "R", "Q"), "better"),
    "05_moments_of_truth.moments": Counts(("n",), "mean"),
    "05_moments_of_truth.penalty_reward": Counts(("n", "low_n", "high_n")),
    "05_moments_of_truth.variables": Counts(("n",)),
    "08_strategy.customers": Counts(("n",), "performance"),
    "08_strategy.roles": Counts(("people",)),
    "08_strategy.touchpoints": Counts(("gap_n",)),
    "09_monitoring.initiatives": Counts(("n_before", "n_after")),
    "09_monitoring.red_points": Counts(("n",)),
    "09_monitoring.scores": Counts(("n",)),
    "09_monitoring.signals": Counts(("n",)),
}
FEELING = ("negative_n", "negative_share", "negative_low", "negative_high")
"""How many of those who answered feel badly, and what it could be reckoned from."""
_SIZES = ("n", "share", "low", "high", "value_share", "cumulative", "population", "responses")
"""What tells how many customers a persona has, in the tables that say so."""


def disclosed(results: Mapping[str, Any], limits: Thresholds) -> dict[str, Any]:
    """The results with every number of customers below `suppress_below` missing, and those by which it could be reckoned.

    Parameters
    ----------
    results : mapping
        Step → its result, as `obtain_all` gives them; they are left as they are.

    Returns
    -------
    dict
        Step → its result. Counts become missing; nothing else changes but shares of personas, totals of journeys and of
        people by role, where one of the parts is few.
    """
    few = limits.suppress_below
    found = {step: _counts_hidden(step, result, few) for step, result in results.items()}
    if "01_persona" in found:
        unsaid = _unsaid_personas(results["01_persona"], few)
        for step, names in (("01_persona", ("personas", "everyone")), ("00_scope", ("cut", "people"))):
            if step in found and unsaid:
                tables: dict[str, Any] = {
                    name: _sizes_hidden(getattr(found[step], name), unsaid) for name in names
                }
                found[step] = replace(found[step], **tables)
        if "00_scope" in found and unsaid:
            # What those who are shown cover, less their shares, is the share of the others.
            covered = dict.fromkeys(("share_covered", "share_fit"))
            found["00_scope"] = replace(found["00_scope"], facts={**found["00_scope"].facts, **covered})
    if "02_relationship" in found:
        found["02_relationship"] = _outcomes_hidden(found["02_relationship"])
    if "04_touchpoints" in found:
        found |= _feelings_hidden(found, few)
        found["04_touchpoints"] = _ratings_hidden(found["04_touchpoints"])
    if "08_strategy" in found:
        found["08_strategy"] = _roles_hidden(found["08_strategy"])
    return found


def is_few(values: pd.Series, suppress_below: int) -> pd.Series:
    """Where there is somebody, and fewer than may be seen."""
    return values.astype("Float64").between(1, suppress_below - 1).fillna(False).astype(bool)


def _counts_hidden(step: str, result: StepResult, few: int) -> StepResult:
    told = {name: COUNTS[f"{step}.{name}"] for name in result.tables() if f"{step}.{name}" in COUNTS}
    tables: dict[str, Any] = {
        name: _hidden(getattr(result, name), counts, few) for name, counts in told.items()
    }
    facts = {
        name: None if name in CUSTOMERS and isinstance(fact, int) and 0 < fact < few else fact
        for name, fact in result.facts.items()
    }
    return replace(result, **tables, facts=facts)


def _hidden(frame: pd.DataFrame, counts: Counts, few: int) -> pd.DataFrame:
    present = [name for name in counts.columns if name in frame]
    if frame.empty or not present:
        return frame
    # The company's own views are no sample: each one is shown, and so is their number.
    inside = frame["source"] == "internal" if "source" in frame else pd.Series(False, frame.index)
    unsaid = pd.Series(False, frame.index)
    if counts.estimate in frame:
        unsaid = frame[counts.estimate].isna() & (frame[present[0]].astype("Float64") > 0).fillna(False)
    masks = {name: (is_few(frame[name], few) | unsaid.astype(bool)) & ~inside for name in present}
    return frame.assign(**{name: _masked(frame[name], mask) for name, mask in masks.items()})


def _masked(values: pd.Series, mask: pd.Series) -> pd.Series:
    whole = pd.api.types.is_integer_dtype(values)
    return (values.astype("Int64") if whole else values).mask(mask)


def _unsaid_personas(result: Any, few: int) -> set[str]:
    """Personas of whose size nothing is said: those of few, and the next smallest while the few could be reckoned."""
    personas = result.everyone if "n" in result.everyone else result.personas
    personas = personas[personas["persona"] != ALL]
    # A persona of few has no number on file; nobody at all is a zero.
    size = personas["n"].astype("Float64").fillna(1)
    assigned = float(result.facts.get("assigned", size.sum()))
    sizes = pd.DataFrame({"of": "", "persona": personas["persona"], "n": size.astype(float)})
    beside = protecting(sizes, ["of"], few, whole=pd.Series(assigned, sizes.index))
    few_ = is_few(sizes["n"], few)
    return set(personas.loc[few_ | beside, "persona"].astype(str)) if few_.any() else set()


def _sizes_hidden(frame: pd.DataFrame, unsaid: set[str]) -> pd.DataFrame:
    if "persona" not in frame:
        return frame
    own = frame["persona"].isin(unsaid)
    if not own.any():
        return frame
    hidden: dict[str, Any] = {name: _masked(frame[name], own) for name in _SIZES if name in frame}
    if "cumulative" in frame:
        # A running total tells of each part that it takes in.
        hidden["cumulative"] = float("nan")
    return frame.assign(**hidden)


def _outcomes_hidden(result: Any) -> Any:
    """Where one outcome has few journeys, no total from which it could be reckoned."""
    facts = dict(result.facts)
    hidden = [name for name in OUTCOMES if name in facts and facts[name] is None]
    if not hidden:
        return result
    facts["journeys"] = sum(facts[name] or 0 for name in OUTCOMES if name in facts)
    return replace(result, facts=facts | {"compared_with_plan": None})


def _feelings_hidden(found: Mapping[str, Any], few: int) -> dict[str, Any]:
    """Where those who feel badly are few, neither how many they are nor their share, in tables and in sentences."""
    touchpoints, moments = found["04_touchpoints"], found.get("05_moments_of_truth")
    emotions = touchpoints.emotions
    own = is_few(emotions["negative_n"], few) & (emotions["source"] != "internal")
    hidden: dict[str, Any] = {name: _masked(emotions[name], own) for name in FEELING}
    told: dict[str, Any] = {"04_touchpoints": replace(touchpoints, emotions=emotions.assign(**hidden))}
    if moments is None:
        return told
    keys = ["persona", "touchpoint"]
    lived = pd.MultiIndex.from_frame(emotions.loc[own & (emotions["source"] == "after"), keys])
    frame = moments.moments
    unsaid = pd.Series(pd.MultiIndex.from_frame(frame[keys]).isin(lived), frame.index)
    told["05_moments_of_truth"] = replace(
        moments,
        moments=frame.assign(negative_share=_masked(frame["negative_share"], unsaid)),
        findings=tuple(feeling_bounded(finding, few) for finding in moments.findings),
    )
    return told


def feeling_bounded(finding: Finding, few: int) -> Finding:
    """A sentence about a share of few says below what share they are."""
    share, n = (finding.values.get(name) for name in ("negative_share", "n"))
    if pd.isna(share) or pd.isna(n) or not 0 < round(share * n) < few:
        return finding
    return replace(finding, values={**finding.values, "negative_share": None, "negative_below": few / n})


def _ratings_hidden(result: Any) -> Any:
    """All ratings less those that are counted would tell of the touchpoint that few rated: the rest is left out of both."""
    n = result.emotions.loc[result.emotions["persona"] == ALL, "n"]
    if not n.isna().any():
        return result
    return replace(result, facts={**result.facts, "ratings": int(n.sum()), "unknown": None})


def _roles_hidden(result: Any) -> Any:
    """Those who answered are counted over the roles that are shown."""
    shown = result.roles["shown"].astype(bool)
    if shown.all() or "people" not in result.facts:
        return result
    told = {"people": int(result.roles.loc[shown, "people"].sum()), "roles": int(shown.sum())}
    return replace(result, facts={**result.facts, **told})
