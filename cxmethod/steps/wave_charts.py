"""Control charts of every touchpoint: share who feel badly, distribution of emotions, mean."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxmethod.engagement import Thresholds
from cxmethod.stats.chi_chart import chi_square_chart
from cxmethod.stats.control_limits import ControlChart, baseline_waves
from cxmethod.stats.p_charts import p_chart
from cxmethod.stats.xmr import xmr_chart

SIGNALS = [
    "touchpoint", "wave", "statistic", "value", "centre", "lower", "upper", "signal", "n", "chart", "baseline",
]  # fmt: skip
STATISTICS = ("negative_share", "mean", "distribution")
"""In the order in which they speak: the share is what a touchpoint is judged by, the others say what it does not see."""
_CHARTS = {
    "negative_share": ("p", "p_prime"),
    "mean": ("xmr", "xmr"),
    "distribution": ("chi_square", "chi_square_scaled"),
}
_KNOWN_BY = {
    "negative_share": ["negative"],
    "mean": ["mean"],
    "distribution": ["negative", "neutral", "positive"],
}
"""By statistic: the measures without which a wave is not known."""


def signal_table(waves: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Every wave of every touchpoint against its limits, by statistic; `SIGNALS`, blank signals missing."""
    charts = control_charts(waves, limits.baseline_waves)
    frames = [_long(waves, statistic, chart, limits) for statistic, chart in charts.items()]
    table = pd.concat(frames, ignore_index=True)[SIGNALS]
    signal = table["signal"].astype("string")
    return table.assign(signal=signal.mask(signal == ""))


def control_charts(waves: pd.DataFrame, baseline: int) -> Mapping[str, ControlChart]:
    """The charts of `waves_in_order`'s frame: a series is a touchpoint, its known waves in a row, the others after them."""
    negative, size = (_matrix(waves, name, "negative_share") for name in ("negative", "size"))
    counted = np.where(np.isnan(negative), 0, size)
    mean, behind = (_matrix(waves, name, "mean") for name in ("mean", "size"))
    answers = np.stack([_matrix(waves, name, "distribution") for name in _KNOWN_BY["distribution"]], axis=-1)
    return {
        "negative_share": p_chart(np.nan_to_num(negative), np.nan_to_num(counted), baseline),
        "mean": xmr_chart(mean, baseline, np.nan_to_num(behind)),
        "distribution": chi_square_chart(answers, baseline),
    }


def scatter(waves: pd.DataFrame, limits: Thresholds) -> pd.Series:
    """By touchpoint: how many times as far its shares scatter as sampling alone would have it (σ of Laney's p′, else 1)."""
    chart = control_charts(waves, limits.baseline_waves)["negative_share"]
    return pd.Series(
        chart.scale, index=pd.Index(waves["touchpoint"].unique(), name="touchpoint"), dtype=float
    )


def _matrix(waves: pd.DataFrame, column: str, statistic: str) -> NDArray[np.float64]:
    series, row = _places(waves, statistic)
    shape = (int(series.max(initial=-1)) + 1, int(row.max(initial=-1)) + 1)
    matrix = np.full(shape, np.nan)
    matrix[series, row] = waves[column].to_numpy(dtype=float, na_value=np.nan)
    return matrix


def _places(waves: pd.DataFrame, statistic: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Series and place of each wave. Waves that are not known come last, so that they end no run of those that are."""
    series = pd.factorize(waves["touchpoint"])[0]
    unknown = waves[_KNOWN_BY[statistic]].isna().any(axis=1)
    ordered = waves.assign(unknown=unknown).sort_values(["unknown", "row"], kind="stable")
    row = ordered.groupby("touchpoint").cumcount().reindex(waves.index)
    return np.asarray(series, dtype=np.intp), np.asarray(row, dtype=np.intp)


def _long(waves: pd.DataFrame, statistic: str, chart: ControlChart, limits: Thresholds) -> pd.DataFrame:
    """The chart's rows; a touchpoint of which this statistic is never known has none."""
    places = _places(waves, statistic)
    known = np.asarray(~np.isnan(chart.value))
    numbers = {name: getattr(chart, name)[places] for name in ("value", "centre", "lower", "upper", "signal")}
    plain, adjusted = _CHARTS[statistic]
    frame = waves[["touchpoint", "wave", "n"]].assign(
        statistic=statistic,
        **numbers,
        chart=np.where(chart.adjusted[places[0]], adjusted, plain),
        baseline=baseline_waves(known, limits.baseline_waves)[places],
    )
    return frame[np.asarray(known.any(axis=-1))[places[0]]]
