"""What initiatives are worth to a portfolio: benefits, with the impact on each touchpoint counted once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.stats.ranking import Direction, rescale, weighted_sum
from cxmethod.steps.criteria import EASE, EFFORT
from cxmethod.steps.impact import IMPACT, listed


@dataclass(frozen=True, eq=False)
class Worth:
    """What options are worth under given weights: the same portfolio, only the values differ.

    Parameters
    ----------
    scaled : DataFrame
        Options by criteria that are worth something by themselves, 0–1.
    covers : DataFrame
        `option`, `point`.
    impact : Series
        By point, as a share of the highest customer impact of one initiative.
    """

    scaled: pd.DataFrame
    covers: pd.DataFrame
    impact: pd.Series

    def under(self, weights: pd.Series) -> tuple[pd.Series, pd.Series]:
        """Values of the options and of the points; unknown scores are made up for by the known ones of the option."""
        own = weights.reindex(self.scaled.columns).fillna(0.0)
        shares = {str(name): float(weight) for name, weight in own.items()}
        counted = float(weights.get(IMPACT, 0.0)) if len(self.impact) else 0.0
        whole = float(own.sum()) + counted
        if whole <= 0:
            return pd.Series(0.0, self.scaled.index), self.impact * 0.0
        value = (
            weighted_sum(self.scaled, shares).fillna(0.0) * float(own.sum())
            if own.sum() > 0
            else pd.Series(0.0, self.scaled.index)
        )
        return value / whole, self.impact * (counted / whole)


def worth(options: pd.DataFrame, scores: pd.DataFrame, criteria: pd.DataFrame, impact: pd.Series) -> Worth:
    """What each option is worth: benefit criteria, without those of effort, which limit the choice instead.

    Parameters
    ----------
    scores : DataFrame
        Of all ranked initiatives, so that the scale does not move with what can be placed.
    impact : Series
        By touchpoint.
    """
    own = [c for c in criteria.index if c not in (*EFFORT, EASE, IMPACT)]
    directions: dict[str, Direction] = dict(zip(criteria.index, criteria["direction"], strict=True))
    scaled = rescale(scores[own], directions) if own else scores[own]
    highest = scores[IMPACT].max() if IMPACT in criteria.index else float("nan")
    covers = listed(options.reset_index(drop=True), "touchpoints").set_axis(["option", "point"], axis=1)
    known = impact[impact > 0] / highest if highest > 0 else impact.head(0)
    covers = covers[covers["point"].isin(known.index)].astype(object)
    return Worth(scaled.loc[options.index], covers, known[known.index.isin(covers["point"])])
