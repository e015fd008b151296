"""The rule of the moments of truth: does it matter, does it hurt, and the kind that follows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Decisions, Thresholds

KINDS = ("insufficient", "red", "value", "mixed", "watch", "maintain")
"""Exclusive, in the order in which they are asked."""

MATTERS = (
    "weighs", "weighs_unsure", "weighs_unproven", "weighs_little", "wrong_way", "goes_with", "not_tied",
    "stated", "stated_little", "judged", "judged_little", "unknown",
)  # fmt: skip
FEELS = (
    "withheld",
    "unseen",
    "badly_mean",
    "badly_share",
    "leaning_mean",
    "leaning_share",
    "well",
    "unclear",
)
"""A reason is one of `MATTERS` and one of `FEELS`, with a dot between."""


def with_kinds(frame: pd.DataFrame, measured: bool, decisions: Decisions, limits: Thresholds) -> pd.DataFrame:
    """Kind, status and reason of each touchpoint, by the rule.

    Parameters
    ----------
    frame : DataFrame
        `touchpoint`, the estimates of step 4 (`n`, `mean`, `low`, `high`, `negative_share`, `negative_low`) and the columns of
        the drivers (`matters`, `relative_share`, `equal_share`, `above_equal_share`, `association`, `stated_importance`).
    measured : bool
        Whether a model says what matters; otherwise stated importance does, or the facilitator's judgement.

    Returns
    -------
    DataFrame
        `frame` with `matters`, `dissatisfied` (``yes``, ``suspected``, ``no``), `basis` (``measured``, ``stated``,
        ``judged``, ``unknown``), `computed_kind`, `status` (``confirmed``, ``suspected`` or blank) and `reason`.
    """
    known = frame.assign(basis="measured") if measured else _without_model(frame, decisions, limits)
    known = known.assign(dissatisfied=_dissatisfied(known, limits))
    kind, status = _kinds(known, limits)
    reason = _why_matters(known, limits) + "." + _why_feels(known, limits)
    return known.assign(computed_kind=kind, status=status, reason=reason)


def _without_model(frame: pd.DataFrame, decisions: Decisions, limits: Thresholds) -> pd.DataFrame:
    """The customer's stated importance goes before the facilitator's judgement."""
    judged = frame["touchpoint"].map(pd.Series(decisions.importance, dtype=float)).astype(float)
    stated = frame["stated_importance"].notna()
    importance = frame["stated_importance"].fillna(judged)
    basis = np.select([stated, judged.notna()], ["stated", "judged"], "unknown")
    matters = np.where(importance >= limits.stated_importance, "suspected", "no")
    return frame.assign(stated_importance=importance, matters=matters, basis=basis)


def _dissatisfied(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    certain = (frame["high"] < 0) | (frame["negative_low"] > limits.negative_share)
    estimated = (frame["mean"] < 0) | (frame["negative_share"] > limits.negative_share)
    return pd.Series(np.select([certain, estimated], ["yes", "suspected"], "no"), frame.index)


def _unseen(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    unseen: pd.Series = (frame["n"] < limits.suppress_below) | frame["mean"].isna()
    return unseen


def _kinds(frame: pd.DataFrame, limits: Thresholds) -> tuple[pd.Series, pd.Series]:
    """Kinds are exclusive, in this order; a status only where both tests decide."""
    matters, bad = frame["matters"] != "no", frame["dissatisfied"] != "no"
    value = matters & (frame["low"] > 0) & ~bad
    rules = [_unseen(frame, limits), matters & bad, value, matters, bad]
    kind = np.select(rules, list(KINDS[:-1]), KINDS[-1])
    sure, sure_bad = frame["matters"] == "yes", frame["dissatisfied"] == "yes"
    both = (
        ((kind == "red") & sure & sure_bad)
        | ((kind == "value") & sure)
        | ((kind == "watch") & sure_bad & (frame["basis"] != "unknown"))
    )
    decided = np.isin(kind, ["red", "value", "mixed", "watch"])
    enough = frame["n"] >= limits.min_n
    status = pd.Series(
        np.select([both & enough, decided], ["confirmed", "suspected"], ""), frame.index, dtype="string"
    )
    return pd.Series(kind, frame.index, dtype="string"), status.mask(status == "")


def _why_matters(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    basis, suspected = frame["basis"], frame["matters"] == "suspected"
    entered = frame["relative_share"].notna() & (basis == "measured")
    unsure = frame["above_equal_share"] < limits.equal_share_certainty
    rules = {
        "unknown": basis == "unknown",
        "stated": (basis == "stated") & suspected,
        "stated_little": basis == "stated",
        "judged": (basis == "judged") & suspected,
        "judged_little": basis == "judged",
        "weighs": frame["matters"] == "yes",
        "weighs_unsure": suspected & entered & unsure,
        "weighs_unproven": suspected & entered,
        "goes_with": suspected,
        "wrong_way": entered & (frame["relative_share"] >= frame["equal_share"]),
        "weighs_little": entered,
    }
    return _first(rules, "not_tied", frame)


def _why_feels(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    rules = {
        "withheld": frame["mean"].isna() & (frame["n"] >= limits.suppress_below),
        "unseen": _unseen(frame, limits),
        "badly_mean": frame["high"] < 0,
        "badly_share": frame["negative_low"] > limits.negative_share,
        "leaning_mean": frame["mean"] < 0,
        "leaning_share": frame["negative_share"] > limits.negative_share,
        "well": frame["low"] > 0,
    }
    return _first(rules, "unclear", frame)


def _first(rules: dict[str, pd.Series], otherwise: str, frame: pd.DataFrame) -> pd.Series:
    held = [rule.fillna(False).astype(bool) for rule in rules.values()]
    return pd.Series(np.select(held, list(rules), otherwise), frame.index, dtype="string")


def overruled(frame: pd.DataFrame, decisions: Decisions) -> pd.DataFrame:
    """The consultant's written word goes before the rule, and is shown as such.

    Returns
    -------
    DataFrame
        `frame` with `kind`, `decided_by` (``rule`` or the author), `date` (ISO) and `written_reason`; the status is
        ``decided`` where the word contradicts the rule.
    """
    written = {t: (d.kind, d.author, d.date.isoformat(), d.reason) for t, d in decisions.moments.items()}
    table = pd.DataFrame.from_dict(
        written, orient="index", columns=["kind", "author", "date", "reason"], dtype="string"
    )
    kind, author, date, reason = (
        frame["touchpoint"].map(table[name]).astype("string") for name in table.columns
    )
    return frame.assign(
        kind=kind.fillna(frame["computed_kind"]),
        status=frame["status"].mask(kind.notna() & (kind != frame["computed_kind"]), "decided"),
        decided_by=author.fillna("rule"),
        date=date,
        written_reason=reason,
    )
