"""One sentence a touchpoint: signal or noise, since when, how much."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.intervals import newcombe
from cxmethod.steps.finding import Finding, Severity, for_each
from cxmethod.steps.wave_charts import STATISTICS
from cxmethod.steps.wave_stretches import stretches

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
    told = _told(stretches(signals), signals)
    if len(told):
        told = _measured(told.assign(name=told["touchpoint"].map(names)), signals, effective, limits)
    findings = []
    for code, rows in told.groupby("code", sort=True) if len(told) else []:
        grave = str(code).endswith("_worse") and not str(code).startswith("past")
        severity: Severity = "warns" if grave else "info"
        findings += for_each(rows, f"monitoring.{code}", severity, "touchpoint", **_SAID)
    return [*findings, *_baseline_findings(signals, names), *_noise(signals, names, limits)]


def change_findings(
    changes: pd.DataFrame, signals: pd.DataFrame, last_wave: str, limits: Thresholds
) -> list[Finding]:
    """Where a touchpoint has no limits yet: what its last wave changed, and where nothing can be told apart.

    Parameters
    ----------
    changes : DataFrame
        Of `last_changes`.
    last_wave : str
        The last of all; where a touchpoint's is not known, the waves that were compared instead are named.
    """
    limited = set(signals.loc[signals["centre"].notna(), "touchpoint"])
    own = changes[~changes["touchpoint"].isin(limited)]
    own = own.assign(
        points=100 * own["difference"], points_low=100 * own["low"], points_high=100 * own["high"]
    )
    moved = own["p_adjusted"] < limits.significance
    said = {
        "touchpoint": "name", "wave": "wave", "before_wave": "before_wave", "before_share": "before",
        "negative_share": "after", "difference": "points", "low": "points_low", "high": "points_high",
    }  # fmt: skip
    worse, better = moved & (own["difference"] > 0), moved & (own["difference"] < 0)
    return [
        *for_each(own[worse], "monitoring.changed_worse", "warns", "touchpoint", **said),
        *for_each(own[better], "monitoring.changed_better", "info", "touchpoint", **said),
        *_by_waves(own[~moved], "monitoring.unchanged"),
        *_by_waves(
            changes[changes["wave"] != last_wave], "monitoring.last_wave_unknown", last_wave=last_wave
        ),
    ]


def _by_waves(changes: pd.DataFrame, code: str, **values: str) -> list[Finding]:
    """One finding for each pair of waves that were compared, with the touchpoints at which they were."""
    pairs = changes.groupby(["before_wave", "wave"], sort=False)["name"]
    return [
        Finding(
            code,
            "info",
            values={"touchpoints": [str(name) for name in own], "before_wave": before, "wave": wave} | values,
        )
        for (before, wave), own in pairs
    ]


def _told(found: pd.DataFrame, signals: pd.DataFrame) -> pd.DataFrame:
    """The one stretch that each touchpoint is told of: one that still holds before one that is over, then by statistic."""
    if found.empty:
        return found.assign(code="")
    speaks = found["statistic"].map({name: place for place, name in enumerate(STATISTICS)})
    ordered = found.assign(speaks=speaks).sort_values(
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
    place = effective.drop_duplicates("wave").set_index("wave")["place"]
    told = told.set_index("touchpoint")
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
    held = signals.dropna(subset=["centre", "value"])
    loud = set(held.loc[held["signal"].notna(), "touchpoint"])
    quiet = held[~held["touchpoint"].isin(loud)]
    if quiet.empty:
        return []
    touchpoints = [str(names[key]) for key in quiet["touchpoint"].unique()]
    points = quiet.drop_duplicates(["touchpoint", "wave"])
    values = {"touchpoints": touchpoints, "n": len(points), "baseline": limits.baseline_waves}
    return [Finding("monitoring.noise", "info", values=values)]
