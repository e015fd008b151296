"""Which touchpoints and moves a picture of the journey shows: a rule, so that nobody chooses by taste."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.steps.journey import ALL

MOST_PAIRS = 24
"""Pairs of touchpoints joined by a line, at most: more cannot be followed with the eye."""
LEAST_SHARE = 0.05
"""Of an outcome's journeys, those that must make a move for it to be drawn, unless it lies on the likeliest route."""

_COLUMNS = ["source", "target", "outcome", "journeys", "count", "share", "part", "on_route"]


def drawn_moves(
    transitions: pd.DataFrame, routes: pd.DataFrame, visits: pd.DataFrame, limits: Thresholds
) -> pd.DataFrame:
    """The moves that the picture of the journey draws.

    At most `touchpoints_per_map` touchpoints: those on the likeliest route of either outcome, then those that most
    journeys reach. Among them all moves of the likeliest routes, and then the pairs that the greatest share of an
    outcome's journeys make, to `MOST_PAIRS`; a pair's line is drawn for each outcome of whose journeys at least
    `LEAST_SHARE` make it. A move from a touchpoint to itself is a return, no line, and counts towards no limit.

    Parameters
    ----------
    transitions, routes, visits : DataFrame
        Of one persona, as `cxmethod.steps.routes` gives them; hidden rows are never drawn.

    Returns
    -------
    DataFrame
        `source`, `target`, `outcome`, `journeys` (that make the move at least once), `count` (events), `share` (of the
        outcome's journeys), `part` (of all moves of the outcome, by event), `on_route`.
    """
    moves = pd.concat([_of(outcome, transitions, visits) for outcome in OUTCOMES], ignore_index=True)
    moves["on_route"] = _on_route(moves, routes)
    points = _points(routes, visits, limits.touchpoints_per_map)
    shown = moves["source"].isin(points) & moves["target"].isin(points)
    shown &= moves["on_route"] | (moves["share"] >= LEAST_SHARE)
    moves = moves[shown & (moves["journeys"] >= limits.suppress_below)]
    return moves[_kept(moves)].reset_index(drop=True)[_COLUMNS]


def _of(outcome: str, transitions: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    own = transitions.dropna(subset=[f"{outcome}_p"])
    seen = visits[visits["outcome"] == outcome].dropna(subset=["journeys"])
    total = (seen["journeys"] / seen["reach"]).max()
    n, p, count = (own[f"{outcome}_{name}"].astype(float) for name in ("n", "p", "count"))
    journeys = (n * p).round().astype("int64")
    all_moves = transitions[f"{outcome}_count"].sum()
    return own[["source", "target"]].assign(
        outcome=outcome,
        journeys=journeys,
        count=count.astype("int64"),
        share=journeys / total,
        part=count / max(all_moves, 1),
    )


def _on_route(moves: pd.DataFrame, routes: pd.DataFrame) -> pd.Series:
    likeliest = routes[routes["rank"] == 0].set_index("outcome")["route"]
    on = pd.Series(False, moves.index)
    for outcome, route in likeliest.items():
        stops = pd.Series(str(route).split(" > "))
        pairs = set(zip(stops, stops.shift(-1), strict=True))
        made = pd.Series(list(zip(moves["source"], moves["target"], strict=True)), moves.index)
        on |= (moves["outcome"] == outcome) & made.isin(pairs)
    return on


def _points(routes: pd.DataFrame, visits: pd.DataFrame, most: int) -> set[str]:
    likeliest = routes[routes["rank"] == 0]["route"].str.split(" > ").explode().dropna()
    seen = visits[visits["outcome"] != ALL].dropna(subset=["reach"])
    by_reach = (
        seen.groupby("touchpoint", observed=True)["reach"].max().sort_values(ascending=False, kind="stable")
    )
    return set(pd.Index([*dict.fromkeys(likeliest), *by_reach.index]).drop_duplicates()[:most].astype(str))


def _kept(moves: pd.DataFrame) -> pd.Series:
    """Returns, and the first so many pairs: those on a route, then those that the most journeys make."""
    pair = moves["source"] + "\x1f" + moves["target"]
    line = moves[moves["source"] != moves["target"]]
    rank = line.assign(pair=pair).groupby("pair").agg(on_route=("on_route", "any"), share=("share", "max"))
    first = rank.sort_values(["on_route", "share"], ascending=False, kind="stable").index
    most = max(MOST_PAIRS, int(rank["on_route"].sum()))
    return (moves["source"] == moves["target"]) | pair.isin(first[:most])
