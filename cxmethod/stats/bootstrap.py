"""Cross-products of many bootstrap resamples at once, without ever copying a case."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_COUNTS = 2**26
"""Counts of cases held at once: 128 MiB."""

_BLOCK = 2**22
"""Numbers held at once in a factor of a matrix product: 32 MiB."""

_ROUNDING = 1e-12


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
        Shape (resamples, k + 1, k + 1); exactly 0 for what does not vary in a resample.
    """
    n = len(x)
    table = np.column_stack([x, y])
    weights = np.ones(n) if weights is None else np.asarray(weights, float)
    # Centred on the whole sample first, so that subtracting the means of a resample loses no digits.
    columns = np.vstack([np.ones(n), (table - table.mean(axis=0)).T])
    first, second = np.triu_indices(len(columns))
    sums = np.zeros((resamples, len(first)))
    for block in _blocks(resamples, _COUNTS // n):
        counts = _counts(n, block.stop - block.start, rng)
        # Many resamples by few cases: threads meet every few hundred cases and wait there on a busy machine.
        for cases in _blocks(n, _BLOCK // max(len(counts), len(first))):
            part = columns[:, cases]
            products = (part * weights[cases])[first] * part[second]
            sums[block] += counts[:, cases].astype(float) @ products.T
    moments = np.empty((resamples, len(columns), len(columns)))
    moments[:, first, second] = moments[:, second, first] = sums
    means = moments[:, 0, 1:] / moments[:, :1, 0]
    centred: Floats = moments[:, 1:, 1:] - moments[:, 0, 1:, None] * means[:, None, :]
    # What a resample holds constant is left with rounding only, which must not pass for variance.
    varies = np.einsum("rii->ri", centred) > _ROUNDING * np.einsum("rii->ri", moments[:, 1:, 1:])
    centred *= varies[:, :, None] & varies[:, None, :]
    return centred


def _counts(n: int, resamples: int, rng: np.random.Generator) -> NDArray[np.uint16]:
    counts = np.empty((resamples, n), dtype=np.uint16)
    for row in counts:
        row[:] = np.bincount(rng.integers(n, size=n), minlength=n)
    return counts


def _blocks(length: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + max(size, 1), length)) for start in range(0, length, max(size, 1)))
