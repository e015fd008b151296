"""Latent classes of people by mixed indicators, missing values kept: StepMix, guarded against degenerate fits."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from stepmix.utils import get_mixed_descriptor
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from cxmethod.stats.latent_model import CATEGORICAL, COMPLETE, CONTINUOUS, Floats, Guarded

Places = NDArray[np.integer[Any]]

NARROWEST = (0.01, 0.1)
"""Between which shares of everybody's standard deviation the least one of a class lies."""

_SHORT_TOLERANCE, _SHORT_STEPS = 1e-4, 50
_MOST_STEPS = 2000


@dataclass(frozen=True)
class Coded:
    """Indicators as StepMix reads them.

    Parameters
    ----------
    matrix : ndarray
        Distinct rows of indicators: one column a category (1, 0, or NaN where unknown), then one a continuous indicator,
        standardised.
    row : ndarray
        Each person's row in `matrix`.
    descriptor : dict
        StepMix's description of the columns.
    least : ndarray
        The least standard deviation within a class, one a continuous indicator: the unit in which it is measured (the median
        step from one value to the next), within `NARROWEST`. A class cannot be told more narrowly than that, and without a
        least one the likelihood has no bound (Hathaway 1985).
    """

    matrix: Floats
    row: Places
    descriptor: dict[str, Any]
    least: Floats


@dataclass(frozen=True)
class Fit:
    """A latent class model.

    Parameters
    ----------
    classes : int
    posterior : ndarray
        Probability of each class (columns) in each row of `Coded.matrix`.
    log_likelihood : float
    parameters : int
        Free parameters.
    converged : bool
    floored : bool
        Whether the spread of a continuous indicator within a class stands at its least.
    """

    classes: int
    posterior: Floats
    log_likelihood: float
    parameters: int
    converged: bool
    floored: bool

    def bic(self, n: float) -> float:
        """Bayesian information criterion (Schwarz 1978) for `n` people; the lower the better."""
        return float(self.parameters * np.log(n) - 2 * self.log_likelihood)


def coded(frame: pd.DataFrame, categorical: Sequence[str], continuous: Sequence[str]) -> Coded:
    """The indicators in `frame` as a matrix, each distinct row once.

    Every row knows at least one indicator, and every indicator has at least two values.
    """
    people = frame[[*categorical, *continuous]]
    row = people.groupby(list(people.columns), dropna=False, sort=False).ngroup().to_numpy()
    distinct = people.iloc[np.unique(row, return_index=True)[1]]
    numbers = frame[list(continuous)].astype(float)
    deviation = numbers.std(ddof=0)
    spread = (distinct[list(continuous)].astype(float) - numbers.mean()) / deviation
    unit = [np.median(np.diff(np.unique(numbers[name].dropna()))) for name in continuous]
    gaps = people[list(categorical)].isna().any()
    kinds = {
        COMPLETE: [name for name in categorical if not gaps[name]],
        CATEGORICAL: [name for name in categorical if gaps[name]],
    }
    hot = {kind: _one_hot(distinct[own]) for kind, own in kinds.items() if own}
    blocks = {kind: list(block.columns) for kind, block in hot.items()}
    if continuous:
        blocks[CONTINUOUS] = list(continuous)
    values = pd.concat([*hot.values(), spread], axis=1)
    data, descriptor = get_mixed_descriptor(values, **blocks)
    for kind in hot:
        counts = distinct[kinds[kind]].nunique()
        # Coded once here, not in every step of the fit.
        descriptor[kind] |= {
            "integer_codes": False,
            "max_n_outcomes": int(counts.max()),
            "total_outcomes": int(counts.sum()),
        }
    least = np.clip(np.array(unit, dtype=float) / deviation.to_numpy(dtype=float), *NARROWEST)
    return Coded(data.to_numpy(dtype=float), row, descriptor, least)


def _one_hot(answers: pd.DataFrame) -> pd.DataFrame:
    """Every indicator in as many columns as the longest one has categories, as StepMix wants them."""
    codes = np.column_stack([pd.factorize(answers[name], sort=True)[0] for name in answers])
    widest = int(codes.max()) + 1
    hot = (codes[:, :, None] == np.arange(widest)).astype(float)
    hot[codes < 0] = np.nan
    names = pd.MultiIndex.from_product([answers.columns, range(widest)]).to_flat_index()
    return pd.DataFrame(hot.reshape(len(codes), len(names)), answers.index, names)


def fit_classes(
    data: Coded,
    weights: Floats,
    classes: int,
    *,
    starts: int = 5,
    seed: int = 0,
    scale: float | None = None,
    tolerance: float = 1e-8,
) -> Fit:
    """The likeliest of some random starts, carried on until it converges (short runs of EM; Biernacki et al. 2003).

    Parameters
    ----------
    weights : ndarray
        Weight of each row of `data.matrix`; rows without weight are left out of the fit.
    scale : float, optional
        What the weights are made to add up to, the number of people that they are worth; their sum by default.
    tolerance : float
        The fit has converged when a step gains less than this in log-likelihood a person.

    Raises
    ------
    ValueError
        When there are fewer distinct rows than classes.
    """
    used = weights > 0
    matrix, own = data.matrix[used], weights[used]
    # The matrices are small: several threads wait for each other, and sums differ with their number.
    with warnings.catch_warnings(), np.errstate(all="ignore"), _threads().limit(limits=1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        tries = Guarded(
            classes,
            measurement=data.descriptor,
            n_init=starts,
            random_state=seed,
            abs_tol=_SHORT_TOLERANCE,
            max_iter=_SHORT_STEPS,
        )
        tries.least = data.least
        tries.fit(matrix, sample_weight=own)
        best = Guarded(classes, measurement=data.descriptor, abs_tol=tolerance, max_iter=_MOST_STEPS)
        best.least, best.begin_with = data.least, tries.get_parameters()
        best.fit(matrix, sample_weight=own)
        posterior = best.predict_proba(data.matrix)
        average = best.score(matrix, sample_weight=own)
    return Fit(
        classes,
        posterior,
        float(average * (own.sum() if scale is None else scale)),
        int(best.n_parameters),
        bool(best.converged_) and bool(np.isfinite(average)),
        best.floored,
    )


@cache
def _threads() -> ThreadpoolController:
    """Looking through a process for its libraries takes as long as a small fit: once will do."""
    return ThreadpoolController()
