"""Step 5: the moments that decide — where the customer is won or lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cxmethod.engagement import Decisions, Engagement, StepSpec, Thresholds
from cxmethod.stats.intervals import grouped_means
from cxmethod.steps.drivers import COLUMNS, Drivers, drivers
from cxmethod.steps.finding import Finding, Severity, for_each, missing_table
from cxmethod.steps.journey import ALL, for_all_and_each, ratings_with_persona
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.touchpoints import TouchpointResult

_MOMENTS = [
    "persona", "touchpoint", "kind", "computed_kind", "status", "business_critical", "reason", "decided_by",
    "written_reason", "basis", "n", "mean", "low", "high", "negative_share", "negative_low", "relative_share",
    "above_equal_share", "stated_importance",
]  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class MomentResult(StepResult):
    """Drivers of the outcome, and the kind of each touchpoint.

    Parameters
    ----------
    drivers : DataFrame
        As `cxmethod.steps.drivers.COLUMNS`, for everyone and for each persona with enough cases.
    moments : DataFrame
        `persona`, `touchpoint`, `kind`, `computed_kind`, `status` (confirmed, suspected, decided — against the rule — or blank), `business_critical`,
        `reason` (a code), `decided_by` (``rule`` or the author), `written_reason`, `basis` (measured, stated, judged)
        and the values that the reason names.
    """

    spec = StepSpec(
        "05_moments_of_truth",
        ("touchpoints", "ratings", "respondents", "outcomes", "phases", "events"),
        ("scope", "moments", "importance"),
        ("01_persona", "04_touchpoints"),
    )

    drivers: pd.DataFrame
    moments: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult, touchpoints: TouchpointResult) -> MomentResult:
    """What matters, where customers are dissatisfied, and the kind of moment that follows from both."""
    ratings = ratings_with_persona(engagement, personas.membership)
    after = for_all_and_each(ratings[ratings["source"] == "after"])
    importance = _stated(after, engagement.settings.thresholds.suppress_below)
    order = touchpoints.journey["touchpoint"]
    outcomes = engagement.table("outcomes").set_index("respondent")["outcome"]
    people = [ALL, *personas.personas["persona"].dropna()]
    models = {persona: _model(engagement, persona, after, outcomes, order) for persona in people}
    models = {persona: model for persona, model in models.items() if persona == ALL or model.usable}
    heaviest_first = [model.table.sort_values("rank", kind="stable") for model in models.values()]
    table = pd.concat(heaviest_first, ignore_index=True)[COLUMNS]
    stated = importance.rename("stated_importance").reset_index()
    table = table.drop(columns="stated_importance").merge(stated, on=["persona", "touchpoint"], how="left")[
        COLUMNS
    ]
    moments = pd.concat(
        [_moments(engagement, persona, model, table, touchpoints) for persona, model in models.items()],
        ignore_index=True,
    )
    findings = [] if len(outcomes) else [missing_table("outcomes")]
    names = touchpoints.journey.set_index("touchpoint")["name"]
    findings += [_named(f, names) for f in models[ALL].findings if len(outcomes)]
    findings += _moment_findings(moments, touchpoints)
    facts = models[ALL].facts | {"basis": _basis(moments)}
    return MomentResult(drivers=table, moments=moments, facts=facts, findings=tuple(findings))


def _basis(moments: pd.DataFrame) -> str:
    """What the moments rest on: a model, importance that somebody stated or judged, or nothing yet."""
    known = set(moments.loc[moments["persona"] == ALL, "basis"]) - {"unknown"}
    return "measured" if "measured" in known else "stated" if known else "none"


def _stated(after: pd.DataFrame, suppress_below: int) -> pd.Series:
    """Mean importance that customers state, where enough of them did."""
    said = grouped_means(after, ["persona", "touchpoint"], "importance", "weight")
    said = said.set_index(["persona", "touchpoint"])
    return said["mean"].where(said["n"] >= suppress_below)


def _named(finding: Finding, names: pd.Series) -> Finding:
    """Findings of the model speak of columns; people speak of touchpoints."""
    values = dict(finding.values)
    if "touchpoint" in values:
        values["touchpoint"] = str(names[values["touchpoint"]])
    if "touchpoints" in values:
        values["touchpoints"] = [str(names[key]) for key in values["touchpoints"]]
    return replace(finding, values=values)


def _model(
    engagement: Engagement, persona: str, after: pd.DataFrame, outcomes: pd.Series, order: pd.Series
) -> Drivers:
    """The persona's drivers; an empty table where nobody of it has an outcome."""
    own = after[(after["persona"] == persona) & after["respondent"].isin(outcomes.index)]
    wide = own.groupby(["respondent", "touchpoint"])["emotion"].mean().unstack()
    wide = wide.reindex(columns=[t for t in order if t in wide.columns])
    weight = own.groupby("respondent")["weight"].first().reindex(wide.index)
    if wide.empty:
        blank = pd.DataFrame({"touchpoint": order, "persona": persona, "matters": "no"})
        return Drivers(blank.reindex(columns=COLUMNS))
    return drivers(engagement, persona, wide.assign(weight=weight), outcomes.reindex(wide.index))


def _moments(
    engagement: Engagement, persona: str, model: Drivers, table: pd.DataFrame, touchpoints: TouchpointResult
) -> pd.DataFrame:
    limits, decisions = engagement.settings.thresholds, engagement.decisions
    emotions = touchpoints.emotions
    emotions = emotions[(emotions["persona"] == persona) & (emotions["source"] == "after")]
    own = table[table["persona"] == persona].drop(columns=["low", "high", "n", "persona"])
    frame = touchpoints.journey[["touchpoint", "name"]].merge(emotions, on="touchpoint", how="left")
    frame = frame.merge(own, on="touchpoint", how="left")
    frame["n"] = frame["n"].fillna(0).astype("int64")
    frame["persona"] = persona
    frame = _matters(frame, model, decisions, limits)
    dissatisfied = _dissatisfied(frame, limits)
    kind, status = _kinds(frame, dissatisfied, limits)
    frame = frame.assign(computed_kind=kind, status=status, reason=kind + "." + frame["basis"])
    critical = engagement.table("touchpoints").set_index("touchpoint")["business_critical"]
    frame["business_critical"] = (
        frame["touchpoint"].map(critical).astype("boolean").fillna(False).astype(bool)
    )
    return _overruled(frame, decisions if persona == ALL else Decisions())[_MOMENTS]


def _matters(frame: pd.DataFrame, model: Drivers, decisions: Decisions, limits: Thresholds) -> pd.DataFrame:
    """By the model where it may speak; else by stated importance, else by the facilitator's judgement."""
    if model.usable:
        return frame.assign(basis="measured")
    judged = frame["touchpoint"].map(pd.Series(decisions.importance, dtype=float)).astype(float)
    stated = frame["stated_importance"].notna()
    importance = frame["stated_importance"].fillna(judged)
    basis = np.select([stated, judged.notna()], ["stated", "judged"], "unknown")
    matters = np.where(importance >= limits.stated_importance, "suspected", "no")
    return frame.assign(stated_importance=importance, matters=matters, basis=basis)


def _dissatisfied(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    certain = (frame["high"] < 0) | (frame["negative_low"] > limits.negative_share)
    estimated = (frame["mean"] < 0) | (frame["negative_share"] > limits.negative_share)
    return pd.Series(np.select([certain, estimated], ["yes", "suspected"], "no"), frame.index)


def _kinds(frame: pd.DataFrame, dissatisfied: pd.Series, limits: Thresholds) -> tuple[pd.Series, pd.Series]:
    """Kinds are exclusive, in this order; a status only where both tests decide."""
    matters, bad = frame["matters"] != "no", dissatisfied != "no"
    value = matters & (frame["low"] > 0) & ~bad
    unseen = (frame["n"] < limits.suppress_below) | frame["mean"].isna()
    kinds = [unseen, matters & bad, value, matters, bad]
    kind = np.select(kinds, ["insufficient", "red", "value", "mixed", "watch"], "maintain")
    sure, sure_bad = frame["matters"] == "yes", dissatisfied == "yes"
    both = (
        ((kind == "red") & sure & sure_bad)
        | ((kind == "value") & sure)
        | ((kind == "watch") & sure_bad & (frame["basis"] != "unknown"))
    )
    decided = np.isin(kind, ["red", "value", "mixed", "watch"])
    enough = frame["n"] >= limits.min_n
    status = pd.Series(
        np.select([both & enough, decided], ["confirmed", "suspected"], ""), frame.index, dtype="string"
    )
    return pd.Series(kind, frame.index, dtype="string"), status.mask(status == "")


def _overruled(frame: pd.DataFrame, decisions: Decisions) -> pd.DataFrame:
    """The consultant's written word goes before the rule, and is shown as such."""
    written = {t: (d.kind, d.author, d.reason) for t, d in decisions.moments.items()}
    table = pd.DataFrame.from_dict(
        written, orient="index", columns=["kind", "author", "reason"], dtype="string"
    )
    kind, author, reason = (frame["touchpoint"].map(table[name]).astype("string") for name in table.columns)
    return frame.assign(
        kind=kind.fillna(frame["computed_kind"]),
        status=frame["status"].mask(kind.notna() & (kind != frame["computed_kind"]), "decided"),
        decided_by=author.fillna("rule"),
        written_reason=reason,
    )


def _moment_findings(moments: pd.DataFrame, touchpoints: TouchpointResult) -> list[Finding]:
    names = touchpoints.journey.set_index("touchpoint")["name"]
    own = moments[moments["persona"] == ALL]
    own = own.assign(name=own["touchpoint"].map(names))
    values = {
        "touchpoint": "name", "n": "n", "mean": "mean", "negative_share": "negative_share",
        "relative_share": "relative_share", "importance": "stated_importance",
    }  # fmt: skip
    told = own[own["kind"].isin(["red", "value"]) & own["status"].isin(["confirmed", "suspected"])]
    codes = "moment." + told["kind"] + "_" + told["status"] + "_" + told["basis"]
    found = []
    for code, rows in told.groupby(codes, sort=False):
        severity: Severity = "warns" if rows["kind"].iloc[0] == "red" else "info"
        found += for_each(rows, str(code), severity, "touchpoint", **values)
    overruled = own[own["kind"] != own["computed_kind"]]
    said = {
        "touchpoint": "name",
        "kind": "kind",
        "rule_kind": "computed_kind",
        "author": "decided_by",
        "reason": "written_reason",
    }
    return [*found, *for_each(overruled, "moment.overruled", "info", "touchpoint", **said)]
