"""General scores by wave with their intervals: NPS, satisfaction, effort."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.monitoring import MonitoringResult
from cxmethod.steps.wave_scores import METRICS
from cxmethod.views import style
from cxmethod.views.chart import Chart, estimates
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_figure, show_text

_PANEL = 2.35
_TICKS = 12


def scores_by_wave(client: Engagement, result: MonitoringResult) -> Shown:
    """One panel a metric: each wave with its interval; the title says whether the last wave differs from the one before."""
    words, scores = client.words, result.scores
    if scores.empty:
        return show_text(words.say("scores.none"))
    known = set(scores["metric"])
    metrics = [metric for metric in METRICS if metric in known]
    title = _title(result, words)
    note = _note(scores, words)
    top = 1.2 + style.second_line(title, style.PAGE)
    foot = style.note_height(note, style.PAGE) + 0.5
    with style.house_style():
        figure = Figure(figsize=(style.PAGE, top + _PANEL * len(metrics) + foot))
        for place, metric in enumerate(metrics):
            axes = figure.add_subplot(len(metrics), 1, place + 1)
            _draw(axes, scores[scores["metric"] == metric], str(metric), words)
        style.frame(figure, left=0.75, right=0.75, top=top, bottom=foot)
        figure.subplots_adjust(hspace=0.55)
        style.head(figure, title, words.say("scores.subtitle"), note)
    return show_figure(
        figure,
        alt=_alternative(scores, title, words),
        caption=words.say("scores.caption"),
        chart=_chart(scores, metrics, title, note, words),
    )


def _draw(axes: Axes, rows: pd.DataFrame, metric: str, words: Words) -> None:
    x = np.arange(len(rows))
    known = rows[["value", "low", "high"]].to_numpy(float)
    axes.vlines(x, known[:, 1], known[:, 2], color=style.AFTER, linewidth=1.2, alpha=0.55)
    axes.plot(x, known[:, 0], color=style.AFTER, linewidth=1.2, marker="o", markersize=5)
    for place in np.flatnonzero(np.isfinite(known[:, 0])):
        if place in (len(rows) - 2, len(rows) - 1):
            axes.annotate(
                _text(known[place, 0], metric, words), (place, known[place, 0]), xytext=(6, 6),
                textcoords="offset points", fontsize=8.5, fontweight="bold", color=style.INK,
            )  # fmt: skip
    if metric == "nps":
        axes.axhline(0, color=style.QUIET, linewidth=0.8)
    low, high = _ends(known, metric)
    axes.set(xlim=(-0.6, max(len(rows) - 0.2, 0.6)), ylim=(low, high))
    ticks = [low, (low + high) / 2, high]
    axes.set_yticks(ticks, [_text(tick, metric, words) for tick in ticks], fontsize=8)
    shown = x[:: max(len(rows) // _TICKS, 1)]
    axes.set_xticks(shown, [style.wrapped(str(rows["wave"].iloc[at]), 12) for at in shown], fontsize=8)
    axes.set_title(_named(metric, words), fontsize=9.5, fontweight="bold", loc="left", pad=6)


def _ends(known: NDArray[np.float64], metric: str) -> tuple[float, float]:
    """Room for every interval, on an even grid of the metric's own scale."""
    step, least, most = (20.0, -100.0, 100.0) if metric == "nps" else (0.2, 0.0, 1.0)
    seen = known[np.isfinite(known)]
    if not len(seen):
        return least, most
    low, high = np.floor(seen.min() / step) * step, np.ceil(seen.max() / step) * step
    return max(float(low), least), min(float(high), most)


def _named(metric: str, words: Words) -> str:
    """The metric's name as a heading."""
    name = code(metric, words)
    return name[:1].upper() + name[1:]


def _text(value: float, metric: str, words: Words) -> str:
    return words.signed(value, 0) if metric == "nps" else words.percent(value)


def _title(result: MonitoringResult, words: Words) -> str:
    """The change of the first metric, as the finding says it, in few words."""
    if result.score_changes.empty:
        return words.say("scores.one_wave")
    rows = result.score_changes.set_index("metric")
    metric = "nps" if "nps" in rows.index else str(rows.index[0])
    row = rows.loc[[metric]].to_dict("records")[0]
    moved = any(
        found.code in ("monitoring.nps_moved", "monitoring.score_moved") and found.item == metric
        for found in result.findings
    )
    before, after = (_text(float(row[name]), metric, words) for name in ("before", "after"))
    return words.say(
        "scores.moved" if moved else "scores.same", metric=_named(metric, words), before=before, after=after,
        before_wave=row["before_wave"], wave=row["wave"],
    )  # fmt: skip


def _note(scores: pd.DataFrame, words: Words) -> str:
    low, high = (words.number(scores["n"].agg(end), 0) for end in ("min", "max"))
    return words.say("scores.note", n=low if low == high else f"{low}–{high}")


def _alternative(scores: pd.DataFrame, title: str, words: Words) -> str:
    lines = [f"{title}."]
    for metric, rows in scores.groupby("metric", sort=False):
        values = words.join(
            f"{row['wave']} {_text(row['value'], str(metric), words)}" for row in rows.to_dict("records")
        )
        lines.append(words.say("charts.alt_line", touchpoint=code(str(metric), words), values=values))
    return " ".join(lines)


def _chart(scores: pd.DataFrame, metrics: list[str], title: str, note: str, words: Words) -> Chart | None:
    """The one metric as a native chart; several have no scale in common."""
    if len(metrics) != 1:
        return None
    name = code(metrics[0], words)
    series = estimates(name, scores, ("value", "low", "high", "n"))
    form: Literal["signed", "percent"] = "signed" if metrics[0] == "nps" else "percent"
    waves = [str(wave) for wave in scores["wave"]]
    subtitle = words.say("scores.subtitle")
    return Chart("line", title, subtitle, note, words.say("label.wave"), waves, name, form, [series])
