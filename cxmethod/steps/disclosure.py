"""What is hidden beside the few, so that everyone less those who are shown does not tell of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cxmethod.steps.journey import ALL


def protecting(
    frame: pd.DataFrame,
    within: Sequence[str],
    suppress_below: int,
    *,
    part: str = "persona",
    n: str = "n",
    whole: pd.Series | None = None,
) -> pd.Series:
    """Parts that are many enough to be shown, and are hidden to protect those who are not.

    What a whole less its shown parts would tell is of the parts that are hidden and of those of no part. While these are
    some and fewer than may be seen, the smallest part that is shown joins them, and the next one, until they are
    enough (complementary suppression; Willenborg & de Waal 2001, Elements of Statistical Disclosure Control).

    Parameters
    ----------
    frame : DataFrame
        One row a part and place: `part` (``all`` is the whole), `n` (of how many it tells), `within`. Its index is
        unique. A part of fewer than `suppress_below` counts as hidden, so does one that has no row.
    within : sequence of str
        Columns of which each combination is a place with a whole of its own.
    whole : Series, optional
        Of how many the whole of each row tells; by default those of the row ``all`` of the same place. Where it is
        unknown the whole is not shown, and gives nobody away.

    Returns
    -------
    Series of bool
        By the index of `frame`; never true of a whole, nor of a part that is hidden for its own sake.
    """
    size, is_whole = frame[n].astype("float64"), frame[part] == ALL
    place = frame.groupby(list(within), dropna=False, observed=True, sort=False).ngroup()
    if whole is None:
        whole = place.map(size[is_whole].groupby(place[is_whole]).first())
    parts = pd.DataFrame({"place": place, "n": size, "part": frame[part], "whole": whole.astype("float64")})
    shown = parts[~is_whole & (size >= suppress_below)]
    smallest_first = shown.sort_values(["place", "n", "part"], kind="stable")
    sizes = smallest_first.groupby("place")["n"]
    left = smallest_first["whole"] - sizes.transform("sum")
    left_before = left + sizes.cumsum() - smallest_first["n"]
    joins = smallest_first.index[(left > 0) & (left_before < suppress_below)]
    return pd.Series(frame.index.isin(joins), frame.index)
