"""After the steps: a strategy for each touchpoint, the theme kept or broken, and whether people here agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.result import StepResult

_MOMENT = ("red", "value", "mixed")
_ALIGNMENT = ["role", "touchpoint", "n", "importance", "performance", "minimum", "maximum"]


@dataclass(frozen=True, eq=False, kw_only=True)
class StrategyResult(StepResult):
    """What to do with each touchpoint, and how far those who must do it agree.

    Parameters
    ----------
    touchpoints : DataFrame
        `touchpoint`, `strategy` (repair, protect, elevate, simplify, watch), `expectation_gap` (after − before), `theme_fit`
        (mean of its cues), `contradiction` (a negative cue at a moment of truth), `owner`, `name`, `kind`, `reason` (code).
    cues : DataFrame
        `touchpoint`, `name`, `cue`, `fit`, `contradiction`.
    alignment : DataFrame
        `role`, `touchpoint`, `n` (people), mean `importance` and `performance`, lowest and highest performance.
    items : DataFrame
        `item`, `role`, `n`, `score` (mean 1–5).
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


def run(engagement: Engagement, motivations: MotivationsResult, moments: MomentResult) -> StrategyResult:
    """Strategy from the kind of moment, the expectation gap and the theme; alignment by role."""
    journey = touchpoints_in_order(engagement)
    kinds = moments.moments[moments.moments["persona"] == ALL].set_index("touchpoint")["kind"]
    cues = _cues(engagement.table("theme_cues"), journey, kinds)
    frame = _strategies(journey, kinds, motivations.disconfirmation, cues)
    people = engagement.table("alignment")
    findings = [missing_table(name) for name in ("theme_cues", "alignment") if not engagement.has(name)]
    if engagement.settings.theme is None:
        findings.append(Finding("strategy.no_theme", "warns"))
    findings += for_each(
        cues[cues["contradiction"]],
        "strategy.contradiction",
        "warns",
        "touchpoint",
        touchpoint="name",
        cue="cue",
    )
    findings += _without_owner(frame)
    facts = {"people": int(people["respondent"].nunique()), "roles": int(people["role"].nunique())}
    return StrategyResult(
        touchpoints=frame,
        cues=cues,
        alignment=_alignment(people, journey["touchpoint"]),
        items=_items(people),
        facts=facts | {"contradictions": int(cues["contradiction"].sum())},
        findings=tuple(findings),
    )


def _cues(cues: pd.DataFrame, journey: pd.DataFrame, kinds: pd.Series) -> pd.DataFrame:
    names = journey.set_index("touchpoint")["name"]
    kept = cues[cues["touchpoint"].isin(names.index)].reset_index(drop=True)
    at_moment = kept["touchpoint"].map(kinds).isin(_MOMENT)
    return pd.DataFrame(
        {
            "touchpoint": kept["touchpoint"],
            "name": kept["touchpoint"].map(names),
            "cue": kept["cue"],
            "fit": kept["fit"],
            "contradiction": (at_moment & (kept["fit"] < 0)).astype(bool),
        }
    )


def _strategies(
    journey: pd.DataFrame, kinds: pd.Series, disconfirmation: pd.DataFrame, cues: pd.DataFrame
) -> pd.DataFrame:
    frame = journey[["touchpoint", "name", "owner"]].assign(kind=journey["touchpoint"].map(kinds))
    everyone = disconfirmation[disconfirmation["persona"] == ALL].set_index("touchpoint")
    frame["expectation_gap"] = frame["touchpoint"].map(everyone["difference"]).astype(float)
    disappointed = frame["touchpoint"].map(everyone["verdict"]) == "disappointed"
    frame["theme_fit"] = frame["touchpoint"].map(cues.groupby("touchpoint")["fit"].mean()).astype(float)
    broken = cues.loc[cues["contradiction"], "touchpoint"]
    frame["contradiction"] = frame["touchpoint"].isin(broken)
    kind = frame["kind"]
    rules = {
        "red": kind == "red",
        "value": kind == "value",
        "mixed": kind == "mixed",
        "watch": kind == "watch",
        "disappointed": (kind == "maintain") & disappointed,
        "off_theme": (kind == "maintain") & (frame["theme_fit"] < 0),
        "insufficient": (kind == "insufficient") | kind.isna(),
    }
    strategy = {
        "red": "repair", "value": "protect", "mixed": "elevate", "watch": "simplify", "disappointed": "elevate", "off_theme": "elevate",
        "insufficient": "watch", "fine": "watch",
    }  # fmt: skip
    frame["reason"] = np.select([rule.fillna(False) for rule in rules.values()], list(rules), "fine")
    frame["strategy"] = frame["reason"].map(strategy)
    columns = [
        "touchpoint",
        "strategy",
        "expectation_gap",
        "theme_fit",
        "contradiction",
        "owner",
        "name",
        "kind",
    ]
    return frame[[*columns, "reason"]]


def _without_owner(frame: pd.DataFrame) -> list[Finding]:
    acting = frame[frame["strategy"].isin(["repair", "elevate", "simplify"]) & frame["owner"].isna()]
    return for_each(
        acting, "strategy.no_owner", "warns", "touchpoint", touchpoint="name", strategy="strategy"
    )


def _alignment(people: pd.DataFrame, order: pd.Series) -> pd.DataFrame:
    judged = people.dropna(subset=["touchpoint"])
    grouped = judged.groupby(["role", "touchpoint"], sort=True)
    frame = grouped.agg(
        n=("respondent", "nunique"),
        importance=("importance", "mean"),
        performance=("performance", "mean"),
        minimum=("performance", "min"),
        maximum=("performance", "max"),
    )
    place = pd.Series(range(len(order)), index=order)
    ordered = frame.reset_index().assign(_place=lambda f: f["touchpoint"].map(place))
    return ordered.sort_values(["_place", "role"], kind="stable", ignore_index=True)[_ALIGNMENT]


def _items(people: pd.DataFrame) -> pd.DataFrame:
    said = people.dropna(subset=["item", "score"])
    frame = said.groupby(["item", "role"], sort=True).agg(
        n=("respondent", "nunique"), score=("score", "mean")
    )
    return frame.reset_index()
