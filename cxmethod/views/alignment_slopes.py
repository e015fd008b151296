"""Do those who make the journey see it as customers do? Each role's order of the touchpoints against the customers'."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.strategy import StrategyResult
from cxmethod.views import style
from cxmethod.views.key import Sign, draw_key
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import NameColumn, name_column

_MOST = 7
"""Roles that fit side by side; those that agree least are drawn."""

_ROW = 0.27
_NAMES, _WIDEST = 3.15, 4.2
_ROLE = 0.42
"""Inches of the roles' names in any case."""
_SHOWN = 3
"""Lines that are drawn strongly in each role, at most."""

_ABOVE, _BELOW = (style.RED, "-", "^"), (style.AFTER, "--", "v")
"""What the role puts higher than customers do, and lower: colour, line and mark."""


def alignment_slopes(
    client: Engagement, result: StrategyResult, measure: Literal["performance", "importance"] = "performance"
) -> Shown:
    """A panel a role: lines from the customers' place of each touchpoint to the role's, the furthest ones drawn strongly.

    Parameters
    ----------
    measure : {"performance", "importance"}
        How well it goes (against mean emotion), or how much it matters (against weight in the outcome, or as customers state).
    """
    words = client.words
    agreement = result.agreement[result.agreement["measure"] == measure].sort_values("rho", kind="stable")
    if agreement.empty:
        return show_text(
            words.say("alignment.no_customers" if len(result.alignment) else "alignment.nothing")
        )
    drawn = agreement.head(_MOST).iloc[::-1].reset_index(drop=True)
    names = touchpoints_in_order(client).set_index("touchpoint")["name"]
    places = _places(result, measure, [str(role) for role in drawn["role"]])
    title, note = _title(drawn, measure, words), _note(client, result, len(agreement) - len(drawn))
    with style.house_style():
        called = [str(names[key]) for key in places.index]
        rows = name_column(called, width=_NAMES - 0.65, widest=_WIDEST - 0.65, row=_ROW, size=8.2)
        left = rows.width + 0.65
        width = (style.PAGE - left - 0.25) / len(drawn)
        panel = min(width, 2.6)
        roles = name_column(
            [str(role) for role in drawn["role"]],
            width=panel - 0.1,
            widest=panel - 0.1,
            row=_ROLE,
            size=8.4,
            weight="bold",
        )
        top = 1.9 + roles.row - _ROLE + style.second_line(title, style.PAGE)
        bottom = 0.5 + style.note_height(note, style.PAGE)
        figure = Figure(figsize=(style.PAGE, top + bottom + rows.row * len(places)))
        for position, row in enumerate(drawn.to_dict("records")):
            axes = _panel(figure, left + position * width, panel, top, bottom, len(places))
            _lines(axes, places["customers"], places[row["role"]], words)
            _heading(axes, row, roles.texts[position], roles.size, words)
            if position == 0:
                _customers(axes, places["customers"], rows, words)
        style.head(figure, title, words.say(f"alignment.subtitle_{_subject(result, measure)}"), note)
        draw_key(figure, _key(words), 0.2 + style.note_height(note, style.PAGE))
    alt = _alternative(title, drawn, places, names, words)
    return show_figure(
        figure,
        alt=alt,
        caption=words.say(f"alignment.caption_{measure}"),
    )


def _places(result: StrategyResult, measure: str, roles: list[str]) -> pd.DataFrame:
    """Place of each touchpoint, 1 the first, by ``customers`` and by each role that graded it, in the customers' order.

    A role that left some out has its places stretched over all, so that lines do not slope for want of a grade.
    """
    grades = result.alignment[result.alignment["measure"] == measure]
    wide = grades.pivot(index="touchpoint", columns="role", values="mean").reindex(columns=roles)
    customers = result.customers.set_index("touchpoint")[measure].dropna()
    both = wide.dropna(how="all").index.intersection(customers.index)
    wide.insert(0, "customers", customers, allow_duplicates=True)
    known = wide.loc[both]
    places = known.rank(ascending=False)
    # Names stand one beneath the other, so customers who feel two touchpoints alike keep them in the journey's order.
    places["customers"] = known["customers"].rank(ascending=False, method="first")
    stretched = (places - 0.5) * len(known) / known.notna().sum() + 0.5
    return stretched.sort_values("customers", kind="stable")


def _panel(figure: Figure, left: float, width: float, top: float, bottom: float, rows: int) -> Axes:
    across, down = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / down, width / across, (down - top - bottom) / down))
    axes.set(xlim=(-0.08, 1.3), ylim=(rows + 0.5, 0.5))
    axes.axis("off")
    for x in (0, 1):
        axes.axvline(x, color=style.FAINT, linewidth=1.0, zorder=1)
    return axes


def _far(customers: pd.Series, role: pd.Series) -> pd.Series:
    """How many places apart, of those touchpoints that are furthest: a fifth of the way at least, and three places."""
    apart = (role - customers).dropna()
    far = apart[apart.abs() >= max(3.0, len(customers) / 5)]
    return far.loc[far.abs().sort_values(ascending=False, kind="stable").index[:_SHOWN]]


def _lines(axes: Axes, customers: pd.Series, role: pd.Series, words: Words) -> None:
    far = _far(customers, role)
    quiet = role.dropna().index.difference(far.index, sort=False)
    axes.plot([0, 1], [customers[quiet], role[quiet]], color=style.FAINT, linewidth=1.0, zorder=2)
    axes.plot(np.ones(len(quiet)), role[quiet], "o", color=style.FAINT, markersize=3, zorder=2)
    ends = dict(zip(far.index, style.spread([float(role[key]) for key in far.index], 0.85), strict=True))
    numbers = {key: number for number, key in enumerate(customers.index, start=1)}
    for key in far.index:
        start, end = float(customers[key]), float(role[key])
        colour, line, marker = _ABOVE if end < start else _BELOW
        axes.plot([0, 1], [start, end], line, color=colour, linewidth=1.8, zorder=3)
        axes.plot([1], [end], marker, color=colour, markersize=6, zorder=4)
        number = words.number(numbers[key], 0)
        axes.text(1.08, ends[key], number, color=colour, fontsize=8.2, fontweight="bold", va="center")


def _heading(axes: Axes, row: dict[Any, Any], role: str, size: float, words: Words) -> None:
    """The role's name, how many answered, and how far its order is the customers'."""
    low, high = (words.number(row[end], 2) for end in ("low", "high"))
    beneath = [
        words.say("alignment.people", n=words.number(row["people"], 0)),
        words.say("alignment.rho", rho=words.signed(row["rho"], 2)),
    ]
    if pd.notna(row["low"]):
        beneath.append(words.say("alignment.limits", low=low, high=high))
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "center"}
    axes.annotate(
        "\n".join(beneath), (0.42, 1), xytext=(0, 4), va="bottom", fontsize=7.6, color=style.QUIET, linespacing=1.2, **look
    )  # fmt: skip
    above = 4 + 11.2 * len(beneath)
    axes.annotate(
        role, (0.42, 1), xytext=(0, above), va="bottom", fontsize=size, fontweight="bold", linespacing=1.0,
        **look,
    )  # fmt: skip


def _customers(axes: Axes, customers: pd.Series, names: NameColumn, words: Words) -> None:
    look: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "annotation_clip": False}
    for number, (name, place) in enumerate(zip(names.texts, customers, strict=True), start=1):
        look_ = {"va": "center", "linespacing": 1.0, **look}
        axes.annotate(words.number(number, 0), (0, float(place)), xytext=(-7, 0), fontsize=8.2, **look_)
        axes.annotate(name, (0, float(place)), xytext=(-23, 0), fontsize=names.size, **look_)
    axes.annotate(
        words.say("alignment.customers"), (0, 1), xycoords=("data", "axes fraction"), xytext=(-7, 4), va="bottom",
        fontsize=8.4, fontweight="bold", **look,
    )  # fmt: skip


def _subject(result: StrategyResult, measure: str) -> str:
    """What the customers' order rests on."""
    if measure == "performance":
        return measure
    basis = result.customers["basis"].dropna()
    return str(basis.iloc[0])


def _title(drawn: pd.DataFrame, measure: str, words: Words) -> str:
    """The role that sees it least as customers do."""
    last = drawn.iloc[-1]
    rho = words.signed(float(last["rho"]), 2)
    if len(drawn) == 1:
        return words.say("alignment.title_one", role=str(last["role"]), rho=rho)
    return words.say(f"alignment.title_{measure}", role=str(last["role"]), rho=rho)


def _key(words: Words) -> list[Sign]:
    sides = {"above": _ABOVE, "below": _BELOW}
    return [
        Sign(words.say(f"alignment.key_{side}"), colour, mark) for side, (colour, _, mark) in sides.items()
    ]


def _note(client: Engagement, result: StrategyResult, more: int) -> str:
    words, limits = client.words, client.settings.thresholds
    hidden = int((~result.roles["shown"].astype(bool)).sum())
    parts = [words.say("alignment.note", confidence=words.percent(limits.confidence))]
    if hidden:
        needed = words.number(limits.suppress_below, 0)
        parts.append(
            words.say("alignment.note_hidden", count=hidden, n=words.number(hidden, 0), needed=needed)
        )
    if more:
        parts.append(words.say("alignment.note_more", count=more, n=words.number(more, 0)))
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _alternative(
    title: str, drawn: pd.DataFrame, places: pd.DataFrame, names: pd.Series, words: Words
) -> str:
    order = words.join(str(names[key]) for key in places.index)
    lines = [words.say("alignment.alt_customers", names=order)]
    for row in drawn.to_dict("records"):
        customers, own = places["customers"], places[row["role"]]
        shifts = words.join(
            words.say(
                "alignment.alt_shift",
                name=str(names[key]),
                own=words.number(round(own[key]), 0),
                customers=words.number(round(customers[key]), 0),
            )
            for key in _far(customers, own).index
        )
        people, rho = words.number(row["people"], 0), words.signed(row["rho"], 2)
        told = shifts or words.say("alignment.alt_none")
        lines.append(words.say("alignment.alt_role", role=str(row["role"]), n=people, rho=rho, shifts=told))
    return words.say("alignment.alt", title=title, roles=" ".join(lines))
