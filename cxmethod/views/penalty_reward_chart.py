"""What doing badly costs and doing very well gives: penalty to the left, reward to the right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.touchpoints import TouchpointResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, estimates
from cxmethod.views.key import Sign, draw_key
from cxmethod.views.labels import text_size
from cxmethod.views.readings import named
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import name_column

_CLASSES = ("basic", "performance", "excitement", "neutral", "inconsistent")
_NAME: dict[str, Any] = {"fontsize": 8.4, "linespacing": 1.0}
_HEADING: dict[str, Any] = {"fontsize": 8.4, "fontweight": "bold"}
_ROW = 0.29
_SIDES = {"penalty": (style.RED, "v", -0.19), "reward": (style.GREEN, "^", 0.19)}
"""Colour, mark and lane of each side: a crossed sign must not hide one behind the other."""


def penalty_reward_chart(
    client: Engagement, touchpoints: TouchpointResult, moments: MomentResult, persona: str = ALL
) -> Shown:
    """Each touchpoint's penalty (felt badly) and reward (felt very well) on the outcome, by class, with HC3 intervals.

    Both are against customers who felt neither badly nor very well there. Bars whose interval holds 0 are hollow.

    Parameters
    ----------
    persona : str
        Whose contrast; ``all`` for everyone.
    """
    words = client.words
    names = touchpoints.journey.set_index("touchpoint")["name"]
    own = _ordered(moments.penalty_reward, persona, names)
    if own.empty:
        return show_text(words.say("asymmetry.nothing"))
    title = _title(own, words)
    rows = len(own) + own["kind"].nunique()
    with style.house_style():
        column = name_column(own["name"], width=2.3, widest=3.8, row=_ROW - 0.06, size=_NAME["fontsize"])
        own, row = own.assign(shown=column.texts), column.row + 0.06
        look = {**_NAME, "fontsize": column.size}
        figure = Figure(figsize=(style.PAGE, 2.55 + row * rows))
        axes = figure.add_subplot()
        headings = [words.say(f"asymmetry.{kind}") for kind in own["kind"].unique()]
        widths = [text_size(figure, name, **look)[0] for name in own["shown"]]
        widths += [text_size(figure, heading, **_HEADING)[0] for heading in headings]
        top = 1.3 + style.second_line(title, style.PAGE)
        figure.set_size_inches(style.PAGE, 1.3 + top + row * rows)
        style.frame(figure, left=max(widths) + 0.45, right=1.42, top=top, bottom=1.3)
        _axes(axes, own, client, words)
        _bars(axes, own)
        _write(axes, own, look, words)
        style.head(figure, title, words.say("asymmetry.subtitle"), _note(client, moments, own, words))
        draw_key(figure, _signs(own, words), 0.46)
    points = " ".join(_said(row, words) for row in own.sort_values("place").to_dict("records"))
    alt = words.say("asymmetry.alt", title=title, points=points)
    chart = _chart(client, own, title, _note(client, moments, own, words))
    return show_figure(figure, alt=alt, caption=words.say("asymmetry.caption"), chart=chart)


def _ordered(table: pd.DataFrame, persona: str, names: pd.Series) -> pd.DataFrame:
    """The persona's classified touchpoints by class, the strongest first; `y` leaves room for a heading a class."""
    own = table[
        (table["persona"] == persona) & table["touchpoint"].isin(names.index) & table["kind"].isin(_CLASSES)
    ]
    own = own.assign(
        group=own["kind"].map({kind: place for place, kind in enumerate(_CLASSES)}).astype(int),
        strength=own[["penalty", "reward"]].abs().max(axis=1),
        name=own["touchpoint"].map(names),
        place=own["touchpoint"].map({key: place for place, key in enumerate(names.index, start=1)}),
    )
    own = own.sort_values(["group", "strength"], ascending=[True, False], kind="stable", ignore_index=True)
    headings = (own["group"] != own["group"].shift()).cumsum()
    return own.assign(y=np.arange(len(own)) + headings)


def _title(own: pd.DataFrame, words: Words) -> str:
    """Where failing costs more than shining gives; else where shining gives more; else that both weigh alike."""
    for kind in ("basic", "excitement", "performance"):
        found = [str(name) for name in own.loc[own["kind"] == kind, "name"]]
        if found:
            return words.say(f"asymmetry.title_{kind}", count=len(found), touchpoints=named(found, words))
    return words.say("asymmetry.title_unclear")


def _axes(axes: Axes, own: pd.DataFrame, client: Engagement, words: Words) -> None:
    ends = own[["penalty_low", "penalty_high", "reward_low", "reward_high"]].to_numpy(float)
    reach = 1.08 * float(np.nanmax(np.abs(ends)))
    axes.set(xlim=(-reach, reach), ylim=(float(own["y"].max()) + 0.7, 0.2))
    axes.axvline(0, color=style.INK, linewidth=1.1, zorder=3)
    axes.grid(axis="x", color=style.FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["left", "bottom"]].set_visible(False)
    digits = 1 if reach >= 1 else 2
    axes.xaxis.set_major_locator(MaxNLocator(nbins=9, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: words.signed(value, digits))
    axes.set_xlabel(words.say("asymmetry.x", outcome=_outcome(client)))
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "fontsize": 8.6}
    look |= {"fontweight": "bold", "va": "bottom", "color": style.QUIET, "annotation_clip": False}
    axes.annotate(words.say("asymmetry.worse"), (0.5, 1), xytext=(-8, 6), ha="right", **look)
    axes.annotate(words.say("asymmetry.better"), (0.5, 1), xytext=(8, 6), ha="left", **look)


def _bars(axes: Axes, own: pd.DataFrame) -> None:
    """A lane a side: bar, interval and mark, hollow where the interval holds 0."""
    for side, (colour, marker, lane) in _SIDES.items():
        y, value = own["y"] + lane, own[side]
        unsure = _unsure(own, side).to_numpy()
        axes.barh(y, value, height=0.3, facecolor=colour, alpha=0.22, linewidth=0, zorder=2)
        axes.hlines(y, own[f"{side}_low"], own[f"{side}_high"], color=colour, linewidth=1.4, zorder=4)
        for part, face in ((unsure, "white"), (~unsure, colour)):
            axes.plot(
                value[part], y[part], marker, color=colour, markerfacecolor=face, markersize=6, markeredgewidth=1.2,
                linestyle="none", zorder=5,
            )  # fmt: skip


def _unsure(own: pd.DataFrame, side: str) -> pd.Series:
    return (own[f"{side}_low"] <= 0) & (own[f"{side}_high"] >= 0)


def _signs(own: pd.DataFrame, words: Words) -> list[Sign]:
    found = [
        Sign(words.say(f"asymmetry.key_{side}"), colour, marker)
        for side, (colour, marker, _) in _SIDES.items()
    ]
    if any(_unsure(own, side).any() for side in _SIDES):
        found.append(Sign(words.say("asymmetry.key_unsure"), style.RED, "v", hollow=True))
    return found


def _write(axes: Axes, own: pd.DataFrame, name: dict[str, Any], words: Words) -> None:
    """Names at the left, a heading a class, and at the right how many felt badly and very well."""
    axes.set_yticks(own["y"], own["shown"], color=style.INK, **name)
    axes.tick_params(axis="y", pad=6)
    for kind, rows in own.groupby("kind", sort=False):
        axes.annotate(
            words.say(f"asymmetry.{kind}"), (0, float(rows["y"].min()) - 0.86), xycoords=("axes fraction", "data"),
            xytext=(-6, 0), textcoords="offset points", ha="right", va="center", color=style.QUIET,
            annotation_clip=False, **_HEADING,
        )  # fmt: skip
    if "low_n" not in own:
        return
    look: dict[str, Any] = {"textcoords": "offset points", "fontsize": 7.4, "va": "center", "ha": "right"}
    look |= {"annotation_clip": False}
    for column, across, colour in (("low_n", 42, style.RED), ("high_n", 90, style.GREEN)):
        axes.annotate(
            words.say(f"asymmetry.{column}"),
            (1, 1),
            xycoords="axes fraction",
            xytext=(across, 12),
            color=colour,
            **look,
        )
        for y, n in zip(own["y"], own[column], strict=True):
            axes.annotate(
                words.number(n, 0),
                (1, y),
                xycoords=("axes fraction", "data"),
                xytext=(across, 0),
                color=colour,
                **look,
            )


def _note(client: Engagement, moments: MomentResult, own: pd.DataFrame, words: Words) -> str:
    parts = []
    n = float(own["n"].max()) if "n" in own else moments.facts.get("complete")
    if n is not None:
        parts.append(words.say("asymmetry.n", n=words.number(n, 0)))
    table = moments.penalty_reward
    unknown = int((table["persona"].isin(own["persona"]) & ~table["kind"].isin(_CLASSES)).sum())
    if unknown:
        parts.append(words.say("asymmetry.left_out", count=unknown))
    parts.append(words.say("asymmetry.note", confidence=words.percent(client.settings.thresholds.confidence)))
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _said(row: dict[Any, Any], words: Words) -> str:
    digits = 1 if max(abs(row["penalty"]), abs(row["reward"])) >= 1 else 2
    keys = ("penalty", "penalty_low", "penalty_high", "reward", "reward_low", "reward_high")
    values: dict[str, Any] = {key: words.signed(row[key], digits) for key in keys}
    return words.say(
        "asymmetry.alt_point", name=row["name"], kind=words.say(f"asymmetry.{row['kind']}"), **values
    )


def _chart(client: Engagement, own: pd.DataFrame, title: str, note: str) -> Chart:
    """A series a side, the touchpoints as the figure orders them, each with its class."""
    words = client.words
    answers = {"penalty": "low_n", "reward": "high_n"}
    series = [
        estimates(
            words.say(f"asymmetry.key_{side}"),
            own,
            (side, f"{side}_low", f"{side}_high", answers[side]),
            marker,
            colour,
        )
        for side, (colour, marker, _) in _SIDES.items()
    ]
    classes = [
        (str(name), 0.0, words.say(f"asymmetry.{kind}"))
        for name, kind in zip(own["name"], own["kind"], strict=True)
    ]
    names = [str(name) for name in own["name"]]
    label = words.say("asymmetry.x", outcome=_outcome(client))
    return Chart(
        "bar", title, words.say("asymmetry.subtitle"), note, "", names, label, "signed", series, classes
    )


def _outcome(client: Engagement) -> str:
    named_so = client.settings.outcome
    return named_so.name if named_so else client.words.say("quadrant.outcome")
