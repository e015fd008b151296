"""Why each touchpoint gets its strategy, in one sentence that names the numbers that decided."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod import views
from cxmethod.language import LANGUAGES, Words
from cxmethod.steps import obtain
from cxmethod.steps.strategies import every_case
from cxmethod.views.strategy_words import owner, reason

from .conftest import catching

KNOWN = {
    "kind": "red", "status": "confirmed", "factor": "basic", "expectation_gap": -1.08, "gap_low": -1.2, "gap_high": -0.96,
    "gap_n": 448, "fit": "breaks", "theme_fit": -2.0, "cues": 1, "reason": "red_basic", "strategy": "repair", "owner": "Ana",
}  # fmt: skip


def test_the_sentence_names_kind_factor_gap_with_interval_and_fit():
    said = reason(KNOWN, Words("en"))
    assert said.startswith("Red point (confirmed); basic factor; ")
    assert "−1.1 [−1.2; −1.0], n = 448" in said
    assert "(−2.0)" in said
    assert said.endswith("no further.")


def test_numbers_take_the_form_of_the_language():
    assert "−1,1 [−1,2; −1,0], n = 448" in reason(KNOWN, Words("es"))


def test_what_is_not_known_is_not_said():
    bare = KNOWN | dict.fromkeys(("status", "factor", "expectation_gap", "fit"), pd.NA) | {"reason": "red"}
    assert reason(bare, Words("en")) == "Red point: it decides and it hurts, so it comes first."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_of_the_decision_table_is_one_sentence(language):
    words = Words(language)
    cases = every_case().assign(
        status="suspected", expectation_gap=0.1, gap_low=0.0, gap_high=0.2, gap_n=40, theme_fit=1.0, cues=2
    )
    codes = ["factor", "fit"]
    cases[codes] = cases[codes].mask(cases[codes] == "unknown")
    said = {reason(row, words) for row in cases.to_dict("records")}
    assert all(text.endswith(".") and text.count(". ") == 0 and text[0].isupper() for text in said)


@pytest.mark.parametrize(
    ("strategy", "said"), [("repair", "no owner"), ("protect", "no owner"), ("watch", "—")]
)
def test_a_missing_owner_is_said_where_something_is_to_be_done(strategy, said):
    assert owner(KNOWN | {"owner": pd.NA, "strategy": strategy}, Words("en")) == said


def test_what_is_to_be_repaired_stands_first_in_the_table(spoken):
    client, results = spoken("demo", "es")
    values = views.strategy_table(client, results["08_strategy"]).data["application/vnd.dataresource+json"]
    chosen = [row["strategy"] for row in values["data"]]
    assert chosen[:3] == ["repair"] * 3
    assert chosen[-1] == "watch"


def test_the_map_says_every_touchpoint_with_its_strategy_and_reason(drawn, spoken):
    own = spoken("demo", "es")[1]["08_strategy"].touchpoints
    alt = drawn("demo", "strategy_map", "es").alt
    assert [name for name in own["name"] if f"{name}: " not in alt] == []


def test_pictures_that_no_native_chart_tells_carry_no_data_of_one(spoken):
    client, results = spoken("demo", "en")
    for draw in (views.strategy_map, views.alignment_slopes):
        assert "application/vnd.cxmethod.chart+json" not in draw(client, results["08_strategy"]).data


def test_a_small_role_is_neither_drawn_nor_told(engagement):
    """Four people on the board, six nurses: what the board says is nowhere to be read."""
    keys = [f"k{n}" for n in range(6)]
    rows = [
        f"{role}{person},{role},{key},{(n + person) % 5 + 1}"
        for role, people in (("Nurses", 6), ("Board", 4))
        for person in range(people)
        for n, key in enumerate(keys)
    ]
    client = engagement(
        after={key: [n % 5 - 2, 0, 1, n % 3, -1, 1] for n, key in enumerate(keys)},
        alignment="respondent,role,touchpoint,performance\n" + "\n".join(rows),
    )
    result = obtain(client, "08_strategy")
    with catching() as caught:
        views.alignment_slopes(client, result)
    assert "Board" not in caught[0].alt
    told = [
        name for name, table in result.tables().items() if "role" in table and "Board" in set(table["role"])
    ]
    assert told == ["roles"]


@pytest.mark.parametrize("draw", [views.alignment_slopes, views.theme_fit_map])
def test_where_nobody_was_asked_a_sentence_stands_for_the_picture(engagement, draw):
    client = engagement(after={"desk": [1, -1, 0, 1, -2]})
    assert draw(client, obtain(client, "08_strategy")).kind == "text"
