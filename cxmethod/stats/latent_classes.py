"""Latent classes of people by mixed indicators, missing values kept: StepMix, guarded against degenerate fits."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from stepmix import StepMix
from stepmix.utils import get_mixed_descriptor
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Floats = NDArray[np.float64]

Places = NDArray[np.integer[Any]]

NARROWEST = (0.01, 0.1)
"""Between which shares of everybody's standard deviation the least one of a class lies."""

_COMPLETE, _CATEGORICAL, _CONTINUOUS = "categorical", "categorical_nan", "gaussian_diag_nan"
"""StepMix's names; complete categorical indicators have a model of their own, which is several times as fast."""

_SHORT_TOLERANCE, _SHORT_STEPS = 1e-4, 50
_MOST_STEPS = 2000
_NEAREST = 0.9


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
        _COMPLETE: [name for name in categorical if not gaps[name]],
        _CATEGORICAL: [name for name in categorical if gaps[name]],
    }
    hot = {kind: _one_hot(distinct[own]) for kind, own in kinds.items() if own}
    blocks = {kind: list(block.columns) for kind, block in hot.items()}
    if continuous:
        blocks[_CONTINUOUS] = list(continuous)
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
    with warnings.catch_warnings(), np.errstate(all="ignore"), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)
        tries = _Guarded(
            classes,
            measurement=data.descriptor,
            n_init=starts,
            random_state=seed,
            abs_tol=_SHORT_TOLERANCE,
            max_iter=_SHORT_STEPS,
        )
        tries.least = data.least
        tries.fit(matrix, sample_weight=own)
        best = _Guarded(classes, measurement=data.descriptor, abs_tol=tolerance, max_iter=_MOST_STEPS)
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


class _Guarded(StepMix):  # type: ignore[misc]
    """StepMix whose classes begin apart and cannot shrink to a point, and which can carry on from known parameters."""

    least: Floats = np.zeros(0)
    begin_with: dict[str, Any] | None = None
    floored: bool = False

    def __init__(self, n_components: int = 2, *, progress_bar: int = 0, **settings: Any) -> None:
        super().__init__(n_components, progress_bar=progress_bar, **settings)

    def _initialize_parameters(self, matrix: Floats, random_state: Any) -> None:
        """Everybody mostly to the nearest of some people drawn by chance.

        Memberships drawn by chance make the classes alike, and what parts them then is the rounding of the last digit.
        """
        if self.begin_with is not None:
            self.set_parameters(self.begin_with)
            return
        models = matrix[random_state.choice(len(matrix), self.n_components, replace=False)]
        apart = np.nansum((matrix[:, None, :] - models) ** 2, axis=2)
        membership = np.full(apart.shape, (1 - _NEAREST) / self.n_components)
        membership[np.arange(len(matrix)), apart.argmin(axis=1)] += _NEAREST
        self.log_resp_ = np.log(membership)
        self.weights_ = np.full(self.n_components, 1 / self.n_components)
        self._initialize_parameters_measurement(matrix, random_state)

    def _m_step(self, matrix: Floats, posterior: Floats, *others: Any, **more: Any) -> None:
        """The constrained maximum: a variance below its least stands at its least."""
        super()._m_step(matrix, posterior, *others, **more)
        models = self._mm.models
        if _CONTINUOUS in models:
            own = models[_CONTINUOUS].parameters
            self.floored = bool((own["covariances"] < self.least**2).any())
            own["covariances"] = np.fmax(own["covariances"], self.least**2)
            own["means"] = np.nan_to_num(own["means"])
        if _CATEGORICAL in models:
            # Nobody of the class answered: any share is as likely, and none is a number.
            own = models[_CATEGORICAL].parameters
            own["pis"] = np.nan_to_num(own["pis"], nan=1.0 / own["max_n_outcomes"])
