"""Penalty to the left, reward to the right, by class."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cxmethod import views
from cxmethod.steps import obtain
from cxmethod.views import style

from .conftest import catching
from .test_figures import texts

ROWS = [
    ("web", -1.2, -1.5, -0.9, 0.3, 0.1, 0.5, "basic"),
    ("desk", -0.5, -0.8, -0.2, 0.6, 0.3, 0.9, "performance"),
    ("bill", 0.1, -0.2, 0.4, 0.0, -0.3, 0.3, "neutral"),
    ("park", 0.4, 0.2, 0.6, 0.5, 0.3, 0.7, "inconsistent"),
]
COLUMNS = [
    "touchpoint", "penalty", "penalty_low", "penalty_high", "reward", "reward_low", "reward_high", "kind",
]  # fmt: skip


@pytest.fixture
def client(engagement):
    return engagement(
        after={key: [0, 1, -1, 2, 1, 0] for key, *_ in ROWS}, settings={"outcome": {"name": "NPS"}}
    )


def contrasts(rows: list[Any] = ROWS) -> Any:
    class Moments:
        penalty_reward = pd.DataFrame(rows, columns=COLUMNS).assign(persona="all")
        facts = {"complete": 120}  # noqa: RUF012

    return Moments


def chart(client: Any, rows: list[Any] = ROWS) -> Any:
    with catching() as caught:
        views.penalty_reward_chart(client, obtain(client, "04_touchpoints"), contrasts(rows))
    return caught[0]


def marks(drawn: Any, marker: str) -> dict[float, str]:
    lines = [line for line in drawn.figure.axes[0].get_lines() if line.get_marker() == marker]
    return {float(x): to_hex(line.get_markerfacecolor()) for line in lines for x in line.get_xdata()}


def test_every_penalty_and_reward_stands_where_it_is_hollow_where_the_interval_holds_0(client):
    drawn = chart(client)
    red, green = style.RED.lower(), style.GREEN.lower()
    assert marks(drawn, "v") == {-1.2: red, -0.5: red, 0.1: "#ffffff", 0.4: red}
    assert marks(drawn, "^") == {0.3: green, 0.6: green, 0.0: "#ffffff", 0.5: green}


def test_intervals_are_those_of_the_table(client):
    drawn = chart(client)
    ends = {
        (round(float(a[0]), 3), round(float(b[0]), 3))
        for lines in drawn.figure.axes[0].collections
        for a, b in lines.get_segments()
    }
    assert ends == {pair for row in ROWS for pair in (row[2:4], row[5:7])}


def test_touchpoints_stand_by_class_the_classes_as_headings(client):
    labels = [label.get_text() for label in chart(client).figure.axes[0].get_yticklabels()]
    assert labels == ["Web", "Desk", "Bill", "Park"]
    written = {text.get_text() for text in texts(chart(client).figure)}
    assert {"Basic: failing weighs more", "Neutral: nothing can be told"} <= written


@pytest.mark.parametrize(
    ("kinds", "title"),
    [
        (
            ("basic", "basic", "performance", "neutral"),
            "Failing weighs more than shining at 2 touchpoints: Web and Desk",
        ),
        (("neutral", "excitement", "neutral", "neutral"), "Shining weighs more than failing at Desk"),
        (("neutral", "performance", "neutral", "neutral"), "Failing and shining weigh much alike at Desk"),
        (
            ("neutral", "neutral", "inconsistent", "neutral"),
            "Nowhere can be told how much failing and shining weigh",
        ),
    ],
)
def test_the_title_says_the_message(client, kinds, title):
    rows = [(*row[:-1], kind) for row, kind in zip(ROWS, kinds, strict=True)]
    assert chart(client, rows).title == title


def test_the_text_alternative_says_each_touchpoint_in_order(client):
    alt = chart(client).alt
    assert "Web: felt badly −1.2 (−1.5 to −0.9), felt very well +0.3 (+0.1 to +0.5)" in alt
    assert alt.index("Web:") < alt.index("Desk:") < alt.index("Bill:") < alt.index("Park:")


def test_what_could_not_be_contrasted_is_counted(client):
    written = [text.get_text() for text in texts(chart(client, [*ROWS[:3], (*ROWS[3][:-1], None)]).figure)]
    assert any("one touchpoint without a contrast" in text for text in written)


def test_without_contrasts_a_sentence_says_so(client):
    shown = views.penalty_reward_chart(client, obtain(client, "04_touchpoints"), contrasts([]))
    assert (shown.kind, str(shown)) == (
        "text",
        "Failing and shining cannot be contrasted yet: that takes an outcome, such as how likely customers are to recommend, asked of "
        "the same customers who grade the touchpoints, and enough of them who felt badly or very well.",
    )
