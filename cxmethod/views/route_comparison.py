"""Success route against failure route, and the moves that set them apart."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.relationship import RelationshipResult
from cxmethod.views import style
from cxmethod.views.readings import parting
from cxmethod.views.show import Shown, show_figure

_COLOURS = {"success": style.GREEN, "failure": style.RED}
_MOVES = 10
_STOPS = 12


def route_comparison(client: Engagement, result: RelationshipResult) -> Shown:
    """Above, the likeliest route of each outcome; below, the moves whose shares differ most, with intervals."""
    words = client.words
    names = touchpoints_in_order(client).set_index("touchpoint")["name"]
    likeliest = (
        result.routes[result.routes["rank"] == 0]
        .set_index("outcome")["route"]
        .astype("string")
        .str.split(" > ")
    )
    commonest = result.routes[result.routes["rank"] == 1].set_index("outcome")
    moves = _told_apart(result.transitions, client.settings.thresholds.significance)
    below = max(len(moves), 1)
    height = 3.65 + 0.4 * below + 0.75
    with style.house_style():
        figure = Figure(figsize=(10.5, height))
        upper = figure.add_axes((0.03, 1 - 3.15 / height, 0.94, 2.0 / height))
        lower = figure.add_axes((0.36, 0.75 / height, 0.5, 0.4 * below / height))
        _routes(upper, likeliest, names, words)
        _in_full(upper, commonest, names, words)
        _moves(lower, moves, len(result.transitions) > 0, names, words)
        figure.text(
            0.03,
            (0.75 + 0.4 * below + 0.18) / height,
            words.say("routes.moves"),
            fontweight="bold",
            fontsize=10,
        )
        facts = result.facts
        note = words.say(
            "routes.note",
            success=words.number(facts["success"], 0), failure=words.number(facts["failure"], 0),
            open=words.number(facts["open"], 0),
        )  # fmt: skip
        style.head(figure, parting(client, result, names), words.say("routes.subtitle"), note)
    return show_figure(
        figure, alt=_alternative(likeliest, moves, names, words), caption=words.say("routes.caption")
    )


def _told_apart(transitions: pd.DataFrame, significance: float) -> pd.DataFrame:
    sure = transitions[transitions["p_adjusted"] < significance]
    order = sure["difference"].abs().sort_values(ascending=False).index[:_MOVES]
    return sure.loc[order].sort_values("difference", ignore_index=True)


def _routes(axes: Axes, likeliest: pd.Series, names: pd.Series, words: Words) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 2))
    axes.axis("off")
    for row, outcome in ((1, "success"), (0, "failure")):
        colour = _COLOURS[outcome]
        axes.text(
            0,
            row + 0.86,
            words.say(f"routes.{outcome}"),
            color=colour,
            fontweight="bold",
            fontsize=10,
            va="center",
        )
        stops = list(likeliest.get(outcome, []))
        if not stops:
            axes.text(0, row + 0.4, words.say("routes.none"), color=style.QUIET, va="center")
        _stops(axes, stops[:_STOPS], len(stops) - _STOPS, row, colour, names)


def _stops(axes: Axes, stops: list[str], more: int, row: int, colour: str, names: pd.Series) -> None:
    width = 1 / max(len(stops), 5)
    letters = max(int(width * 108), 9)
    for place, stop in enumerate(stops):
        left = place * width
        box = FancyBboxPatch(
            (left + 0.004, row + 0.06), width - 0.024, 0.58, boxstyle="round,pad=0,rounding_size=0.012",
            mutation_aspect=3, facecolor="white", edgecolor=colour, linewidth=1.4,
        )  # fmt: skip
        axes.add_patch(box)
        text = style.wrapped(str(names.get(stop, stop)), letters, 3)
        axes.text(
            left + (width - 0.016) / 2,
            row + 0.35,
            text,
            ha="center",
            va="center",
            fontsize=7.8,
            linespacing=1.1,
        )
        if place + 1 < len(stops):
            axes.text(
                left + width - 0.008, row + 0.35, "›", ha="center", va="center", color=colour, fontsize=13
            )
    if more > 0:
        axes.text(1, row + 0.86, f"+{more}", ha="right", va="center", color=colour, fontsize=9)


def _in_full(axes: Axes, commonest: pd.DataFrame, names: pd.Series, words: Words) -> None:
    """The commonest whole route, loops and all, beside the likeliest loop-free one."""
    for row, outcome in ((1, "success"), (0, "failure")):
        if outcome not in commonest.index:
            continue
        route = commonest.loc[[outcome]].iloc[0]
        stops = " › ".join(str(names.get(stop, stop)) for stop in str(route["route"]).split(" > "))
        share, n = words.percent(route["share"]), words.number(route["n"], 0)
        text = words.say("routes.commonest", stops=stops, share=share, n=n)
        axes.text(0.13, row + 0.86, style.wrapped(text, 135, 2), color=style.QUIET, fontsize=7.8, va="center")


def _moves(axes: Axes, moves: pd.DataFrame, known: bool, names: pd.Series, words: Words) -> None:
    axes.spines[["left", "bottom"]].set_visible(False)
    if moves.empty:
        axes.axis("off")
        axes.text(
            0,
            0.5,
            words.say("routes.no_moves" if known else "routes.no_journeys"),
            color=style.QUIET,
            va="center",
            transform=axes.transAxes,
        )
        return
    axes.set(xlim=(-0.04, 1.04), ylim=(-0.6, len(moves) - 0.4))
    for place, row in enumerate(moves.to_dict("records")):
        axes.plot(
            [row["failure_p"], row["success_p"]], [place, place], color=style.FAINT, linewidth=3.5, zorder=1
        )
        axes.plot(row["success_p"], place, "o", color=style.GREEN, markersize=8, zorder=3)
        axes.plot(row["failure_p"], place, "D", color=style.RED, markersize=7, zorder=3)
        axes.text(
            1.06, place, words.signed(100 * row["difference"], 0) + f" [{words.number(100 * row['low'], 0)}; {words.number(100 * row['high'], 0)}]",
            fontsize=8.4, va="center", color=style.INK,
        )  # fmt: skip
    labels = [
        style.wrapped(
            f"{names.get(row['source'], row['source'])} → {names.get(row['target'], row['target'])}", 46, 2
        )
        for row in moves.to_dict("records")
    ]
    axes.set_yticks(range(len(moves)), labels, fontsize=8.4, color=style.INK)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [words.percent(v) for v in (0, 0.25, 0.5, 0.75, 1)], fontsize=8)
    axes.grid(axis="x", color=style.FAINT, linewidth=0.5)
    axes.set_axisbelow(True)


def _alternative(likeliest: pd.Series, moves: pd.DataFrame, names: pd.Series, words: Words) -> str:
    lines = []
    for outcome in ("success", "failure"):
        stops = " → ".join(str(names.get(stop, stop)) for stop in likeliest.get(outcome, []))
        lines.append(words.say("routes.alt_route", route=words.say(f"routes.{outcome}"), stops=stops or "—"))
    for row in moves.to_dict("records"):
        source, target = names.get(row["source"], row["source"]), names.get(row["target"], row["target"])
        lines.append(
            words.say(
                "routes.alt_move", source=source, target=target,
                success=words.percent(row["success_p"]), failure=words.percent(row["failure_p"]),
            )
        )  # fmt: skip
    return " ".join(lines)
