"""Emotions of two states, held apart from noise: people who are in both are no new evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.intervals import adjust
from cxmethod.stats.overlap import overlapping_means, overlapping_shares
from cxmethod.steps.disclosed import is_few
from cxmethod.steps.emotions import INTERVAL_FROM
from cxmethod.steps.journey import ALL, ratings_with_persona, touchpoints_in_order

_KEYS = ["touchpoint", "source"]
_MEAN = ["difference", "low", "high", "p_adjusted"]
_SHARE = [f"share_{name}" for name in _MEAN]
_VALUES = ["mean_before", "mean_after", *_MEAN, "share_before", "share_after", *_SHARE]
_COUNTS = ["n_before", "n_after", "n_shared", "n_new", "n_gone", "n_changed"]
COLUMNS = [*_KEYS, "name", "verdict", *_COUNTS, *_VALUES]
NEEDED = {"emotions": ("persona", *_KEYS, "n", "mean", "negative_share", "standing")}
MOVED = ("better", "worse", "more_negative", "less_negative")
_HIDDEN = ("hidden", "protecting")
_HAIR = 1e-6


def emotion_changes(
    before: Engagement, after: Engagement, saved_before: pd.DataFrame, saved_after: pd.DataFrame
) -> pd.DataFrame:
    """Everyone's mean emotion and negative share at each touchpoint and source, then and now.

    Means and shares are those that each state saved. Their difference is tested on the answers, as partially overlapping
    samples (see `cxmethod.stats.overlap`); Holm adjusts over all touchpoints of a source, means and shares together. The
    thresholds are today's.

    Parameters
    ----------
    before, after : Engagement
    saved_before, saved_after : DataFrame
        The `emotions` of step 4 of each state.

    Returns
    -------
    DataFrame
        `COLUMNS`, as the customer meets the touchpoints; `n_changed` are people in both who answer otherwise. `verdict`:

        - better, worse: the mean moved beyond noise; more_negative, less_negative: only the negative share did;
        - noise: something changed, no more than chance explains; same: no answer and no figure changed;
        - method: the saved figures differ and the answers do not account for it;
        - untested: too few, or no spread to test with; only_before, only_after: rated in one state alone;
        - hidden: too few customers in one state; protecting: the two differ by too few customers, whose answers the
          difference would give away. Neither shows any figure of today, nor how many they are.
    """
    limits = after.settings.thresholds
    old, new = (_everyone(frame) for frame in (saved_before, saved_after))
    frame = old.merge(new, on=_KEYS, how="outer", suffixes=("_before", "_after"))
    frame = frame.merge(_tested(before, after, limits), on=_KEYS, how="left")
    people = ["n_before", "n_after", "n_shared", "n_changed"]
    frame[people] = frame[people].fillna(0).astype(int)
    frame["n_new"], frame["n_gone"] = (frame[f"n_{s}"] - frame["n_shared"] for s in ("after", "before"))
    frame = _as_saved(frame)
    frame["verdict"] = _verdicts(frame, limits)
    unseen = frame["verdict"].isin(_HIDDEN)
    shown = frame.assign(**{name: frame[name].mask(unseen) for name in _VALUES})
    few = frame[["n_before", "n_after"]].apply(is_few, suppress_below=limits.suppress_below).any(axis=1)
    uncounted = unseen | (few & (frame["source"] != "internal"))
    shown[_COUNTS] = frame[_COUNTS].astype("Int64").mask(uncounted)
    return _in_order(shown, before, after)[COLUMNS]


def people(before: Engagement, after: Engagement) -> dict[str, int]:
    """How many customers rated in each state, and how many codes stand in both."""
    old, new = (
        set(rated.loc[(rated["source"] != "internal") & rated["emotion"].notna(), "respondent"])
        for rated in (before.table("ratings"), after.table("ratings"))
    )
    return {"before": len(old), "after": len(new), "shared": len(old & new)}


def _everyone(emotions: pd.DataFrame) -> pd.DataFrame:
    own = emotions[emotions["persona"] == ALL]
    kept = own[[*_KEYS, "n", "mean", "negative_share", "standing"]]
    return kept.rename(columns={"negative_share": "share"}).astype(
        {"touchpoint": "string", "source": "string"}
    )


def _tested(before: Engagement, after: Engagement, limits: Thresholds) -> pd.DataFrame:
    old, new, whose, level = _answers(before), _answers(after), "respondent", limits.confidence
    means = overlapping_means(old, new, _KEYS, whose, "emotion", "weight", level)
    shares = overlapping_shares(old, new, _KEYS, whose, "negative", "weight", level)
    frame = means[[*_KEYS, "n_shared", "n_changed", "low", "high"]].assign(
        tested=means["difference"], p_value=means["p_value"]
    )
    found = ["tested", "low", "high", "p_value"]
    named = shares.rename(columns={"difference": "tested"})[[*_KEYS, *found]]
    return frame.merge(named.rename(columns={name: f"share_{name}" for name in found}), on=_KEYS)


def _answers(state: Engagement) -> pd.DataFrame:
    """One answer each; which persona they belong to says nothing of everyone."""
    nobody = pd.DataFrame({"respondent": [], "persona": [], "probability": []}).astype(
        {"respondent": "string", "persona": "string", "probability": float}
    )
    rated = ratings_with_persona(state, nobody).dropna(subset=["emotion"])
    kept = rated[["respondent", *_KEYS, "emotion", "weight"]]
    return kept.astype({"emotion": float, "weight": float}).assign(negative=kept["emotion"] < 0)


def _as_saved(frame: pd.DataFrame) -> pd.DataFrame:
    """Differences of what the states saved; no interval where their answers say another difference."""
    for start, value in (("", "mean"), ("share_", "share")):
        difference = frame[f"{value}_after"] - frame[f"{value}_before"]
        agrees = (difference - frame[f"{start}tested"]).abs() < _HAIR
        few = (frame["source"] == "internal") & (frame[["n_before", "n_after"]].min(axis=1) < INTERVAL_FROM)
        tests = [f"{start}{name}" for name in ("low", "high", "p_value")]
        frame[tests] = frame[tests].where(agrees & ~few)
        frame[f"{start}difference"] = difference
        frame[f"{start}agrees"] = agrees | difference.isna()
    # What did not change at all is no comparison, and makes none of the others less sure.
    still = (frame["n_new"] + frame["n_gone"] + frame["n_changed"] == 0) & (frame["difference"].abs() < _HAIR)
    frame[["p_adjusted", "share_p_adjusted"]] = np.nan
    for source in frame["source"].unique():
        own = (frame["source"] == source) & ~still
        both = adjust(frame.loc[own, ["p_value", "share_p_value"]].to_numpy(float).ravel(), "holm")
        frame.loc[own, ["p_adjusted", "share_p_adjusted"]] = both.reshape(-1, 2)
    return frame.assign(still=still)


def _verdicts(frame: pd.DataFrame, limits: Thresholds) -> pd.Series:
    customers = frame["source"] != "internal"
    differ = frame["n_new"] + frame["n_gone"] + frame["n_changed"]
    unseen = frame[["standing_before", "standing_after"]].isin(["hidden", "protecting"]).any(axis=1)
    mean, share = (frame[name] < limits.significance for name in ("p_adjusted", "share_p_adjusted"))
    rises, grows = frame["difference"] > 0, frame["share_difference"] > 0
    choices = {
        "only_after": frame["standing_before"].isna(),
        "only_before": frame["standing_after"].isna(),
        "hidden": customers & unseen,
        "protecting": customers & (differ > 0) & (differ < limits.suppress_below),
        "same": frame["still"],
        "method": ~(frame["agrees"] & frame["share_agrees"]),
        "better": mean & rises,
        "worse": mean,
        "more_negative": share & grows,
        "less_negative": share,
        "untested": frame["p_adjusted"].isna() & frame["share_p_adjusted"].isna(),
    }
    conditions = [where.fillna(False).to_numpy(bool) for where in choices.values()]
    return pd.Series(np.select(conditions, list(choices), "noise"), frame.index, dtype="string")


def _in_order(frame: pd.DataFrame, before: Engagement, after: Engagement) -> pd.DataFrame:
    """Today's journey first, then what is no more; by source as everywhere."""
    journeys = pd.concat([touchpoints_in_order(state)[["touchpoint", "name"]] for state in (after, before)])
    known = journeys.drop_duplicates("touchpoint").set_index("touchpoint")["name"]
    place = pd.Series(range(len(known)), index=known.index)
    sources = frame["source"].map({"after": 0, "before": 1, "internal": 2})
    named = frame.assign(name=frame["touchpoint"].map(known).astype("string"), _source=sources)
    placed = named.assign(_place=frame["touchpoint"].map(place))
    return placed.sort_values(["_source", "_place"], kind="stable", ignore_index=True)
