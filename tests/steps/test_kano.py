"""Kano questionnaires by touchpoint and persona."""

from __future__ import annotations

import pandas as pd

from cxmethod.steps import moments, persona, touchpoints
from cxmethod.steps.kano import COLUMNS

from .reading import row

MUST, DELIGHT = "3,5", "1,3"


def ran(engagement, answers: list[str], **others) -> pd.DataFrame:
    rows = [f"c{n},desk,{pair}" for n, pair in enumerate(answers, 1)]
    client = engagement(
        after={"desk": [1, 1, 1, 1, 1]},
        kano="respondent,touchpoint,functional,dysfunctional\n" + "\n".join(rows),
        **others,
    )
    personas = persona.run(client)
    return moments.run(client, personas, touchpoints.run(client, personas)).kano


def test_the_category_is_what_most_answer(engagement):
    table = ran(engagement, [MUST] * 4 + [DELIGHT] * 2)
    desk = row(table, touchpoint="desk")
    assert list(table.columns) == COLUMNS
    assert tuple(desk[["persona", "category", "n", "M", "A"]]) == ("all", "M", 6, 4, 2)
    assert (desk["better"], desk["worse"]) == (2 / 6, -4 / 6)


def test_below_five_customers_nothing_but_their_number_is_shown(engagement):
    desk = row(ran(engagement, [MUST] * 4), touchpoint="desk")
    assert desk["n"] == 4
    assert desk.drop(["persona", "touchpoint", "n"]).isna().all()


def test_each_persona_stands_beside_everyone(engagement):
    people = "respondent,persona\n" + "\n".join(f"c{n},{'a' if n <= 6 else 'b'}" for n in range(1, 13))
    table = ran(
        engagement,
        [MUST] * 6 + [DELIGHT] * 6,
        respondents=people,
        personas="persona,name,evidence\na,A,assumed\nb,B,assumed",
    )
    assert table.set_index("persona")["category"].to_dict() == {"all": "M", "a": "M", "b": "A"}


def test_weights_of_the_respondents_count(engagement):
    people = "respondent,weight\n" + "\n".join(f"c{n},{1 if n <= 4 else 5}" for n in range(1, 7))
    assert (
        row(ran(engagement, [MUST] * 4 + [DELIGHT] * 2, respondents=people), touchpoint="desk")["category"]
        == "A"
    )


def test_without_a_questionnaire_the_table_is_empty(engagement):
    client = engagement(after={"desk": [1, 1, 1, 1, 1]})
    personas = persona.run(client)
    assert moments.run(client, personas, touchpoints.run(client, personas)).kano.empty


def test_a_persona_by_which_the_few_could_be_worked_out_shows_only_its_number(engagement):
    people = "respondent,persona\n" + "\n".join(f"c{n},{'a' if n <= 6 else 'b'}" for n in range(1, 10))
    table = ran(
        engagement,
        [MUST] * 6 + [DELIGHT] * 3,
        respondents=people,
        personas="persona,name,evidence\na,A,assumed\nb,B,assumed",
    )
    assert table.set_index("persona")["category"].notna().to_dict() == {"all": True, "a": False, "b": False}
    assert table.set_index("persona")["n"].to_dict() == {"all": 9, "a": 6, "b": 3}
