"""Emotions by chance: a normal variable cut at fixed places (an ordered-probit model).

So ratings look like people's: fours are common, the middle is avoided.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Floats = NDArray[np.float64]

CUTS = np.array([-1.4, -0.5, 0.2, 1.3])
CUSTOMER_SPREAD = 1.1
STAFF_SPREAD = 0.45


def stream(seed: int, part: int) -> np.random.Generator:
    """Random numbers of one part's own, so that asking for one file never changes another."""
    return np.random.default_rng([seed, part])


def emotions(draws: Floats, means: Floats, spread: float) -> Floats:
    """Emotions −2 … +2 whose expected value is `means`.

    Parameters
    ----------
    draws : array of float
        Standard normal draws.
    means : array of float
        Expected emotions; broadcast against `draws`.
    spread : float
        Standard deviation before the cuts.
    """
    grid = np.linspace(-6, 6, 2401)
    expected = norm.sf((CUTS - grid[:, None]) / spread).sum(axis=1) - 2
    centres = np.interp(means, expected, grid)
    return np.asarray(np.digitize(centres + spread * draws, CUTS) - 2, dtype=float)


def standard(values: Floats) -> Floats:
    """Columns with mean 0 and standard deviation 1; a constant column becomes 0."""
    spread = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(spread == 0, 1, spread))


def grades(values: Floats) -> NDArray[np.int64]:
    """Whole grades 1 … 5."""
    return np.clip(np.rint(values), 1, 5).astype(np.int64)
