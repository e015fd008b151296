"""Initiatives by their criteria: what each scores, their order, and how far the order depends on the weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import kendalltau

from cxmethod.stats.ranking import Direction, rank, rescale, topsis, weighted_sum
from cxmethod.steps.criteria import EASE, EFFORT, criterion
from cxmethod.steps.impact import IMPACT, customer_impact

FIRST = 3


def raw_scores(initiatives: pd.DataFrame, impact: pd.Series) -> pd.DataFrame:
    """Each criterion's value by initiative, as measured: typed scores, what it costs, and the computed customer impact.

    Without typed scores of ease, ease is the mean of the rescaled cost, days and months.
    """
    frame = initiatives.set_index("initiative")
    typed = {
        criterion(str(c).removeprefix("score_")): frame[c]
        for c in frame.columns
        if str(c).startswith("score_") and frame[c].notna().any()
    }
    effort = {c: frame[c] for c in EFFORT if frame[c].notna().any()}
    scores = pd.DataFrame({**effort, **typed}, index=frame.index)
    scores[IMPACT] = customer_impact(initiatives, impact)
    if EASE not in typed:
        parts = (
            rescale(scores[list(effort)], dict.fromkeys(effort, "cost"))
            if effort
            else scores[[IMPACT]] * float("nan")
        )
        scores[EASE] = parts.mean(axis=1)
    return scores


def usable(criteria: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The criteria of which something is known, by criterion: `weight`, `direction`."""
    known = [c for c in criteria["criterion"] if c in scores and scores[c].notna().any()]
    return criteria.set_index("criterion").loc[known]


def ranked(scores: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """`score` (weighted sum, 0–1), `rank` and `topsis_rank` by initiative; missing where nothing with a weight is known."""
    used, weights, directions = _parts(scores, criteria)
    shares: dict[str, float] = dict(zip(criteria.index, weights, strict=True))
    blank = pd.Series(float("nan"), index=scores.index)
    weighed = bool(weights.sum() > 0)
    score = weighted_sum(rescale(used, directions), shares) if weighed else blank
    complete = used.dropna()
    closeness = topsis(complete, shares, directions) if weighed and len(complete) > 1 else blank.dropna()
    table = {"score": score, "rank": rank(score), "topsis_rank": rank(closeness).reindex(scores.index)}
    return pd.DataFrame(table, index=scores.index)


def agreement(order: pd.DataFrame) -> float | None:
    """Kendall's τ between the two orders; None where fewer than two initiatives stand in both."""
    both = order.dropna(subset=["rank", "topsis_rank"])
    tau = float(kendalltau(both["rank"], both["topsis_rank"]).statistic) if len(both) > 1 else float("nan")
    return tau if np.isfinite(tau) else None


def first_three(scores: pd.DataFrame, criteria: pd.DataFrame, draws: pd.DataFrame) -> pd.Series:
    """Share of the weight draws under which each initiative is among the first three."""
    used, _, directions = _parts(scores, criteria)
    scaled = rescale(used, directions).to_numpy(float)
    weights = draws[list(criteria.index)].to_numpy(float)
    known = np.isfinite(scaled).astype(float) @ weights.T
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = np.nan_to_num(scaled) @ weights.T / np.where(known > 0, known, np.nan)
    places = pd.DataFrame(drawn, index=scores.index).round(9).rank(ascending=False, method="min")
    return (places <= FIRST).mean(axis=1).where(places.notna().any(axis=1))


def _parts(
    scores: pd.DataFrame, criteria: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series, dict[str, Direction]]:
    directions: dict[str, Direction] = dict(zip(criteria.index, criteria["direction"], strict=True))
    return scores[list(criteria.index)], criteria["weight"], directions
