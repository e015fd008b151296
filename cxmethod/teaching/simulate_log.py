"""Journeys by chance: a Markov chain for each outcome, written as an event log."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxmethod.teaching.emotions import Floats, stream
from cxmethod.teaching.truth import END, START, LogTruth, Routes, Truth

RESULTS = {"success": "realizada", "failure": "abandonada", "open": "en curso"}
LONGEST = 60
OPENING_HOUR = 7
OPEN_MINUTES = 360

Numbers = NDArray[np.int64]


def simulate_log(truth: Truth, journeys: int, seed: int, respondents: int | None = None) -> pd.DataFrame:
    """An event log, one row an event, in the order in which the client's system wrote it.

    Parameters
    ----------
    respondents : int, optional
        How many customers of the survey the journeys belong to; by default, as many as journeys.

    Returns
    -------
    DataFrame
        ``caso``, ``actividad`` (the system's label), ``fecha_hora`` (ISO, to the minute), ``paciente`` (an id of
        the survey) and ``resultado`` (``realizada``, ``abandonada``, ``en curso``).

    Raises
    ------
    ValueError
        When the truth plants no log.
    """
    plan = truth.log
    if plan is None:
        raise ValueError("this truth plants no event log")
    rng = stream(seed, 3)
    failed = rng.random(journeys) < plan.failures / (1 - plan.open)
    unfinished = np.arange(journeys) >= journeys - round(plan.open * journeys)
    steps = _walk(plan, failed, rng)
    lengths = _cut_open((steps >= 0).sum(axis=1), unfinished, rng)
    outcomes = np.where(unfinished, RESULTS["open"], np.where(failed, RESULTS["failure"], RESULTS["success"]))
    journey, position = np.nonzero(np.arange(LONGEST) < lengths[:, None])
    activity = steps[journey, position]
    patients = rng.integers(1, (respondents or journeys) + 1, journeys)
    log = pd.DataFrame(
        {
            "caso": [f"V{number:04d}" for number in journey + 1],
            "actividad": np.array(list(plan.labels.values()))[activity],
            "fecha_hora": _times(plan, activity, position, journey, rng),
            "paciente": [f"P{number:04d}" for number in patients[journey]],
            "resultado": outcomes[journey],
        }
    )
    ordered = log.sort_values("fecha_hora", kind="stable", ignore_index=True)
    return ordered.assign(fecha_hora=ordered["fecha_hora"].dt.strftime("%Y-%m-%d %H:%M"))


def _walk(plan: LogTruth, failed: NDArray[np.bool_], rng: np.random.Generator) -> Numbers:
    chains = np.stack([_chain(plan, plan.success), _chain(plan, plan.failure)]).cumsum(axis=2)
    end = len(plan.labels)
    steps = np.full((len(failed), LONGEST), -1)
    state = np.full(len(failed), end)
    for position in range(LONGEST):
        draws = rng.random(len(failed))[:, None]
        state = (draws >= chains[failed.astype(int), state]).sum(axis=1)
        steps[:, position] = np.where(state < end, state, -1)
        state = np.where(state < end, state, end + 1)
    return steps


def _chain(plan: LogTruth, routes: Routes) -> Floats:
    """Transition matrix: the touchpoints, then start (rows) or end (columns), then a state that nothing leaves."""
    place = {name: number for number, name in enumerate([*plan.labels, START])} | {END: len(plan.labels)}
    matrix = np.zeros((len(plan.labels) + 2, len(plan.labels) + 1))
    matrix[:, -1] = 1.0
    for source, targets in routes.items():
        matrix[place[source]] = 0.0
        matrix[place[source], [place[target] for target in targets]] = list(targets.values())
    if not np.allclose(matrix.sum(axis=1), 1):
        raise ValueError("the probabilities that leave a touchpoint must add up to 1")
    return matrix


def _cut_open(lengths: Numbers, unfinished: NDArray[np.bool_], rng: np.random.Generator) -> Numbers:
    seen = np.ceil(lengths * rng.uniform(0.1, 0.9, len(lengths))).astype(np.int64)
    return np.where(unfinished, seen, lengths)


def _times(
    plan: LogTruth, activity: Numbers, position: Numbers, journey: Numbers, rng: np.random.Generator
) -> pd.Series:
    names = list(plan.labels)
    minutes = np.array([plan.pause_minutes.get(name, 5) for name in names])[activity]
    days = np.array([plan.pause_days.get(name, 0) for name in names])[activity]
    pause = rng.gamma(4.0, minutes / 4) + 1440 * np.rint(days * rng.uniform(0.3, 1, len(days)))
    pause = np.where(rng.random(len(pause)) < plan.ties, 0, pause)
    count = journey.max() + 1
    first = np.sort(rng.integers(0, plan.days, count) * 1440 + rng.integers(0, OPEN_MINUTES, count))
    passed = pd.Series(pause).groupby(journey).cumsum().to_numpy() - pause
    start = pd.Timestamp(plan.first_day) + pd.Timedelta(hours=OPENING_HOUR)
    return start + pd.Series(pd.to_timedelta(np.floor(first[journey] + passed), unit="min"))
