"""General scores by wave, NPS, satisfaction and effort, and what the last wave changed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.intervals import adjust, newcombe, nps_interval, wilson
from cxmethod.stats.score_changes import nps_difference

SCORES = ["wave", "metric", "n", "value", "low", "high"]
SCORE_CHANGES = [
    "metric",
    "before_wave",
    "wave",
    "before",
    "after",
    "difference",
    "low",
    "high",
    "p_adjusted",
]
METRICS = ("nps", "csat", "ces")
_PROMOTER, _PASSIVE = 9, 7
_COUNTS = ["promoter", "passive", "detractor", "good", "n"]


def score_counts(engagement: Engagement) -> pd.DataFrame:
    """How many answered what, by metric and wave in the file's order; metric and wave are the index.

    NPS: promoters 9–10, passives 7–8, detractors 0–6. Satisfaction and effort: `good` answers, from `satisfied_from` and
    `easy_from` on. Waves of fewer answers than are shown stay, with `n` alone.
    """
    scores, limits = engagement.table("scores"), engagement.settings.thresholds
    grade = scores["score"].astype("float64")
    bar = scores["metric"].map({"csat": limits.satisfied_from, "ces": limits.easy_from}).astype("float64")
    flags = scores[["metric", "wave"]].assign(
        promoter=grade >= _PROMOTER,
        passive=(grade >= _PASSIVE) & (grade < _PROMOTER),
        detractor=grade < _PASSIVE,
        good=grade >= bar,
        n=1,
    )
    order = pd.Series(range(scores["wave"].nunique()), index=scores["wave"].unique(), dtype="int64")
    counts = flags.groupby(["metric", "wave"], observed=True)[_COUNTS].sum().reset_index()
    counts = counts.assign(place=counts["wave"].map(order).astype("int64"))
    counts = counts.sort_values(["metric", "place"], ignore_index=True).set_index(["metric", "wave"])
    few = counts["n"] < limits.suppress_below
    return counts.assign(**counts[_COUNTS[:-1]].astype("float64").mask(few))


def score_table(counts: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """`SCORES`: NPS in points with its adjusted-Wald interval; shares of good answers with Wilson's."""
    nps = nps_interval(counts["promoter"], counts["passive"], counts["detractor"], limits.confidence)
    low, high = wilson(counts["good"], counts["n"], limits.confidence)
    share = pd.DataFrame({"nps": counts["good"] / counts["n"], "low": low, "high": high}, counts.index)
    table = _by_metric(nps, share).rename(columns={"nps": "value"})
    return table.assign(n=counts["n"]).reset_index()[SCORES]


def score_changes(counts: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """`SCORE_CHANGES`: each metric's last wave against the one before; Newcombe, for NPS its own; Holm over the metrics."""
    shown = counts.dropna(subset=["promoter"]).reset_index()
    last = shown.groupby("metric").tail(1).set_index("metric")
    earlier = shown[shown.duplicated("metric", keep="last")].groupby("metric").tail(1).set_index("metric")
    last = last.loc[earlier.index]
    shares = newcombe(last["good"], last["n"], earlier["good"], earlier["n"], limits.confidence)
    test = _by_metric(nps_difference(last, earlier, limits.confidence), shares)
    values = {
        name: _by_metric(_nps(own), (own["good"] / own["n"]).to_frame("nps"))["nps"]
        for name, own in (("before", earlier), ("after", last))
    }
    table = test.assign(
        **values,
        before_wave=earlier["wave"],
        wave=last["wave"],
        p_adjusted=adjust(test["p_value"], "holm"),
    )
    return table.rename_axis("metric").reset_index()[SCORE_CHANGES]


def _nps(counts: pd.DataFrame) -> pd.DataFrame:
    return nps_interval(counts["promoter"], counts["passive"], counts["detractor"])[["nps"]]


def _by_metric(nps: pd.DataFrame, share: pd.DataFrame) -> pd.DataFrame:
    """Rows of `nps` where the metric is the net promoter score, of `share` elsewhere; the same columns."""
    is_nps = np.asarray(nps.index.get_level_values("metric") == "nps")
    return pd.DataFrame(np.where(is_nps[:, None], nps, share), nps.index, nps.columns, dtype="float64")
