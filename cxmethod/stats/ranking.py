"""Alternatives judged on several criteria: one scale, two scores, one order."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

Direction = Literal["benefit", "cost"]


def rescale(frame: pd.DataFrame, directions: Mapping[str, Direction]) -> pd.DataFrame:
    """Each criterion from 0 (the worst of the alternatives) to 1 (the best), linearly.

    Parameters
    ----------
    frame
        Alternatives by criteria.
    directions
        ``"benefit"`` (more is better) or ``"cost"`` (less is better), for each column.

    Returns
    -------
    DataFrame
        Same shape. A criterion on which the alternatives do not differ is 0.5 throughout; NaN stay NaN.
    """
    _check_directions(frame, directions)
    values = frame.astype(float)
    spread = values.max() - values.min()
    scaled = (values - values.min()) / spread.where(spread > 0)
    alike = frame.columns[spread == 0]
    scaled[alike] = values[alike].where(values[alike].isna(), 0.5)
    reversed_ = [column for column in frame.columns if directions[column] == "cost"]
    scaled[reversed_] = 1 - scaled[reversed_]
    return scaled


def weighted_sum(scaled: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Weighted mean of the criteria of each alternative.

    What is not known of an alternative is left out and its other weights made up to one; NaN where nothing
    with a weight is known.

    Parameters
    ----------
    scaled
        Alternatives by criteria, 0–1 (`rescale`).
    weights
        For each column, at least 0 and not all 0; they need not add up to one.
    """
    normalised = _normalised(scaled, weights).to_numpy()
    # Criteria first, so that each alternative's are added up in their order.
    weighted = (scaled.to_numpy(dtype=float) * normalised).T.copy()
    known = ~np.isnan(weighted)
    weight = (known * normalised[:, None]).sum(axis=0)
    total = np.where(known, weighted, 0.0).sum(axis=0)
    return pd.Series(total, scaled.index) / np.where(weight > 0, weight, np.nan)


def topsis(
    matrix: pd.DataFrame,
    weights: Mapping[str, float],
    directions: Mapping[str, Direction],
    normalisation: Literal["minmax", "vector"] = "minmax",
) -> pd.Series:
    """Closeness of each alternative to the best conceivable one, 0–1 (TOPSIS; Hwang & Yoon 1981).

    d⁻ / (d⁺ + d⁻), Euclidean distances to the best and to the worst value of each weighted criterion. 0.5
    for all where the alternatives do not differ; NaN for an alternative with a missing criterion.

    Parameters
    ----------
    matrix
        Alternatives by criteria, as measured.
    weights, directions
        As in `weighted_sum` and `rescale`.
    normalisation
        ``"minmax"`` (`rescale`) or ``"vector"`` (divided by the root of the sum of squares, costs reversed),
        the original. The order may depend on it (Opricovic & Tzeng 2004).
    """
    if normalisation not in ("minmax", "vector"):
        raise ValueError(f"normalisation is {normalisation!r}; allowed: minmax, vector")
    _check_directions(matrix, directions)
    if normalisation == "minmax":
        scaled = rescale(matrix, directions)
    else:
        signs = pd.Series(
            {column: -1.0 if directions[column] == "cost" else 1.0 for column in matrix.columns}
        )
        length = np.sqrt((matrix.astype(float) ** 2).sum())
        scaled = matrix.astype(float) / length.where(length > 0, 1.0) * signs
    weighted = scaled.mul(_normalised(matrix, weights))
    to_best = np.sqrt(((weighted - weighted.max()) ** 2).sum(axis=1, skipna=False))
    to_worst = np.sqrt(((weighted - weighted.min()) ** 2).sum(axis=1, skipna=False))
    apart = to_best + to_worst
    closeness: pd.Series = to_worst / apart.where(apart > 0)
    return closeness.where(apart != 0, 0.5)


def rank(scores: pd.Series) -> pd.Series:
    """Places, 1 for the highest score; equals (to 9 decimals) share the better one, NaN have none (Int64)."""
    return scores.round(9).rank(ascending=False, method="min").astype("Int64")


def _check_directions(frame: pd.DataFrame, directions: Mapping[str, Direction]) -> None:
    unclear = [str(c) for c in frame.columns if directions.get(str(c)) not in ("benefit", "cost")]
    if unclear:
        raise ValueError(f"direction must be benefit or cost: {', '.join(unclear)}")


def _normalised(frame: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Weights of the columns of the frame, adding up to one."""
    own = pd.Series([weights.get(name, np.nan) for name in frame.columns], frame.columns, dtype=float)
    if not (own >= 0).all() or own.sum() <= 0:
        raise ValueError("every criterion needs a weight of at least 0, and one a weight above 0")
    return own / own.sum()
