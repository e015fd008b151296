"""Weights as given, or from comparisons in pairs."""

from __future__ import annotations

import json

import pytest

from cxmethod.steps.criteria import weigh

CRITERIA = (
    "criterion,weight,direction\nexperience,1,benefit\neducation,1,benefit\ncharisma,1,benefit\nage,7,cost"
)
LEADER = {
    "experience": {"education": 4, "charisma": 3, "age": 7},
    "charisma": {"education": 3, "age": 5},
    "education": {"age": 3},
}


def weighed(engagement, pairwise, criteria=CRITERIA):
    return weigh(engagement(criteria=criteria, decisions={"opportunities": {"pairwise": pairwise}}))


def codes(found) -> list[str]:
    return [one.code for one in found.findings]


def test_complete_comparisons_win_over_the_table(engagement):
    found = weighed(engagement, LEADER)
    assert found.source == "pairwise"
    assert found.frame["weight"].round(3).tolist() == [0.548, 0.127, 0.270, 0.056]
    assert found.frame["direction"].tolist()[-1] == "cost"
    assert (round(found.consistency_ratio, 3), codes(found)) == (0.044, [])


def test_the_oracle_s_weights_and_ratio_are_found(engagement, shared):
    oracle = json.loads(shared("oracles/mcdm.json").read_text(encoding="utf-8"))["ahp_wikipedia_leader"]
    found = weighed(engagement, LEADER)
    assert found.frame["weight"].tolist() == pytest.approx(oracle["computed"]["weights_eigen"])
    assert found.consistency_ratio == pytest.approx(oracle["computed"]["CR_RI_saaty1980"])


def test_comparisons_that_contradict_each_other_name_the_worst_pair(engagement):
    found = weighed(engagement, {**LEADER, "education": {"age": 1 / 9}})
    assert found.consistency_ratio > 0.10
    (one,) = found.findings
    assert one.code.startswith("opportunity.inconsistent")
    assert {one.values["criterion"], one.values["other_criterion"]} == {"age", "education"}


def test_incomplete_comparisons_leave_the_table_s_weights_and_say_what_is_missing(engagement):
    found = weighed(engagement, {"experience": {"education": 4}})
    assert (found.source, codes(found)) == ("table", ["opportunity.pairwise_incomplete"])
    assert found.findings[0].values["n"] == 5
    assert found.frame["weight"].tolist() == [0.1, 0.1, 0.1, 0.7]


def test_a_pair_that_was_answered_both_ways_must_agree(engagement):
    found = weighed(engagement, {**LEADER, "age": {"experience": 2}})
    assert codes(found) == ["opportunity.pairwise_two_ways"]


def test_without_a_table_the_compared_criteria_count(engagement):
    found = weighed(engagement, {"impacto_en_el_cliente": {"costo": 3}}, criteria=None)
    assert found.frame["criterion"].tolist() == ["customer_impact", "cost"]
    assert found.frame["weight"].tolist() == pytest.approx([0.75, 0.25])
    assert found.frame["direction"].tolist() == ["benefit", "cost"]


def test_spanish_names_of_the_method_s_own_criteria_are_understood(engagement):
    found = weigh(engagement(criteria="criterion,weight,direction\nCosto,1,cost\nfacilidad,3,benefit"))
    assert found.frame["criterion"].tolist() == ["cost", "ease"]


def test_nothing_declared_is_impact_and_ease_alike(engagement):
    found = weigh(engagement())
    assert (found.source, codes(found)) == ("default", ["opportunity.default_criteria"])
