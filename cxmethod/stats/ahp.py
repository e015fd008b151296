"""Weights from pairwise comparisons, and whether the comparisons agree with one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
"""Mean consistency index of random reciprocal matrices, by size (Saaty 1980, table of 500 matrices)."""
_RECIPROCAL = 1e-6


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """What the comparisons say.

    Parameters
    ----------
    weights : Series
        By criterion, adding up to 1.
    consistency_ratio : float
        0 when the comparisons follow from one another; above 0.10 they had better be looked at again.
    worst : tuple of (str, str, float, float) or None
        The pair that agrees least with the weights: the two criteria, the ratio that was given, and the ratio
        that the weights imply. None where all agree.
    """

    weights: pd.Series
    consistency_ratio: float
    worst: tuple[str, str, float, float] | None


def pairwise_weights(matrix: pd.DataFrame) -> PairwiseWeights:
    """Analytic hierarchy process: the principal eigenvector of a reciprocal matrix (Saaty 1980).

    CR = ((λmax − n) / (n − 1)) / RI(n); 0 for fewer than three criteria, which cannot contradict each other.

    Parameters
    ----------
    matrix : DataFrame
        Criteria by the same criteria; how many times the row matters more than the column.

    Raises
    ------
    ValueError
        The matrix is not square, positive and reciprocal, or has more than ten criteria.
    """
    names = [str(name) for name in matrix.index]
    ratios = matrix.to_numpy(float)
    if names != [str(name) for name in matrix.columns] or not len(names):
        raise ValueError("rows and columns must be the same criteria in the same order")
    if not (np.isfinite(ratios).all() and (ratios > 0).all()):
        raise ValueError("every comparison must be a number above 0")
    if not np.allclose(ratios * ratios.T, 1, atol=_RECIPROCAL):
        raise ValueError("a comparison and its reverse must be reciprocal")
    if len(names) > max(RANDOM_INDEX):
        raise ValueError(f"at most {max(RANDOM_INDEX)} criteria can be compared in pairs")
    values, vectors = np.linalg.eig(ratios)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    weights /= weights.sum()
    size = len(names)
    index = (values[first].real - size) / (size - 1) if size > 1 else 0.0
    ratio = max(float(index / RANDOM_INDEX[size]), 0.0) if size in RANDOM_INDEX else 0.0
    return PairwiseWeights(pd.Series(weights, names), ratio, _worst(names, ratios, weights))


def reciprocal_matrix(comparisons: dict[tuple[str, str], float], criteria: list[str]) -> pd.DataFrame:
    """The whole matrix from one comparison a pair, in either direction.

    Raises
    ------
    ValueError
        A pair of criteria was not compared.
    """
    matrix = pd.DataFrame(np.nan, criteria, criteria)
    for name in criteria:
        matrix.loc[name, name] = 1.0
    for (first, second), ratio in comparisons.items():
        if first in criteria and second in criteria and first != second:
            matrix.loc[first, second], matrix.loc[second, first] = ratio, 1 / ratio
    rows, columns = np.nonzero(np.triu(matrix.isna().to_numpy()))
    if len(rows):
        blank = ", ".join(f"{criteria[i]} – {criteria[j]}" for i, j in zip(rows, columns, strict=True))
        raise ValueError(f"not compared: {blank}")
    return matrix


def _worst(names: list[str], ratios: np.ndarray, weights: np.ndarray) -> tuple[str, str, float, float] | None:
    implied = weights[:, None] / weights[None, :]
    away = np.abs(np.log(ratios / implied))
    row, column = np.unravel_index(int(np.argmax(away)), away.shape)
    if away[row, column] < 1e-9:
        return None
    if ratios[row, column] < 1:
        row, column = column, row
    return names[row], names[column], float(ratios[row, column]), float(implied[row, column])
