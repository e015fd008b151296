"""Routes of everyone and of each persona, by outcome; what rests on too few journeys stays unseen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats import routes as statistics
from cxmethod.stats.event_log import EventLog
from cxmethod.stats.intervals import adjust, newcombe, wilson
from cxmethod.stats.removal import removal_effects
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.stats.transitions import transitions as moves_by_outcome
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.journey import ALL

ROUTES_SHOWN = 5
_COMPARED = ["difference", "low", "high"]


def groups(log: EventLog, suppress_below: int) -> dict[str, EventLog]:
    """Everyone's journeys, and those of each persona of enough customers by whom the others cannot be worked out."""
    personas = sorted(log.tally("moves")["persona"].dropna().unique())
    found = {ALL: log} | {persona: log.where(persona=persona) for persona in map(str, personas)}
    sizes = pd.DataFrame(
        {"persona": list(found), "n": [own.n_customers for own in found.values()], "of": ALL}
    )
    enough = (sizes["n"] >= suppress_below) & ~protecting(sizes, ["of"], suppress_below)
    return {persona: found[persona] for persona in sizes.loc[enough | (sizes["persona"] == ALL), "persona"]}


def ended(log: EventLog) -> EventLog:
    """The journeys that ended, well or badly; all of them where no outcome is known."""
    if not log.tally("moves")["outcome"].isin(OUTCOMES).any():
        return log
    return log.where(outcome=OUTCOMES)


def visits(log: EventLog, limits: Thresholds) -> pd.DataFrame:
    """Who reaches each touchpoint, comes back to it and ends there, of all that ended and by outcome; nothing hidden.

    Returns
    -------
    DataFrame
        `outcome` (all, success, failure), `touchpoint`, `journeys`, `reach`, `low`, `high` (Wilson, of the reach),
        `starts` (share of the group's journeys that begin there), `loops`, `drop_off` (shares of those that visit it),
        `customers` (who made those journeys; of `all` with known outcomes as many as there are journeys).
        `all` are success and failure together, or every journey where no outcome is known.
    """
    tallied, moves = log.tally("visits"), log.tally("moves")
    known = tallied["outcome"].isin(OUTCOMES).any()
    chosen = [*OUTCOMES] if known else []
    people = log.customers_at("outcome") if known else log.customers_at()
    parts = []
    for outcome in (ALL, *chosen):
        wanted = [outcome] if outcome != ALL else chosen
        counts, first = (t[t["outcome"].isin(wanted)] if wanted else t for t in (tallied, moves))
        own = counts.groupby("touchpoint", observed=True)[["journeys", "again", "ends"]].sum()
        total = int(first["first"].sum())
        low, high = wilson(own["journeys"], np.full(len(own), total), limits.confidence)
        begun = first.groupby("source", observed=True)["first"].sum().reindex(own.index, fill_value=0)
        part = own[["journeys"]].assign(
            outcome=outcome, reach=own["journeys"] / max(total, 1), low=low, high=high
        )
        own_people = own["journeys"] if known and outcome == ALL else people
        if outcome != ALL:
            own_people = people[people.index.get_level_values("outcome") == outcome].droplevel("outcome")
        part["customers"] = own_people.reindex(own.index)
        part["starts"] = begun / max(total, 1)
        part["loops"], part["drop_off"] = own["again"] / own["journeys"], own["ends"] / own["journeys"]
        parts.append(part.reset_index().sort_values("journeys", ascending=False, kind="stable"))
    table = pd.concat(parts, ignore_index=True)
    columns = ["outcome", "touchpoint", "journeys", "reach", "low", "high", "starts", "loops", "drop_off"]
    return table[[*columns, "customers"]]


def defining(visited: pd.DataFrame, journeys: dict[str, int]) -> set[str]:
    """Touchpoints that every journey of one outcome visits and none of the other: there the outcome is already decided.

    A log whose success is to reach a touchpoint always has one; moves into it differ because of how success was defined.

    Parameters
    ----------
    visited : DataFrame
        As `visits` gives it.
    journeys : dict
        Outcome → how many journeys.
    """
    if not all(journeys[outcome] for outcome in OUTCOMES):
        return set()
    shares = visited.pivot_table("reach", "touchpoint", "outcome", fill_value=0, observed=True)
    apart = (shares["success"] - shares["failure"]).abs() == 1
    return set(shares.index[apart].astype(str))


def transitions(
    log: EventLog, decided: set[str], unseen: Mapping[str, set[str]], limits: Thresholds
) -> pd.DataFrame:
    """Moves by outcome, those that are told apart first; what starts where it may not be shown is hidden.

    Parameters
    ----------
    decided : set of str
        Touchpoints that define an outcome: moves into them are marked `by_definition` and not tested, neither
        are those with too few journeys of an outcome to show.
    unseen : mapping
        Outcome → touchpoints of which `visits` shows nothing.

    Returns
    -------
    DataFrame
        As `cxmethod.stats.transitions.transitions`, with `by_definition`.
    """
    table = moves_by_outcome(log, limits.confidence)
    table["by_definition"] = table["target"].isin(decided) & table["difference"].notna()
    hidden = {name: table["source"].isin(unseen.get(name, set())) for name in OUTCOMES}
    few = (table[["success_n", "failure_n"]] < limits.suppress_below).any(axis=1)
    few |= hidden["success"] | hidden["failure"]
    made = [(table[f"{name}_p"] * table[f"{name}_n"]).round().fillna(0) for name in OUTCOMES]
    tests = newcombe(made[0], table["success_n"], made[1], table["failure_n"], limits.confidence)
    table["p_adjusted"] = adjust(tests["p_value"].mask(few | table["by_definition"]), "benjamini-hochberg")
    table[_COMPARED] = table[_COMPARED].mask(few)
    for name in OUTCOMES:
        own = [f"{name}_n", f"{name}_p", f"{name}_count"]
        table[own] = table[own].astype({own[0]: "Int64", own[2]: "Int64"}).mask(hidden[name])
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].sort_values("p_adjusted", kind="stable", ignore_index=True)


def whole_routes(log: EventLog, suppress_below: int) -> pd.DataFrame:
    """By outcome the likeliest loop-free route (rank 0) and the commonest whole ones; none of too few journeys.

    Returns
    -------
    DataFrame
        `outcome`, `rank`, `route` (touchpoints joined by `` > ``), `n`, `share`; at rank 0 the last two are blank where
        too few journeys took it exactly so.
    """
    rows = []
    for outcome in OUTCOMES:
        own = log.where(outcome=outcome)
        if own.n_customers < suppress_below:
            continue
        common = statistics.variants(own, ROUTES_SHOWN)
        likeliest = statistics.most_probable_route(own)
        n, people = _taken(own, likeliest)
        model = pd.DataFrame(
            {"route": [likeliest], "n": [n], "share": [n / own.n_journeys], "customers": [people]}
        )
        both = pd.concat([model, common[common["customers"] >= suppress_below]], ignore_index=True)
        rows.append(both.assign(outcome=outcome, rank=range(len(both))))
    columns = ["outcome", "rank", "route", "n", "share", "customers"]
    table = pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)
    hidden = table.pop("customers").between(1, suppress_below - 1).astype(bool)
    table[["n", "share"]] = table.astype({"n": "Int64", "share": "float64"})[["n", "share"]].mask(hidden)
    routes = pd.Series([" > ".join(route) for route in table["route"]], table.index, dtype="str")
    return table.assign(route=routes).astype({"outcome": "str", "rank": "int64"})


def influence(log: EventLog, suppress_below: int) -> pd.DataFrame:
    """Removal effects: `touchpoint`, `removal_effect`, `share`; none where an outcome has too few customers."""
    if any(log.where(outcome=outcome).n_customers < suppress_below for outcome in OUTCOMES):
        return pd.DataFrame({"touchpoint": pd.Series(dtype="str"), "removal_effect": [], "share": []})
    return removal_effects(log)


def withheld(visited: pd.DataFrame, suppress_below: int) -> pd.Series:
    """Rows of `visits` of all groups (`persona`) that may not be shown.

    Those of too few customers, those of personas by which these could be worked out, and the sum of both outcomes where
    one of them is hidden.
    """
    by_outcome = visited["outcome"] != ALL
    told = visited[by_outcome] if by_outcome.any() else visited
    beside = protecting(told, ["outcome", "touchpoint"], suppress_below, n="customers")
    few = visited["customers"].between(1, suppress_below - 1) | beside.reindex(
        visited.index, fill_value=False
    )
    one = few.groupby([visited["persona"], visited["touchpoint"]], observed=True).transform("any")
    return few | (one & ~by_outcome)


def shown(visited: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    """`visits` of one group, blank where it is `hidden`."""
    table = visited.drop(columns=["persona", "customers"]).reset_index(drop=True)
    numbers = [column for column in table.columns if column not in ("outcome", "touchpoint")]
    table[numbers] = table[numbers].astype({"journeys": "Int64"}).mask(hidden.reset_index(drop=True))
    return table


def without_giving_away(table: pd.DataFrame, suppress_below: int) -> pd.DataFrame:
    """`whole_routes` of all groups (`persona`) without those by which a route of few others could be worked out.

    A likeliest route stays, without its number.
    """
    keys = ["persona", "outcome", "route"]
    once = table.drop_duplicates(keys)
    beside = once[protecting(once, ["outcome", "route"], suppress_below)]
    told = pd.MultiIndex.from_frame(beside[keys])
    hidden = pd.Series(pd.MultiIndex.from_frame(table[keys]).isin(told), table.index)
    table[["n", "share"]] = table[["n", "share"]].mask(hidden)
    return table[~hidden | (table["rank"] == 0)].reset_index(drop=True)


def _taken(log: EventLog, route: tuple[str, ...]) -> tuple[int, int]:
    """Journeys that took exactly `route`, and how many customers made them."""
    steps = log.steps
    whose = ["customer"] if log.tallies.returning else []
    text = steps.group_by("journey", *whose).agg(
        route=steps.touchpoint.cast("string").group_concat("\x1f", order_by=steps.position)
    )
    taken = text.filter(text.route == "\x1f".join(route))
    people = taken.customer.nunique() if whose else taken.count()
    found = taken.aggregate(n=taken.count(), customers=people).to_pyarrow().to_pylist()[0]
    return int(found["n"]), int(found["customers"])
