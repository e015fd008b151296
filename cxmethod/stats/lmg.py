"""Relative importance by averaging over orderings (LMG), exact, from cross-products alone."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import binom

Floats = NDArray[np.float64]

MOST_COLUMNS = 20
"""2²⁰ subsets are the most that are enumerated."""

_TOLERANCE = 1e-9
"""A column with less than this share of its variance left is explained by the others and adds nothing."""

_AT_ONCE = 2**17
"""Subsets held at once: enough for long operations, few enough to stay in the processor's cache."""

_ABREAST = 64
"""Members of a batch that are worked on together: short rows waste more on the way than they compute."""


def subset_r2(cross: Floats) -> Floats:
    """R² of the regression of y on every subset of the columns.

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
    k = _columns(cross)
    left = _batch_last(cross)
    unexplained = _swept(left, _tolerated(left), k)[k, k]
    r2: Floats = _explained(unexplained, left[k, k]).T.reshape(*cross.shape[:-2], 2**k)
    return r2


def lmg(cross: Floats) -> Floats:
    """Share of R² of each column: its gain in R², averaged over all orderings of the columns.

    Lindeman, Merenda & Gold (1980); Grömping (2006). Equal to the Shapley value of the game in which a
    coalition of columns earns its R², and to general dominance (Azen & Budescu 2003). The shares add up to
    the R² of all columns together.

    Parameters
    ----------
    cross
        Centred cross-products with y last, shape (..., k + 1, k + 1), k ≤ 20.

    Returns
    -------
    ndarray
        Shape (..., k).
    """
    k = _columns(cross)
    whole = _batch_last(cross)
    batch = whole.shape[-1]
    # So many columns at a time; of more, the subsets of the first ones are gone through one by one.
    deep = min(k, (_AT_ONCE // min(max(batch, 1), _ABREAST)).bit_length() - 1)
    width = _AT_ONCE >> deep
    shares = [_shares(whole[..., start : start + width], k - deep) for start in range(0, batch, width)]
    return np.concatenate(shares, axis=1).T.reshape(*cross.shape[:-2], k)


def _shares(left: Floats, first: int) -> Floats:
    """LMG of each column (rows) in each member of the batch (columns), the subsets of the `first` ones one by one.

    A column's share is a sum over subsets S of s = |S| columns: R²(S) counts with w(s − 1) where S holds the
    column and with −w(s) where it does not, w being the part of all orderings in which S comes just before it.
    Written as Σ [w(s − 1) + w(s)] R²(S) over the S that hold it, less Σ w(s) R²(S) over all S, one pass serves
    every column.
    """
    k = len(left) - 1
    after = np.append(1 / (k * binom(k - 1, np.arange(k))), 0.0)
    both = after + np.append(0.0, after[:-1])
    tolerated, total = _tolerated(left), left[k, k]
    begun = _swept(left, tolerated, first)
    sizes, begun_sizes = _sizes(k - first), _sizes(first)
    shares = np.zeros((k, left.shape[-1]))
    for subset, size in enumerate(begun_sizes):
        rest = _square({key: rows[subset] for key, rows in begun.items() if key[0] >= first}, first)
        unexplained = _swept(rest, tolerated[first:], k - first)[k - first, k - first]
        r2 = _explained(unexplained, total)
        holding = _halved(r2 * both[sizes + size, None])
        inside = [i for i in range(first) if subset >> i & 1]
        shares[inside] += holding[-1]
        shares[first:] += holding[:-1]
        shares -= after[sizes + size] @ r2
    return shares


def _swept(left: Floats, tolerated: Floats, columns: int) -> dict[tuple[int, int], Floats]:
    """What is left of each pair's cross-product after regressing on every subset of the first columns.

    Columns are swept one at a time (Schur complements): the second half of a pair's rows is its first half
    with the column at hand swept out, so that no regression is run twice and nothing is copied. A pair grows
    only until its earlier member is swept itself.

    Parameters
    ----------
    left
        Shape (m, m, batch).
    tolerated
        Least variance of each column that still counts, shape (columns or more, batch).

    Returns
    -------
    dict
        (i, j), i ≤ j → shape (2**min(i, columns), batch).
    """
    size = len(left)
    pairs = {(i, j): _room(left[i, j], 2 ** min(i, columns)) for i in range(size) for j in range(i, size)}
    for column in range(columns):
        half = 2**column
        pivot = pairs[column, column]
        usable = pivot > tolerated[column]
        inverse = np.divide(1.0, pivot, out=np.zeros_like(pivot), where=usable)
        for i in range(column + 1, size):
            ratio = pairs[column, i] * inverse
            for j in range(i, size):
                without, held = pairs[i, j][:half], pairs[i, j][half : 2 * half]
                np.multiply(ratio, pairs[column, j], out=held)
                np.subtract(without, held, out=held)
    return pairs


def _room(values: Floats, rows: int) -> Floats:
    room = np.empty((rows, len(values)))
    room[0] = values
    return room


def _square(pairs: dict[tuple[int, int], Floats], first: int) -> Floats:
    """Pairs i ≤ j, counted from `first`, as a full matrix: its lower half is never read."""
    size = 1 + max(j for _, j in pairs) - first
    square = np.empty((size, size, next(iter(pairs.values())).shape[-1]))
    for (i, j), values in pairs.items():
        square[i - first, j - first] = values
    return square


def _halved(values: Floats) -> Floats:
    """Sum of `values` over the subsets that hold each column, and last over all subsets."""
    sums = []
    while len(values) > 1:
        half = len(values) // 2
        sums.append(values[half:].sum(axis=0))
        values = values[:half] + values[half:]
    return np.array([*reversed(sums), values[0]])


def _explained(unexplained: Floats, total: Floats) -> Floats:
    varies = total > 0
    return np.where(varies, 1 - unexplained / np.where(varies, total, 1.0), 0.0)


def _columns(cross: Floats) -> int:
    k = int(cross.shape[-1]) - 1
    if k > MOST_COLUMNS:
        raise ValueError(f"{k} columns: exact relative importance is limited to {MOST_COLUMNS}")
    return k


def _batch_last(cross: Floats) -> Floats:
    """The batch comes last, so that every operation runs along memory."""
    last: Floats = np.moveaxis(cross.reshape(-1, *cross.shape[-2:]), 0, -1)
    return np.ascontiguousarray(last, dtype=float)


def _tolerated(left: Floats) -> Floats:
    variances: Floats = np.einsum("iib->ib", left)
    return _TOLERANCE * variances


def _sizes(k: int) -> NDArray[np.intp]:
    """How many columns each of the 2**k subsets holds."""
    sizes = np.zeros(1, dtype=np.intp)
    for _ in range(k):
        sizes = np.concatenate([sizes, sizes + 1])
    return sizes
