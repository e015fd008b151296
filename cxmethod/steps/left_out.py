"""Why each initiative that is not chosen stays out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from cxmethod.stats.conflicts import LeftOut, Limit, left_out
from cxmethod.stats.portfolio import Choice, Portfolio

LEFT_OUT = ["initiative", "rank", "reason", "other", "owner", "needed", "left", "alone", "leaves", "loss"]
"""Columns; one row for each limit that an initiative breaks."""
_REASONS = {"requires": "requires", "excludes": "excludes", "chosen": "beside_kept", "budget": "budget"}


def unplaced(out: pd.DataFrame, ranks: pd.Series) -> pd.DataFrame:
    """Those that could not be placed: reasons that need no portfolio."""
    frame = out.assign(rank=out["initiative"].map(ranks).astype("Int64"))
    return _typed(frame)


def explained(
    portfolio: Portfolio, choice: Choice, outside: Sequence[str], ranks: pd.Series, told: Callable[[], None]
) -> pd.DataFrame:
    """What keeps each of `outside` out of the choice, and what taking it in would cost, the best ranked first.

    Returns
    -------
    DataFrame
        `LEFT_OUT`: `other` is one key, or both of a pair that excludes each other; `reason` is budget, days (an owner's), money (an owner's), requires, excludes, beside_kept, displaced
        (it breaks no limit, but what it excludes or needs does), lowest (of no benefit above the lowest) or adds_nothing; `needed` and `left` of the limit;
        `alone` where it breaks it whatever else is chosen; `leaves` (keys joined by ``;``) and `loss` (share of the
        value) if it were taken in all the same.
    """
    rows: list[dict[str, object]] = []
    for option in sorted(outside, key=lambda key: (_place(ranks, key), key)):
        why = left_out(portfolio, choice, option)
        told()
        own = {
            "initiative": option,
            "rank": ranks.get(option, pd.NA),
            "alone": why.alone,
            "leaves": ";".join(why.leaves) or pd.NA,
            "loss": why.loss / choice.value if choice.value > 0 else float("nan"),
        }
        rows += [own | reason for reason in _reasons(why, worthless(portfolio, option))]
    return _typed(pd.DataFrame(rows, columns=LEFT_OUT))


def by_rank(*parts: pd.DataFrame) -> pd.DataFrame:
    """All of them, the best ranked first, what has no rank last."""
    filled = [part for part in parts if len(part)] or [parts[0]]
    return pd.concat(filled).sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def _place(ranks: pd.Series, key: str) -> float:
    place = ranks.get(key, pd.NA)
    return float("inf") if pd.isna(place) else float(place)


def worthless(portfolio: Portfolio, option: str) -> bool:
    """Whether an option answers no point that counts, and no benefit of it is above the lowest of all."""
    return float(portfolio.value[option]) == 0 and option not in set(portfolio.covers["option"])


def _reasons(why: LeftOut, worthless: bool) -> list[dict[str, object]]:
    if why.limits:
        return [_reason(why.option, limit) for limit in why.limits]
    return [{"reason": "displaced" if why.leaves else "lowest" if worthless else "adds_nothing"}]


def _reason(option: str, limit: Limit) -> dict[str, object]:
    amounts = {"needed": limit.needed, "left": limit.left}
    if limit.kind == "capacity":
        kind, owner = limit.item.split(":", 1)
        return {"reason": kind, "owner": owner, **amounts}
    apart = limit.kind == "excludes" and option not in (limit.item, limit.other)
    other = limit.item if limit.other == option or not limit.other else limit.other
    other = f"{limit.item};{limit.other}" if apart else other
    return {"reason": _REASONS[limit.kind], "other": other or pd.NA, **amounts}


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    whole = frame.reindex(columns=LEFT_OUT)
    texts = dict.fromkeys(("initiative", "reason", "other", "owner", "leaves"), "string")
    numbers = dict.fromkeys(("needed", "left", "loss"), "float64")
    typed = whole.astype({**texts, **numbers, "rank": "Int64", "alone": "boolean"})
    return typed.assign(other=typed["other"].mask(typed["other"] == ""))
