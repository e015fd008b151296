"""How many latent classes data support, how far they can be relied upon, and who belongs to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from cxmethod.stats.latent_classes import Coded, Fit, Places, coded, fit_classes
from cxmethod.stats.latent_model import Floats

CHOICE = (
    "classes", "log_likelihood", "parameters", "bic", "entropy", "posterior", "smallest_n", "smallest_share", "stability",
    "converged", "floored", "status",
)  # fmt: skip
_QUICK_STARTS, _QUICK_TOLERANCE = 2, 1e-5


@dataclass(frozen=True)
class Rules:
    """What a number of classes has to keep to.

    Parameters
    ----------
    most : int
        Classes tried at most.
    smallest_share, smallest_n : float, int
        Share of the people, and people, that every class has at least.
    stability : float
        Least mean adjusted Rand index over the subsamples.
    sample : int
        People on whom the models are fitted, at most; everybody is assigned.
    starts : int
        Random starts of each model.
    subsamples, subsample_share : int, float
    """

    most: int = 8
    smallest_share: float = 0.05
    smallest_n: int = 30
    stability: float = 0.70
    sample: int = 5_000
    starts: int = 5
    subsamples: int = 20
    subsample_share: float = 0.80


@dataclass(frozen=True, eq=False)
class Segmentation:
    """Latent class models of the same people, with more and more classes.

    Parameters
    ----------
    choice : DataFrame
        `CHOICE`, one row a number of classes. `bic` of the models on the sample; `entropy` the relative entropy (1 where
        nobody is in doubt; Celeux & Soromenho 1996); `posterior` the mean probability of the likeliest class; the
        smallest class by the people whose likeliest it is; `stability` where it was worked out. `status` is ``one`` for a
        single class, else ``supported``, or the first rule that it breaks: ``not_converged``; ``narrow`` (the spread
        within a class stands at its least, so that its likelihood says more of that limit than of the people); ``small``;
        ``worse`` (its BIC is not below that of one class); ``unstable``.
    posteriors : mapping of int to ndarray
        Number of classes → probability of each class (columns), for every person, in the order of the data.
    best : int
        The number of classes with the lowest BIC among those that are only to be proved stable; 1 where no other is below one class.
    sampled : int
        On how many people the models were fitted.
    """

    choice: pd.DataFrame
    posteriors: Mapping[int, Floats]
    best: int
    sampled: int

    @property
    def supported(self) -> tuple[int, ...]:
        """Numbers of classes that keep to every rule."""
        return tuple(int(k) for k in self.choice.loc[self.choice["status"] == "supported", "classes"])


def segment(
    frame: pd.DataFrame,
    categorical: Sequence[str],
    continuous: Sequence[str],
    weights: Floats,
    seed: int,
    rules: Rules | None = None,
) -> Segmentation:
    """Latent class models with 1 … `rules.most` classes, judged by BIC, size and stability.

    Numbers of classes that could not all reach the least size are not tried. Weights are made to add up to the effective number
    of people (Kish 1965), so that unequal weights do not make the evidence look larger than it is. Stability follows Hennig
    (2007): the subsamples' own models against the whole model, on the subsamples' people.

    Parameters
    ----------
    frame : DataFrame
        One row a person who has at least one known indicator. NaN is unknown.
    categorical, continuous : sequence of str
        Columns of `frame`, each with at least two known values.
    weights : ndarray
        Above 0, one a person.
    """
    rules = rules or Rules()
    data = coded(frame, categorical, continuous)
    people = np.arange(len(frame))
    if len(people) > rules.sample:
        people = np.sort(np.random.default_rng([seed, 0]).choice(people, rules.sample, replace=False))
    of_row = _row_weights(data, weights, people)
    rows = int((of_row > 0).sum())
    worth = _effective(weights[people])
    most = max(1, min(rules.most, len(frame) // rules.smallest_n, rows))
    fits = {
        k: fit_classes(data, of_row, k, starts=rules.starts, seed=_seed(seed, k, 0), scale=worth)
        for k in range(1, most + 1)
    }
    choice = pd.DataFrame([_measures(fit, data, weights, worth) for fit in fits.values()])
    status = _status(choice, rules)
    judged = [k for k, state in zip(fits, status, strict=True) if state == "supported"]
    stability = {k: _stability(fits[k], data, weights, people, seed, rules) for k in judged}
    choice["stability"] = choice["classes"].map(stability).astype(float)
    unstable = (status == "supported") & (choice["stability"] < rules.stability)
    choice["status"] = status.mask(unstable, "unstable").astype("string")
    offered = choice[status.isin(["one", "supported"])]
    best = int(offered.sort_values("bic", kind="stable")["classes"].iloc[0])
    posteriors = {k: fit.posterior[data.row] for k, fit in fits.items() if k == 1 or k in judged}
    return Segmentation(choice[list(CHOICE)], posteriors, best, len(people))


def _measures(fit: Fit, data: Coded, weights: Floats, worth: float) -> dict[str, float | int | bool]:
    likeliest = fit.posterior.argmax(axis=1)[data.row]
    members = np.bincount(likeliest, minlength=fit.classes)
    shares = np.bincount(likeliest, weights, minlength=fit.classes) / weights.sum()
    own = _row_weights(data, weights, np.arange(len(weights)))
    return {
        "classes": fit.classes,
        "log_likelihood": fit.log_likelihood,
        "parameters": fit.parameters,
        "bic": fit.bic(worth),
        "entropy": _relative_entropy(fit.posterior, own),
        "posterior": float(np.average(fit.posterior.max(axis=1), weights=own)),
        "smallest_n": int(members.min()),
        "smallest_share": float(shares.min()),
        "converged": fit.converged,
        "floored": fit.floored,
    }


def _status(choice: pd.DataFrame, rules: Rules) -> pd.Series:
    small = (choice["smallest_n"] < rules.smallest_n) | (choice["smallest_share"] < rules.smallest_share)
    one = choice.loc[choice["classes"] == 1, "bic"].iloc[0]
    broken = [
        choice["classes"] == 1, ~choice["converged"], choice["floored"], small, ~(choice["bic"] < one),
    ]  # fmt: skip
    states = np.select(broken, ["one", "not_converged", "narrow", "small", "worse"], "supported")
    return pd.Series(states, choice.index)


def _stability(whole: Fit, data: Coded, weights: Floats, people: Places, seed: int, rules: Rules) -> float:
    """Mean adjusted Rand index (Hubert & Arabie 1985) of the subsamples' models with the whole one."""
    likeliest = whole.posterior.argmax(axis=1)[data.row]
    size = round(rules.subsample_share * len(people))
    agreements = []
    for number in range(1, rules.subsamples + 1):
        drawn = np.random.default_rng([seed, whole.classes, number]).choice(people, size, replace=False)
        own = _row_weights(data, weights, drawn)
        own_seed = _seed(seed, whole.classes, number)
        part = fit_classes(
            data, own, whole.classes, starts=_QUICK_STARTS, tolerance=_QUICK_TOLERANCE, seed=own_seed
        )
        again = part.posterior.argmax(axis=1)[data.row]
        agreements.append(adjusted_rand_score(likeliest[drawn], again[drawn]))
    return float(np.mean(agreements))


def _row_weights(data: Coded, weights: Floats, people: Places) -> Floats:
    return np.bincount(data.row[people], weights[people], minlength=len(data.matrix)).astype(float)


def _effective(weights: Floats) -> float:
    return float(weights.sum() ** 2 / (weights**2).sum())


def _relative_entropy(posterior: Floats, weights: Floats) -> float:
    classes = posterior.shape[1]
    if classes == 1:
        return float("nan")
    sure = np.clip(posterior, 1e-300, 1)
    doubt = -(posterior * np.log(sure)).sum(axis=1)
    return float(1 - np.average(doubt, weights=weights) / np.log(classes))


def _seed(seed: int, classes: int, number: int) -> int:
    """Each model its own random numbers, so that trying more classes changes none of the others."""
    return int(np.random.SeedSequence([seed, classes, number]).generate_state(1)[0])
