"""How much of success would be lost without a touchpoint, in the Markov model of the journeys."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import splu

from cxmethod.stats.event_log import EventLog

ENDED = ("success", "failure")
_DIGITS = 9


def removal_effects(log: EventLog, success: str = "success") -> pd.DataFrame:
    """Removal effect of each touchpoint, in closed form.

    Journeys are taken as walks of an absorbing Markov chain: from the start, each next touchpoint depends on the
    present one alone, until the walk is absorbed in success or failure. The removal effect of a touchpoint is the
    part of success that is lost when every walk that comes to it fails: 1 − P(success without it) / P(success)
    (Anderl, Becker, von Wangenheim & Schumann 2016, Int. J. of Research in Marketing 33, 457–474).

    With Q the probabilities of moves between touchpoints, a those of the first touchpoint, b those of success
    right after each, and N = (I − Q)⁻¹ the fundamental matrix (Kemeny & Snell 1960): P(success) = aNb; a walk
    comes to s with probability (aN)ₛ / Nₛₛ and succeeds from there with (Nb)ₛ; their product is what the
    removal of s takes away. One sparse factorisation serves all touchpoints.

    Parameters
    ----------
    success
        The outcome that counts as success; journeys that are neither success nor failure (open ones) are left
        out.

    Returns
    -------
    DataFrame
        `touchpoint`, `removal_effect` (0 … 1), `share` (its part of the sum of all effects), the largest effect
        first; both are NaN where no journey succeeds.
    """
    names, start, moves, succeeding = _chain(log, success)
    walks = splu(csc_array(eye_array(len(names)) - csc_array(moves))) if len(names) else None
    if walks is None:
        return pd.DataFrame({"touchpoint": names, "removal_effect": [], "share": []})
    visits, chance = walks.solve(start, trans="T"), walks.solve(succeeding)
    returns = np.diag(walks.solve(np.eye(len(names))))
    base = float(start @ chance)
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = np.clip(visits / returns * chance / base, 0, 1)
        share = effect / effect.sum()
    table = pd.DataFrame({"touchpoint": names, "removal_effect": effect, "share": share})
    # What is the same but for rounding stands by name, not by the last digit of a sum.
    keyed = table.assign(_effect=table["removal_effect"].round(_DIGITS))
    ordered = keyed.sort_values(["_effect", "touchpoint"], ascending=[False, True], ignore_index=True)
    return ordered.drop(columns="_effect")


def _chain(
    log: EventLog, success: str
) -> tuple[pd.Index, NDArray[np.float64], csc_array, NDArray[np.float64]]:
    """Touchpoints; probabilities of the first one, of the moves between them, and of success after each."""
    moves = log.tally("moves")
    # A backend gives counts in any order; sums of their parts would differ by it in the last digit.
    counts = moves[moves["outcome"].isin(ENDED)].sort_values(["source", "target", "outcome", "persona"])
    names = pd.Index(sorted(counts["source"].unique()), dtype=object)
    size = len(names)
    source = names.get_indexer(counts["source"])
    target = names.get_indexer(counts["target"])
    leaving = np.bincount(source, counts["count"], size)
    chance = counts["count"].to_numpy() / leaving[source]
    start = np.bincount(source, counts["first"], size).astype(float)
    onward = target >= 0
    between = csc_array((chance[onward], (source[onward], target[onward])), shape=(size, size))
    won = ~onward & (counts["outcome"] == success).to_numpy()
    succeeding = np.bincount(source[won], chance[won], size).astype(float)
    return names, start / max(start.sum(), 1), between, succeeding
