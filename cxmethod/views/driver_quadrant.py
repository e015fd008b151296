"""Importance against performance: where effort pays."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.touchpoints import TouchpointResult
from cxmethod.views import style
from cxmethod.views.labels import place_labels
from cxmethod.views.readings import quadrant
from cxmethod.views.show import Shown, show_figure

_SHAPES = {
    "red": (style.RED, "D"),
    "value": (style.GREEN, "*"),
    "watch": (style.BEFORE, "v"),
    "mixed": (style.INTERNAL, "s"),
}
_PLAIN = (style.QUIET, "o")


def driver_quadrant(client: Engagement, touchpoints: TouchpointResult, moments: MomentResult) -> Shown:
    """Each touchpoint by what customers feel there (x) and how much it weighs on the outcome (y).

    y is the relative share of R² where the model speaks, and the stated importance where it does not; the horizontal
    line is what every touchpoint would weigh if all weighed the same (1/k), or the threshold of stated importance.
    """
    words = client.words
    measured = moments.facts.get("basis") == "measured"
    weight = "relative_share" if measured else "stated_importance"
    own = moments.moments[moments.moments["persona"] == ALL].dropna(subset=["mean", weight])
    names = touchpoints.journey.set_index("touchpoint")["name"]
    line = 1 / moments.facts["drivers"] if measured else client.settings.thresholds.stated_importance
    with style.house_style():
        figure, axes = style.new_figure(9.2, 6.6)
        style.frame(figure, left=0.85, right=0.4, top=1.12, bottom=1.0)
        _axes(axes, own, weight, line, words)
        _points(axes, own, weight, names)
        style.head(
            figure,
            quadrant(client, moments, names),
            words.say(f"quadrant.subtitle_{_basis(measured)}"),
            _note(client, moments, words),
        )
    points = words.join(
        words.say(
            "quadrant.alt_point",
            name=names[row["touchpoint"]],
            mean=words.signed(row["mean"]),
            weight=_weight(row[weight], measured, words),
        )
        for row in own.to_dict("records")
    )
    alt = words.say(f"quadrant.alt_{_basis(measured)}", points=points)
    return show_figure(figure, alt=alt, caption=words.say("quadrant.caption"))


def _basis(measured: bool) -> str:
    return "measured" if measured else "stated"


def _weight(value: float, measured: bool, words: Words) -> str:
    return words.percent(value) if measured else words.number(value)


def _axes(axes: Axes, own: pd.DataFrame, weight: str, line: float, words: Words) -> None:
    measured = weight == "relative_share"
    top = max(float(own[weight].max()) if len(own) else line, line) * 1.18
    bottom = 0.0 if measured else 1.0
    low = min(float(own["mean"].min()) if len(own) else -1, -0.6) - 0.25
    high = max(float(own["mean"].max()) if len(own) else 1, 0.6) + 0.25
    axes.set(xlim=(low, high), ylim=(bottom - 0.02 * top, top))
    axes.axhspan(line, top, xmax=(0 - low) / (high - low), color="#FBEDEC", zorder=0, linewidth=0)
    axes.axhspan(line, top, xmin=(0 - low) / (high - low), color="#EAF4EF", zorder=0, linewidth=0)
    axes.axvline(0, color=style.INK, linewidth=1, zorder=1)
    axes.axhline(line, color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    corner: dict[str, Any] = {"fontsize": 9, "fontweight": "bold", "va": "top"}
    axes.text(low + 0.04, top * 0.985, words.say("quadrant.repair"), color=style.RED, **corner)
    axes.text(
        high - 0.04, top * 0.985, words.say("quadrant.protect"), color=style.GREEN, ha="right", **corner
    )
    key = "quadrant.line_measured" if measured else "quadrant.line_stated"
    axes.text(high - 0.04, line, words.say(key), fontsize=7.8, color=style.QUIET, ha="right", va="bottom")
    axes.set_xlabel(words.say("quadrant.x"))
    axes.set_ylabel(words.say("quadrant.y_measured" if measured else "quadrant.y_stated"))
    axes.xaxis.set_major_formatter(lambda value, _: words.signed(value))
    axes.yaxis.set_major_formatter(lambda value, _: words.percent(value) if measured else words.number(value))


def _points(axes: Axes, own: pd.DataFrame, weight: str, names: pd.Series) -> None:
    rows = own.to_dict("records")
    colours = []
    for row in rows:
        colour, marker = _SHAPES.get(row["kind"], _PLAIN)
        sure = row["kind"] == "maintain" or (pd.notna(row["status"]) and row["status"] == "confirmed")
        size = 13 if marker == "*" else 8
        face = colour if sure else "white"
        axes.plot(
            row["mean"], row[weight], marker, color=colour, markerfacecolor=face, markersize=size, zorder=4
        )
        colours.append(colour)
    texts = [style.wrapped(str(names[row["touchpoint"]]), 22, 2) for row in rows]
    place_labels(axes, own["mean"].to_numpy(float), own[weight].to_numpy(float), texts, colours)


def _note(client: Engagement, moments: MomentResult, words: Words) -> str:
    facts = moments.facts
    if facts.get("basis") != "measured":
        return words.say("quadrant.note_stated")
    return words.say(
        "quadrant.note_measured",
        n=words.number(facts["complete"], 0),
        r2=words.number(facts["r2"], 2),
        outcome=client.settings.outcome.name if client.settings.outcome else words.say("quadrant.outcome"),
    )
