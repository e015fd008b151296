"""After the steps: signal or noise, since when, and how much."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec, Thresholds
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.red_points import MATTERING, RED_POINTS, red_points
from cxmethod.steps.result import StepResult
from cxmethod.steps.wave_changes import effective, initiative_changes, last_changes
from cxmethod.steps.wave_charts import scatter, signal_table
from cxmethod.steps.wave_findings import change_findings, signal_findings
from cxmethod.steps.wave_scores import SCORE_CHANGES, score_changes, score_counts, score_table
from cxmethod.steps.waves import waves_in_order

RED_BETTER = "monitoring.red_better"
SIGNALS = frozenset(
    {
        RED_BETTER, "monitoring.beyond_worse", "monitoring.beyond_better", "monitoring.run_worse", "monitoring.run_better",
        "monitoring.mean_worse", "monitoring.mean_better", "monitoring.distribution",
    }
)  # fmt: skip
"""Codes of the findings that say that something is more than noise."""


@dataclass(frozen=True, eq=False, kw_only=True)
class MonitoringResult(StepResult):
    """Waves against their baseline, and against each other.

    Parameters
    ----------
    signals : DataFrame
        `touchpoint`, `wave`, `statistic` (negative_share, mean, distribution), `value`, `centre`, `lower`, `upper`, `signal`
        (beyond, run or blank), `n`, `chart` (p, p_prime, xmr, chi_square, chi_square_scaled), `baseline` (whether the wave
        made the limits). No limits with fewer waves than the baseline takes.
    changes : DataFrame
        Last known wave against the known one before: `touchpoint`, `name`, `before_wave`, `wave`, `before`, `after` (negative
        shares), `difference`, `low`, `high` (Newcombe), `p_adjusted` (Holm).
    scores : DataFrame
        `wave`, `metric` (nps, csat, ces), `n`, `value`, `low`, `high`; NPS in points, satisfaction and effort as shares of
        good answers.
    score_changes : DataFrame
        Each metric's last wave against the one before: `metric`, `before_wave`, `wave`, `before`, `after`, `difference`, `low`,
        `high`, `p_adjusted` (Holm).
    initiatives : DataFrame
        Initiatives done in a wave: `initiative`, `done_wave`, the columns of `changes` but its waves, `n_before`, `n_after`;
        all waves before that one against all after it (in the wave itself the work was still being done).
    red_points : DataFrame
        `touchpoint`, `name`, `wave`, `change` (open, opened, closed), `n`, `negative_share`, `negative_low`,
        `negative_high`, `mean`.
    """

    spec = StepSpec(
        "09_monitoring",
        ("waves", "scores", "initiatives", "touchpoints", "phases", "ratings", "respondents", "events"),
        ("scope",),
        ("05_moments_of_truth",),
    )

    signals: pd.DataFrame
    changes: pd.DataFrame
    scores: pd.DataFrame
    initiatives: pd.DataFrame
    score_changes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SCORE_CHANGES))
    red_points: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=RED_POINTS))


def run(engagement: Engagement, moments: MomentResult | None = None) -> MonitoringResult:
    """Control charts a touchpoint; the last two waves; initiatives before and after; scores; red points opened and closed.

    Parameters
    ----------
    moments : MomentResult, optional
        Says what matters; without it no touchpoint is known to, and no red point opens or closes.
    """
    limits = engagement.settings.thresholds
    names = touchpoints_in_order(engagement).set_index("touchpoint")["name"]
    waves = waves_in_order(engagement, names.index)
    signals = signal_table(waves, limits)
    counted = effective(waves, scatter(waves, limits))
    changes = last_changes(waves, counted, names, limits)
    counts = score_counts(engagement)
    scored = score_changes(counts, limits)
    initiatives = engagement.table("initiatives")
    judged = initiative_changes(initiatives, counted, names, limits)
    red = red_points(waves, _mattering(moments), names, limits)
    order = waves.sort_values("place")["wave"].unique()
    told = signal_findings(signals, counted, names, limits)
    findings = [
        *_evidence(len(order), limits),
        *told,
        *_moved_reds(told, moments),
        *(change_findings(changes, signals, order[-1], limits) if len(order) else []),
        *_red_findings(red),
        *_initiative_findings(judged, limits),
        *_lost_waves(initiatives, set(order)),
        *_score_findings(scored, limits),
    ]
    return MonitoringResult(
        signals=signals,
        changes=changes,
        scores=score_table(counts, limits),
        score_changes=scored,
        initiatives=judged,
        red_points=red,
        facts={"waves": len(order), "baseline": limits.baseline_waves, "points": len(signals)},
        findings=tuple(findings),
    )


def _mattering(moments: MomentResult | None) -> frozenset[str]:
    if moments is None:
        return frozenset()
    own = moments.moments[moments.moments["persona"] == ALL]
    return frozenset(own.loc[own["kind"].isin(MATTERING), "touchpoint"])


def _moved_reds(told: list[Finding], moments: MomentResult | None) -> list[Finding]:
    """Red points of step 5 at which fewer feel badly since: that step takes all answers together, whenever given."""
    if moments is None:
        return []
    own = moments.moments[moments.moments["persona"] == ALL]
    red = set(own.loc[own["kind"] == "red", "touchpoint"])
    better = ("monitoring.beyond_better", "monitoring.run_better")
    return [
        Finding(RED_BETTER, "info", one.item, one.values)
        for one in told
        if one.code in better and one.item in red
    ]


def _evidence(count: int, limits: Thresholds) -> list[Finding]:
    if not count:
        return [missing_table("waves")]
    if count >= limits.baseline_waves:
        return []
    short = {"n": count, "needed": limits.baseline_waves}
    return [Finding("monitoring.short_baseline", "info", values=short)]


def _red_findings(red: pd.DataFrame) -> list[Finding]:
    """The latest turn of each touchpoint, if it took one."""
    latest = red.drop_duplicates("touchpoint", keep="last")
    said = {
        "touchpoint": "name", "wave": "wave", "negative_share": "negative_share", "low_share": "negative_low",
        "high_share": "negative_high", "n": "n",
    }  # fmt: skip
    opened, closed = (latest[latest["change"] == change] for change in ("opened", "closed"))
    return [
        *for_each(opened, "monitoring.red_opened", "warns", "touchpoint", **said),
        *for_each(closed, "monitoring.red_closed", "info", "touchpoint", **said),
    ]


def _initiative_findings(judged: pd.DataFrame, limits: Thresholds) -> list[Finding]:
    points = judged.assign(
        points=100 * judged["difference"], points_low=100 * judged["low"], points_high=100 * judged["high"]
    )
    said = {
        "initiative": "initiative", "touchpoint": "name", "wave": "done_wave", "before_share": "before",
        "negative_share": "after", "difference": "points", "low": "points_low", "high": "points_high",
        "n_before": "n_before", "n_after": "n_after",
    }  # fmt: skip
    moved = points["p_adjusted"] < limits.significance
    better, worse = moved & (points["difference"] < 0), moved & (points["difference"] > 0)
    return [
        *for_each(points[worse], "monitoring.initiative_worse", "warns", "touchpoint", **said),
        *for_each(points[better], "monitoring.initiative_better", "info", "touchpoint", **said),
        *for_each(points[~moved], "monitoring.initiative_unclear", "info", "touchpoint", **said),
    ]


def _lost_waves(initiatives: pd.DataFrame, known: set[str]) -> list[Finding]:
    """Initiatives that are said to be done in a wave that nobody has seen."""
    done = initiatives.dropna(subset=["done_wave"])
    lost = done[~done["done_wave"].isin(known)] if known else done.head(0)
    said = {"initiative": "name", "wave": "done_wave"}
    return for_each(lost, "monitoring.done_wave_unknown", "warns", "initiative", **said)


def _score_findings(scored: pd.DataFrame, limits: Thresholds) -> list[Finding]:
    """NPS speaks in points of its scale, satisfaction and effort in percentage points."""
    nps = scored["metric"] == "nps"
    unit = nps.map({True: 1.0, False: 100.0}).astype(float)
    rows = scored.assign(
        points=scored["difference"] * unit, points_low=scored["low"] * unit, points_high=scored["high"] * unit
    )
    moved = rows["p_adjusted"] < limits.significance
    said = {"kind": "metric", "before_wave": "before_wave", "wave": "wave", "difference": "points", "low": "points_low",
            "high": "points_high"}  # fmt: skip
    shares = said | {"before_share": "before", "after_share": "after"}
    scores = said | {"nps_before": "before", "nps_after": "after"}
    return [
        *for_each(rows[nps & moved], "monitoring.nps_moved", "info", "metric", **scores),
        *for_each(rows[nps & ~moved], "monitoring.nps_same", "info", "metric", **scores),
        *for_each(rows[~nps & moved], "monitoring.score_moved", "info", "metric", **shares),
        *for_each(rows[~nps & ~moved], "monitoring.score_same", "info", "metric", **shares),
    ]
