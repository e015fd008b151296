"""Step 7: what to do, in what order, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.stats import kendalltau

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.stats.ranking import Direction, rank, rescale, topsis, weighted_sum
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.result import StepResult

IMPACT = "customer_impact"
"""The criterion that is computed from what customers said, never typed in."""
_EFFORT = ("cost", "person_days", "months")
_INITIATIVES = [
    "initiative", "score", "rank", "topsis_rank", "easy_and_smart", "selected", "tranche", "p_selected", "cost",
    "owner", "name", "customer_impact", "ease", "touchpoints", "motivations", "indicator", "target", "months",
    "person_days", "requires",
]  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class OpportunityResult(StepResult):
    """Opportunities, and the initiatives that answer them, in order.

    Parameters
    ----------
    opportunities : DataFrame
        `opportunity` (key), `kind` (red, worry), `name`, `status`, `initiatives` (keys joined by ``;``).
    initiatives : DataFrame
        `initiative`, `score` (weighted sum, 0–1), `rank`, `topsis_rank`, `easy_and_smart`, `selected`, `tranche` (1 for
        easy & smart), `p_selected`, `cost`, `owner` and what they rest on. `selected` marks what the consultant keeps
        whatever its score; it and `p_selected` stay blank otherwise until a portfolio is computed within the budget.
    criteria : DataFrame
        `criterion`, `weight` (adds up to 1), `direction`.
    """

    spec = StepSpec(
        "07_opportunities",
        ("initiatives", "criteria", "owners", "motivations", "touchpoints", "phases"),
        ("scope", "opportunities"),
        ("03_motivations", "05_moments_of_truth"),
    )

    opportunities: pd.DataFrame
    initiatives: pd.DataFrame
    criteria: pd.DataFrame


def run(engagement: Engagement, motivations: MotivationsResult, moments: MomentResult) -> OpportunityResult:
    """Every red point and unanswered worry is an opportunity; initiatives ranked by the weighted sum."""
    initiatives = engagement.table("initiatives")
    dropped = engagement.decisions.opportunities.drop
    initiatives = initiatives[~initiatives["initiative"].isin(dropped)].reset_index(drop=True)
    points = moments.moments[moments.moments["persona"] == ALL]
    names = touchpoints_in_order(engagement).set_index("touchpoint")["name"]
    opportunities = _opportunities(points, motivations.statements, initiatives, names)
    scores = _scores(initiatives, points)
    criteria = _criteria(engagement.table("criteria"))
    usable: list[str] = [c for c in criteria["criterion"] if c in scores and scores[c].notna().any()]
    keep = engagement.decisions.opportunities.keep
    ranked = _ranked(initiatives, scores, criteria.set_index("criterion").loc[usable], keep)
    unscored = [c for c in criteria["criterion"] if c not in usable]
    facts = {
        "budget": engagement.settings.budget.amount,
        "total_cost": float(initiatives["cost"].sum()),
        "costed": int(initiatives["cost"].notna().sum()),
        "kendall_tau": _agreement(ranked),
    }
    findings = [] if len(initiatives) else [missing_table("initiatives")]
    findings += _findings(initiatives, opportunities, engagement)
    if len(initiatives):
        findings += [Finding("opportunity.no_scores", "warns", c, {"criterion": c}) for c in unscored]
    return OpportunityResult(
        opportunities=opportunities,
        initiatives=ranked,
        criteria=criteria,
        facts=facts,
        findings=tuple(findings),
    )


def _opportunities(
    points: pd.DataFrame, statements: pd.DataFrame, initiatives: pd.DataFrame, names: pd.Series
) -> pd.DataFrame:
    red = points[points["kind"] == "red"]
    worries = statements[statements["answered"].eq(False).fillna(False)]
    reds = pd.DataFrame(
        {"opportunity": red["touchpoint"], "name": red["touchpoint"].map(names), "status": red["status"]}
    )
    open_worries = pd.DataFrame({"opportunity": worries["motivation"], "name": worries["text"]})
    frame = pd.concat([reds.assign(kind="red"), open_worries.assign(kind="worry")], ignore_index=True)
    answers = pd.concat([_items(initiatives, "touchpoints"), _items(initiatives, "motivations")])
    by_item = answers.groupby("item")["initiative"].agg(lambda keys: ";".join(dict.fromkeys(keys)))
    frame["initiatives"] = frame["opportunity"].map(by_item).astype("string")
    return frame[["opportunity", "kind", "name", "status", "initiatives"]]


def _items(initiatives: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for each item that an initiative lists."""
    lists = initiatives.set_index("initiative")[column].dropna().str.split(";").explode().str.strip()
    return lists[lists != ""].rename("item").reset_index().drop_duplicates()


def _scores(initiatives: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Each criterion's raw value by initiative: typed scores, costs, and the computed customer impact."""
    frame = initiatives.set_index("initiative")
    typed = {str(c).removeprefix("score_"): frame[c] for c in frame.columns if str(c).startswith("score_")}
    effort = {c: frame[c] for c in _EFFORT if frame[c].notna().any()}
    scores = pd.DataFrame({**effort, **typed}, index=frame.index)
    scores[IMPACT] = _impact(initiatives, points).reindex(frame.index)
    ease = (
        rescale(scores[list(effort)], dict.fromkeys(effort, "cost")).mean(axis=1) if effort else float("nan")
    )
    scores["ease"] = scores["ease"] if "ease" in typed else ease
    return scores


def _impact(initiatives: pd.DataFrame, points: pd.DataFrame) -> pd.Series:
    """Weight of the points answered × how many customers feel badly there.

    The weight is the relative share, or without a model the stated importance over its sum.
    """
    importance = points["stated_importance"] / points["stated_importance"].sum()
    weight = points["relative_share"] if points["relative_share"].notna().any() else importance
    impact = pd.Series((weight * points["negative_share"]).to_numpy(float), index=points["touchpoint"])
    items = _items(initiatives, "touchpoints")
    answered = items.assign(impact=items["item"].map(impact)).groupby("initiative")["impact"].sum(min_count=1)
    answers_none = initiatives.loc[~initiatives["initiative"].isin(items["initiative"]), "initiative"]
    return pd.concat([answered, pd.Series(0.0, index=answers_none)]) if impact.notna().any() else answered


def _criteria(criteria: pd.DataFrame) -> pd.DataFrame:
    """The declared criteria; without any, customer impact and ease count the same."""
    if criteria.empty:
        criteria = pd.DataFrame(
            {"criterion": [IMPACT, "ease"], "weight": [0.5, 0.5], "direction": ["benefit"] * 2}
        )
    total = criteria["weight"].sum()
    return criteria.assign(weight=criteria["weight"] / total if total else 0.0)[
        ["criterion", "weight", "direction"]
    ]


def _ranked(
    initiatives: pd.DataFrame, scores: pd.DataFrame, criteria: pd.DataFrame, keep: tuple[str, ...]
) -> pd.DataFrame:
    used = scores[list(criteria.index)]
    directions: dict[str, Direction] = dict(zip(criteria.index, criteria["direction"], strict=True))
    weights: dict[str, float] = dict(zip(criteria.index, criteria["weight"], strict=True))
    frame = initiatives.set_index("initiative")
    frame["score"] = (
        weighted_sum(rescale(used, directions), weights) if sum(weights.values()) > 0 else float("nan")
    )
    complete = used.dropna()
    closeness = (
        topsis(complete, weights, directions)
        if len(complete) > 1 and sum(weights.values()) > 0
        else pd.Series(dtype=float)
    )
    frame["rank"] = rank(frame["score"])
    frame["topsis_rank"] = rank(closeness).reindex(frame.index)
    frame["customer_impact"], frame["ease"] = scores[IMPACT], scores["ease"]
    smart = frame["customer_impact"] > frame["customer_impact"].median()
    easy = frame["ease"] > frame["ease"].median()
    frame["easy_and_smart"] = smart & easy & frame["owner"].notna() & frame["requires"].isna()
    frame["tranche"] = frame["easy_and_smart"].map({True: 1}).astype("Int64")
    frame["selected"] = pd.Series(frame.index.isin(keep), frame.index).map({True: True}).astype("boolean")
    frame["p_selected"] = float("nan")
    ordered = frame.reset_index().sort_values(["rank", "initiative"], na_position="last", ignore_index=True)
    return ordered[_INITIATIVES]


def _agreement(ranked: pd.DataFrame) -> float | None:
    both = ranked.dropna(subset=["rank", "topsis_rank"])
    return float(kendalltau(both["rank"], both["topsis_rank"]).statistic) if len(both) > 1 else None


def _findings(
    initiatives: pd.DataFrame, opportunities: pd.DataFrame, engagement: Engagement
) -> list[Finding]:
    open_red = opportunities[(opportunities["kind"] == "red") & opportunities["initiatives"].isna()]
    answers = initiatives["touchpoints"].notna() | initiatives["motivations"].notna()
    said = {"initiative": "name"}
    findings = [
        *for_each(open_red, "opportunity.red_unanswered", "warns", "opportunity", touchpoint="name"),
        *for_each(initiatives[~answers], "opportunity.orphan", "warns", "initiative", **said),
        *for_each(initiatives[initiatives["owner"].isna()], "opportunity.no_owner", "warns", "initiative", **said),
        *for_each(initiatives[initiatives["cost"].isna()], "opportunity.no_cost", "warns", "initiative", **said),
        *for_each(
            initiatives[initiatives["indicator"].isna() | initiatives["target"].isna()],
            "opportunity.no_indicator", "warns", "initiative", **said,
        ),
    ]  # fmt: skip
    if engagement.settings.budget.amount is None:
        findings.append(Finding("opportunity.no_budget", "info"))
    weights = engagement.table("criteria")["weight"]
    if len(initiatives) and weights.empty:
        findings.append(Finding("opportunity.default_criteria", "info"))
    if len(weights) and not weights.sum() > 0:
        findings.append(Finding("opportunity.no_weights", "warns"))
    if len(initiatives) and engagement.table("owners").empty:
        findings.append(missing_table("owners"))
    return findings
