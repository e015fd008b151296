"""After the steps: a strategy for each touchpoint, the theme kept or broken, and whether people here agree."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.steps import theme_audit
from cxmethod.steps.alignment import alignment, customers_view
from cxmethod.steps.alignment_findings import alignment_findings
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.strategies import ACTING, STRATEGIES, UNKNOWN, decided

_TOUCHPOINTS = [
    "touchpoint", "strategy", "expectation_gap", "theme_fit", "contradiction", "owner", "name", "kind", "status", "factor",
    "gap_low", "gap_high", "gap_n", "gap", "fit", "cues", "reason",
]  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class StrategyResult(StepResult):
    """What to do with each touchpoint, and how far those who must do it agree.

    Parameters
    ----------
    touchpoints : DataFrame
        `touchpoint`, `strategy` (of `cxmethod.steps.strategies.STRATEGIES`), `expectation_gap` (after − before) with `gap_low`,
        `gap_high`, `gap_n` and its verdict `gap`, `theme_fit` (mean of its `cues`) with its verdict `fit`, `contradiction` (a
        negative cue at a moment of truth), `owner`, `name`, `kind` and `status` (05), `factor` (penalty–reward class, 05), `reason`
        (a rule of `cxmethod.steps.strategies.TABLE`). What is not known is missing.
    cues, attributes : DataFrame
        As `cxmethod.steps.theme_audit` gives them.
    customers : DataFrame
        As `cxmethod.steps.alignment.customers_view` gives it.
    roles, alignment, between, agreement, items : DataFrame
        As `cxmethod.steps.alignment.Alignment` (`alignment` are its grades).
    """

    spec = StepSpec(
        "08_strategy",
        ("touchpoints", "phases", "theme_cues", "alignment"),
        ("scope", "moments"),
        ("03_motivations", "05_moments_of_truth"),
    )

    touchpoints: pd.DataFrame
    cues: pd.DataFrame
    alignment: pd.DataFrame
    items: pd.DataFrame
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)
    customers: pd.DataFrame = field(default_factory=pd.DataFrame)
    roles: pd.DataFrame = field(default_factory=pd.DataFrame)
    between: pd.DataFrame = field(default_factory=pd.DataFrame)
    agreement: pd.DataFrame = field(default_factory=pd.DataFrame)


def run(engagement: Engagement, motivations: MotivationsResult, moments: MomentResult) -> StrategyResult:
    """Strategy from the kind of moment, its penalty–reward class, the expectation gap and the theme; alignment by role."""
    journey = touchpoints_in_order(engagement)
    names = journey.set_index("touchpoint")["name"]
    kinds = moments.moments[moments.moments["persona"] == ALL].set_index("touchpoint")["kind"]
    cues = theme_audit.cues(engagement, journey, kinds)
    attributes = theme_audit.attributes(engagement, cues)
    frame = _strategies(journey, moments, motivations.disconfirmation, cues)
    customers = customers_view(moments)
    people = alignment(engagement, journey, customers)
    findings = theme_audit.findings(engagement, cues, attributes, kinds, names)
    findings += [] if engagement.has("alignment") else [missing_table("alignment")]
    findings += _without_owner(frame)
    findings += alignment_findings(people, names, engagement.settings.thresholds)
    counts = {strategy: int((frame["strategy"] == strategy).sum()) for strategy in STRATEGIES}
    asked = {"people": int(engagement.table("alignment")["respondent"].nunique()), "roles": len(people.roles)}
    return StrategyResult(
        touchpoints=frame,
        cues=cues,
        attributes=attributes,
        customers=customers,
        roles=people.roles,
        alignment=people.grades,
        between=people.between,
        agreement=people.agreement,
        items=people.items,
        facts={**counts, **asked, "contradictions": int(cues["contradiction"].sum())},
        findings=tuple(findings),
    )


def _strategies(
    journey: pd.DataFrame, moments: MomentResult, disconfirmation: pd.DataFrame, cues: pd.DataFrame
) -> pd.DataFrame:
    """What is known of each touchpoint, and the strategy that the decision table gives it."""
    key = journey["touchpoint"]
    own, contrast, lived = (
        table[table["persona"] == ALL].set_index("touchpoint")
        for table in (moments.moments, moments.penalty_reward, disconfirmation)
    )
    fits = theme_audit.fits(cues)
    broken = cues.loc[cues["contradiction"], "touchpoint"]
    numbers = {"expectation_gap": "difference", "gap_low": "low", "gap_high": "high", "gap_n": "n"}
    frame = journey[["touchpoint", "name", "owner"]].assign(
        kind=_code(key.map(own["kind"]), "insufficient"),
        status=key.map(own["status"]).astype("string"),
        factor=_code(key.map(contrast["kind"])),
        gap=_code(key.map(lived["verdict"])),
        fit=_code(key.map(fits["fit"])),
        theme_fit=key.map(fits["theme_fit"]).astype(float),
        cues=key.map(fits["cues"]).fillna(0).astype("int64"),
        contradiction=key.isin(broken),
        **{name: key.map(lived[column]).astype(float) for name, column in numbers.items()},
    )
    known = decided(frame)[_TOUCHPOINTS]
    codes = ["factor", "gap", "fit"]
    return known.assign(**{name: known[name].mask(known[name] == UNKNOWN) for name in codes})


def _code(values: pd.Series, otherwise: str = UNKNOWN) -> pd.Series:
    return values.astype("string").fillna(otherwise)


def _without_owner(frame: pd.DataFrame) -> list[Finding]:
    acting = frame[frame["strategy"].isin(ACTING) & frame["owner"].isna()]
    said = {"touchpoint": "name", "strategy": "strategy"}
    return for_each(acting, "strategy.no_owner", "warns", "touchpoint", **said)
