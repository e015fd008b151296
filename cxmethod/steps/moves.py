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

_NUMBERS = ["journeys", "count", "share", "part"]
_COLUMNS = ["source", "target", "outcome", *_NUMBERS, "on_route"]


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
        Of one persona, as `cxmethod.steps.routes` gives them; of what is hidden there, only the moves of the likeliest
        routes are drawn, without a number.

    Returns
    -------
    DataFrame
        `source`, `target`, `outcome`, `journeys` (that make the move at least once), `count` (events), `share` (of the
        outcome's journeys), `part` (of all moves of the outcome, by event), `on_route`.
    """
    counted = pd.concat([_of(outcome, transitions, visits) for outcome in OUTCOMES], ignore_index=True)
    moves = counted.merge(_route_moves(routes), how="outer", on=["source", "target", "outcome"])
    moves["on_route"] = moves["on_route"].notna()
    points = _points(routes, visits, limits.touchpoints_per_map)
    few = moves["journeys"].isna() | (moves["journeys"] < limits.suppress_below)
    moves[_NUMBERS] = moves[_NUMBERS].mask(few)
    shown = moves["source"].isin(points) & moves["target"].isin(points)
    moves = moves[shown & (moves["on_route"] | (moves["share"] >= LEAST_SHARE))]
    return (
        moves[_kept(moves)].reset_index(drop=True)[_COLUMNS].astype({"journeys": "Int64", "count": "Int64"})
    )


def _of(outcome: str, transitions: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    own = transitions.dropna(subset=[f"{outcome}_p"])
    seen = visits[visits["outcome"] == outcome].dropna(subset=["journeys"])
    total = (seen["journeys"] / seen["reach"]).astype(float).max()
    n, p, count = (own[f"{outcome}_{name}"].astype(float) for name in ("n", "p", "count"))
    journeys = (n * p).round()
    part = count / max(float(transitions[f"{outcome}_count"].sum()), 1.0)
    own = own[["source", "target"]].astype(str).assign(outcome=outcome)
    return own.assign(journeys=journeys, count=count, share=journeys / total, part=part)


def _route_moves(routes: pd.DataFrame) -> pd.DataFrame:
    """The moves of the likeliest routes: `source`, `target`, `outcome`, `on_route`."""
    likeliest = routes[routes["rank"] == 0].drop_duplicates("outcome").set_index("outcome")["route"]
    stops = likeliest.astype(str).str.split(" > ").explode().rename("source").reset_index()
    stops["target"] = stops.groupby("outcome")["source"].shift(-1)
    return stops.dropna(subset="target").astype(str).assign(on_route=True)


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
