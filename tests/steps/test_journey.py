"""Whose ratings they are, and for how much they count."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps import persona, touchpoints
from cxmethod.steps.journey import customer_personas, for_all_and_each, ratings_with_persona

from .kinds_of_people import BY_DATA, told_apart
from .reading import row


def membership(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["respondent", "persona", "probability"])


TWO = membership(("c1", "gold", 0.6), ("c1", "basic", 0.4), ("c2", "gold", 1.0))


def test_everybody_counts_for_the_likeliest_persona_by_its_probability(engagement):
    client = engagement(after={"web": [2, -1]})
    ratings = ratings_with_persona(client, TWO)
    own = for_all_and_each(ratings)
    gold = own[own["persona"] == "gold"].set_index("respondent")["weight"]
    assert gold.to_dict() == {"c1": 0.6, "c2": 1.0}


def test_among_all_everybody_counts_whole(engagement):
    own = for_all_and_each(ratings_with_persona(engagement(after={"web": [2, -1]}), TWO))
    assert own[own["persona"] == "all"]["weight"].tolist() == [1.0, 1.0]


def test_probability_multiplies_the_weight_that_was_given(engagement):
    client = engagement(after={"web": [2, -1]}, respondents="respondent,weight\nc1,3\nc2,1")
    own = for_all_and_each(ratings_with_persona(client, TWO))
    assert row(own, persona="gold", respondent="c1")["weight"] == pytest.approx(1.8)


def test_who_has_a_persona_without_probability_counts_whole(engagement):
    client = engagement(after={"web": [1]}, respondents="respondent,persona\nc1,gold")
    own = for_all_and_each(ratings_with_persona(client, membership()))
    assert row(own, persona="gold")["weight"] == 1.0


def test_rows_without_weight_are_only_repeated():
    own = for_all_and_each(pd.DataFrame({"persona": ["gold", None], "text": ["a", "b"]}))
    assert own["persona"].tolist() == ["all", "all", "gold"]


def test_doubtful_members_make_the_effective_number_fall(engagement):
    client = engagement(after={"web": [2, -1, 0, 1, 1, 0] * 6})
    everybody = [f"c{n}" for n in range(1, 37)]
    sure = membership(*((who, "gold", 1.0) for who in everybody))
    unsure = membership(*((who, "gold", 0.55 if n % 2 else 1.0) for n, who in enumerate(everybody)))
    width = {}
    for name, members in {"sure": sure, "unsure": unsure}.items():
        personas = persona.PersonaResult(personas=GOLD, cards=GOLD, membership=members)
        result = touchpoints.run(client, personas)
        own = row(result.emotions, persona="gold")
        width[name] = own["high"] - own["low"]
        assert own["n"] == 36
    assert width["unsure"] > width["sure"] * 1.02


GOLD = pd.DataFrame({"persona": ["gold"], "name": ["Gold"]})


def test_where_everybody_is_one_persona_nobody_has_one_of_their_own(engagement):
    client = engagement(**told_apart(decisions={"persona": {"classes": 1}}))
    assert customer_personas(client, persona.run(client).membership).empty


def test_personas_found_in_data_are_nobodys_but_their_members(engagement):
    client = engagement(respondents="respondent,persona,plan\nc1,typed,a\nc2,typed,b", settings=BY_DATA)
    assert customer_personas(client, membership(("c1", "found", 0.9))).to_dict() == {"c1": "found"}


def test_the_curve_exists_for_each_persona_that_was_found(engagement):
    answers = {"web": [1, 0, -1, 2] * 60}
    client = engagement(after=answers, **told_apart())
    personas = persona.run(client)
    emotions = touchpoints.run(client, personas).emotions
    assert set(emotions["persona"]) == {"all", *personas.personas["persona"]}
    assert emotions[emotions["persona"] != "all"]["n"].sum() == 240
