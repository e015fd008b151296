"""One sentence a touchpoint: signal or noise, since when, how much."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import newcombe
from cxmethod.steps.finding import Finding, Severity, for_each
from cxmethod.steps.wave_charts import STATISTICS

_SAID = {
    "touchpoint": "name", "wave": "since", "waves": "names", "negative_share": "share", "centre_share": "centre_share",
    "difference": "points", "low": "points_low", "high": "points_high", "n": "n", "n_waves": "waves", "wave_mean": "mean",
    "centre_mean": "centre_mean",
}  # fmt: skip


def signal_findings(
    signals: pd.DataFrame, effective: pd.DataFrame, names: pd.Series, limits: Thresholds
) -> list[Finding]:
    """The latest signal of each touchpoint, since the wave in which it began; then the touchpoints where all is noise.

    Parameters
    ----------
    signals : DataFrame
        Of `signal_table`.
    effective : DataFrame
        Waves by effective counts, as comparisons take them.
    """
    told = _told(_stretches(signals[~signals["baseline"]]), signals)
    if len(told):
        told = _measured(told.assign(name=told["touchpoint"].map(names)), signals, effective, limits)
    findings = []
    for code, rows in told.groupby("code", sort=True) if len(told) else []:
        grave = str(code).endswith("_worse") and not str(code).startswith("past")
        severity: Severity = "warns" if grave else "info"
        findings += for_each(rows, f"monitoring.{code}", severity, "touchpoint", **_SAID)
    return [*findings, *_baseline_findings(signals, names), *_noise(signals, names, limits)]


def change_findings(
    changes: pd.DataFrame, signals: pd.DataFrame, waves: tuple[str, str], limits: Thresholds
) -> list[Finding]:
    """Where a touchpoint has no limits yet: what its last wave changed, and where nothing can be told apart."""
    limited = set(signals.loc[signals["centre"].notna(), "touchpoint"])
    own = changes[~changes["touchpoint"].isin(limited)]
    own = own.assign(
        before_wave=waves[0], wave=waves[1],
        points=100 * own["difference"], points_low=100 * own["low"], points_high=100 * own["high"],
    )  # fmt: skip
    moved = own["p_adjusted"] < limits.significance
    said = {
        "touchpoint": "name", "wave": "wave", "before_wave": "before_wave", "before_share": "before",
        "negative_share": "after", "difference": "points", "low": "points_low", "high": "points_high",
    }  # fmt: skip
    worse = for_each(
        own[moved & (own["difference"] > 0)], "monitoring.changed_worse", "warns", "touchpoint", **said
    )
    better = for_each(
        own[moved & (own["difference"] < 0)], "monitoring.changed_better", "info", "touchpoint", **said
    )
    same = [str(name) for name in own.loc[~moved, "name"]]
    values = {"touchpoints": same, "wave": waves[1], "before_wave": waves[0]}
    return [*worse, *better, *([Finding("monitoring.unchanged", "info", values=values)] if same else [])]


def _stretches(signals: pd.DataFrame) -> pd.DataFrame:
    """Signals in a row of one kind and one side: since when, until when, and whether they still hold."""
    rows = signals.assign(at=signals.groupby(["statistic", "touchpoint"]).cumcount())
    keys = ["statistic", "touchpoint"]
    side = _side(rows).where(rows["statistic"] != "distribution", 1)
    kind = rows["signal"].fillna("").astype(str)
    label = kind + side.astype(str)
    stretch = (label != label.groupby([rows[key] for key in keys]).shift()).cumsum()
    final = rows.groupby(keys)["at"].transform("max")
    rows = rows.assign(side=side, kind=kind, stretch=stretch, holds=rows["at"] == final, last=rows["wave"])
    found = rows[kind != ""].groupby([*keys, "stretch"], sort=False, as_index=False)
    return found.agg(
        kind=("kind", "first"), side=("side", "first"), since=("wave", "first"), last=("last", "last"),
        holds=("holds", "last"), at=("at", "last"),
    )  # fmt: skip


def _side(signals: pd.DataFrame) -> pd.Series[float]:
    """1 above the centre, −1 below it."""
    return pd.Series(np.sign(np.round(signals["value"] - signals["centre"], 12)), signals.index)


def _told(stretches: pd.DataFrame, signals: pd.DataFrame) -> pd.DataFrame:
    """The one stretch that each touchpoint is told of: one that still holds before one that is over, then by statistic."""
    if stretches.empty:
        return stretches.assign(code="")
    speaks = stretches["statistic"].map({name: place for place, name in enumerate(STATISTICS)})
    ordered = stretches.assign(speaks=speaks).sort_values(
        ["holds", "speaks", "at"], ascending=[False, True, False], kind="stable"
    )
    own = ordered.drop_duplicates("touchpoint")
    mean, share = own["statistic"] == "mean", own["statistic"] == "negative_share"
    turn = ((own["side"] > 0) == mean).map({True: "better", False: "worse"})
    now = (own["kind"] + "_" + turn).mask(mean, "mean_" + turn).mask(~mean & ~share, "distribution")
    code = now.mask(share & ~own["holds"], "past_" + turn)
    order = pd.Series(range(signals["touchpoint"].nunique()), index=signals["touchpoint"].unique())
    return own.assign(code=code).sort_values("touchpoint", key=lambda touchpoint: touchpoint.map(order))


def _measured(
    told: pd.DataFrame, signals: pd.DataFrame, effective: pd.DataFrame, limits: Thresholds
) -> pd.DataFrame:
    """How much: the waves of the stretch, pooled, against the baseline."""
    began = _run_start(told, signals)
    place = effective.drop_duplicates("wave").set_index("wave")["place"]
    told = told.assign(since=began).set_index("touchpoint")
    base = signals[signals["baseline"] & (signals["statistic"] == "negative_share")]
    keyed = effective.set_index(["touchpoint", "wave"])
    keys = keyed.index.get_level_values("touchpoint")
    own = effective.assign(start=told["since"].map(place).reindex(keys).to_numpy())
    own = own.assign(end=told["last"].map(place).reindex(keys).to_numpy())
    inside = own[(own["place"] >= own["start"]) & (own["place"] <= own["end"])]
    before = keyed.loc[keyed.index.isin(pd.MultiIndex.from_frame(base[["touchpoint", "wave"]]))].reset_index()
    a, b = (
        part.groupby("touchpoint")[["negative", "size"]].sum().reindex(told.index)
        for part in (inside, before)
    )
    test = newcombe(a["negative"], a["size"], b["negative"], b["size"], limits.confidence)
    at_last = signals.set_index(["statistic", "touchpoint", "wave"])
    means = at_last.reindex(pd.MultiIndex.from_arrays([["mean"] * len(told), told.index, told["last"]]))
    return told.assign(
        share=a["negative"] / a["size"],
        centre_share=b["negative"] / b["size"],
        points=100 * test["difference"],
        points_low=100 * test["low"],
        points_high=100 * test["high"],
        n=inside.groupby("touchpoint")["n"].sum().reindex(told.index),
        waves=inside.groupby("touchpoint").size().reindex(told.index),
        names=inside.groupby("touchpoint")["wave"].agg(list).reindex(told.index),
        mean=means["value"].to_numpy(),
        centre_mean=means["centre"].to_numpy(),
    ).reset_index()


def _run_start(told: pd.DataFrame, signals: pd.DataFrame) -> pd.Series:
    """A run is known at its eighth wave and began at its first."""
    keys = [signals["statistic"], signals["touchpoint"]]
    side = _side(signals)
    streak = (side != side.groupby(keys).shift()).cumsum()
    first = signals.groupby([*keys, streak])["wave"].transform("first")
    starts = signals.assign(first=first).set_index(["statistic", "touchpoint", "wave"])["first"]
    wanted = pd.MultiIndex.from_frame(told[["statistic", "touchpoint", "since"]])
    return told["since"].where(
        told["kind"] != "run", pd.Series(starts.reindex(wanted).to_numpy(), told.index)
    )


def _baseline_findings(signals: pd.DataFrame, names: pd.Series) -> list[Finding]:
    """Baselines that are none: a signal in their own waves, or waves that scatter more than sampling explains."""
    own = signals[signals["baseline"] & signals["signal"].notna()].drop_duplicates("touchpoint")
    unsteady = for_each(
        own.assign(name=own["touchpoint"].map(names)), "monitoring.baseline_unsteady", "warns", "touchpoint",
        touchpoint="name", wave="wave",
    )  # fmt: skip
    wide = signals[signals["chart"] == "p_prime"].drop_duplicates("touchpoint")
    scattered = for_each(
        wide.assign(name=wide["touchpoint"].map(names)), "monitoring.overdispersed", "info", "touchpoint",
        touchpoint="name",
    )  # fmt: skip
    return [*unsteady, *scattered]


def _noise(signals: pd.DataFrame, names: pd.Series, limits: Thresholds) -> list[Finding]:
    held = signals[signals["centre"].notna()]
    loud = set(held.loc[held["signal"].notna(), "touchpoint"])
    quiet = held[~held["touchpoint"].isin(loud)]
    if quiet.empty:
        return []
    touchpoints = [str(names[key]) for key in quiet["touchpoint"].unique()]
    points = quiet.drop_duplicates(["touchpoint", "wave"])
    values = {"touchpoints": touchpoints, "n": len(points), "baseline": limits.baseline_waves}
    return [Finding("monitoring.noise", "info", values=values)]
