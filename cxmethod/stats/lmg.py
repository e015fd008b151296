"""Relative importance by averaging over orderings (LMG), exact, from cross-products alone."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import binom

Floats = NDArray[np.float64]

MOST_COLUMNS = 20
"""2²⁰ subsets are the most that are enumerated."""

_TOLERANCE = 1e-9
"""A column with less than this share of its variance left is explained by the others and adds nothing."""


def subset_r2(cross: Floats) -> Floats:
    """R² of the regression of y on every subset of the columns.

    The columns are taken one at a time. For each subset of those taken so far the cross-products left over
    after regressing on it (the Schur complement) are kept: leaving a column out drops its row, taking it in
    sweeps it out. So each subset costs a few operations on what is left, and no regression is run twice.

    Parameters
    ----------
    cross
        Centred cross-products with y last, shape (..., k + 1, k + 1), k ≤ 20.

    Returns
    -------
    ndarray
        Shape (..., 2**k); bit i of the position says whether column i is in the subset. 0 where y
        does not vary; a column that the subset already explains adds nothing.
    """
    k = cross.shape[-1] - 1
    if k > MOST_COLUMNS:
        raise ValueError(f"{k} columns: exact relative importance is limited to {MOST_COLUMNS}")
    batch = cross.shape[:-2]
    # Axes: row, column, batch, subset. The subsets come last, so that every operation runs along memory.
    left = np.moveaxis(cross.reshape(-1, k + 1, k + 1), 0, -1)[..., None]
    scale = np.einsum("iib->ib", left[..., 0])
    for column in range(k):
        pivot = left[0, 0]
        usable = pivot > _TOLERANCE * scale[column, :, None]
        ratio = np.divide(left[0, 1:], pivot, out=np.zeros_like(left[0, 1:]), where=usable)
        taken = left[1:, 1:] - left[0, 1:, None] * ratio[None]
        left = np.concatenate([left[1:, 1:], taken], axis=-1)
    total = scale[k, :, None]
    r2 = np.divide(total - left[0, 0], total, out=np.zeros_like(left[0, 0]), where=total > 0)
    every_subset: Floats = r2.reshape(*batch, 2**k)
    return every_subset


def lmg(cross: Floats) -> Floats:
    """Share of R² of each column: its gain in R², averaged over all orderings of the columns.

    Lindeman, Merenda & Gold (1980); Grömping (2006). Equal to the Shapley value of the game in which a
    coalition of columns earns its R². The shares add up to the R² of all columns together.

    Parameters
    ----------
    cross
        Centred cross-products with y last, shape (..., k + 1, k + 1), k ≤ 20.

    Returns
    -------
    ndarray
        Shape (..., k).
    """
    k = cross.shape[-1] - 1
    r2 = subset_r2(cross)
    weights = 1 / (k * binom(k - 1, _sizes(k - 1)))
    shares = np.empty((*r2.shape[:-1], k))
    for column in range(k):
        # Split at this column's bit, each subset without it lies beside the same subset with it.
        pairs = r2.reshape(*r2.shape[:-1], -1, 2, 2**column)
        gains = pairs[..., 1, :] - pairs[..., 0, :]
        # Not a matrix product: many short ones on several threads stall where the processors are busy.
        shares[..., column] = np.einsum("...ij,ij->...", gains, weights.reshape(-1, 2**column))
    return shares


def _sizes(k: int) -> NDArray[np.intp]:
    """How many columns each of the 2**k subsets holds."""
    sizes = np.zeros(1, dtype=np.intp)
    for _ in range(k):
        sizes = np.concatenate([sizes, sizes + 1])
    return sizes
