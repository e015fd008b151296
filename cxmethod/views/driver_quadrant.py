"""Importance against performance: where effort pays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, MultipleLocator
from numpy.typing import NDArray

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.touchpoints import TouchpointResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, Line, estimates
from cxmethod.views.key import ROW, Sign, draw_key, key_rows
from cxmethod.views.labels import place_labels
from cxmethod.views.numbered import list_numbered
from cxmethod.views.readings import quadrant
from cxmethod.views.show import Shown, show_figure

_SHAPES = {
    "red": (style.RED, "D"),
    "value": (style.GREEN, "*"),
    "watch": (style.BEFORE, "v"),
    "mixed": (style.INTERNAL, "s"),
    "maintain": (style.QUIET, "o"),
}
_HEIGHT = 6.6
_STATED = (1.0, 5.0)
_SHORT, _PER_LETTER, _TALLER = 30, 0.003, 1.4
"""Names of more letters make the plot taller, by so many inches a letter, up to so many."""
_THIN = "#94A0A8"


def driver_quadrant(client: Engagement, touchpoints: TouchpointResult, moments: MomentResult) -> Shown:
    """Each touchpoint by what customers feel there (x) and how much it weighs on the outcome (y), with intervals.

    y is the touchpoint's share of what the model explains of the outcome (LMG over R²) where the model speaks, as every
    sentence says it, and the stated importance where it does not; the horizontal line is what every touchpoint would weigh
    if all weighed the same (1/k), or the threshold of stated importance.
    """
    words = client.words
    measured = moments.facts.get("basis") == "measured"
    own = _weighed(moments, measured)
    names = touchpoints.journey.set_index("touchpoint")["name"]
    line = _line(client, moments, measured)
    basis = "measured" if measured else "stated"
    title = quadrant(client, moments, own, names)
    with style.house_style():
        long = sum(max(len(str(names[key])) - _SHORT, 0) for key in own["touchpoint"])
        figure = Figure(figsize=(style.PAGE, _HEIGHT + min(long * _PER_LETTER, _TALLER)))
        axes = figure.add_subplot()
        style.frame(figure, left=0.95, right=0.4, top=1.12 + style.second_line(title, style.PAGE), bottom=1.3)
        written = _axes(axes, own, line, measured, words)
        numbered = _points(axes, own, line, names, words, written)
        signs = _signs(own, words)
        list_numbered(figure, numbered, 0.46 + ROW * len(key_rows(figure, signs)) + 0.06, words)
        style.head(figure, title, words.say(f"quadrant.subtitle_{basis}"), _note(client, moments, own, words))
        draw_key(figure, signs, 0.46)
    points = " ".join(
        _said(place, row, names, measured, words) for place, row in enumerate(own.to_dict("records"), 1)
    )
    alt = words.say(f"quadrant.alt_{basis}", title=title, points=points)
    chart = _chart(own, names, title, measured, line, _note(client, moments, own, words), words)
    return show_figure(figure, alt=alt, caption=words.say("quadrant.caption"), chart=chart)


def _weighed(moments: MomentResult, measured: bool) -> pd.DataFrame:
    """Everyone's touchpoints with a mean and a `weight`, its interval where it has one."""
    own = moments.moments[moments.moments["persona"] == ALL]
    if not measured:
        known = own.assign(weight=own["stated_importance"], weight_low=np.nan, weight_high=np.nan)
    else:
        drivers = moments.drivers[moments.drivers["persona"] == ALL]
        shares = drivers[["touchpoint", "relative_share", "relative_low", "relative_high"]].set_axis(
            ["touchpoint", "weight", "weight_low", "weight_high"], axis=1
        )
        known = own.merge(shares, on="touchpoint")
    return known.dropna(subset=["mean", "weight"]).reset_index(drop=True)


def _line(client: Engagement, moments: MomentResult, measured: bool) -> float:
    if not measured:
        return float(client.settings.thresholds.stated_importance)
    return 1 / float(moments.facts["drivers"])


def _weight(value: float, measured: bool, words: Words) -> str:
    return words.percent(value) if measured else words.number(value)


def _axes(axes: Axes, own: pd.DataFrame, line: float, measured: bool, words: Words) -> list[Text]:
    """Axes, lines and zones; the texts in them, which no name may cover."""
    low = max(min(_least(own["low"], -0.5), -0.5) - 0.2, -2.1)
    high = min(max(-_least(-own["high"], -0.5), 0.5) + 0.2, 2.1)
    top = max(-_least(-own["weight_high"].fillna(own["weight"]), -line), 1.4 * line) * 1.14
    bottom = -0.05 * top
    if not measured:
        bottom, top = _STATED[0] - 0.1, _STATED[1] + 0.35
    axes.set(xlim=(low, high), ylim=(bottom, top))
    axes.axhspan(line, top, color=style.BAND, zorder=0, linewidth=0)
    axes.axvline(0, color=style.INK, linewidth=1.1, zorder=1)
    axes.axhline(line, color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    corner: dict[str, Any] = {"fontsize": 8.6, "fontweight": "bold", "color": style.QUIET}
    corner |= {"textcoords": "offset points", "va": "top"}
    key = "quadrant.line_measured" if measured else "quadrant.line_stated"
    written: list[Text] = [
        axes.annotate(words.say("quadrant.repair"), (low, top), xytext=(5, -5), **corner),
        axes.annotate(words.say("quadrant.protect"), (high, top), xytext=(-5, -5), ha="right", **corner),
        axes.annotate(
            words.say(key, weight=_weight(line, measured, words)), (high, line), xytext=(-5, 2),
            textcoords="offset points", fontsize=7.6, color=style.QUIET, ha="right", va="bottom",
        ),
    ]  # fmt: skip
    axes.set_xlabel(words.say("quadrant.x"))
    axes.set_ylabel(words.say("quadrant.y_measured" if measured else "quadrant.y_stated"))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=9, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: words.signed(value))
    axes.yaxis.set_major_formatter(
        lambda value, _: words.percent(value) if measured else words.number(value, 0)
    )
    if measured:
        axes.yaxis.set_major_locator(MultipleLocator(max(math.ceil(100 * top / 8), 1) / 100))
    else:
        axes.set_yticks(range(1, 6))
    return written


def _least(values: pd.Series, otherwise: float) -> float:
    known = values.dropna()
    return float(known.min()) if len(known) else otherwise


def _points(
    axes: Axes, own: pd.DataFrame, line: float, names: pd.Series, words: Words, written: list[Text]
) -> list[tuple[str, str]]:
    """Marks with their names; which names go into a list instead, with their colours."""
    rows = own.to_dict("records")
    thin: dict[str, Any] = {"color": _THIN, "linewidth": 0.9, "zorder": 2}
    axes.hlines(own["weight"], own["low"].clip(lower=-2), own["high"].clip(upper=2), **thin)
    axes.vlines(own["mean"], own["weight_low"], own["weight_high"], **thin)
    colours, texts = [], []
    for row in rows:
        colour, marker = _SHAPES.get(row["kind"], _SHAPES["maintain"])
        size, face = (14 if marker == "*" else 8), ("white" if _suspected(row) else colour)
        axes.plot(
            row["mean"], row["weight"], marker, color=colour, markerfacecolor=face, markersize=size, markeredgewidth=1.4,
            zorder=4,
        )  # fmt: skip
        colours.append(colour)
        texts.append(_label(row, names, words))
    numbered = place_labels(
        axes, own["mean"].to_numpy(float), own["weight"].to_numpy(float), texts, colours, avoid=_traced(axes, own, line),
        size=7.6, written=written, number=lambda count: words.number(count, 0),
    )  # fmt: skip
    return [(texts[place].replace("\n", " "), colours[place]) for place in numbered]


def _label(row: dict[Any, Any], names: pd.Series, words: Words) -> str:
    name = str(names[row["touchpoint"]])
    name = style.wrapped(name, style.letters_for([name], 4, 26))
    if row["kind"] != "red" or row["mean"] < 0 or pd.isna(row["negative_share"]):
        return name
    return "\n".join([name, words.say("quadrant.badly", share=words.percent(row["negative_share"]))])


def _suspected(row: dict[Any, Any]) -> bool:
    return bool(pd.notna(row["status"]) and row["status"] == "suspected")


def _traced(axes: Axes, own: pd.DataFrame, line: float) -> NDArray[np.float64]:
    """Points along the intervals and both lines, so that no name is written across them."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    across, up = np.linspace(left, right, 90), np.linspace(bottom, top, 60)
    lines = [np.column_stack([across, np.full(90, line)]), np.column_stack([np.zeros(60), up])]
    steps = np.linspace(0, 1, 15)
    for ends, level, flat in (
        (("low", "high"), "weight", True),
        (("weight_low", "weight_high"), "mean", False),
    ):
        known = own.dropna(subset=list(ends))
        low, high = (known[end].to_numpy(float)[:, None] for end in ends)
        along, fixed = (
            (low + (high - low) * steps).ravel(),
            np.repeat(known[level].to_numpy(float), len(steps)),
        )
        lines.append(np.column_stack([along, fixed] if flat else [fixed, along]))
    return np.vstack(lines)


def _signs(own: pd.DataFrame, words: Words) -> list[Sign]:
    """The kinds that occur; a hollow one where any is suspected."""
    suspected = (own["status"] == "suspected").fillna(False).astype(bool)
    found = [
        Sign(
            words.say(f"quadrant.key_{kind}"),
            *_SHAPES[kind],
            hollow=bool(suspected[own["kind"] == kind].all()),
        )
        for kind in _SHAPES
        if (own["kind"] == kind).any()
    ]
    if suspected.any():
        colour, marker = _SHAPES.get(str(own.loc[suspected, "kind"].iloc[0]), _SHAPES["maintain"])
        found.append(Sign(words.say("quadrant.key_suspected"), colour, marker, hollow=True))
    return found


def _said(place: int, row: dict[Any, Any], names: pd.Series, measured: bool, words: Words) -> str:
    kind = (
        words.say(f"quadrant.key_{row['kind']}")
        if row["kind"] in _SHAPES
        else words.say("quadrant.key_maintain")
    )
    return words.say(
        "quadrant.alt_point", place=place, name=names[row["touchpoint"]], mean=words.signed(row["mean"]),
        weight=_weight(row["weight"], measured, words), kind=kind,
    )  # fmt: skip


def _note(client: Engagement, moments: MomentResult, own: pd.DataFrame, words: Words) -> str:
    facts = moments.facts
    parts = []
    if facts.get("basis") == "measured":
        outcome = client.settings.outcome.name if client.settings.outcome else words.say("quadrant.outcome")
        r2 = words.number(facts["r2"], 2)
        parts.append(
            words.say("quadrant.note_measured", n=words.number(facts["complete"], 0), r2=r2, outcome=outcome)
        )
    else:
        parts.append(words.say("quadrant.note_stated"))
        if len(own):
            low, high = words.number(own["n"].min(), 0), words.number(own["n"].max(), 0)
            parts.append(words.say("quadrant.note_n", n=low if low == high else f"{low}–{high}"))
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _named(kind: str, hollow: bool, words: Words) -> str:
    name = words.say(f"quadrant.key_{kind}")
    return words.say("quadrant.series_suspected", kind=name) if hollow else name


def _chart(
    own: pd.DataFrame, names: pd.Series, title: str, measured: bool, line: float, note: str, words: Words
) -> Chart:
    """A series a kind, over all positions, what is suspected in one of its own; every point named."""
    basis = "measured" if measured else "stated"
    columns = ("weight", "weight_low", "weight_high", "n")
    suspected = (own["status"] == "suspected").fillna(False).astype(bool)
    series = [
        estimates(_named(kind, hollow, words), own.where(part), columns, marker, colour, hollow=hollow)
        for kind, (colour, marker) in _SHAPES.items()
        for hollow in (False, True)
        if (part := (own["kind"] == kind) & (suspected == hollow)).any()
    ]
    points = own[["mean", "weight", "touchpoint"]].itertuples(index=False, name=None)
    return Chart(
        "scatter", title, words.say(f"quadrant.subtitle_{basis}"), note, words.say("quadrant.x"), own["mean"].to_list(),
        words.say(f"quadrant.y_{basis}"), "percent" if measured else "number", series,
        [(mean, weight, str(names[key])) for mean, weight, key in points],
        [Line("y", line, words.say(f"quadrant.line_{basis}", weight=_weight(line, measured, words)))],
    )  # fmt: skip
