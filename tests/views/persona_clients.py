"""Clients whose personas are looked for in data."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.steps.kinds_of_people import BY_DATA, three_kinds

PEOPLE = three_kinds().drop(columns="kind")
ODD = PEOPLE.assign(
    same="x",
    code=[f"u{n}" for n in range(240)],
    town=[f"t{n % 40}" for n in range(240)],
    wealth=["rich", "poor"] * 120,
    score=["1", "2"] * 120,
    mostly=[str(n % 50) if n % 4 else "many" for n in range(240)],
)
HEAPED = PEOPLE.assign(months=np.r_[np.ones(120), np.arange(2, 122)]).astype(object)
HEAPED.loc[:4, ["months", "plan"]] = ""


def indicators(**lists: list[str]) -> dict[str, Any]:
    return {"persona": {"indicators": lists}}


PERSONAS: dict[str, dict[str, Any]] = {
    "persona.unnamed persona.card_lost persona.doubtful persona.classes_unsupported": {
        "respondents": PEOPLE,
        "personas": "persona,name,evidence\nnobody,Nobody,assumed\nsenior,Don José,observed",
        "settings": BY_DATA | {"thresholds": {"membership": 1.0}},
        "decisions": {"persona": {"classes": 7}},
    },
    "persona.nothing_kept": {
        "respondents": PEOPLE,
        "settings": BY_DATA,
        "decisions": {"scope": {"cut": {"personas": ["gone"]}}},
    },
    "persona.indicator_missing persona.indicator_constant persona.indicator_identifier "
    "persona.indicator_scattered persona.indicator_text persona.indicator_few persona.indicator_unread": {
        "respondents": ODD,
        "settings": indicators(
            categorical=["plan", "nowhere", "same", "code", "town"],
            continuous=["age", "wealth", "score", "mostly"],
        ),
    },
    "persona.unassigned persona.narrow": {
        "respondents": HEAPED,
        "settings": indicators(categorical=["plan"], continuous=["months"]),
    },
    "persona.none_unstable persona.supported": {
        "respondents": PEOPLE,
        # Two kinds come out the same on nearly every sample, the three that BIC proposes less often.
        "settings": indicators(categorical=["plan", "pays_by"], continuous=["visits"])
        | {"thresholds": {"segment_stability": 0.97}},
    },
    "persona.none_one_best": {
        "respondents": PEOPLE.assign(coin=["a", "b"] * 120),
        "settings": indicators(categorical=["coin"]),
    },
    "persona.none_too_few": {"respondents": PEOPLE.head(40), "settings": BY_DATA},
    "persona.none_no_indicators": {
        "respondents": PEOPLE,
        "settings": indicators(categorical=["nowhere"]),
    },
    "persona.none_decided_one": {
        "respondents": PEOPLE,
        "settings": BY_DATA,
        "decisions": {"persona": {"classes": 1}},
    },
}
"""Clients who give rise to the findings that their names list."""
