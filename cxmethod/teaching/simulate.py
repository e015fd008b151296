"""The one simulator: a `Truth` and a seed in, the files that a client would send out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from cxmethod.teaching.emotions import (
    CUSTOMER_SPREAD,
    STAFF_SPREAD,
    Floats,
    emotions,
    grades,
    standard,
    stream,
)
from cxmethod.teaching.truth import PersonaTruth, Truth

Places = NDArray[np.int64]

UNKNOWN_CODE = 9
SCALE_MIDDLE = 3
_NOT_FILLED_IN = 0.04


def simulate_survey(truth: Truth, respondents: int, seed: int) -> pd.DataFrame:
    """A wide survey, one row a customer, as a client's survey tool exports it.

    Returns
    -------
    DataFrame
        ``id``, ``plan`` (the persona), ``edad`` (years), ``visitas`` (in the last year) and the personas' habits where they
        are planted, then for each touchpoint ``esp_pNN`` (expected, 1–5),
        ``exp_pNN`` (experienced, 1–5) and ``imp_pNN`` (importance, 1–5), and ``recomendacion`` (0–10).
        Unknown ratings are half 9 and half blank.
    """
    rng = stream(seed, 1)
    shape = (respondents, len(truth.touchpoints))
    persona = _personas(truth.personas, respondents, rng)
    mood = np.array([point.mood for point in truth.touchpoints])
    met = mood * rng.standard_normal((respondents, 1)) + np.sqrt(1 - mood**2) * rng.standard_normal(shape)
    hoped = truth.expectation * met + np.sqrt(1 - truth.expectation**2) * rng.standard_normal(shape)
    after = emotions(met, _after_means(truth, persona), CUSTOMER_SPREAD)
    before = emotions(hoped, np.array([point.before for point in truth.touchpoints]), CUSTOMER_SPREAD)
    wanted = np.array([point.importance for point in truth.touchpoints])
    known = rng.random(shape) < np.array([point.rated for point in truth.touchpoints])
    blocks = {
        "esp": _coded(before + SCALE_MIDDLE, known, rng),
        "exp": _coded(after + SCALE_MIDDLE, known, rng),
        "imp": np.where(known, grades(wanted + 0.8 * rng.standard_normal(shape)), np.nan),
    }
    answers = [pd.DataFrame(block, columns=question_columns(truth, name)) for name, block in blocks.items()]
    outcome = pd.Series(_outcome(truth, after, rng), name="recomendacion").mask(
        rng.random(respondents) < 0.01
    )
    ages = pd.Series(_ages(truth.personas, persona, rng), name="edad")
    numbers = pd.concat([ages, *answers, outcome], axis=1).astype("Int64")
    plans = np.array([each.persona for each in truth.personas])[persona]
    ids = [f"P{number:04d}" for number in range(1, respondents + 1)]
    known_before = [
        pd.DataFrame({"id": ids, "plan": plans}),
        numbers[["edad"]],
        *_habits(truth.personas, persona, seed),
    ]
    return pd.concat([*known_before, numbers.drop(columns="edad")], axis=1)


def simulate_staff(truth: Truth, staff: int, seed: int) -> pd.DataFrame:
    """The internal view: ``id`` and ``int_pNN`` (1–5) for each of `staff` people of the company.

    A dozen people are no sample, so their views are spread evenly over the planted distribution: chance only
    decides who holds which.
    """
    rng = stream(seed, 2)
    means = np.array([point.internal for point in truth.touchpoints])
    evenly = norm.ppf((np.arange(staff) + 0.5) / staff)
    shuffled = rng.permuted(np.repeat(evenly[:, None], len(means), axis=1), axis=0)
    views = emotions(shuffled, means, STAFF_SPREAD).astype(int) + SCALE_MIDDLE
    ids = pd.Series([f"C{number:02d}" for number in range(1, staff + 1)], name="id")
    return pd.concat([ids, pd.DataFrame(views, columns=question_columns(truth, "int"))], axis=1)


def question_columns(truth: Truth, prefix: str) -> list[str]:
    """Headings of one block of questions, ``exp_p01``, ``exp_p02`` …, in the touchpoints' order."""
    return [f"{prefix}_p{number:02d}" for number in range(1, len(truth.touchpoints) + 1)]


def _personas(personas: Sequence[PersonaTruth], respondents: int, rng: np.random.Generator) -> Places:
    shares = np.array([persona.share for persona in personas])
    return rng.choice(len(personas), size=respondents, p=shares / shares.sum())


def _after_means(truth: Truth, persona: Places) -> Floats:
    """Expected emotion of each customer (rows) at each touchpoint, by the customer's persona."""
    table = [
        [point.by_persona.get(p.persona, point.after) for point in truth.touchpoints] for p in truth.personas
    ]
    return np.array(table)[persona]


def _ages(personas: Sequence[PersonaTruth], persona: Places, rng: np.random.Generator) -> Places:
    low, high = np.array([p.ages for p in personas])[persona].T
    return np.asarray(low + rng.beta(2, 2, len(persona)) * (high - low), dtype=np.int64)


def _habits(personas: Sequence[PersonaTruth], persona: Places, seed: int) -> list[pd.DataFrame]:
    """What the client knows of each customer besides; some of it is not filled in. Drawn apart from everything else."""
    rng = stream(seed, 7)
    planted: dict[str, pd.Series] = {}
    visits = np.array([each.visits for each in personas])
    if visits.any():
        planted["visitas"] = pd.Series(1 + rng.poisson((visits - 1)[persona]), dtype="Int64")
    for column in personas[0].habits:
        answers = list(personas[0].habits[column])
        chances = np.array(
            [[each.habits[column].get(answer, 0.0) for answer in answers] for each in personas]
        )
        upto = chances.cumsum(axis=1)[persona]
        drawn = (rng.random((len(persona), 1)) * upto[:, -1:] > upto).sum(axis=1)
        planted[column] = pd.Series(np.array(answers)[drawn], dtype="string")
    left_blank = rng.random((len(persona), len(planted))) < _NOT_FILLED_IN
    return [
        pd.DataFrame(
            {name: values.mask(left_blank[:, place]) for place, (name, values) in enumerate(planted.items())}
        )
    ]


def _outcome(truth: Truth, after: Floats, rng: np.random.Generator) -> Floats:
    plan = truth.outcome
    signal = standard(standard(after) @ np.array([point.weight for point in truth.touchpoints]))
    noise = rng.standard_normal(len(signal))
    mixed = np.sqrt(plan.r_squared) * signal + np.sqrt(1 - plan.r_squared) * noise
    return np.asarray(np.clip(np.rint(plan.mean + plan.spread * mixed), 0, 10))


def _coded(answers: Floats, known: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
    unknown = np.where(rng.random(answers.shape) < 0.5, UNKNOWN_CODE, np.nan)
    return np.where(known, answers, unknown)
