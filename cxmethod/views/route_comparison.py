"""Success route against failure route, and the moves that set them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.language.direction import isolated
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.relationship import RelationshipResult
from cxmethod.steps.route_findings import told_apart
from cxmethod.views import style
from cxmethod.views.graph_parts import COLOURS
from cxmethod.views.graph_words import missing
from cxmethod.views.readings import named, parting
from cxmethod.views.route_stops import draw_routes, routes_in
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import NameColumn, name_column

_MOVES = 8
_ROW = 0.34
_ACROSS = 0.94
_MOVE = 3.2
_WHERE = {"shares": (3.55, 3.55), "difference": (7.55, 2.1)}


def route_comparison(client: Engagement, result: RelationshipResult) -> Shown:
    """Above, the likeliest route of each outcome; below, the moves whose shares differ most, with their differences.

    Moves into a touchpoint that defines the outcome are left out and named beneath.
    """
    words, significance = client.words, client.settings.thresholds.significance
    names = _names(client)
    everyone = result.routes[result.routes["persona"] == ALL]
    apart = told_apart(result.transitions, significance).head(_MOVES)
    moves = apart.sort_values("difference", kind="stable").to_dict("records")
    if everyone.empty and not moves:
        return show_text(missing(client, result, "routes.nothing"))
    title, note = parting(client, result, pd.Series(names)), _note(client, result, names)
    foot = style.note_height(note, style.PAGE) + 0.42
    with style.house_style():
        said = [_move(row, names, words) for row in moves]
        rows = name_column(
            said, width=_MOVE, widest=_MOVE, row=_ROW, size=8.0, longest=2 * style.LONGEST + 40
        )
        routes = routes_in(everyone, names, words, _ACROSS * style.PAGE)
        tall = sum(route.height for route in routes)
        top = foot + rows.row * max(len(moves), 1)
        height = top + 0.42 + tall + 0.95 + style.second_line(title, style.PAGE)
        figure = Figure(figsize=(style.PAGE, height))
        upper = figure.add_axes(((1 - _ACROSS) / 2, (top + 0.42) / height, _ACROSS, tall / height))
        draw_routes(upper, routes, _ACROSS * style.PAGE, words)
        panels = {
            name: figure.add_axes(
                (left / style.PAGE, foot / height, width / style.PAGE, (top - foot) / height)
            )
            for name, (left, width) in _WHERE.items()
        }
        _draw_moves(panels, moves, len(result.transitions) > 0, rows, words)
        if moves:
            figure.text(
                0.03, (top + 0.14) / height, words.say("routes.moves"), fontweight="bold", fontsize=9.5
            )
            figure.text(
                _WHERE["difference"][0] / style.PAGE, (top + 0.14) / height, words.say("routes.difference"),
                fontweight="bold", fontsize=9.5,
            )  # fmt: skip
        style.head(figure, title, words.say("routes.subtitle"), note)
    return show_figure(
        figure, alt=_alternative(everyone, moves, names, title, words), caption=words.say("routes.caption")
    )


def _names(client: Engagement) -> dict[str, str]:
    """Names of the touchpoints, also of those that the scope leaves out."""
    frames = (touchpoints_in_order(client), client.table("touchpoints"))
    both = pd.concat([frame[["touchpoint", "name"]] for frame in frames])
    return dict(zip(both["touchpoint"].astype(str), both["name"].astype(str), strict=True))


def _note(client: Engagement, result: RelationshipResult, names: Mapping[str, str]) -> str:
    words, facts = client.words, result.facts
    counted: dict[str, Any] = {name: words.number(facts[name], 0) for name in (*OUTCOMES, "open")}
    lines = [words.say("routes.note", **counted)]
    own = result.transitions[result.transitions["persona"] == ALL]
    decided = [names.get(key, key) for key in own.loc[own["by_definition"], "target"].astype(str).unique()]
    if decided:
        lines.append(words.say("routes.note_by_definition", touchpoints=named(decided, words)))
    return " · ".join(lines)


def _draw_moves(
    panels: Mapping[str, Axes],
    moves: list[dict[Any, Any]],
    known: bool,
    names: NameColumn,
    words: Words,
) -> None:
    shares, difference = panels["shares"], panels["difference"]
    for axes in panels.values():
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_ylim(-0.6, max(len(moves), 1) - 0.4)
    if not moves:
        for axes in panels.values():
            axes.axis("off")
        text = words.say("routes.no_moves" if known else "routes.no_journeys")
        shares.text(
            -3.25 / _WHERE["shares"][1], 0.5, text, color=style.QUIET, va="center", transform=shares.transAxes
        )
        return
    shares.set_xlim(-0.04, 1.04)
    for place, row in enumerate(moves):
        ends = (row["failure_p"], row["success_p"])
        shares.plot(ends, (place, place), color=style.FAINT, linewidth=3.5, zorder=1)
        shares.plot(row["success_p"], place, "o", color=style.GREEN, markersize=7.5, zorder=3)
        shares.plot(row["failure_p"], place, "D", color=style.RED, markersize=6.5, zorder=3)
    shares.set_yticks(range(len(moves)), names.texts, fontsize=names.size, linespacing=1.0, color=style.INK)
    shares.set_xticks(
        [0, 0.25, 0.5, 0.75, 1], [words.percent(v) for v in (0, 0.25, 0.5, 0.75, 1)], fontsize=8
    )
    shares.grid(axis="x", color=style.FAINT, linewidth=0.5)
    _draw_differences(difference, moves, words)


def _draw_differences(axes: Axes, moves: list[dict[Any, Any]], words: Words) -> None:
    """Each difference with its interval, about a line at zero, and in numbers beside it."""
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    for place, row in enumerate(moves):
        better = "success" if row["difference"] > 0 else "failure"
        axes.plot((row["low"], row["high"]), (place, place), color=COLOURS[better], linewidth=1.6, zorder=2)
        axes.plot(
            row["difference"], place, "|", color=COLOURS[better], markersize=9, markeredgewidth=2.2, zorder=3
        )
        low, high = (words.number(100 * row[end], 0) for end in ("low", "high"))
        text = words.say(
            "routes.interval", difference=words.signed(100 * row["difference"], 0), low=low, high=high
        )
        axes.text(1.03, place, text, fontsize=7.6, va="center", transform=axes.get_yaxis_transform())
    axes.set_yticks([])
    axes.set_xlim(-1, 1)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], [words.signed(v, 0) for v in (-100, -50, 0, 50, 100)], fontsize=8)
    axes.grid(axis="x", color=style.FAINT, linewidth=0.5)
    axes.set_axisbelow(True)


def _move(row: Mapping[Any, Any], names: Mapping[str, str], words: Words) -> str:
    source, target = (names.get(row[end], row[end]) for end in ("source", "target"))
    if row["source"] == row["target"]:
        return words.say("routes.again", touchpoint=style.bounded(source))
    return f"{isolated(style.bounded(source))} → {isolated(style.bounded(target))}"


def _alternative(
    routes: pd.DataFrame, moves: list[dict[Any, Any]], names: Mapping[str, str], title: str, words: Words
) -> str:
    lines = [f"{title}."]
    likeliest = routes[routes["rank"] == 0].set_index("outcome")["route"].astype(str).to_dict()
    for outcome in OUTCOMES:
        stops = [names.get(stop, stop) for stop in likeliest.get(outcome, "").split(" > ") if stop]
        route = words.say(f"routes.{outcome}")
        lines.append(
            words.say(
                "routes.alt_route",
                route=route,
                stops=" → ".join(map(isolated, stops)) or words.say("routes.none"),
            )
        )
    lines += [
        words.say(
            "routes.alt_move",
            source=names.get(row["source"], row["source"]),
            target=names.get(row["target"], row["target"]),
            success=words.percent(row["success_p"]),
            failure=words.percent(row["failure_p"]),
            difference=words.signed(100 * row["difference"], 0),
            low=words.number(100 * row["low"], 0),
            high=words.number(100 * row["high"], 0),
        )
        for row in sorted(moves, key=lambda row: -abs(row["difference"]))
    ]
    return " ".join(lines)
