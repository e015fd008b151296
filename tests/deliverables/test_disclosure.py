"""What a report shows is the same whether a group has three people or four: nobody can tell, in no deliverable.

Every deliverable is made of the bundles that the report's cells show, and of nothing else.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pytest

from cxmethod.engagement import Engagement
from cxmethod.language import LANGUAGES
from cxmethod.views.show import Shown

from .bundles import shown

FINGERPRINT = re.compile(r"\b[0-9a-f]{12,64}\b")
PICTURED = re.compile(r">([^<>]+)</text>")


def client_of(engagement: Any, few: int, language: str) -> Engagement:
    """Twenty customers; `few` of them are of one persona, as many rated a touchpoint, and as many people have a role."""
    plans = ["gold"] * 11 + ["basic"] * (9 - few) + ["plus"] * few
    people = [("Shop", 6), ("Van", few)]
    roles = [(f"{role}{n}", role, "desk", n % 5 + 1) for role, most in people for n in range(most)]
    return engagement(
        language=language,
        after={"desk": [1, -1, 0, 1, -2] * 4, "web": [1, 2, 0, 1][:few] + [None] * (6 - few)},
        internal={"desk": [1, 2], "web": [0, 0]},
        respondents=pd.DataFrame({"respondent": [f"c{n}" for n in range(1, 21)], "plan": plans}),
        settings={"persona": {"column": "plan"}},
        alignment=pd.DataFrame(roles, columns=["respondent", "role", "touchpoint", "performance"]),
    )


def text_of(one: Shown) -> str:
    """All that an exporter may read of it, as text, but for fingerprints of the inputs and the shapes of pictures."""
    data = {kind: value for kind, value in one.data.items() if not kind.startswith("image/")}
    pictured = PICTURED.findall(str(one.data.get("image/svg+xml", "")))
    return FINGERPRINT.sub(
        "#", json.dumps([data, dict(one.about), pictured], default=str, ensure_ascii=False)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_handed_over_tells_three_people_from_four(
    engagement: Any, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    three, four = (
        [text_of(one) for one in shown(client_of(engagement, few, language), monkeypatch)] for few in (3, 4)
    )
    assert len(three) > 60
    assert [(a, b) for a, b in zip(three, four, strict=True) if a != b] == []
