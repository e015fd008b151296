"""Clients whose journeys put the figures and findings of routes to the test."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

PHASES = "phase,name,order,question,stage\n" + "\n".join(
    f"{key},{name},{order},{question},during"
    for order, (key, name, question) in enumerate(
        [
            ("look", "I look around", "discover"),
            ("choose", "I choose", "evaluate"),
            ("use", "I use it", "interact"),
        ]
    )
)
POINTS = "touchpoint,name,phase,order\n" + "\n".join(
    f"{key},{name},{phase},{order}"
    for order, (key, name, phase) in enumerate(
        [
            ("a", "Advert", "look"),
            ("b", "Quote", "choose"),
            ("c", "Call", "choose"),
            ("d", "Visit", "use"),
            ("z", "Bill", "use"),
        ]
    )
)
MAP = {"phases": PHASES, "touchpoints": POINTS}


def journeys(*groups: tuple[int, str, str], timed: bool = True) -> dict[str, str]:
    """The tables of journeys: ``(6, "success", "ab")`` is six successful ones from a to b; a capital is a failed step."""
    whole = [(outcome, route) for count, outcome, route in groups for _ in range(count)]
    events = [
        f"{n},{step.lower()},{f'2026-01-01T10:{minute:02d}:00' if timed else ''},{step.isupper()}"
        for n, (_, route) in enumerate(whole)
        for minute, step in enumerate(route)
    ]
    ended = [f"{n},{outcome}" for n, (outcome, _) in enumerate(whole) if outcome]
    return {
        "events": "\n".join(["journey,touchpoint,timestamp,failed", *events]),
        "journeys": "\n".join(["journey,outcome", *ended]),
    }


def by_four(tables: dict[str, str]) -> dict[str, str]:
    """Those journeys, four of them made by each customer."""
    heading, *events = tables["events"].splitlines()
    whose = [f"{line},c{int(line.split(',')[0]) // 4}" for line in events]
    return tables | {"events": "\n".join([f"{heading},respondent", *whose])}


def one_long_phase() -> dict[str, Any]:
    """Fourteen touchpoints in one phase, each joined to the next and to the one before."""
    keys = "abcdefghijklmn"
    points = [f"{key},Touchpoint {key},look,{order}" for order, key in enumerate(keys)]
    back = "".join(f"{one}{other}{one}" for one, other in pairwise(keys))
    return {
        "phases": PHASES,
        "touchpoints": "\n".join(["touchpoint,name,phase,order", *points]),
        **journeys((9, "success", keys), (9, "failure", back)),
    }


PICTURED: dict[str, dict[str, Any]] = {
    "interviews told": MAP
    | journeys((6, "success", "abd"), (3, "success", "acd"), (5, "failure", "acc"), timed=False),
    "loops": MAP
    | journeys(
        (30, "success", "abcbcd"), (8, "success", "abd"), (30, "failure", "acbcba"), (9, "failure", "aa")
    ),
    "one long phase": one_long_phase(),
}
"""Clients whose pictures are hard to draw."""

ROUTES: dict[str, dict[str, Any]] = {
    "route.parting_success route.parting_failure route.way_out route.follows_plan route.unseen": MAP
    | journeys((36, "success", "ab"), (4, "success", "ac"), (4, "failure", "ab"), (36, "failure", "ac")),
    "route.parting_again_failure route.goes_wrong": MAP
    | journeys(
        (36, "success", "abd"),
        (4, "success", "aabd"),
        (36, "failure", "aab"),
        (4, "failure", "aB"),
        (5, "failure", "B"),
    ),
    "route.parting_again_success route.returns": MAP
    | journeys((36, "success", "aabd"), (4, "success", "abd"), (40, "failure", "abcb")),
    "route.few_success route.few_failure route.open route.no_outcome route.no_events route.untimed": MAP
    | journeys(
        (2, "success", "ab"),
        (1, "failure", "ac"),
        (1, "open", "a"),
        (1, "", "b"),
        (1, "success", ""),
        timed=False,
    ),
    "route.few_customers_success route.few_customers_failure": MAP
    | by_four(journeys((12, "success", "abd"), (16, "failure", "ac"))),
    "route.indicative": MAP | journeys((6, "success", "ab"), (6, "failure", "ac")),
}
"""Clients who give rise to the findings that their names list."""
