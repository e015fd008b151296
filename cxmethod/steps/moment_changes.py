"""Moments of truth of two states: which touchpoints became red, are red no longer, or are surer than before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.steps.emotion_changes import MOVED
from cxmethod.steps.journey import ALL

_STATES = ["kind", "status"]
COLUMNS = [
    "touchpoint", "name", "change", "kind_before", "status_before", "kind_after", "status_after", "emotion", "decided",
]  # fmt: skip
NEEDED = {"moments": ("persona", "touchpoint", *_STATES)}


def moment_changes(
    before: pd.DataFrame,
    after: pd.DataFrame,
    names: pd.Series,
    emotions: pd.DataFrame | None,
    decisions: pd.DataFrame,
) -> pd.DataFrame:
    """Touchpoints whose kind of moment, or its status, is another one for everyone.

    Parameters
    ----------
    before, after : DataFrame
        The `moments` of step 5 of each state.
    names : Series
        Touchpoint → its name.
    emotions : DataFrame or None
        As `cxmethod.steps.emotion_changes` gives them, where they could be compared.
    decisions : DataFrame
        As `cxmethod.engagement.field_changes.decision_changes` gives them.

    Returns
    -------
    DataFrame
        `COLUMNS`. `change`: became_red, no_longer_red, confirmed, unconfirmed, kind, status, new, gone. `emotion` is what the
        customers' emotion after the touchpoint did (moved, still, noise or unknown): a kind follows from limits, and may change
        where the emotion did not move beyond noise. `decided` marks a decision on this very touchpoint that changed.
    """
    old, new = (_everyone(frame) for frame in (before, after))
    frame = old.merge(new, on="touchpoint", how="outer", suffixes=("_before", "_after"))
    frame["change"] = _change(frame)
    frame = frame[frame["change"] != ""]
    places = set(decisions["place"])
    judged = {f"{section}.{key}": key for key in frame["touchpoint"] for section in ("moments", "importance")}
    decided = {key for place, key in judged.items() if place in places}
    order = pd.Series(range(len(names)), index=names.index)
    frame = frame.assign(
        name=frame["touchpoint"].map(names).astype("string"),
        emotion=_emotion(frame["touchpoint"], emotions),
        decided=frame["touchpoint"].isin(decided),
        _place=frame["touchpoint"].map(order),
    )
    return frame.sort_values("_place", kind="stable", ignore_index=True)[COLUMNS]


def _everyone(moments: pd.DataFrame) -> pd.DataFrame:
    own = moments[moments["persona"] == ALL]
    return own[["touchpoint", *_STATES]].astype("string")


def _change(frame: pd.DataFrame) -> pd.Series:
    filled = {name: frame[name].fillna("") for name in frame.columns}
    was, now = filled["kind_before"] == "red", filled["kind_after"] == "red"
    same_kind = filled["kind_before"] == filled["kind_after"]
    other_status = filled["status_before"] != filled["status_after"]
    choices = {
        "new": filled["kind_before"] == "",
        "gone": filled["kind_after"] == "",
        "became_red": now & ~was,
        "no_longer_red": was & ~now,
        "kind": ~same_kind,
        "confirmed": other_status & (filled["status_after"] == "confirmed"),
        "unconfirmed": other_status & (filled["status_before"] == "confirmed"),
        "status": other_status,
    }
    conditions = [where.to_numpy(bool) for where in choices.values()]
    return pd.Series(np.select(conditions, list(choices), ""), frame.index, dtype="string")


def _emotion(touchpoint: pd.Series, emotions: pd.DataFrame | None) -> pd.Series:
    if emotions is None:
        return pd.Series("unknown", touchpoint.index, dtype="string")
    after = emotions[emotions["source"] == "after"].set_index("touchpoint")["verdict"]
    told = dict.fromkeys(MOVED, "moved") | {"noise": "noise", "same": "still"}
    return touchpoint.map(after.map(told)).fillna("unknown").astype("string")
