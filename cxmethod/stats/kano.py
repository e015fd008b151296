"""Kano questionnaires: what customers take for granted, weigh, or are delighted by."""

import numpy as np
import pandas as pd

from cxmethod.stats.intervals import wilson

CATEGORIES = ("A", "O", "M", "I", "R", "Q")
"""Attractive, one-dimensional, must-be, indifferent, reverse, questionable."""

_TABLE = np.array([list(row) for row in ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")])
"""Evaluation table (Kano et al. 1984; Berger et al. 1993): functional answers down, dysfunctional ones across."""

_TIES = ("M", "O", "A", "I", "R", "Q")
"""Of categories that are named equally often the first one stands (Berger et al. 1993: M > O > A > I)."""

_FONG = 1.65
"""Standard normal quantile of Fong's (1996) test at 90 %."""


def kano_category(functional: pd.Series, dysfunctional: pd.Series) -> pd.Series:
    """Category of each pair of answers by the evaluation table.

    Parameters
    ----------
    functional, dysfunctional
        “If it were so …” and “if it were not so …”: 1 I like it, 2 it must be, 3 neutral, 4 I can live with it,
        5 I dislike it. Missing answers give no category.

    Raises
    ------
    ValueError
        An answer that is none of the five.
    """
    answers = pd.DataFrame({"functional": functional, "dysfunctional": dysfunctional}).astype(float)
    known = answers.notna().all(axis=1)
    if not answers[known].isin([1, 2, 3, 4, 5]).all(axis=None):
        raise ValueError("answers are 1, 2, 3, 4 or 5")
    places = answers[known].to_numpy(int) - 1
    found = pd.Series(pd.NA, answers.index, dtype="string")
    found[known] = _TABLE[places[:, 0], places[:, 1]]
    return found


def kano(
    frame: pd.DataFrame,
    by: list[str],
    category: str,
    weight: str | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Category, better and worse coefficients of each group.

    Parameters
    ----------
    frame
        One row a respondent and attribute; rows without a category are left out.
    by
        Columns that make the groups.
    category, weight
        Column of `kano_category`'s letters, and of weights.

    Returns
    -------
    DataFrame
        `by`, then `category` (named most often; ties M > O > A > I), `clear` (the most named differs from the next by
        more than Fong's 1996 critical difference, on the effective n), `better` = (A + O) / (A + O + M + I) and
        `worse` = −(O + M) / (A + O + M + I) (Berger et al. 1993) with Wilson's intervals on the effective n, `n`, and
        the counts A O M I R Q (cases, unweighted).
    """
    known = frame[frame[category].notna()]
    size = pd.Series(1.0, known.index) if weight is None else known[weight].astype(float)
    letters = (
        pd.get_dummies(known[category].astype(str))
        .reindex(columns=list(CATEGORIES), fill_value=False)
        .astype(float)
    )
    keys = [known[name] for name in by]
    counts = letters.astype(int).groupby(keys).sum()
    weighted = letters.mul(size, axis=0).groupby(keys).sum()
    squares = letters.mul(size**2, axis=0).groupby(keys).sum()
    summary = counts.assign(
        n=counts.sum(axis=1),
        category=weighted[list(_TIES)].idxmax(axis=1).astype("string"),
        clear=_clear(weighted, squares),
        **_coefficient("better", weighted, squares, ["A", "O"], confidence),
        **{
            name: -values
            for name, values in _coefficient("worse", weighted, squares, ["O", "M"], confidence).items()
        },
    )
    # The minus turns the interval around.
    summary = summary.rename(columns={"worse_low": "worse_high", "worse_high": "worse_low"})
    columns = [
        "category",
        "clear",
        "better",
        "better_low",
        "better_high",
        "worse",
        "worse_low",
        "worse_high",
        "n",
    ]
    return summary.reset_index()[[*by, *columns, *CATEGORIES]]


def _coefficient(
    name: str, weighted: pd.DataFrame, squares: pd.DataFrame, held: list[str], confidence: float
) -> dict[str, pd.Series]:
    told = ["A", "O", "M", "I"]
    whole = weighted[told].sum(axis=1)
    share = weighted[held].sum(axis=1) / whole.where(whole > 0)
    effective = whole**2 / squares[told].sum(axis=1).where(whole > 0)
    low, high = wilson(share * effective, effective, confidence)
    return {
        name: share,
        f"{name}_low": pd.Series(low, share.index),
        f"{name}_high": pd.Series(high, share.index),
    }


def _clear(weighted: pd.DataFrame, squares: pd.DataFrame) -> pd.Series:
    """Fong (1996): |a − b| against 1.65 √((a + b)(2n − a − b) / 2n), a and b the two largest counts of n."""
    whole = weighted.sum(axis=1)
    n = whole**2 / squares.sum(axis=1)
    ordered = np.sort(weighted.div(whole, axis=0).mul(n, axis=0).to_numpy(), axis=1)
    first, second, n_effective = ordered[:, -1], ordered[:, -2], n.to_numpy()
    both = first + second
    critical = _FONG * np.sqrt(both * (2 * n_effective - both) / (2 * n_effective))
    return pd.Series(first - second > critical, weighted.index)
