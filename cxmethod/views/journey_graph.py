"""The journey as it is: no funnel but a net, with its routes to success and to failure, its loops and its exits."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.steps.journey import ALL
from cxmethod.steps.relationship import RelationshipResult
from cxmethod.views import style
from cxmethod.views.graph_map import JourneyMap, journey_map, lines_of
from cxmethod.views.graph_parts import MARKS, THIN_MARKS, Stop, draw_band, draw_line, draw_stop
from cxmethod.views.graph_words import Tables, alternative, caption, draw_key, is_thin, missing, note
from cxmethod.views.phase_labels import LEADING, phase_labels
from cxmethod.views.readings import stopping
from cxmethod.views.show import Shown, show_figure, show_text

_KEY = 0.38
_HEAD = 1.24
_LABELS = 0.3
"""Inches above the journey that the phases' names have in any case."""


def journey_graph(client: Engagement, result: RelationshipResult, persona: str = ALL) -> Shown:
    """Touchpoints by phase from left to right, and the main moves between them, those of success and those of failure.

    Each box says what share of either outcome's journeys come by; a line is as thick as the share of the outcome's
    journeys that make the move. Lanes of moves back lie lowest; marks above and beneath a box say how many begin there,
    come back or end. Which moves are drawn follows the rule of `cxmethod.steps.moves.drawn_moves`; how much of all moves
    they are is said beneath.

    Parameters
    ----------
    persona : str
        Whose journeys; ``all`` for everyone.
    """
    tables = {name: frame for name, frame in result.tables().items() if "persona" in frame}
    own = {name: frame[frame["persona"] == persona] for name, frame in tables.items()}
    points = _points(client, own)
    if points.empty:
        return show_text(missing(client, result, "graph.nothing"))
    title = stopping(client, result, persona)
    with style.house_style():
        figure = _drawn(client, result, own, journey_map(points, own["moves"]), title, persona)
    return show_figure(
        figure, alt=alternative(client, own, points["name"], title), caption=caption(client, persona)
    )


def _points(client: Engagement, own: Tables) -> pd.DataFrame:
    """The touchpoints that the moves join and those of the likeliest routes, in order."""
    known, phases = client.table("touchpoints"), client.table("phases").set_index("phase")
    routes = own["routes"].loc[own["routes"]["rank"] == 0, "route"].astype(str).str.split(" > ").explode()
    keys = pd.concat([own["moves"]["source"], own["moves"]["target"], routes]).drop_duplicates()
    table = pd.DataFrame({"touchpoint": keys.astype(str)}).merge(known, on="touchpoint", how="left")
    table["name"] = table["name"].fillna(table["touchpoint"])
    off_map = client.words.say("graph.off_map") if len(known) else ""
    table["phase_name"] = table["phase"].map(phases["name"]).fillna(table["phase"]).fillna(off_map)
    table["phase_order"] = table["phase"].map(phases["order"]).astype(float)
    table = table.sort_values(["phase_order", "order"], kind="stable", na_position="last")
    return table.set_index("touchpoint")[["name", "phase_name"]]


def _drawn(
    client: Engagement, result: RelationshipResult, own: Tables, plan: JourneyMap, title: str, persona: str
) -> Figure:
    words, thin = client.words, is_thin(client, own)
    beneath = note(client, result, own, persona)
    foot = _KEY + style.note_height(beneath, style.PAGE)
    bands = plan.bands()
    labels = phase_labels([name for name, *_ in bands], [(left, right) for _, left, right in bands])
    above = _HEAD + max(labels.height - _LABELS, 0)
    height = foot + plan.layout.height + above + style.second_line(title, style.PAGE)
    figure = Figure(figsize=(style.PAGE, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, style.PAGE), ylim=(0, height))
    axes.axis("off")
    plan = plan.above(foot)
    for place, (_, left, right) in enumerate(bands):
        draw_band(axes, left, right, foot, plan.top + 0.04, shaded=place % 2 == 0)
    for text, middle in zip(labels.texts, labels.middles, strict=True):
        axes.text(
            middle, plan.top + 0.09, text, ha="center", va="bottom", fontsize=labels.size, fontweight="bold",
            linespacing=LEADING,
        )  # fmt: skip
    for line in lines_of(own["moves"], plan):
        draw_line(axes, line, thin=thin)
    marks = THIN_MARKS if thin else MARKS
    for stop in _stops(own, plan):
        draw_stop(axes, stop, plan.width, plan.height, marks, words)
    draw_key(axes, foot - 0.17, marks, words)
    style.head(figure, title, words.say("graph.subtitle"), beneath)
    return figure


def _stops(own: Tables, plan: JourneyMap) -> list[Stop]:
    visits = own["visits"].dropna(subset=["reach"]).set_index(["outcome", "touchpoint"])
    shares = {
        (outcome, measure): visits.loc[[outcome], measure].droplevel(0).astype(float).to_dict()
        for outcome in visits.index.unique("outcome")
        for measure in ("reach", "loops", "drop_off", "starts")
    }

    def known(measure: str, touchpoint: str) -> dict[str, float]:
        given = {outcome: shares.get((outcome, measure), {}) for outcome in OUTCOMES}
        return {outcome: own[touchpoint] for outcome, own in given.items() if touchpoint in own}

    return [
        Stop(
            *plan.place(point),
            name=str(plan.points["lines"][point]),
            reach=known("reach", point),
            loops=known("loops", point),
            drop_off=known("drop_off", point),
            starts=shares.get((ALL, "starts"), {}).get(point, 0.0),
            size=plan.size,
        )
        for point in map(str, plan.points.index)
    ]
