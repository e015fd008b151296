"""Why initiatives stay out of the portfolio, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.views.markup import listing, paragraph
from cxmethod.views.show import Shown

_AMOUNTS = ("budget", "days", "money")
_LEAST = 10
"""So many of the first places are looked at where fewer initiatives are chosen."""
_EVEN = 0.0005
_NOTHING = {"no_budget", "no_value", "none_placed", "none", "infeasible"}


def left_out(client: Engagement, result: OpportunityResult, *, every: bool = False) -> Shown:
    """One sentence for each initiative among the first places of the ranking that is not in the portfolio.

    Parameters
    ----------
    every : bool
        Also those further down.
    """
    words, out = client.words, result.left_out
    if not len(out):
        code = "why_unchosen" if result.facts["portfolio"] in _NOTHING else "nothing_left_out"
        return _text(words.say(f"portfolio.{code}"), [])
    first = max(int(result.facts.get("chosen", 0)), _LEAST)
    near = out if every or out["initiative"].nunique() <= _LEAST else out[(out["rank"] <= first).fillna(True)]
    lines = [_sentence(client, own) for _, own in near.groupby("initiative", sort=False)]
    more = out["initiative"].nunique() - near["initiative"].nunique()
    if more:
        lines.append(words.say("portfolio.more_left_out", count=more))
    return _text(words.say("portfolio.why_title"), lines)


def why(client: Engagement, row: Mapping[Any, Any]) -> str:
    """The reason in one row of `left_out`, for its cell."""
    return _phrase(client, row, "_alone" if _is(row["alone"]) else "")


def _text(first: str, lines: list[str]) -> Shown:
    html = paragraph(first) + (listing(lines) if lines else "")
    return Shown({"text/html": html, "text/plain": "\n".join([first, *lines])}, "text", {})


def _sentence(client: Engagement, own: pd.DataFrame) -> str:
    words, names = client.words, _names(client)
    rows = own.drop_duplicates(["reason", "other", "owner"]).to_dict("records")
    row = rows[0]
    alone = _is(row["alone"])
    if alone and len(rows) > 1:
        limits = words.join(_phrase(client, one, "_joint") for one in rows)
        said = words.say("portfolio.why_together", limits=limits)
    else:
        said = words.join(_phrase(client, one, "_alone" if alone else "") for one in rows)
    if pd.notna(row["leaves"]) and not alone:
        said = words.say("portfolio.and_then", why=said, more=_pushed(client, row))
    name = str(names.get(str(row["initiative"]), row["initiative"]))
    if pd.isna(row["rank"]):
        return words.say("portfolio.left_out_unranked", initiative=name, why=said)
    return words.say("portfolio.left_out", initiative=name, rank=words.number(row["rank"], 0), why=said)


def _pushed(client: Engagement, row: Mapping[Any, Any]) -> str:
    words, names = client.words, _names(client)
    leaves = [
        words.say("portfolio.quoted", name=names.get(key, key)) for key in str(row["leaves"]).split(";")
    ]
    code = "push_out" if row["loss"] >= _EVEN else "push_out_even"
    loss = words.percent(row["loss"], 0 if row["loss"] >= 0.01 else 1)
    return words.say(f"portfolio.{code}", count=len(leaves), names=words.join(leaves), loss=loss)


def _phrase(client: Engagement, row: Mapping[Any, Any], form: str) -> str:
    words, names, reason = client.words, _names(client), str(row["reason"])
    others = (
        [] if pd.isna(row["other"]) else [str(names.get(key, key)) for key in str(row["other"]).split(";")]
    )
    if reason == "excludes" and len(others) > 1:
        return words.say("portfolio.why_excludes_pair", first=others[0], second=others[1])
    amount = words.money if reason in ("budget", "money") else lambda days: words.number(days, 0)
    return words.say(
        f"portfolio.why_{reason}{form if reason in _AMOUNTS else ''}",
        other=words.join(others) if others else "",
        owner="" if pd.isna(row["owner"]) else str(row["owner"]),
        needed=amount(row["needed"]),
        left=amount(row["left"]),
    )


def _is(flag: Any) -> bool:
    return bool(pd.notna(flag) and flag)


def _names(client: Engagement) -> dict[str, str]:
    frame = client.table("initiatives")
    return dict(zip(frame["initiative"], frame["name"], strict=True))
