"""Clients who give rise to the findings of step 8 that their names list; each as the arguments of the `engagement` fixture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

PLACES = [f"place {number:02d}" for number in range(12)]
THEME = {"theme": {"name": "Calm", "attributes": ["Clarity", "Punctuality", "Warmth"]}}


def heard() -> pd.DataFrame:
    """Six customers who feel worse and find it less important from one touchpoint to the next."""
    asked = pd.MultiIndex.from_product([range(6), range(12)], names=["respondent", "place"]).to_frame(
        index=False
    )
    worse = (2 - (asked["place"] * 6 + asked["respondent"]) / 18).round()
    less = (5 - (asked["place"] * 6 + asked["respondent"]) / 18).round()
    named = asked["place"].map(dict(enumerate(PLACES)))
    return asked.assign(touchpoint=named, source="after", emotion=worse, importance=less)


def asked(orders: dict[str, Any], spread: float) -> pd.DataFrame:
    """Six people a role: role → the grade that each of the twelve touchpoints gets, but for chance."""
    rng = np.random.default_rng(8)
    rows = [
        {
            "respondent": f"{role} {person}",
            "role": role,
            "touchpoint": key,
            "importance": grade,
            "performance": grade,
        }
        for role, order in orders.items()
        for person in range(6)
        for key, grade in zip(
            PLACES, np.clip(np.rint(order + spread * rng.normal(size=12)), 1, 5).astype(int), strict=True
        )
    ]
    return pd.DataFrame(rows)


def statements(scores: dict[str, list[int]]) -> str:
    rows = [
        f"{role} {n},{role},I know it,{score}" for role, own in scores.items() for n, score in enumerate(own)
    ]
    return "respondent,role,item,score\n" + "\n".join(rows)


DOWN, UP = np.linspace(5, 1, 12), np.linspace(1, 5, 12)
MIDDLING = np.linspace(3.6, 2.4, 12)

STRATEGY: dict[str, dict[str, Any]] = {
    "strategy.attribute_unmatched strategy.attribute_nowhere strategy.attribute_broken strategy.moment_no_cue "
    "strategy.roles_hidden strategy.item_low strategy.item_leaning strategy.contradiction": {
        "ratings": heard(),
        "theme_cues": "touchpoint,cue,fit,attribute\nplace 00,A smile,2,clarity\nplace 01,A clock,-1,Punctuality\n"
        "place 01,A ramp,1,Access\nplace 11,A queue,-2,Punctuality",
        "alignment": statements({"Nurses": [1, 2, 1, 2, 1], "Doctors": [1, 5, 1, 5, 1], "Board": [5, 5]}),
        "settings": THEME,
    },
    "strategy.attribute_unnamed strategy.role_apart_performance strategy.role_apart_importance "
    "strategy.roles_disagree_performance strategy.roles_disagree_importance": {
        "ratings": heard(),
        "theme_cues": "touchpoint,cue,fit\nplace 00,A smile,2\nplace 00,A frown,0",
        "alignment": asked({"Nurses": DOWN, "Board": UP, "Office": MIDDLING}, 0.4),
        "settings": THEME,
    },
    "strategy.role_least_performance strategy.role_least_importance strategy.roles_alike_performance "
    "strategy.roles_alike_importance": {
        "ratings": heard(),
        "alignment": asked({"Nurses": MIDDLING, "Doctors": MIDDLING}, 0.9),
    },
}

ODD_STRATEGY: dict[str, dict[str, Any]] = {
    "one role of one person": {
        "ratings": heard(),
        "alignment": asked({"Board": UP}, 0.1).drop_duplicates("touchpoint"),
    },
    "one role": {"ratings": heard(), "alignment": asked({"Nurses": UP}, 0.3)},
    "a theme of nine attributes": {
        "ratings": heard(),
        "theme_cues": "touchpoint,cue,fit,attribute\n"
        + "\n".join(
            f"place {n:02d},A sign,{n % 3 - 1},Attribute with a long name {n % 9}" for n in range(12)
        ),
        "settings": {
            "theme": {"name": "Calm", "attributes": [f"Attribute with a long name {n}" for n in range(9)]}
        },
    },
}
