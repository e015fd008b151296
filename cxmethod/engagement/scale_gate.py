"""One curve, one scale: emotions that were plainly answered on another scale than −2 … +2."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

EMOTION = (-2.0, 2.0)
_SCALES = ((1, 5), (0, 5), (1, 7), (0, 10), (1, 10), (0, 100), (1, 100))
_FEWEST = 5
_SHARE = 0.2


class Ends(NamedTuple):
    """The ends of a scale as a person would write them."""

    low: str
    high: str


def foreign(emotions: pd.Series, source: pd.Series, touchpoint: pd.Series) -> pd.Series:
    """Which of `emotions` lie beyond −2 … +2 because they were answered on another scale.

    A slip of the pen is one wrong cell; a scale is many. The curve of a source is on another scale where at least five
    answers, and a fifth of the answers at the touchpoints concerned, lie beyond: all of them above and none below 0 (as
    on 1–5 or 0–10), or on both sides (as on −3 … +3). Where others at the same touchpoints are below 0, two scales are
    mixed. Answers within −2 … +2 say nothing of their scale: 0, 1 and 2 may be of 0–10, and nothing here can tell.

    Parameters
    ----------
    emotions : Series of float
    source, touchpoint : Series of str
        Whose curve, and where on it.

    Returns
    -------
    Series of str
        ``scale``, ``mixed`` or blank, on the index of `emotions`.
    """
    low, high = EMOTION
    above, below = emotions > high, emotions < low
    beyond = above | below
    keys = [source.fillna(""), touchpoint.fillna("")]
    concerned = beyond.groupby(keys).transform("any")
    own = pd.DataFrame(
        {"beyond": beyond, "above": above, "below": below, "bad": emotions.between(low, -1e-9)}
    )
    curve = (own & concerned.to_frame().to_numpy()).groupby(keys[0]).transform("sum")
    known = (emotions.notna() & concerned).groupby(keys[0]).transform("sum")
    many = beyond & (curve["beyond"] >= _FEWEST) & (curve["beyond"] >= _SHARE * known)
    both_ways = (curve["above"] > 0) & (curve["below"] > 0)
    scale = both_ways | ((curve["below"] == 0) & (curve["bad"] == 0))
    found = pd.Series("", emotions.index)
    return found.mask(many & scale, "scale").mask(many & ~scale, "mixed")


def likely_scale(answers: pd.Series) -> Ends:
    """The narrowest common scale that holds all of `answers`; their own ends where none does."""
    low, high = float(answers.min()), float(answers.max())
    if low < 0:
        widest = max(-low, high)
        return Ends(f"{-widest:g}", f"{widest:g}")
    whole = bool((answers.dropna() % 1 == 0).all())
    common = next((scale for scale in _SCALES if whole and scale[0] <= low and high <= scale[1]), (low, high))
    return Ends(f"{common[0]:g}", f"{common[1]:g}")
