"""Cross-products of many bootstrap resamples at once, without ever copying a case."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BLOCK = 2**22
"""Numbers held at once in a block of counts, or of products: 32 MiB each."""


def cross_products(x: Floats, y: Floats, weights: Floats | None = None) -> Floats:
    """Weighted sums of squares and products about the weighted means, `y` last.

    Parameters
    ----------
    x
        Cases by columns, shape (n, k).
    y
        Outcome, shape (n,).
    weights
        Shape (n,); every case counts once without them.

    Returns
    -------
    ndarray
        Shape (k + 1, k + 1), symmetric.
    """
    table = np.column_stack([x, y])
    weights = np.ones(len(table)) if weights is None else np.asarray(weights, float)
    centred = table - weights @ table / weights.sum()
    products: Floats = (centred * weights[:, None]).T @ centred
    return products


def resampled_cross_products(
    x: Floats, y: Floats, weights: Floats | None, resamples: int, rng: np.random.Generator
) -> Floats:
    """`cross_products` of bootstrap resamples of the cases (multinomial counts), one product per block.

    A resample is how often each case was drawn; its sums are those counts times the table of pairwise
    products, so that a block of resamples is one matrix product. The draws do not depend on the blocks.

    Returns
    -------
    ndarray
        Shape (resamples, k + 1, k + 1).
    """
    n = len(x)
    table = np.column_stack([x, y])
    weights = np.ones(n) if weights is None else np.asarray(weights, float)
    # Centred on the whole sample, the sums stay small beside their squares and lose no digits to cancellation.
    columns = np.vstack([np.ones(n), (table - table.mean(axis=0)).T])
    first, second = np.triu_indices(len(columns))
    sums = np.zeros((resamples, len(first)))
    for block in _blocks(resamples, _BLOCK // n):
        counts = _counts(n, block.stop - block.start, rng)
        for cases in _blocks(n, _BLOCK // len(first)):
            part = columns[:, cases]
            products = (part * weights[cases])[first] * part[second]
            sums[block] += counts[:, cases] @ products.T
    moments = np.empty((resamples, len(columns), len(columns)))
    moments[:, first, second] = moments[:, second, first] = sums
    means = moments[:, 0, 1:] / moments[:, :1, 0]
    centred: Floats = moments[:, 1:, 1:] - moments[:, 0, 1:, None] * means[:, None, :]
    return centred


def _counts(n: int, resamples: int, rng: np.random.Generator) -> Floats:
    counts = np.empty((resamples, n))
    for row in counts:
        row[:] = np.bincount(rng.integers(n, size=n), minlength=n)
    return counts


def _blocks(length: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + max(size, 1), length)) for start in range(0, length, max(size, 1)))
