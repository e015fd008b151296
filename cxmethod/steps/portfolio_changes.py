"""Portfolios of two states: what entered, what left and why, and what costs, places and tranches moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.placement import DONE

_COMPARED = ("cost", "rank", "tranche", "owner")
_VALUES = [f"{name}_{state}" for name in ("selected", *_COMPARED) for state in ("before", "after")]
COLUMNS = ["initiative", "name", "change", "why", "also", *_VALUES, "own"]
NEEDED = {"initiatives": ("initiative", "selected", *_COMPARED), "done": ("initiative",)}
_SCALE = 1e-9


def portfolio_changes(
    before: Engagement, after: Engagement, saved: tuple[Mapping[str, pd.DataFrame], Mapping[str, pd.DataFrame]],
    cells: pd.DataFrame, decisions: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """Initiatives whose place in the portfolio, cost, rank, tranche or owner is another one.

    Parameters
    ----------
    before, after : Engagement
    saved : pair of mappings
        The result tables of step 7 of each state.
    cells : DataFrame
        `key`, `column`: cells of the initiatives table that differ.
    decisions : DataFrame
        Decisions that differ.

    Returns
    -------
    DataFrame
        `COLUMNS`. `change`: entered, left, done, new (proposed, not chosen), removed (it was not chosen), or blank; `why` it
        left: done, dropped, removed, not_chosen. `also`: what else moved (cost, tranche, rank, owner), joined by ``;``. `own`:
        columns of its own row that differ, and `decision` where it was kept or dropped by decision since, joined by ``;``.
    """
    frames = [_initiatives(state, tables) for state, tables in zip((before, after), saved, strict=True)]
    frame = frames[0].merge(frames[1], on="initiative", how="outer", suffixes=("_before", "_after"))
    frame["why"] = _fate(frame, after)
    frame["change"] = _change(frame)
    frame["why"] = frame["why"].where(frame["change"] == "left")
    frame["also"] = _also(frame)
    frame = frame[(frame["change"] != "") | (frame["also"] != "")]
    frame = frame.assign(name=frame["name_after"].fillna(frame["name_before"]))
    frame["own"] = _own(frame["initiative"], cells, decisions)
    first = pd.Categorical(frame["change"], ["entered", "left", "done", "new", "removed", ""])
    ordered = frame.assign(_first=first).sort_values(
        ["_first", "rank_after", "rank_before", "initiative"], kind="stable", ignore_index=True
    )
    return ordered[COLUMNS]


def _initiatives(state: Engagement, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every initiative that the state knows: ranked, done or dropped."""
    known = state.table("initiatives")[["initiative", "name"]].astype("string")
    ranked = tables["initiatives"][["initiative", "selected", *_COMPARED]]
    frame = known.merge(
        ranked.astype({"initiative": "string", "owner": "string"}), on="initiative", how="outer"
    )
    chosen = frame["selected"].astype("boolean").fillna(False).astype(bool)
    done = frame["initiative"].isin(tables["done"]["initiative"].astype("string"))
    numbers = {name: frame[name].astype(float) for name in ("cost", "rank", "tranche")}
    return frame.assign(selected=chosen, done=done, there=True, ranked=frame["rank"].notna(), **numbers)


def _fate(frame: pd.DataFrame, after: Engagement) -> pd.Series:
    dropped = frame["initiative"].isin(after.decisions.opportunities.drop)
    choices = [frame["there_after"].isna(), frame["done_after"].eq(True), dropped]
    return pd.Series(
        np.select(choices, ["removed", DONE, "dropped"], "not_chosen"), frame.index, dtype="string"
    )


def _change(frame: pd.DataFrame) -> pd.Series:
    was, now = (frame[f"selected_{state}"].eq(True) for state in ("before", "after"))
    choices = {
        "entered": now & ~was,
        "left": was & ~now,
        "done": frame["done_after"].eq(True) & ~frame["done_before"].eq(True),
        "new": frame["there_before"].isna(),
        "removed": frame["there_after"].isna(),
    }
    return pd.Series(np.select(list(choices.values()), list(choices), ""), frame.index, dtype="string")


def _also(frame: pd.DataFrame) -> pd.Series:
    """What else moved, of initiatives that both states rank."""
    both = frame["ranked_before"].eq(True) & frame["ranked_after"].eq(True)
    told = [_differs(frame, name).where(both, False).map({True: f"{name};", False: ""}) for name in _COMPARED]
    return (
        pd.concat(told, axis=1).sum(axis=1).astype("string").str.removesuffix(";")
        if len(frame)
        else frame["change"]
    )


def _differs(frame: pd.DataFrame, name: str) -> pd.Series:
    a, b = frame[f"{name}_before"], frame[f"{name}_after"]
    if name == "owner":
        return (a.fillna("") != b.fillna("")).astype(bool)
    apart = (a - b).abs() > _SCALE * a.abs().clip(lower=1)
    return apart | (a.isna() != b.isna())


def _own(initiative: pd.Series, cells: pd.DataFrame, decisions: pd.DataFrame) -> pd.Series:
    """Columns of each initiative's own row, and decisions on it."""
    columns = cells.groupby("key")["column"].agg(list).to_dict()
    told = decisions[decisions["place"].isin(["opportunities.keep", "opportunities.drop"])]
    sides = [_named(told[state]) for state in ("before", "after")]
    decided = sides[0] ^ sides[1]
    own = [";".join([*columns.get(key, []), *(["decision"] if key in decided else [])]) for key in initiative]
    return pd.Series(own, initiative.index, dtype="string")


def _named(values: pd.Series) -> set[str]:
    return {key for value in values.dropna() for key in str(value).split(", ")}
