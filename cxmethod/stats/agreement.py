"""Whether groups of judges see things alike: agreement within a group, between groups, and of each with a reference."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]


def within_agreement(frame: pd.DataFrame, by: list[str], value: str, levels: int = 5) -> pd.DataFrame:
    """How far the judges of a group agree on one thing: r_wg = 1 − s² / σ² (James, Demaree & Wolf 1984).

    σ² = (A² − 1) / 12 is the variance of answers spread evenly over the A levels; 1 is one opinion, 0 as many opinions
    as answers by chance would be. Variances above σ² count as σ², as the authors advise.

    Parameters
    ----------
    frame
        One row a judge and thing.
    by
        Columns that make the groups; rows in which one is missing are left out.
    value
        Numeric column on a scale of `levels` steps of one; missing values are left out.

    Returns
    -------
    DataFrame
        `by`, then `n` (judges with a value), `sd` (n − 1) and `r_wg` (0 … 1); both NaN for fewer than two judges.

    Raises
    ------
    ValueError
        Fewer than two levels.
    """
    if levels < 2:
        raise ValueError(f"levels is {levels}; a scale has at least 2")
    by_chance = (levels**2 - 1) / 12
    grouped = frame.astype({value: float}).groupby(by, observed=True)[value]
    table = grouped.agg(n="count", sd="std").reset_index()
    return table.assign(r_wg=(1 - table["sd"] ** 2 / by_chance).clip(lower=0.0))


def between_groups(
    frame: pd.DataFrame, by: list[str], group: str, value: str, confidence: float = 0.95
) -> pd.DataFrame:
    """What share of the differences between judges lies between their groups: ICC(1), one-way (Shrout & Fleiss 1979).

    (MSB − MSW) / (MSB + (k − 1) · MSW), with k the size of a group, or for groups of unequal size (N − Σn²/N) / (groups − 1)
    (Bliese 2000). The interval turns the limits of F by the same formula; it is exact for groups of one size.

    Parameters
    ----------
    frame
        One row a judge and thing.
    by
        Columns that name the thing.
    group
        Column of the judge's group.
    value
        Numeric column; missing values are left out.

    Returns
    -------
    DataFrame
        `by`, then `n` (judges), `groups`, `icc` (below 0 where groups differ less than chance would have it), `low`, `high`,
        `p_value` (of F, one-way). NaN with a single group, or where every group has a single judge; limits are also NaN where
        no group differs within itself.
    """
    known = frame.dropna(subset=[*by, group, value]).astype({value: float})
    cells = known.groupby([*by, group], observed=True)[value].agg(["count", "mean", "var"]).reset_index()
    count, mean = cells["count"].astype(float), cells["mean"]
    parts = cells[by].assign(
        n=count,
        groups=1.0,
        squares=count**2,
        total=count * mean,
        total_squares=count * mean**2,
        within=(count - 1) * cells["var"].fillna(0.0),
    )
    sums = parts.groupby(by, observed=True).sum().reset_index()
    n, groups = sums["n"], sums["groups"]
    degrees = groups.sub(1).where(groups > 1), n.sub(groups).where(n > groups)
    between = (sums["total_squares"] - sums["total"] ** 2 / n).clip(lower=0.0) / degrees[0]
    within = sums["within"] / degrees[1]
    ratio = _ratio(between, within)
    size = (n - sums["squares"] / n) / degrees[0]
    tail = (1 - confidence) / 2
    limits = ratio / stats.f.ppf(1 - tail, *degrees), ratio / stats.f.ppf(tail, *degrees)
    low, high = ((limit - 1) / (limit + size - 1) for limit in limits)
    return sums[by].assign(
        n=n.astype(int),
        groups=groups.astype(int),
        icc=(between - within) / (between + (size - 1) * within),
        low=low,
        high=high,
        p_value=stats.f.sf(ratio, *degrees),
    )


def rank_agreement(judged: pd.DataFrame, reference: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Spearman's correlation of each judge's order with a reference, with the interval of Bonett & Wright (2000).

    tanh(artanh r ± z · √((1 + r²/2) / (n − 3))). The things judged stand for those that might have been: the interval says how far
    the agreement would move with other things, not with other judges.

    Parameters
    ----------
    judged
        Things by judges; NaN where a judge does not know.
    reference
        On the same things.

    Returns
    -------
    DataFrame
        One row a judge (index): `n` (things that both know), `rho`, `low`, `high`. `rho` is NaN for fewer than three things or
        where either has no order; limits are NaN for fewer than four, and where the orders are the same or reversed.
    """
    rows = [_spearman(judged[judge], reference, confidence) for judge in judged.columns]
    columns = ["n", "rho", "low", "high"]
    return pd.DataFrame(rows, index=judged.columns, columns=columns).astype({"n": int})


def _spearman(own: pd.Series, reference: pd.Series, confidence: float) -> tuple[int, float, float, float]:
    pairs = pd.concat([own, reference], axis=1, keys=["own", "reference"]).dropna().astype(float)
    n = len(pairs)
    if n < 3 or (pairs.nunique() < 2).any():
        return n, np.nan, np.nan, np.nan
    rho = float(np.corrcoef(pairs.rank().to_numpy(), rowvar=False)[0, 1])
    if n < 4 or abs(rho) > 1 - 1e-12:
        return n, rho, np.nan, np.nan
    reach = stats.norm.ppf((1 + confidence) / 2) * np.sqrt((1 + rho**2 / 2) / (n - 3))
    low, high = np.tanh(np.arctanh(rho) + np.array([-reach, reach]))
    return n, rho, float(low), float(high)


def _ratio(between: Any, within: Any) -> Any:
    """F; NaN where nothing differs at all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return between / within
