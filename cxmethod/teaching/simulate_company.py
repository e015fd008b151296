"""What a company keeps about itself, by chance: monitoring waves, recommendation scores, alignment of its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cxmethod.teaching.emotions import CUSTOMER_SPREAD, Floats, emotions, grades, standard, stream
from cxmethod.teaching.truth import Truth, WaveTruth

ITEMS = ("awareness", "motivation")


def simulate_waves(truth: Truth, seed: int) -> pd.DataFrame:
    """The `waves` table: per wave and touchpoint n, negative, neutral and positive answers, mean and sd.

    Raises
    ------
    ValueError
        When the truth plants no waves.
    """
    plan, rng = _waves(truth), stream(seed, 4)
    means = _wave_means(truth, plan)
    draws = rng.standard_normal((*means.shape, plan.respondents))
    answers = emotions(draws, means[..., None], CUSTOMER_SPREAD)
    index = pd.MultiIndex.from_product([plan.waves, plan.touchpoints], names=["wave", "touchpoint"])
    measures = {
        "negative": (answers < 0).sum(axis=-1),
        "neutral": (answers == 0).sum(axis=-1),
        "positive": (answers > 0).sum(axis=-1),
        "mean": answers.mean(axis=-1).round(3),
        "sd": answers.std(axis=-1, ddof=1).round(3),
    }
    flat = {name: values.ravel() for name, values in measures.items()}
    return pd.DataFrame({"source": "after", "n": plan.respondents, **flat}, index=index).reset_index()


def simulate_scores(truth: Truth, seed: int) -> pd.DataFrame:
    """The `scores` table: the 0–10 recommendation (``nps``) of some customers in each wave, without any trend."""
    plan, rng = _waves(truth), stream(seed, 5)
    waves = np.repeat(plan.waves, plan.scores)
    marks = truth.outcome.mean + truth.outcome.spread * rng.standard_normal(len(waves))
    respondents = [f"M{number:04d}" for number in range(1, len(waves) + 1)]
    scores = np.clip(np.rint(marks), 0, 10).astype(int)
    return pd.DataFrame({"respondent": respondents, "wave": waves, "metric": "nps", "score": scores})


def simulate_alignment(truth: Truth, seed: int) -> pd.DataFrame:
    """How each of the company's people grades every touchpoint, and themselves.

    Returns
    -------
    DataFrame
        ``respondent``, ``role``, then either ``touchpoint`` with ``importance`` and ``performance`` (1 … 5), or
        ``item`` (`ITEMS`) with ``score`` (1 … 5).
    """
    rng = stream(seed, 6)
    sizes = [role.people for role in truth.roles]
    people = pd.DataFrame(
        {
            "respondent": [f"A{number:02d}" for number in range(1, sum(sizes) + 1)],
            "role": np.repeat([role.role for role in truth.roles], sizes),
        }
    )
    importance = 3.4 + 0.9 * np.repeat(_role_views(truth, rng), sizes, axis=0)
    performance = 3 + np.array([point.internal for point in truth.touchpoints])
    own = np.repeat([[getattr(role, item) for item in ITEMS] for role in truth.roles], sizes, axis=0)
    marks = _graded(
        people, {"importance": importance, "performance": performance}, "touchpoint", truth.names, rng
    )
    scores = _graded(people, {"score": own}, "item", ITEMS, rng)
    frame = pd.concat([marks, scores], ignore_index=True)
    whole = dict.fromkeys(("importance", "performance", "score"), "Int64")
    return frame[["respondent", "role", "touchpoint", "item", *whole]].astype(whole)


def _graded(
    people: pd.DataFrame,
    expected: Mapping[str, Floats],
    about: str,
    things: Sequence[str],
    rng: np.random.Generator,
) -> pd.DataFrame:
    shape = (len(people), len(things))
    frame = people.loc[people.index.repeat(len(things))].reset_index(drop=True)
    given = {
        name: grades(means + 0.6 * rng.standard_normal(shape)).ravel() for name, means in expected.items()
    }
    return frame.assign(**{about: np.tile(things, len(people))}, **given)


def _waves(truth: Truth) -> WaveTruth:
    if truth.waves is None:
        raise ValueError("this truth plants no waves")
    return truth.waves


def _wave_means(truth: Truth, plan: WaveTruth) -> Floats:
    base: Mapping[str, float] = {point.touchpoint: point.after for point in truth.touchpoints}
    table = pd.DataFrame(
        [[base[name] for name in plan.touchpoints]] * len(plan.waves), plan.waves, plan.touchpoints
    )
    for (touchpoint, since), mean in plan.changes.items():
        table.loc[since:, touchpoint] = mean
    return table.to_numpy()


def _role_views(truth: Truth, rng: np.random.Generator) -> Floats:
    """Each role's order of importance: the customers' own (their weights), mixed with one of the role's."""
    customers = standard(np.array([point.weight for point in truth.touchpoints]))
    own = standard(rng.standard_normal((len(customers), len(truth.roles)))).T
    agreement = np.array([[role.agreement] for role in truth.roles])
    return np.asarray(agreement * customers + np.sqrt(1 - agreement**2) * own)
