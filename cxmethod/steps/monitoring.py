"""After the steps: signal or noise, since when, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec, Thresholds
from cxmethod.stats.charts import p_chart
from cxmethod.stats.intervals import adjust, grouped_means, grouped_shares, newcombe, nps_interval
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.result import StepResult

_SIGNALS = ["touchpoint", "wave", "statistic", "value", "centre", "lower", "upper", "signal", "n"]
_SCORES = ["wave", "metric", "n", "value", "low", "high"]
_CHANGES = ["touchpoint", "name", "before", "after", "difference", "low", "high", "p_adjusted"]
_SATISFIED_FROM = 4


@dataclass(frozen=True, eq=False, kw_only=True)
class MonitoringResult(StepResult):
    """Waves against their baseline, and against each other.

    Parameters
    ----------
    signals : DataFrame
        `touchpoint`, `wave`, `statistic` (negative_share), `value`, `centre`, `lower`, `upper`, `signal` (beyond, run or
        blank), `n`. No limits with fewer waves than the baseline takes.
    changes : DataFrame
        Last wave against the one before: `touchpoint`, `name`, `before`, `after` (negative shares), `difference`, `low`,
        `high` (Newcombe), `p_adjusted` (Holm).
    scores : DataFrame
        `wave`, `metric` (nps, csat, ces), `n`, `value`, `low`, `high`; csat is the share of 4 and 5, ces a mean.
    initiatives : DataFrame
        Initiatives done in a wave: `initiative`, `name`, `wave`, `touchpoint`, and the columns of `changes`, all waves
        before that one against all after it (in the wave itself the work was still being done).
    """

    spec = StepSpec(
        "09_monitoring",
        ("waves", "scores", "initiatives", "touchpoints", "phases", "ratings", "events"),
        ("scope",),
    )

    signals: pd.DataFrame
    changes: pd.DataFrame
    scores: pd.DataFrame
    initiatives: pd.DataFrame


def run(engagement: Engagement) -> MonitoringResult:
    """A p chart a touchpoint; the last two waves; initiatives before and after; NPS and CSAT by wave."""
    limits = engagement.settings.thresholds
    names = touchpoints_in_order(engagement).set_index("touchpoint")["name"]
    waves = _waves(engagement, names)
    count = waves["wave"].nunique()
    signals = _signals(waves, limits)
    findings = [] if len(waves) else [missing_table("waves")]
    if 0 < count < limits.baseline_waves:
        short = {"n": count, "needed": limits.baseline_waves}
        findings.append(Finding("monitoring.short_baseline", "info", values=short))
    findings += _findings(signals, names, limits)
    return MonitoringResult(
        signals=signals,
        changes=_changes(waves, names, limits),
        scores=_scores(engagement.table("scores"), limits),
        initiatives=_initiatives(engagement.table("initiatives"), waves, names, limits),
        facts={"waves": int(count), "baseline": limits.baseline_waves, "points": len(signals)},
        findings=tuple(findings),
    )


def _waves(engagement: Engagement, names: pd.Series) -> pd.DataFrame:
    """Customers' waves of the map's touchpoints, in the order of the file."""
    waves = engagement.table("waves")
    customers = waves["source"].fillna("after") == "after"
    kept = waves[customers & waves["touchpoint"].isin(names.index)].dropna(subset=["negative"])
    place = pd.Series(range(len(waves["wave"].unique())), index=waves["wave"].unique())
    return kept.assign(place=kept["wave"].map(place)).sort_values(["touchpoint", "place"], kind="stable")


def _signals(waves: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    charts = [
        group[["touchpoint", "wave", "n"]].assign(statistic="negative_share").join(_chart(group, limits))
        for _, group in waves.groupby("touchpoint", sort=False)
    ]
    if not charts:
        return pd.DataFrame({name: [] for name in _SIGNALS})
    table = pd.concat(charts, ignore_index=True)[_SIGNALS]
    signal = table["signal"].astype("string")
    return table.assign(signal=signal.mask(signal == ""))


def _chart(group: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """The p chart of one touchpoint; a wave of too few customers has no value."""
    shown = group["n"] >= limits.suppress_below
    return p_chart(group["negative"].where(shown, 0), group["n"].where(shown, 0), limits.baseline_waves)


def _findings(signals: pd.DataFrame, names: pd.Series, limits: Thresholds) -> list[Finding]:
    """The latest signal of each touchpoint, since the wave in which it began."""
    found = signals[signals["signal"].isin(["beyond", "run"])]
    worse = signals["value"] > signals["centre"]
    side = signals["signal"].fillna("").astype(str) + worse.astype(str)
    stretch = (side != side.shift()).cumsum()
    last = found.index.isin(found.drop_duplicates("touchpoint", keep="last").index)
    latest = found[last]
    began = signals.assign(stretch=stretch).groupby(["touchpoint", "stretch"])["wave"].first()
    keys = pd.MultiIndex.from_arrays([latest["touchpoint"], stretch[latest.index]])
    since = began.reindex(keys).to_numpy()
    latest = latest.assign(name=latest["touchpoint"].map(names), worse=worse[latest.index], since=since)
    said = {
        "touchpoint": "name",
        "wave": "since",
        "negative_share": "value",
        "centre_share": "centre",
        "n": "n",
    }
    findings = []
    for (signal, is_worse), rows in latest.groupby(["signal", "worse"], sort=True):
        code = f"monitoring.{signal}_{'worse' if is_worse else 'better'}"
        findings += for_each(rows, code, "warns" if is_worse else "info", "touchpoint", **said)
    if not findings and signals["centre"].notna().any():
        noise = {"n": len(signals), "baseline": limits.baseline_waves}
        findings.append(Finding("monitoring.noise", "info", values=noise))
    return findings


def _changes(waves: pd.DataFrame, names: pd.Series, limits: Thresholds) -> pd.DataFrame:
    last = waves["place"].max()
    waves = waves[waves["n"] >= limits.suppress_below]
    now, before = (waves[waves["place"] == place].set_index("touchpoint") for place in (last, last - 1))
    both = now.index.intersection(before.index, sort=False)
    return _compared(before.loc[both], now.loc[both], names, limits)


def _compared(a: pd.DataFrame, b: pd.DataFrame, names: pd.Series, limits: Thresholds) -> pd.DataFrame:
    """Negative share of `b` less that of `a`, by touchpoint."""
    test = newcombe(b["negative"], b["n"], a["negative"], a["n"], limits.confidence)
    frame = pd.DataFrame({"before": a["negative"] / a["n"], "after": b["negative"] / b["n"]})
    frame[["difference", "low", "high"]] = test[["difference", "low", "high"]].to_numpy()
    frame["p_adjusted"] = adjust(test["p_value"], "holm")
    frame = frame.rename_axis("touchpoint").reset_index()
    return frame.assign(name=frame["touchpoint"].map(names))[_CHANGES]


def _initiatives(
    initiatives: pd.DataFrame, waves: pd.DataFrame, names: pd.Series, limits: Thresholds
) -> pd.DataFrame:
    place = waves.drop_duplicates("wave").set_index("wave")["place"]
    done = initiatives.dropna(subset=["done_wave", "touchpoints"])
    done = done[done["done_wave"].isin(place.index)]
    frames = [pd.DataFrame({name: [] for name in ("initiative", "done_wave", *_CHANGES)})]
    for row in done[["initiative", "name", "done_wave", "touchpoints"]].to_dict("records"):
        points = [item.strip() for item in row["touchpoints"].split(";")]
        own = waves[waves["touchpoint"].isin(points)]
        done_at = place[row["done_wave"]]
        parts = (own["place"] < done_at, own["place"] > done_at)
        a, b = (own[part].groupby("touchpoint")[["negative", "n"]].sum() for part in parts)
        both = a.index.intersection(b.index)
        compared = _compared(a.loc[both], b.loc[both], names, limits)
        frames.append(compared.assign(initiative=row["name"], done_wave=row["done_wave"]))
    return pd.concat([f for f in frames if len(f)] or frames, ignore_index=True)[
        ["initiative", "done_wave", *_CHANGES]
    ]


def _scores(scores: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    order = pd.Series(range(scores["wave"].nunique()), index=scores["wave"].unique())
    of = {metric: scores[scores["metric"] == metric] for metric in ("nps", "csat", "ces")}
    frame = pd.concat(
        [_nps(of["nps"], limits), _csat(of["csat"], limits), _ces(of["ces"], limits)], ignore_index=True
    )
    hidden = frame["n"] < limits.suppress_below
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].mask(hidden)
    keyed = frame.assign(_place=frame["wave"].map(order))
    return keyed.sort_values(["metric", "_place"], ignore_index=True)[_SCORES]


def _nps(scores: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    grade = scores["score"].astype(float)
    counts = pd.DataFrame({"promoter": grade >= 9, "passive": grade.between(7, 8), "detractor": grade <= 6})
    waves = counts.groupby(scores["wave"]).sum()
    interval = nps_interval(waves["promoter"], waves["passive"], waves["detractor"], limits.confidence)
    frame = pd.DataFrame({"wave": waves.index, "metric": "nps", "n": waves.sum(axis=1).to_numpy()})
    return frame.assign(value=interval["nps"].to_numpy(), **_limits(interval))


def _csat(scores: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    satisfied = scores.assign(satisfied=scores["score"] >= _SATISFIED_FROM)
    shares = grouped_shares(satisfied, ["wave"], "satisfied", confidence=limits.confidence)
    return shares.rename(columns={"share": "value"}).assign(metric="csat")[_SCORES]


def _ces(scores: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    means = grouped_means(scores, ["wave"], "score", confidence=limits.confidence)
    return means.rename(columns={"mean": "value"}).assign(metric="ces")[_SCORES]


def _limits(interval: pd.DataFrame) -> dict[str, Any]:
    return {name: interval[name].to_numpy() for name in ("low", "high")}
