"""Which initiatives a portfolio can choose among, and why the others cannot be placed in one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.stats.roadmap import circle
from cxmethod.steps.finding import Finding
from cxmethod.steps.impact import listed

DONE, UNDER_WAY = "done", "in_progress"


@dataclass(frozen=True, eq=False)
class Placement:
    """The initiatives that can be placed, and those that cannot.

    Parameters
    ----------
    options : DataFrame
        By initiative: the columns of the input table.
    out : DataFrame
        `initiative`, `reason` (dropped, orphan, no_cost, no_days, circle, excludes_done, requires_out), `other`.
    requires, excludes : DataFrame
        `option`, `other`, both among the options; what is done is required no more.
    findings : tuple of Finding
    """

    options: pd.DataFrame
    out: pd.DataFrame
    requires: pd.DataFrame
    excludes: pd.DataFrame
    findings: tuple[Finding, ...]


def pairs(initiatives: pd.DataFrame, column: str) -> pd.DataFrame:
    """`option`, `other`: what each initiative requires, or excludes."""
    return listed(initiatives, column).set_axis(["option", "other"], axis=1).astype(object)


def still_required(initiatives: pd.DataFrame, done: set[str]) -> pd.DataFrame:
    """`option`, `other`: prerequisites that are not done yet."""
    wanted = pairs(initiatives, "requires")
    return wanted[~wanted["other"].isin(done)].reset_index(drop=True)


def orphans(initiatives: pd.DataFrame) -> set[str]:
    """Initiatives that answer nothing, and that nothing which answers something needs first."""
    answers = initiatives["touchpoints"].notna() | initiatives["motivations"].notna()
    serving = set(initiatives.loc[answers, "initiative"])
    needed = pairs(initiatives, "requires")
    while more := set(needed.loc[needed["option"].isin(serving), "other"]) - serving:
        serving |= more
    return set(initiatives["initiative"]) - serving


def place(
    initiatives: pd.DataFrame,
    done: set[str],
    dropped: set[str],
    kept: set[str],
    limited: set[str],
    excludes: pd.DataFrame,
) -> Placement:
    """Sort initiatives into those that a portfolio can choose among and those that it cannot.

    Parameters
    ----------
    initiatives : DataFrame
        Those that are not done, the dropped ones among them.
    done, dropped, kept : set of str
        Keys of initiatives.
    limited : set of str
        Owners whose days are limited.
    excludes : DataFrame
        `option`, `other`, of all initiatives: what is done excludes too.
    """
    frame = initiatives.set_index("initiative", drop=False)
    requires = still_required(initiatives, done)
    itself = excludes["option"] == excludes["other"]
    alone, excludes = excludes.loc[itself, "option"], excludes[~itself]
    out: dict[str, tuple[str, str]] = {}

    def leave(keys: pd.Index | set[str], reason: str) -> None:
        out.update({str(key): (reason, "") for key in sorted(keys) if key not in out})

    leave(dropped & set(frame.index), "dropped")
    leave(orphans(initiatives) - kept, "orphan")
    leave(frame.index[frame["cost"].isna()], "no_cost")
    leave(frame.index[frame["person_days"].isna() & frame["owner"].isin(limited)], "no_days")
    rings = _rings(requires)
    for ring in rings:
        leave(set(ring), "circle")
    both_ways = pd.concat([excludes, excludes.set_axis(["other", "option"], axis=1)])
    barred = both_ways[both_ways["other"].isin(done) & both_ways["option"].isin(frame.index)]
    out |= {
        o: ("excludes_done", d)
        for o, d in zip(barred["option"], barred["other"], strict=True)
        if o not in out
    }
    _leave_with_them(requires, out, set(frame.index))
    options = frame[~frame.index.isin(list(out))]
    table = pd.DataFrame([(key, *why) for key, why in out.items()], columns=["initiative", "reason", "other"])
    names: dict[str, str] = dict(zip(frame["initiative"], frame["name"], strict=True))
    return Placement(
        options,
        table,
        _among(requires, options.index),
        _either_way(_among(excludes, options.index)),
        (
            *_circle_findings(rings, names),
            *_self_excluded(alone[alone.isin(frame.index)], names),
            *_lost_findings(out, kept, names),
        ),
    )


def _rings(requires: pd.DataFrame) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    left = requires
    while ring := circle(left):
        found.append(ring)
        left = left[~left["option"].isin(ring)]
    return found


def _leave_with_them(requires: pd.DataFrame, out: dict[str, tuple[str, str]], known: set[str]) -> None:
    """What requires something that cannot be placed cannot be placed either."""
    while True:
        lost = requires[
            (requires["other"].isin(list(out)) | ~requires["other"].isin(known))
            & ~requires["option"].isin(list(out))
        ]
        if lost.empty:
            return
        out.update({o: ("requires_out", d) for o, d in zip(lost["option"], lost["other"], strict=True)})


def _among(table: pd.DataFrame, options: pd.Index) -> pd.DataFrame:
    return table[table["option"].isin(options) & table["other"].isin(options)].reset_index(drop=True)


def _either_way(excludes: pd.DataFrame) -> pd.DataFrame:
    """Each pair once, though both may name each other."""
    ordered = [tuple(sorted(pair)) for pair in zip(excludes["option"], excludes["other"], strict=True)]
    return excludes[~pd.Series(ordered, excludes.index, dtype=object).duplicated()].reset_index(drop=True)


def _circle_findings(rings: list[tuple[str, ...]], names: dict[str, str]) -> list[Finding]:
    found = []
    for ring in rings:
        said = [names.get(key, key) for key in ring]
        code = "opportunity.circle" if len(ring) > 1 else "opportunity.requires_itself"
        found.append(
            Finding(code, "warns", ring[0], {"circle": " → ".join([*said, said[0]]), "initiative": said[0]})
        )
    return found


def _self_excluded(keys: pd.Series, names: dict[str, str]) -> list[Finding]:
    """An initiative that excludes itself: a slip of the pen, which keeps nothing out."""
    code = "opportunity.excludes_itself"
    return [Finding(code, "warns", str(key), {"initiative": names[key]}) for key in keys]


def _lost_findings(out: dict[str, tuple[str, str]], kept: set[str], names: dict[str, str]) -> list[Finding]:
    """Initiatives that are kept, and yet cannot be placed."""
    return [
        Finding(
            "opportunity.kept_out", "warns", key, {"initiative": names[key], "reason": f"out_{out[key][0]}"}
        )
        for key in sorted(kept & set(out))
    ]
