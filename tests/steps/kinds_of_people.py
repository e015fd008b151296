"""Respondents of three kinds that what is known of them tells apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

BY_DATA: dict[str, Any] = {
    "persona": {"indicators": {"categorical": ["plan", "pays_by"], "continuous": ["age", "visits"]}}
}
PLANS = np.array(["student", "family", "senior"])


def three_kinds(n: int = 240, seed: int = 3) -> pd.DataFrame:
    """`respondent` (c1, c2, …), `plan`, `pays_by`, `age`, `visits`, and the planted `kind`."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(3, n, p=[0.5, 0.3, 0.2])
    chances = np.array([[0.92, 0.04, 0.04], [0.05, 0.9, 0.05], [0.05, 0.05, 0.9]])[kind]
    cash = np.array([0.8, 0.3, 0.1])[kind]
    return pd.DataFrame(
        {
            "respondent": [f"c{number}" for number in range(1, n + 1)],
            "plan": PLANS[(rng.random((n, 1)) > chances.cumsum(axis=1)).sum(axis=1)],
            "pays_by": np.where(rng.random(n) < cash, "cash", "card"),
            "age": rng.normal(np.array([24, 42, 70])[kind], 4).round().astype(int),
            "visits": rng.normal(np.array([3, 12, 20])[kind], 2).round(1),
            "kind": PLANS[kind],
        }
    )


def told_apart(**more: Any) -> dict[str, Any]:
    """Arguments for the fixture `engagement`: these people, found in their indicators."""
    return {"respondents": three_kinds().drop(columns="kind"), "settings": BY_DATA, **more}
