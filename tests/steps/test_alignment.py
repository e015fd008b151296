"""Whether those who make the journey see it the same way, and as customers do; nobody can be picked out."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.engagement import Thresholds
from cxmethod.steps.alignment import alignment, customers_view
from cxmethod.steps.alignment_findings import alignment_findings
from cxmethod.steps.moments import MomentResult

from .reading import by, row

KEYS = ["a", "b", "c", "d", "e", "f"]
NAMES = pd.Series([key.upper() for key in KEYS], KEYS)
JOURNEY = pd.DataFrame({"touchpoint": KEYS})
CUSTOMERS = pd.DataFrame(
    {"touchpoint": KEYS, "performance": [6.0, 5, 4, 3, 2, 1], "importance": [1.0, 2, 3, 4, 5, 6]}
)


def people(grades: dict[str, list[list[int]]], measure: str = "performance") -> pd.DataFrame:
    """Role → for each of its people a grade of each touchpoint."""
    rows = [
        (f"{role}{n}", role, key, grade)
        for role, own in grades.items()
        for n, line in enumerate(own)
        for key, grade in zip(KEYS, line, strict=False)
    ]
    return pd.DataFrame(rows, columns=["respondent", "role", "touchpoint", measure])


def said(scores: dict[str, list[int]]) -> pd.DataFrame:
    rows = [
        (f"{role}{n}", role, "I know it", score)
        for role, own in scores.items()
        for n, score in enumerate(own)
    ]
    return pd.DataFrame(rows, columns=["respondent", "role", "item", "score"])


def aligned(engagement, table: pd.DataFrame, customers: pd.DataFrame = CUSTOMERS, **settings):
    return alignment(engagement(alignment=table, settings=settings), JOURNEY, customers)


def told(own) -> dict[str, object]:
    return {each.code: each.values for each in alignment_findings(own, NAMES, Thresholds())}


DOWN, UP = [[5, 5, 4, 3, 2, 1]] * 4 + [[5, 4, 4, 3, 2, 2]], [[1, 2, 3, 4, 5, 5]] * 4 + [[1, 1, 3, 4, 4, 5]]


def test_grades_are_told_by_role_with_interval_and_agreement_within(engagement):
    own = aligned(engagement, people({"Nurses": [[5], [4], [4], [4], [3]]}))
    grade = row(own.grades, role="Nurses", touchpoint="a", measure="performance")
    assert (grade["n"], grade["mean"], grade["sd"]) == (5, 4, pytest.approx(0.7071, abs=1e-4))
    assert grade["r_wg"] == pytest.approx(1 - 0.5 / 2)
    assert grade["low"] == pytest.approx(4 - 2.7764 * 0.7071 / 5**0.5, abs=1e-3)


def test_of_a_role_of_four_nothing_is_shown_but_that_it_was_asked(engagement):
    own = aligned(engagement, people({"Nurses": DOWN, "Board": UP[:4]}))
    assert by(own.roles, "role", "shown") == {"Board": False, "Nurses": True}
    assert {*own.grades["role"], *own.agreement["role"]} == {"Nurses"}
    assert own.between.empty
    assert told(own)["strategy.roles_hidden"] == {"roles": ["Board"], "needed": 5}


def test_statements_of_four_are_not_shown_either(engagement):
    own = aligned(engagement, said({"Nurses": [1, 2, 1, 2, 1], "Board": [1, 1, 1, 1]}))
    assert set(own.items["role"]) == {"Nurses"}


def test_what_a_hidden_role_says_cannot_be_worked_out_from_between(engagement):
    """Totals rest on the roles that are shown: with and without the hidden one they are the same."""
    both = {"Nurses": DOWN, "Doctors": UP}
    with_hidden = aligned(engagement, people(both | {"Board": [[3] * 6] * 4}))
    pd.testing.assert_frame_equal(with_hidden.between, aligned(engagement, people(both)).between)


def test_the_limit_is_the_settings(engagement):
    own = aligned(engagement, people({"Board": UP[:3]}), thresholds={"suppress_below": 3})
    assert set(own.grades["role"]) == {"Board"}


def test_who_answers_twice_counts_once(engagement):
    table = people({"Nurses": [[5], [4], [4], [4], [3]]})
    own = aligned(engagement, pd.concat([table, table]))
    assert set(own.grades["n"]) == {5}


def test_one_opinion_has_no_interval(engagement):
    grade = aligned(engagement, people({"Nurses": [[4]] * 5})).grades.iloc[0]
    assert (grade["r_wg"], grade["sd"]) == (1, 0)
    assert grade[["low", "high"]].isna().all()


def test_a_role_is_held_against_customers_in_its_order(engagement):
    agreement = aligned(engagement, people({"Nurses": DOWN, "Board": UP})).agreement
    rho = by(agreement, "role", "rho")
    assert rho["Nurses"] == pytest.approx(1, abs=0.02)
    assert rho["Board"] == pytest.approx(-1, abs=0.02)
    assert set(agreement["n"]) == {6}
    assert by(agreement, "role", "people") == {"Nurses": 5, "Board": 5}


def test_the_role_furthest_from_customers_is_named_and_told_apart(engagement):
    nurses = [[5, 5, 4, 3, 2, 2]] * 4 + [[5, 5, 5, 2, 3, 1]]
    board = [[1, 3, 2, 4, 5, 5]] * 4 + [[2, 1, 3, 3, 4, 5]]
    values = told(aligned(engagement, people({"Nurses": nurses, "Board": board})))
    named = values.get("strategy.role_apart_performance") or values["strategy.role_least_performance"]
    assert (named["role"], named["closest"]) == ("Board", "Nurses")


def test_four_touchpoints_are_no_order(engagement):
    assert aligned(engagement, people({"Nurses": [line[:4] for line in DOWN]})).agreement.empty


def test_without_customers_roles_are_still_held_against_each_other(engagement):
    own = aligned(
        engagement, people({"Nurses": DOWN, "Board": UP}), CUSTOMERS.assign(performance=float("nan"))
    )
    assert own.agreement.empty
    assert len(own.between) == 6


def test_the_touchpoint_that_divides_most_is_named_with_both_roles(engagement):
    values = told(aligned(engagement, people({"Nurses": DOWN, "Board": UP})))
    divided = values["strategy.roles_disagree_performance"]
    assert divided["touchpoint"] in ("A", "E", "F")
    assert {divided["highest"], divided["lowest"]} == {"Nurses", "Board"}
    assert divided["upper"] > divided["lower"] + 3


def test_roles_that_differ_no_more_than_chance_are_alike(engagement):
    alike = [
        [4, 3, 4, 3, 2, 2],
        [5, 4, 3, 2, 3, 1],
        [4, 4, 4, 3, 2, 2],
        [5, 3, 3, 2, 1, 1],
        [4, 4, 5, 4, 2, 2],
    ]
    values = told(aligned(engagement, people({"Nurses": alike, "Doctors": alike})))
    assert values["strategy.roles_alike_performance"] == {"n": 6}


def test_one_role_parts_from_nobody(engagement):
    own = aligned(engagement, people({"Nurses": DOWN}))
    assert own.between.empty
    assert not [code for code in told(own) if "roles_" in code or "role_" in code]


@pytest.mark.parametrize(
    ("scores", "code"),
    [
        ([2, 2, 1, 2, 1], "item_low"),
        ([1, 5, 1, 5, 1], "item_leaning"),
        ([1, 1, 1, 1, 1], "item_low"),
        ([3, 3, 4, 3, 4], ""),
    ],
)
def test_a_statement_is_denied_only_beyond_its_interval(engagement, scores, code):
    codes = {each for each in told(aligned(engagement, said({"Nurses": scores}))) if "item" in each}
    assert codes == ({f"strategy.{code}"} if code else set())


# --- what the roles are held against


def moments(**facts: object) -> MomentResult:
    table = pd.DataFrame(
        {
            "persona": "all", "touchpoint": ["a", "b"], "n": [9, 9], "mean": [1.0, -1.0], "relative_share": [0.9, 0.1],
            "stated_importance": [2.0, 5.0],
        }
    )  # fmt: skip
    return MomentResult(drivers=pd.DataFrame(), moments=table, facts=facts)


def test_customers_weigh_by_their_outcome_where_a_model_tells_weights_apart():
    assert customers_view(moments())["importance"].tolist() == [0.9, 0.1]


def test_customers_weigh_by_what_they_state_where_weights_are_alike():
    view = customers_view(moments(equal_weight=True))
    assert view["importance"].tolist() == [2, 5]
    assert set(view["basis"]) == {"stated"}
