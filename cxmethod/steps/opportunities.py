"""Step 7: what to do, in what order, with what money, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.stats.frontier import weight_draws
from cxmethod.steps.criteria import EASE, Criteria, weigh
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.impact import IMPACT, listed, point_impact
from cxmethod.steps.initiative_scores import agreement, first_three, ranked, raw_scores, usable
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.placement import DONE, UNDER_WAY, orphans, pairs, place, still_required
from cxmethod.steps.portfolio import DRAWS, Chosen, Progress, choose
from cxmethod.steps.result import StepResult
from cxmethod.steps.roadmap import no_plan, plan
from cxmethod.steps.worth import worth

_INITIATIVES = [
    "initiative", "score", "rank", "topsis_rank", "easy_and_smart", "selected", "tranche", "p_selected", "cost",
    "owner", "name", "p_first_three", "customer_impact", "ease", "touchpoints", "motivations", "indicator", "target",
    "months", "person_days", "requires", "excludes", "status",
]  # fmt: skip
_DONE = ["initiative", "name", "done_wave", "owner", "touchpoints", "indicator", "target"]


@dataclass(frozen=True, eq=False, kw_only=True)
class OpportunityResult(StepResult):
    """Opportunities, the initiatives that answer them in order, and which of them to choose.

    Parameters
    ----------
    opportunities : DataFrame
        `opportunity` (key), `kind` (red, worry), `name` (missing for a worry whose words wait for approval), `phase`,
        `status`, `initiatives` (keys joined by ``;``), `done` (those already done).
    initiatives : DataFrame
        What is neither done nor dropped: `initiative`, `score` (weighted sum, 0–1), `rank`, `topsis_rank`,
        `easy_and_smart`, `selected`, `tranche` (1 for easy & smart, then by the roadmap), `p_selected` (share of the
        weight draws), `cost`, `owner`, `p_first_three` and what they rest on. Without a portfolio `selected` marks only
        what the consultant keeps, and `p_selected` is missing.
    criteria : DataFrame
        `criterion`, `weight` (adds up to 1), `direction`.
    done : DataFrame
        `initiative`, `name`, `done_wave` … of what is done already: neither ranked nor chosen.
    left_out : DataFrame
        `initiative`, `reason`, the amounts `needed` and `left`, `leaves`, `loss`; one row for each reason.
    frontier : DataFrame
        `budget`, `value` and its `share` of what money can buy at all, `cost`, `initiatives`; missing where what has to be
        in does not fit the budget.
    roadmap : DataFrame
        What is chosen: `initiative`, `start`, `end` (months; 0 is the beginning), `tranche`, `owner`, `cost`, `indicator`,
        `target`.
    owners : DataFrame
        `owner`, `capacity` and `used` (days), `budget` and `spent`.
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
    done: pd.DataFrame
    left_out: pd.DataFrame
    frontier: pd.DataFrame
    roadmap: pd.DataFrame
    owners: pd.DataFrame


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def run(
    engagement: Engagement,
    motivations: MotivationsResult,
    moments: MomentResult,
    progress: Progress = _silent,
) -> OpportunityResult:
    """Opportunities, initiatives by the weighted sum, and the best portfolio within the budget.

    Parameters
    ----------
    progress : callable
        Told, while the portfolio is computed, how many of how many solves are done.
    """
    everything, decided = engagement.table("initiatives"), engagement.decisions.opportunities
    is_done = everything["status"].eq(DONE).fillna(False).astype(bool)
    ahead, done = everything[~is_done].reset_index(drop=True), set(everything.loc[is_done, "initiative"])
    live = ahead[~ahead["initiative"].isin(decided.drop)].reset_index(drop=True)
    points = moments.moments[moments.moments["persona"] == ALL]
    impact = point_impact(_with_association(points, moments.drivers))
    opportunities = _opportunities(engagement, points, motivations.statements, live, everything[is_done])
    criteria, scores = weigh(engagement), raw_scores(live, impact)
    used = usable(criteria.frame, scores)
    order = _order(live, scores, used, done)
    draws = _draws(used["weight"], engagement.settings.seed) if len(live) else pd.DataFrame()
    under_way = set(live.loc[live["status"].eq(UNDER_WAY).fillna(False), "initiative"])
    kept = {*decided.keep, *under_way} & set(live["initiative"])
    owners = engagement.table("owners")
    limited = set(owners.dropna(subset=["capacity_days"])["owner"])
    placement = place(ahead, done, set(decided.drop), kept, limited, pairs(everything, "excludes"))
    value = worth(placement.options, scores, used, impact)
    chosen = choose(engagement, placement, value, used, draws, order["rank"], kept, progress)
    schedule, late = no_plan(), list[Finding]()
    if chosen.state == "chosen":
        schedule, late = plan(placement, chosen.selected, order, owners, engagement.settings.budget.months)
    if len(draws):
        order["p_first_three"] = first_three(scores, used, draws)
    facts = {
        "portfolio": chosen.state,
        "weights": criteria.source,
        "consistency_ratio": criteria.consistency_ratio,
        "budget": engagement.settings.budget.amount,
        "months": engagement.settings.budget.months,
        "total_cost": float(live["cost"].sum()),
        "costed": int(live["cost"].notna().sum()),
        "kendall_tau": agreement(order),
        **chosen.facts,
    }
    findings = [
        *([] if len(everything) else [missing_table("initiatives")]),
        *_open_findings(live, opportunities, kept),
        *_said_of(engagement, ahead, criteria, used),
        *placement.findings,
        *_kept_and_dropped(everything, set(decided.keep) & set(decided.drop)),
        *chosen.findings,
        *late,
        *([Finding("opportunity.no_value", "warns")] if chosen.state == "no_value" and len(live) else []),
    ]
    return OpportunityResult(
        opportunities=opportunities,
        initiatives=_table(live, order, chosen, set(decided.keep), schedule),
        criteria=criteria.frame,
        done=everything.loc[is_done, _DONE].reset_index(drop=True),
        left_out=chosen.left_out,
        frontier=chosen.frontier,
        roadmap=schedule,
        owners=chosen.owners,
        facts=facts,
        findings=tuple(findings),
    )


def _opportunities(
    engagement: Engagement,
    points: pd.DataFrame,
    statements: pd.DataFrame,
    live: pd.DataFrame,
    done: pd.DataFrame,
) -> pd.DataFrame:
    journey = touchpoints_in_order(engagement).set_index("touchpoint")[["name", "phase"]]
    said_in = engagement.table("motivations").set_index("motivation")["phase"]
    red = points[points["kind"] == "red"]
    worries = statements[statements["answered"].eq(False).fillna(False)]
    reds = pd.DataFrame(
        {
            "opportunity": red["touchpoint"],
            "name": red["touchpoint"].map(journey["name"]),
            "phase": red["touchpoint"].map(journey["phase"]),
            "status": red["status"],
        }
    )
    open_worries = pd.DataFrame(
        {
            "opportunity": worries["motivation"],
            "name": worries["text"],
            "phase": worries["motivation"].map(said_in),
        }
    )
    frame = pd.concat([reds.assign(kind="red"), open_worries.assign(kind="worry")], ignore_index=True)
    for column, own in {"initiatives": live, "done": done}.items():
        frame[column] = frame["opportunity"].map(_answers(own)).astype("string")
    return frame[["opportunity", "kind", "name", "phase", "status", "initiatives", "done"]]


def _answers(initiatives: pd.DataFrame) -> pd.Series:
    """By touchpoint or motivation: the initiatives that answer it, joined by ``;``."""
    answers = pd.concat([listed(initiatives, "touchpoints"), listed(initiatives, "motivations")])
    return answers.groupby("item")["initiative"].agg(lambda keys: ";".join(dict.fromkeys(keys)))


def _order(live: pd.DataFrame, scores: pd.DataFrame, used: pd.DataFrame, done: set[str]) -> pd.DataFrame:
    """By initiative: `score`, `rank`, `topsis_rank`, `customer_impact`, `ease` and `easy_and_smart`."""
    frame = ranked(scores, used)
    frame["customer_impact"], frame["ease"] = scores[IMPACT], scores[EASE]
    smart = frame["customer_impact"] > frame["customer_impact"].median()
    easy = frame["ease"] > frame["ease"].median()
    waits = frame.index.isin(still_required(live, done)["option"])
    owned = live.set_index("initiative")["owner"].notna()
    frame["easy_and_smart"] = smart & easy & owned & ~waits
    return frame


def _draws(weights: pd.Series, seed: int) -> pd.DataFrame:
    return weight_draws(weights, DRAWS, seed) if weights.sum() > 0 else pd.DataFrame()


def _table(
    live: pd.DataFrame, order: pd.DataFrame, chosen: Chosen, keep: set[str], schedule: pd.DataFrame
) -> pd.DataFrame:
    frame = live.set_index("initiative").join(order)
    if chosen.state == "chosen":
        frame["selected"] = pd.Series(frame.index.isin(chosen.selected), frame.index).astype("boolean")
        frame["tranche"] = schedule.set_index("initiative")["tranche"].reindex(frame.index).astype("Int64")
    else:
        kept = pd.Series(frame.index.isin(keep), frame.index)
        frame["selected"] = kept.map({True: True}).astype("boolean")
        frame["tranche"] = frame["easy_and_smart"].map({True: 1}).astype("Int64")
    frame["p_selected"] = chosen.p_selected.reindex(frame.index).astype(float)
    if len(chosen.p_selected):
        frame["p_selected"] = frame["p_selected"].fillna(0.0)
    if "p_first_three" not in frame:
        frame["p_first_three"] = float("nan")
    ordered = frame.reset_index().sort_values(["rank", "initiative"], na_position="last", ignore_index=True)
    return ordered[_INITIATIVES]


def _open_findings(live: pd.DataFrame, opportunities: pd.DataFrame, kept: set[str]) -> list[Finding]:
    red = opportunities[(opportunities["kind"] == "red") & opportunities["initiatives"].isna()]
    orphan = live["initiative"].isin(orphans(live))
    loose = live["indicator"].isna() | live["target"].isna()
    said: dict[str, Any] = {"initiative": "name"}
    return [
        *for_each(
            red[red["done"].isna()], "opportunity.red_unanswered", "warns", "opportunity", touchpoint="name"
        ),
        *for_each(
            red[red["done"].notna()], "opportunity.red_after_done", "warns", "opportunity", touchpoint="name"
        ),
        *for_each(live[orphan], "opportunity.orphan", "warns", "initiative", **said),
        *for_each(live[live["owner"].isna()], "opportunity.no_owner", "warns", "initiative", **said),
        *for_each(live[live["cost"].isna()], "opportunity.no_cost", "warns", "initiative", **said),
        *for_each(live[loose], "opportunity.no_indicator", "warns", "initiative", **said),
    ]


def _with_association(points: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """Which way feeling better at each touchpoint goes with the outcome, where there is a model."""
    if "association" not in drivers:
        return points
    own = drivers[drivers["persona"] == ALL].set_index("touchpoint")["association"]
    return points.assign(association=points["touchpoint"].map(own))


def _kept_and_dropped(initiatives: pd.DataFrame, keys: set[str]) -> list[Finding]:
    both = initiatives[initiatives["initiative"].isin(keys)]
    return for_each(both, "opportunity.kept_and_dropped", "warns", "initiative", initiative="name")


def _said_of(
    engagement: Engagement, ahead: pd.DataFrame, criteria: Criteria, used: pd.DataFrame
) -> list[Finding]:
    """What is missing around the initiatives: budget, owners, days, scores."""
    found: list[Finding] = []
    if engagement.settings.budget.amount is None:
        found.append(Finding("opportunity.no_budget", "info"))
    if ahead.empty:
        return found
    unscored = [c for c in criteria.frame["criterion"] if c not in used.index]
    found += criteria.findings
    found += [Finding("opportunity.no_scores", "warns", c, {"criterion": c}) for c in unscored]
    owners = engagement.table("owners")
    if owners.empty:
        return [*found, missing_table("owners")]
    limited = owners.dropna(subset=["capacity_days"])["owner"]
    no_days = ahead[ahead["person_days"].isna() & ahead["cost"].notna() & ahead["owner"].isin(limited)]
    strangers = sorted(set(ahead["owner"].dropna()) - set(owners["owner"]))
    found += for_each(no_days, "opportunity.no_days", "warns", "initiative", initiative="name", owner="owner")
    return [
        *found,
        *(Finding("opportunity.unknown_owner", "warns", name, {"owner": name}) for name in strangers),
    ]
