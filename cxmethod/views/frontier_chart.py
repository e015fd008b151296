"""What each budget buys: the value of the best portfolio against the money there is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, Line, Series
from cxmethod.views.portfolio_words import next_step
from cxmethod.views.show import Shown, show_figure, show_text

_HEIGHT = 5.4
_MILLION = 1e6


def frontier_chart(client: Engagement, result: OpportunityResult) -> Shown:
    """The share of what money can achieve at all (y) for each budget (x); the present budget and the next step marked."""
    words, facts = client.words, result.facts
    line = result.frontier.dropna(subset=["share"])
    if facts["portfolio"] != "chosen" or line.empty:
        return show_text(words.say(f"portfolio.{facts['portfolio']}"))
    unit = _MILLION if line["budget"].max() >= 10 * _MILLION else 1.0
    title = words.say(
        "portfolio.frontier_title",
        budget=words.money(facts["budget"]),
        share=words.percent(facts["value_share"]),
    )
    note = _note(client, result, words)
    with style.house_style():
        figure = Figure(figsize=(style.PAGE, _HEIGHT))
        axes = figure.add_subplot()
        style.frame(figure, left=0.95, right=0.5, top=1.2 + style.second_line(title, style.PAGE), bottom=1.05)
        _draw(axes, line, unit, words)
        _marks(axes, result, unit, words)
        style.head(figure, title, words.say("portfolio.frontier_subtitle"), note)
        axes.set_xlabel(_x_label(client, unit, words))
        axes.set_ylabel(words.say("portfolio.frontier_y"))
    said = " ".join(
        words.say("portfolio.frontier_alt_point", budget=words.money(b), share=words.percent(s))
        for b, s in zip(line["budget"], line["share"], strict=True)
    )
    alt = words.say("portfolio.frontier_alt", title=title, next=next_step(client, result), points=said)
    chart = _chart(client, line, title, note, unit, facts)
    return show_figure(figure, alt=alt, caption=words.say("portfolio.frontier_caption"), chart=chart)


def _draw(axes: Axes, line: pd.DataFrame, unit: float, words: Words) -> None:
    x, y = line["budget"].to_numpy(float) / unit, line["share"].to_numpy(float)
    axes.plot(x, y, color=style.AFTER, linewidth=1.6, drawstyle="steps-post", zorder=2)
    axes.plot(x, y, "o", color=style.AFTER, markersize=4.5, zorder=3)
    axes.set_ylim(0, 1.16)
    axes.set_yticks(np.linspace(0, 1, 6))
    axes.yaxis.set_major_formatter(lambda value, _: words.percent(value))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=9))
    axes.xaxis.set_major_formatter(lambda value, _: words.number(value, 0))
    axes.grid(axis="y", color=style.FAINT, linewidth=0.6)
    axes.set_axisbelow(True)


def _marks(axes: Axes, result: OpportunityResult, unit: float, words: Words) -> None:
    facts = result.facts
    budget, (low, high) = facts["budget"] / unit, axes.get_xlim()
    step = (facts["budget"] + facts.get("next_extra", 0.0)) / unit
    axes.set_xlim(low, max(high, step + 0.03 * (high - low)))
    side = "right" if budget > (low + high) / 2 else "left"
    text: dict[str, Any] = {"textcoords": "offset points", "fontsize": 8.6, "va": "top"}
    axes.axvline(budget, color=style.INK, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(
        words.say("portfolio.frontier_budget", budget=words.money(facts["budget"])), (budget, 1.16), ha=side,
        xytext=(-5 if side == "right" else 5, -2), fontweight="bold", color=style.INK, **text,
    )  # fmt: skip
    axes.plot(budget, facts["value_share"], "o", color=style.INK, markersize=8, zorder=5)
    if "next_extra" not in facts:
        return
    share = facts["next_value_share"]
    axes.plot(step, share, "D", color=style.BEFORE, markersize=8, zorder=5)
    said = _next_said(facts, words)
    right = high - step < 0.35 * (high - low)
    along = min(budget, step) - 0.012 * (high - low) if right else step + 0.03 * (high - low)
    place = (along, max(0.14, share - (0.34 if right else 0.16)))
    line: dict[str, Any] = {"arrowstyle": "-", "color": style.BEFORE, "linewidth": 0.7, "shrinkB": 5}
    axes.annotate(
        style.wrapped(said, 46), (step, share), place, ha="right" if right else "left", va="top", fontsize=8.6,
        color=style.BEFORE, arrowprops=line, zorder=6,
    )  # fmt: skip


def _next_said(facts: Any, words: Words) -> str:
    names = facts["next_enters"]
    return words.say(
        "portfolio.frontier_next",
        extra=words.money(facts["next_extra"]),
        count=len(names),
        names=_short(names, words),
    )


def _short(names: list[str], words: Words) -> str:
    first = style.bounded(names[0]) if names else ""
    if len(names) < 2:
        return first
    return words.say("reading.and_more", count=len(names) - 1, names=first)


def _x_label(client: Engagement, unit: float, words: Words) -> str:
    currency = client.settings.currency or ""
    code = "portfolio.frontier_x_millions" if unit > 1 else "portfolio.frontier_x"
    return words.say(code, currency=currency) if currency else words.say(f"{code}_bare")


def _note(client: Engagement, result: OpportunityResult, words: Words) -> str:
    parts = [
        words.say(
            "portfolio.frontier_note", count=len(result.frontier), gap=words.percent(result.facts["gap"])
        )
    ]
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _chart(client: Engagement, line: pd.DataFrame, title: str, note: str, unit: float, facts: Any) -> Chart:
    """Steps, each budget's share kept until the next one; the present budget and the next step as points of their own."""
    words = client.words
    budget, label = facts["budget"], words.say("portfolio.frontier_y")
    present = words.say("portfolio.frontier_budget", budget=words.money(budget))
    points = [(budget, facts["value_share"], present, present, "D", style.INK)]
    if "next_extra" in facts:
        step, key = budget + facts["next_extra"], words.say("portfolio.frontier_next_key")
        points.append((step, facts["next_value_share"], _next_said(facts, words), key, "D", style.BEFORE))
    # The best portfolio for the present budget, and the next, may lie between two of those that were solved for the line.
    now = pd.DataFrame([point[:2] for point in points], columns=["budget", "share"])
    known = pd.concat([line[["budget", "share"]], now]).drop_duplicates("budget", keep="last")
    known = known.sort_values("budget", kind="stable")
    corners = (np.repeat(known["budget"].to_numpy(float), 2)[1:] / unit).tolist()
    steps = [*np.repeat(known["share"].to_numpy(float), 2)[:-1], *[np.nan] * len(points)]
    x = [*corners, *(point[0] / unit for point in points)]
    blank = np.full(len(x), np.nan)
    series = [Series(label, steps, blank, blank, blank, "o", style.AFTER)]
    for place, (_, share, _, name, marker, colour) in enumerate(points, len(corners)):
        alone = blank.copy()
        alone[place] = share
        series.append(Series(name, alone, blank, blank, blank, marker, colour))
    marks = [(at / unit, share, said) for at, share, said, *_ in points]
    return Chart(
        "line", title, words.say("portfolio.frontier_subtitle"), note, _x_label(client, unit, words), x, label,
        "percent", series, marks, [Line("x", budget / unit, present)],
    )  # fmt: skip
