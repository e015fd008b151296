"""Step 5: the moments that decide — where the customer is won or lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from cxmethod.engagement import Decisions, Engagement, StepSpec
from cxmethod.stats.intervals import grouped_means
from cxmethod.steps import asymmetry as contrasts
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.drivers import COLUMNS, Drivers, drivers
from cxmethod.steps.finding import missing_table
from cxmethod.steps.journey import ALL, for_all_and_each, ratings_with_persona
from cxmethod.steps.kano import kano_by_touchpoint
from cxmethod.steps.kinds import overruled, with_kinds
from cxmethod.steps.moment_findings import model_findings, moment_findings, persona_findings
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.touchpoints import TouchpointResult
from cxmethod.steps.variables import variables

_MOMENTS = [
    "persona", "touchpoint", "kind", "computed_kind", "status", "business_critical", "reason", "decided_by", "date",
    "written_reason", "basis", "matters", "dissatisfied", "n", "mean", "low", "high", "negative_share", "negative_low",
    "relative_share", "equal_share", "above_equal_share", "stated_importance",
]  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class MomentResult(StepResult):
    """Drivers of the outcome, what they cost and give, and the kind of each touchpoint.

    Parameters
    ----------
    drivers : DataFrame
        As `cxmethod.steps.drivers.COLUMNS`, for everyone and for each persona with enough cases.
    moments : DataFrame
        `persona`, `touchpoint`, `kind`, `computed_kind`, `status` (confirmed, suspected, decided — against the rule — or blank), `business_critical`,
        `reason` (a code of `cxmethod.steps.kinds`), `decided_by` (``rule`` or the author), `date` and `written_reason` of a
        decision, `basis` (measured, stated, judged) and the values that the reason names.
    penalty_reward : DataFrame
        As `cxmethod.steps.asymmetry.COLUMNS`.
    variables : DataFrame
        As `cxmethod.steps.variables.COLUMNS`.
    kano : DataFrame
        As `cxmethod.steps.kano.COLUMNS`.
    """

    spec = StepSpec(
        "05_moments_of_truth",
        ("touchpoints", "ratings", "respondents", "outcomes", "phases", "events", "variables", "kano"),
        ("scope", "moments", "importance"),
        ("01_persona", "04_touchpoints"),
    )

    drivers: pd.DataFrame
    moments: pd.DataFrame
    penalty_reward: pd.DataFrame = field(default_factory=contrasts.empty)
    variables: pd.DataFrame = field(default_factory=pd.DataFrame)
    kano: pd.DataFrame = field(default_factory=pd.DataFrame)


def run(engagement: Engagement, personas: PersonaResult, touchpoints: TouchpointResult) -> MomentResult:
    """What matters, where customers are dissatisfied, and the kind of moment that follows from both."""
    limits = engagement.settings.thresholds
    ratings = ratings_with_persona(engagement, personas.membership)
    after = for_all_and_each(ratings[ratings["source"] == "after"])
    outcomes = engagement.table("outcomes").set_index("respondent")["outcome"]
    order = touchpoints.journey["touchpoint"]
    names = touchpoints.journey.set_index("touchpoint")["name"]
    people = dict(
        zip(personas.personas["persona"].astype(str), personas.personas["name"].astype(str), strict=True)
    )
    models = {persona: _model(engagement, persona, after, outcomes, order) for persona in [ALL, *people]}
    importance = _stated(after, limits.suppress_below)
    speaking = _speaking(models, importance)
    table = _driver_table(speaking, importance)
    moments = pd.concat(
        [_moments(engagement, persona, model, table, touchpoints) for persona, model in speaking.items()],
        ignore_index=True,
    )
    cases = {persona: model.cases for persona, model in speaking.items() if model.cases is not None}
    contrasted = contrasts.asymmetry(cases, limits)
    inside, inside_findings = variables(engagement, after[after["persona"] == ALL], names)
    findings = model_findings(models, names, people) if len(outcomes) else [missing_table("outcomes")]
    findings += [*moment_findings(moments, names), *persona_findings(moments, names, people)]
    findings += contrasts.asymmetry_findings(contrasted, _that_matter(table, names))
    return MomentResult(
        drivers=table,
        moments=moments,
        penalty_reward=contrasted,
        variables=inside,
        kano=kano_by_touchpoint(engagement, personas.membership, touchpoints.journey),
        facts={**models[ALL].facts, "basis": _basis(moments), "outcomes": len(outcomes)},
        findings=(*findings, *inside_findings),
    )


def _basis(moments: pd.DataFrame) -> str:
    """What the moments rest on: a model, importance that somebody stated or judged, or nothing yet."""
    known = set(moments.loc[moments["persona"] == ALL, "basis"]) - {"unknown"}
    return "measured" if "measured" in known else "stated" if known else "none"


def _that_matter(table: pd.DataFrame, names: pd.Series) -> pd.Series:
    """Names of what matters to everyone, at least by suspicion."""
    matters = table[(table["persona"] == ALL) & (table["matters"] != "no")]
    return names[names.index.isin(matters["touchpoint"])]


def _stated(after: pd.DataFrame, suppress_below: int) -> pd.Series:
    """Mean importance that customers state, where enough of them did and nobody can be worked out by it."""
    said = grouped_means(after, ["persona", "touchpoint"], "importance", "weight")
    told = (said["n"] >= suppress_below) & ~protecting(said, ["touchpoint"], suppress_below)
    return said.assign(mean=said["mean"].where(told)).set_index(["persona", "touchpoint"])["mean"]


def _speaking(models: Mapping[str, Drivers], importance: pd.Series) -> dict[str, Drivers]:
    """Everyone, and the personas that can be told of on the ground that everyone's moments rest on.

    Where a model speaks for everyone, a persona needs a model of its own: what it states would say another thing by
    the same word. Where none does, a persona whose customers stated importance is told of by that.
    """
    stated = set(importance.dropna().index.get_level_values("persona"))
    measured = models[ALL].usable
    return {
        persona: model
        for persona, model in models.items()
        if persona == ALL or model.usable or (not measured and persona in stated)
    }


def _driver_table(models: Mapping[str, Drivers], importance: pd.Series) -> pd.DataFrame:
    heaviest_first = [
        model.table.sort_values("relative_share", ascending=False, kind="stable") for model in models.values()
    ]
    table = pd.concat(heaviest_first, ignore_index=True)
    stated = importance.rename("stated_importance").reset_index()
    merged = table.drop(columns="stated_importance").merge(stated, on=["persona", "touchpoint"], how="left")
    return merged[COLUMNS]


def _model(
    engagement: Engagement, persona: str, after: pd.DataFrame, outcomes: pd.Series, order: pd.Series
) -> Drivers:
    """The persona's drivers; an empty table where nobody of it has an outcome."""
    own = after[(after["persona"] == persona) & after["respondent"].isin(outcomes.index)]
    wide = own.groupby(["respondent", "touchpoint"])["emotion"].mean().unstack()
    wide = wide.reindex(columns=[t for t in order if t in wide.columns])
    weight = own.groupby("respondent")["weight"].first().reindex(wide.index)
    if wide.empty:
        blank = pd.DataFrame(
            {"touchpoint": order, "persona": persona, "matters": "no", "outside": "no_model"}
        )
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
    frame = with_kinds(frame.assign(persona=persona), model.usable, decisions, limits)
    critical = engagement.table("touchpoints").set_index("touchpoint")["business_critical"]
    marked = frame["touchpoint"].map(critical).astype("boolean").fillna(False).astype(bool)
    written = decisions if persona == ALL else Decisions()
    return overruled(frame.assign(business_critical=marked), written)[_MOMENTS]
