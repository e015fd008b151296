"""Clients who send little, much, or odd things; each as the arguments of the `engagement` fixture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

FORTY = "A touchpoint whose name has {} letters".format("f" * 6 + "orty")
assert len(FORTY) >= 40
POINTS = "touchpoint,name,phase,order\n"


def crowded() -> dict[str, Any]:
    """Twenty touchpoints with names of forty letters, rated by three sources, with every other table beside."""
    rng = np.random.default_rng(1)
    keys = [f"t{number:02d}" for number in range(20)]
    names = [f"{number} {FORTY}"[:40] for number in range(20)]
    feel = {key: rng.integers(-2, 2 + (n % 3 == 0), 220) for n, key in enumerate(keys)}
    answers = {key: list(emotions) for key, emotions in feel.items()}
    outcome = sum(feel[key] for key in keys[:6]) + rng.normal(size=220)
    phases = [f"p{number}" for number in range(6)]
    stops = [(journey, place) for journey in range(40) for place in range(15)]
    log = pd.DataFrame(stops, columns=["journey", "place"])
    way = [keys[min(place + journey % 2 * (place > 3), 19)] for journey, place in stops]
    roles = [f"A role with a rather long name {letter}" for letter in "abcdef"]
    pairs = pd.MultiIndex.from_product([roles, keys], names=["role", "touchpoint"]).to_frame(index=False)
    return {
        "after": answers,
        "before": answers,
        "internal": {key: emotions[:4] for key, emotions in answers.items()},
        "outcome": list(np.round(outcome, 2)),
        "settings": {"thresholds": {"resamples": 100}, "date": "2026-09-30"},
        "phases": pd.DataFrame(
            {
                "phase": phases,
                "name": [f"A phase that customers call by many words {n}" for n in range(6)],
                "order": range(6),
                "question": "interact",
                "stage": "during",
            }
        ),
        "touchpoints": pd.DataFrame(
            {"touchpoint": keys, "name": names, "phase": np.repeat(phases, 4)[:20], "order": range(20)}
        ),
        "events": log.assign(
            touchpoint=way,
            timestamp=[f"2026-01-{1 + j % 28:02d}T{p:02d}:00:00" for j, p in stops],
        ).drop(columns="place"),
        "journeys": pd.DataFrame(
            {"journey": range(40), "outcome": ["success" if n % 2 else "failure" for n in range(40)]}
        ),
        "waves": pd.DataFrame(
            [(f"2026-{w:02d}", key, 100, 30 + 40 * (w == 9)) for key in keys for w in range(1, 10)],
            columns=["wave", "touchpoint", "n", "negative"],
        ),
        "alignment": pairs.assign(respondent=pairs["role"], importance=4, performance=rng.integers(1, 6, 120)),
    }


INTERVIEWS = "respondent,touchpoint,source,emotion,importance\n" + "\n".join(
    f"c{n},{key},after,{emotion},{5 - place}"
    for place, (key, emotion) in enumerate({"desk": -1, "web": 1}.items())
    for n in range(6)
)
TWO = POINTS + "desk,Desk,visit,1\nweb,Web,visit,2"
LOG = "journey,touchpoint,timestamp\n1,desk,2026-01-01\n1,web,2026-01-02\n2,web,2026-01-01"
BEFORE_AND_AFTER = {"desk": [1, -1, 0, 1, -2], "web": [1, 2, 1, 0, 1]}

CLIENTS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no ratings": {"touchpoints": TWO},
    "no touchpoints": {"after": BEFORE_AND_AFTER, "touchpoints": None, "phases": None},
    "one touchpoint": {"after": {"desk": [1, -1, 0, 1, -2]}},
    "one answer": {"after": {"desk": [1]}, "internal": {"desk": [2]}},
    "unknown answers": {"after": {"desk": [None] * 6}},
    "all alike": {"after": {"desk": [0] * 40, "web": [1] * 40}, "outcome": [7.0] * 40},
    "expectations alone": {"before": BEFORE_AND_AFTER},
    "internal views alone": {"internal": {"desk": [1, -1], "web": [2, 0]}},
    "no outcome": {"ratings": INTERVIEWS, "touchpoints": TWO},
    "no journeys that ended": {"touchpoints": TWO, "events": LOG, "journeys": "journey,outcome\n1,open\n2,open"},
    "success alone": {"touchpoints": TWO, "events": LOG, "journeys": "journey,outcome\n1,success\n2,success"},
    "off the map": {
        "touchpoints": POINTS + "bill,Bill,visit,1",
        "events": LOG,
        "journeys": "journey,outcome\n1,success\n2,failure",
    },
    "one wave": {"touchpoints": TWO, "waves": "wave,touchpoint,n,negative\nw1,desk,50,10"},
    "a wave of nobody": {"touchpoints": TWO, "waves": "wave,touchpoint,n,negative\nw1,desk,0,0\nw2,desk,0,0"},
    "two of a name": {
        "after": BEFORE_AND_AFTER,
        "touchpoints": POINTS + "desk,Call,visit,1\nweb,Call,visit,2",
        "alignment": "respondent,role,touchpoint,performance\na,Desk,desk,1\nb,Web,desk,5\na,Desk,web,1\nb,Web,web,4",
    },
    "importance without performance": {
        "touchpoints": TWO,
        "alignment": "respondent,role,touchpoint,importance\na,Desk,desk,1",
    },
    "crowded": crowded(),
}
