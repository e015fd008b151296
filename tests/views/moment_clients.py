"""Clients who give rise to the findings of step 5 that their names list; each as the arguments of the `engagement` fixture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

LIMITS = {"thresholds": {"resamples": 100}}
LEANING = [-1] * 12 + [0] * 12 + [1] * 10
"""A mean just below 0, and a third who feel badly: neither beyond doubt."""


def _random(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def shapes() -> dict[str, Any]:
    """Three touchpoints that weigh in three ways, and three that do not."""
    rng = _random(1)
    felt = rng.integers(-2, 3, (300, 6))
    costs, gives = np.array([-3.0, -0.8, -1.8, 0, 0, 0]), np.array([0.8, 3.0, 1.8, 0, 0, 0])
    outcome = (felt < 0) @ costs + (felt == 2) @ gives + rng.normal(scale=0.5, size=300)
    names = ["desk", "web", "bill", "park", "sign", "mail"]
    after = {name: felt[:, place].tolist() for place, name in enumerate(names)}
    return {"after": after, "outcome": outcome.round(2).tolist(), "settings": LIMITS}


def insides() -> dict[str, Any]:
    """Four touchpoints with two variables each: one that decides, two alike, none, and too few answers."""
    rng = _random(2)
    first, second = rng.integers(1, 6, (2, 60))
    felt = {
        "desk": np.clip(first - 3, -2, 2),
        "web": np.clip(np.rint((first + second) / 2) - 3, -2, 2),
        "bill": rng.integers(-2, 3, 60),
        "park": np.clip(first - 3, -2, 2)[:20],
    }
    scores = [
        pd.DataFrame(
            {
                "respondent": [f"c{number}" for number in range(1, 61)],
                "touchpoint": touchpoint,
                "variable": name,
                "score": score,
            }
        )
        for touchpoint in felt
        for name, score in (("The queue", first), ("The sign", second))
    ]
    after = {name: values.tolist() for name, values in felt.items()}
    return {"after": after, "variables": pd.concat(scores), "settings": LIMITS}


def plans() -> dict[str, Any]:
    """Personas: two who suffer alone at the desk, one whose outcome nothing explains, one for whom all weigh the same, and too few."""
    rng = _random(3)
    sizes = {"sore": 40, "uneasy": 34, "odd": 162, "even": 160, "few": 10}
    desk = {
        "sore": rng.integers(-2, 0, 40), "uneasy": np.array(LEANING), "odd": np.tile([0, 1, 2], 54),
        "even": rng.integers(0, 3, 160), "few": rng.integers(0, 3, 10),
    }  # fmt: skip
    web = {plan: rng.integers(0, 3, size) for plan, size in sizes.items()}
    web["odd"] = np.repeat([0, 1, 2], 54)
    noise = {plan: rng.normal(scale=0.4, size=size) for plan, size in sizes.items()}
    outcome = {
        "sore": 5 + 3 * desk["sore"] + noise["sore"],
        "uneasy": 5 + 3 * desk["uneasy"] + noise["uneasy"],
        "odd": 6 + np.tile([0, 0, 0, 1, 1, 1], 27),
        "even": 5 + desk["even"] + web["even"] + noise["even"],
        "few": 6 + noise["few"],
    }
    people = [plan for plan, size in sizes.items() for _ in range(size)]
    rows = "\n".join(f"c{number},{plan}" for number, plan in enumerate(people, 1))
    return {
        "after": {
            name: np.concatenate(list(felt.values())).tolist()
            for name, felt in (("desk", desk), ("web", web))
        },
        "outcome": np.concatenate(list(outcome.values())).round(2).tolist(),
        "respondents": "respondent,plan\n" + rows,
        "settings": {**LIMITS, "persona": {"column": "plan"}},
    }


def leaning() -> dict[str, Any]:
    """One that weighs and may dissatisfy; another that is outside the model and may do either."""
    rng = _random(4)
    desk = np.array([*LEANING, *[-1] * 6, *[0] * 5, *[1] * 5])
    outcome = 3 * desk + rng.normal(scale=0.4, size=50)
    after = {"desk": desk.tolist(), "web": rng.integers(0, 3, 50).tolist(), "bill": [*LEANING, *[None] * 16]}
    return {"after": after, "outcome": outcome.round(2).tolist(), "settings": LIMITS}


def skipped() -> dict[str, Any]:
    """Eight of forty skipped a touchpoint, and their answers may be filled in."""
    rng = _random(5)
    desk, web = rng.integers(-2, 3, (2, 40))
    outcome = 3 * desk + rng.normal(scale=0.3, size=40)
    return {
        "after": {"desk": [*desk[:32].tolist(), *[None] * 8], "web": web.tolist()},
        "outcome": outcome.round(2).tolist(),
        "settings": {"thresholds": {"resamples": 100, "impute_share": 0.5}},
    }


def weighted() -> dict[str, Any]:
    """Forty customers of very uneven weight."""
    rng = _random(6)
    people = "\n".join(f"c{number},{20 if number < 5 else 1}" for number in range(1, 41))
    return {
        "after": {"desk": rng.integers(-2, 3, 40).tolist()},
        "outcome": rng.normal(size=40).round(2).tolist(),
        "respondents": "respondent,weight\n" + people,
        "settings": LIMITS,
    }


MOMENTS: dict[str, dict[str, Any]] = {
    "asymmetry.basic asymmetry.excitement asymmetry.performance": shapes(),
    "variables.first variables.equal_weight variables.explains_nothing variables.too_few": insides(),
    "moment.persona_red_confirmed moment.persona_red_suspected drivers.explains_nothing_persona "
    "drivers.equal_weight_persona drivers.personas_too_few": plans(),
    "moment.red_suspected_measured_feeling moment.red_suspected_measured_both": leaning(),
    "drivers.imputed": skipped(),
    "drivers.too_few_weighted": weighted(),
}
