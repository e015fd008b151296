"""What step 5 tells: what the model met, and which moments of truth there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cxmethod.steps.drivers import Drivers
from cxmethod.steps.finding import Finding, Severity, for_each
from cxmethod.steps.journey import ALL

_OF_A_PERSONA = ("drivers.explains_nothing", "drivers.equal_weight")


def model_findings(
    models: Mapping[str, Drivers], names: pd.Series, people: Mapping[str, str]
) -> list[Finding]:
    """Of everyone all that the model met; of a persona what keeps its weights from being told."""
    told = [_named(each, names) for each in models[ALL].findings]
    if not models[ALL].usable:
        return told
    for persona, name in people.items():
        told += [
            replace(
                each, code=f"{each.code}_persona", severity="info", values={**each.values, "persona": name}
            )
            for each in models[persona].findings
            if each.code in _OF_A_PERSONA
        ]
    return told + _too_few(models, people)


def _too_few(models: Mapping[str, Drivers], people: Mapping[str, str]) -> list[Finding]:
    """Personas without enough complete answers, and the one that lacks fewest."""
    missing = {persona: models[persona].facts.get("missing", 0) for persona in people}
    few = {persona: lacking for persona, lacking in missing.items() if lacking > 0}
    if not few:
        return []
    closest = min(few, key=lambda persona: few[persona])
    # What uneven weights leave of them: the limit is one of effective answers.
    complete = models[closest].facts["effective"]
    values = {"n": len(few), "persona": people[closest], "missing": few[closest], "complete": complete}
    return [Finding("drivers.personas_too_few", "info", ALL, values)]


def _named(finding: Finding, names: pd.Series) -> Finding:
    """Findings of the model speak of columns; people speak of touchpoints."""
    values = dict(finding.values)
    if "touchpoint" in values:
        values["touchpoint"] = str(names[values["touchpoint"]])
    if "touchpoints" in values:
        values["touchpoints"] = [str(names[key]) for key in values["touchpoints"]]
    return replace(finding, values=values)


def moment_findings(moments: pd.DataFrame, names: pd.Series) -> list[Finding]:
    own = moments[moments["persona"] == ALL]
    own = own.assign(name=own["touchpoint"].map(names))
    values = {
        "touchpoint": "name", "n": "n", "mean": "mean", "negative_share": "negative_share",
        "relative_share": "relative_share", "importance": "stated_importance",
    }  # fmt: skip
    told = own[own["kind"].isin(["red", "value"]) & own["status"].isin(["confirmed", "suspected"])]
    codes = "moment." + told["kind"] + "_" + told["status"] + "_" + told["basis"] + _unconfirmed(told)
    found = []
    for code, rows in told.groupby(codes, sort=False):
        severity: Severity = "warns" if rows["kind"].iloc[0] == "red" else "info"
        found += for_each(rows, str(code), severity, "touchpoint", **values)
    decided = own[own["kind"] != own["computed_kind"]]
    said = {
        "touchpoint": "name", "kind": "kind", "rule_kind": "computed_kind", "author": "decided_by", "date": "date",
        "reason": "written_reason",
    }  # fmt: skip
    return [*found, *for_each(decided, "moment.overruled", "info", "touchpoint", **said)]


def _unconfirmed(told: pd.DataFrame) -> pd.Series:
    """What a model leaves open at a suspected moment: its weight, how customers feel, or both."""
    weight = told["matters"] == "suspected"
    feeling = (told["kind"] == "red") & (told["dissatisfied"] == "suspected")
    open_ = np.select([weight & feeling, feeling], ["_both", "_feeling"], "_weight")
    modelled = (told["status"] == "suspected") & (told["basis"] == "measured")
    return pd.Series(np.where(modelled, open_, ""), told.index)


def persona_findings(moments: pd.DataFrame, names: pd.Series, people: Mapping[str, str]) -> list[Finding]:
    """Red points of a persona that are none for everyone."""
    everyone = moments[moments["persona"] == ALL].set_index("touchpoint")["kind"]
    own = moments[(moments["persona"] != ALL) & (moments["kind"] == "red")]
    own = own.assign(
        name=own["touchpoint"].map(names),
        whose=own["persona"].map(people),
        everyone=own["touchpoint"].map(everyone),
    )
    alone = own[own["everyone"] != "red"]
    values = {
        "persona": "whose", "touchpoint": "name", "kind": "everyone", "mean": "mean", "n": "n",
        "negative_share": "negative_share",
    }  # fmt: skip
    return [
        found
        for status in ("confirmed", "suspected")
        for found in for_each(
            alone[alone["status"] == status], f"moment.persona_red_{status}", "warns", "touchpoint", **values
        )
    ]
