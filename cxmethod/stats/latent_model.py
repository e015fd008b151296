"""StepMix, guarded against degenerate fits, with both steps of EM as matrix products.

StepMix goes through classes, columns and checks in each step. Indicators that are categories, or normal within a class, make a
likelihood that is linear in the answers, the numbers and their squares: one product gives everybody's, and another
all sums from which the parameters follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from stepmix import StepMix

Floats = NDArray[np.float64]

COMPLETE, CATEGORICAL, CONTINUOUS = "categorical", "categorical_nan", "gaussian_diag_nan"
"""StepMix's names; complete categorical indicators have a model of their own."""

_NEAREST = 0.9
_LEAST_SHARE = 1e-15
"""Below it StepMix takes no probability, so that each has a logarithm."""


@dataclass(frozen=True)
class _Terms:
    """What the likelihood is linear in: answers (so many columns a model), which numbers are known, these, their squares."""

    answers: dict[str, int]
    together: Floats

    @classmethod
    def of(cls, matrix: Floats, columns: dict[str, int]) -> _Terms:
        answers = {name: width for name, width in columns.items() if name != CONTINUOUS}
        told, numbers = np.split(matrix, [sum(answers.values())], axis=1)
        known, values = (~np.isnan(numbers)).astype(float), np.nan_to_num(numbers)
        return cls(answers, np.hstack([np.nan_to_num(told), known, values, values**2]))


class Guarded(StepMix):  # type: ignore[misc]
    """StepMix whose classes begin apart and cannot shrink to a point, and which can carry on from known parameters."""

    least: Floats = np.zeros(0)
    begin_with: dict[str, Any] | None = None
    floored: bool = False
    _matrix: Floats | None = None
    _terms: _Terms

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

    def _e_step(self, matrix: Floats, *_: Any, sample_weight: Any = None, **__: Any) -> tuple[Any, Floats]:
        """Mean log-likelihood, and the logarithms of everybody's probabilities of the classes."""
        likelihood = self._of(matrix).together @ self._coefficients() + np.log(self.weights_)
        most = likelihood.max(axis=1, keepdims=True)
        whole = most + np.log(np.exp(likelihood - most).sum(axis=1, keepdims=True))
        return np.average(whole[:, 0], weights=sample_weight), likelihood - whole

    def _m_step(
        self, matrix: Floats, posterior: Floats, *_: Any, sample_weight: Any = None, **__: Any
    ) -> None:
        """The constrained maximum: a variance below its least stands at its least."""
        terms = self._of(matrix)
        weighted = posterior * np.reshape(sample_weight, (-1, 1))
        size = weighted.sum(axis=0)
        self.weights_ = np.clip(size / size.sum(), _LEAST_SHARE, 1 - _LEAST_SHARE)
        sums = terms.together.T @ weighted
        at = 0
        for name, width in terms.answers.items():
            own = self._mm.models[name].parameters
            own["pis"] = _shares(sums[at : at + width], own["max_n_outcomes"]).T
            at += width
        if CONTINUOUS in self._mm.models:
            self._set_normal(*np.split(sums[at:], 3))

    def _set_normal(self, known: Floats, values: Floats, squares: Floats) -> None:
        mean = np.where(known > 0, values / known, 0.0)
        variance = squares / known - mean**2
        least = self.least[:, None] ** 2
        self.floored = bool((variance < least).any())
        own = self._mm.models[CONTINUOUS].parameters
        own["means"], own["covariances"] = mean.T, np.fmax(variance, least).T

    def _coefficients(self) -> Floats:
        """Of each of the terms (rows) in the log-likelihood of each class (columns)."""
        rows = []
        for name, model in self._mm.models.items():
            own = model.parameters
            if name != CONTINUOUS:
                rows.append(np.log(np.clip(own["pis"].T, _LEAST_SHARE, 1 - _LEAST_SHARE)))
                continue
            mean, variance = own["means"].T, own["covariances"].T
            constant = -(np.log(2 * np.pi * variance) + mean**2 / variance) / 2
            rows += [constant, mean / variance, -0.5 / variance]
        return np.vstack(rows)

    def _of(self, matrix: Floats) -> _Terms:
        if matrix is not self._matrix:
            self._matrix = matrix
            columns = dict(zip(self._mm.models, self._mm.columns_per_model, strict=True))
            self._terms = _Terms.of(matrix, columns)
        return self._terms


def _shares(counts: Floats, widest: int) -> Floats:
    """Each category's share of those who answered; where nobody of a class did, any share is as likely, and none is a number."""
    by_indicator = counts.reshape(-1, widest, counts.shape[1])
    answered = by_indicator.sum(axis=1, keepdims=True)
    shares: Floats = np.where(answered > 0, by_indicator / answered, 1.0 / widest)
    return shares.reshape(counts.shape)
