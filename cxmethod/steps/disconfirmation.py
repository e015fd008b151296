"""Expectation against experience: the same customers at the same touchpoint, before and after."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.stats.intervals import adjust, grouped_shares, paired_means
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.journey import for_all_and_each, in_order, ratings_with_persona, touchpoints_in_order

_BY = ["persona", "touchpoint"]
_SIGNS = {"exceeded": 1, "met": 0, "disappointed": -1}
_SHARES = [f"{name}{end}" for name in _SIGNS for end in ("", "_low", "_high")]
COLUMNS = [
    *_BY, "n", "before", "after", "difference", "low", "high", "p_adjusted", "wilcoxon_p", *_SHARES, "verdict",
    "indicative",
]  # fmt: skip
_DIGITS = 9


def pairs(engagement: Engagement, membership: pd.DataFrame) -> pd.DataFrame:
    """One row for each customer and touchpoint with both answers.

    Who answered in several waves is one customer: what they expected and what they met is averaged over those waves in
    which they gave both, or over all of theirs where no wave has both, as when expectations were asked a wave earlier.

    Returns
    -------
    DataFrame
        `respondent`, `touchpoint`, `persona`, `weight`, `before`, `after`.
    """
    ratings = ratings_with_persona(engagement, membership, by_wave=True).dropna(subset=["emotion"])
    keys = ["respondent", "touchpoint", "wave"]
    after = ratings[ratings["source"] == "after"].rename(columns={"emotion": "after"})
    before = ratings[ratings["source"] == "before"].rename(columns={"emotion": "before"})
    told = [*keys, "persona", "weight", "after"]
    both = after[told].merge(before[[*keys, "before"]], on=keys)
    whose = keys[:2]
    apart = after[told].merge(before[[*whose, "before"]], on=whose)
    paired = pd.MultiIndex.from_frame(both[whose])
    apart = apart[~pd.MultiIndex.from_frame(apart[whose]).isin(paired)]
    how = {"persona": "first", "weight": "mean", "before": "mean", "after": "mean"}
    return pd.concat([both, apart]).groupby(whose, sort=False, as_index=False).agg(how)


def disconfirmation(paired: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """How far experience parts from expectation, by persona and touchpoint.

    The difference is after − before with its t interval; `exceeded`, `met` and `disappointed` are the shares of
    customers whose own difference is above, at or below 0, with Wilson intervals; `wilcoxon_p` is the signed-rank test
    (`cxmethod.stats.paired.signed_rank`) and `p_adjusted` its Holm adjustment over the touchpoints of a
    persona. All of them honour the weights, so that interval and test speak of the same customers. The verdict is
    exceeded or disappointed only where the test and the interval both say so; else it is met, which is to
    say: not told apart.

    Parameters
    ----------
    paired : DataFrame
        As `pairs` gives it.

    Returns
    -------
    DataFrame
        `COLUMNS`, everyone first, then as the customer meets the touchpoints. Below `suppress_below` customers there
        is no row, nor for personas by which those few could be worked out; below `min_n` effective customers
        a row is `indicative`.
    """
    if paired.empty:
        return pd.DataFrame({name: [] for name in COLUMNS})
    limits = engagement.settings.thresholds
    long = for_all_and_each(paired)
    frame = paired_means(long, _BY, "before", "after", limits.confidence, "weight")
    frame = frame.rename(columns={"mean_a": "before", "mean_b": "after", "p_value": "wilcoxon_p"})
    frame = frame.merge(_shares(long, limits), on=_BY)
    beside = protecting(frame, ["touchpoint"], limits.suppress_below)
    frame = frame[(frame["n"] >= limits.suppress_below) & ~beside].reset_index(drop=True)
    frame["p_adjusted"] = frame.groupby("persona")["wilcoxon_p"].transform(lambda p: adjust(p, "holm"))
    told_apart = frame["p_adjusted"] < limits.significance
    verdicts = [told_apart & (frame["low"] > 0), told_apart & (frame["high"] < 0)]
    frame["verdict"] = np.select(verdicts, ["exceeded", "disappointed"], "met")
    # A hair of rounding must not make thirty equal weights fewer than thirty.
    frame["indicative"] = frame["n_effective"] < limits.min_n - 1e-6
    return in_order(frame[COLUMNS], touchpoints_in_order(engagement))


def _shares(long: pd.DataFrame, limits: Thresholds) -> pd.DataFrame:
    """Shares of customers by the sign of their own difference, and how many customers the weights leave."""
    # An average over waves may miss 0 by rounding.
    sign = np.sign((long["after"] - long["before"]).round(_DIGITS))
    tables = [
        grouped_shares(long.assign(flag=sign == wanted), _BY, "flag", "weight", limits.confidence)
        .set_index(_BY)[["share", "low", "high"]]
        .set_axis([name, f"{name}_low", f"{name}_high"], axis=1)
        for name, wanted in _SIGNS.items()
    ]
    effective = grouped_shares(long.assign(flag=True), _BY, "flag", "weight").set_index(_BY)["n_effective"]
    return pd.concat([*tables, effective], axis=1).reset_index()
