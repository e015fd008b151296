"""Step 7: what answers what, and in what order."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps import opportunities
from cxmethod.steps.impact import point_impact
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.opportunities import OpportunityResult

from .reading import by, finding, found, row

POINTS = "touchpoint,name,phase,order\ndesk,Desk,p,1\nroom,Room,p,2\nbill,Bill,p,3"
MOMENTS = pd.DataFrame(
    {
        "persona": "all",
        "touchpoint": ["desk", "room", "bill"],
        "kind": ["red", "red", "maintain"],
        "status": ["confirmed", "suspected", None],
        "relative_share": [0.5, 0.3, 0.2],
        "negative_share": [0.6, 0.4, 0.1],
        "stated_importance": [5.0, 3.0, 2.0],
    }
)
STATEMENTS = pd.DataFrame(
    {
        "motivation": ["m1", "m2", "m3"],
        "text": ["Will it hurt?", "Which form?", "Be home by noon"],
        "answered": pd.array([False, True, pd.NA], dtype="boolean"),
    }
)
HEAD = "initiative,name,touchpoints,motivations,owner,cost,person_days,months,requires,indicator,target\n"
THREE = HEAD + "\n".join(
    [
        "host,A host,desk;room,,Ana,10,5,1,,Calm,80 %",
        "sign,A sign,room,,Luis,20,2,2,,Lost,5 %",
        "paint,Paint,bill,,Luis,60,9,6,,Liked,4",
    ]
)


def ran(engagement, initiatives=THREE, moments=MOMENTS, statements=STATEMENTS, **others) -> OpportunityResult:
    tables = {"touchpoints": POINTS, "initiatives": initiatives, **others}
    return opportunities.run(
        engagement(**tables),
        MotivationsResult(themes=pd.DataFrame(), statements=statements, disconfirmation=pd.DataFrame()),
        MomentResult(drivers=pd.DataFrame(), moments=moments),
    )


def of(result: OpportunityResult, column: str) -> dict:
    return by(result.initiatives, "initiative", column)


# --- opportunities


def test_every_red_point_and_every_unanswered_worry_is_an_opportunity(engagement):
    table = ran(engagement).opportunities
    assert by(table, "opportunity", "kind") == {"desk": "red", "room": "red", "m1": "worry"}
    assert by(table, "opportunity", "name") == {"desk": "Desk", "room": "Room", "m1": "Will it hurt?"}
    assert by(table, "opportunity", "status") == {"desk": "confirmed", "room": "suspected", "m1": None}


def test_an_opportunity_lists_the_initiatives_that_answer_it(engagement):
    worried = THREE + "\ntalk,Talk first,room,m1,Ana,5,1,1,,Fear,2"
    assert by(
        ran(engagement, worried, motivations=MOTIVATIONS).opportunities, "opportunity", "initiatives"
    ) == {
        "desk": "host",
        "room": "host;sign;talk",
        "m1": "talk",
    }


MOTIVATIONS = "motivation,kind,text,evidence\nm1,worry,Will it hurt?,observed"


def test_a_red_point_that_nothing_answers_is_a_finding(engagement):
    result = ran(engagement, HEAD + "sign,A sign,room,,Luis,20,2,2,,Lost,5 %")
    assert {item for code, item in found(result) if code == "opportunity.red_unanswered"} == {"desk"}


def test_an_initiative_that_answers_nothing_is_an_orphan(engagement):
    result = ran(engagement, THREE + "\ncafe,A café,,,Ana,90,9,9,,Coffee,1")
    assert {item for code, item in found(result) if code == "opportunity.orphan"} == {"cafe"}


def test_an_initiative_without_owner_indicator_or_target_is_a_finding(engagement):
    bare = (
        HEAD
        + "a,No owner,desk,,,1,1,1,,I,T\nb,No target,room,,Ana,1,1,1,,I,\nc,No indicator,desk,,Ana,1,1,1,,,T"
    )
    codes = found(ran(engagement, bare))
    assert {("opportunity.no_owner", "a"), ("opportunity.no_indicator", "b")} <= codes
    assert {item for code, item in codes if code == "opportunity.no_indicator"} == {"b", "c"}


# --- customer impact


def test_impact_is_weight_times_how_many_feel_badly_summed_over_what_is_answered(engagement):
    assert of(ran(engagement), "customer_impact") == pytest.approx(
        {"host": 0.5 * 0.6 + 0.3 * 0.4, "sign": 0.3 * 0.4, "paint": 0.2 * 0.1}
    )


def test_without_a_model_the_weight_is_stated_importance_over_its_sum(engagement):
    stated = MOMENTS.assign(relative_share=float("nan"))
    assert of(ran(engagement, moments=stated), "customer_impact") == pytest.approx(
        {"host": 0.5 * 0.6 + 0.3 * 0.4, "sign": 0.3 * 0.4, "paint": 0.2 * 0.1}
    )


def test_a_point_where_feeling_better_goes_with_a_worse_outcome_promises_nothing():
    points = MOMENTS.assign(association=[-0.2, 0.3, 0.1])
    assert point_impact(points).round(6).to_dict() == {"desk": 0, "room": 0.12, "bill": 0.02}


def test_an_orphan_has_no_impact_rather_than_an_unknown_one(engagement):
    result = ran(engagement, THREE + "\ncafe,A café,,,Ana,90,9,9,,Coffee,1")
    assert of(result, "customer_impact")["cafe"] == 0


def test_where_nothing_is_known_of_the_points_impact_is_unknown(engagement):
    unknown = MOMENTS.assign(relative_share=float("nan"), stated_importance=float("nan"))
    assert set(of(ran(engagement, moments=unknown), "customer_impact").values()) == {None}


def test_a_persona_s_own_moments_do_not_count_twice(engagement):
    both = pd.concat([MOMENTS, MOMENTS.assign(persona="gold")], ignore_index=True)
    assert len(ran(engagement, moments=both).opportunities) == 3


# --- the order


def test_without_criteria_impact_and_ease_count_the_same(engagement):
    result = ran(engagement)
    assert by(result.criteria, "criterion", "weight") == {"customer_impact": 0.5, "ease": 0.5}
    impact = {"host": 1, "sign": (0.12 - 0.02) / (0.42 - 0.02), "paint": 0}
    ease = {"host": (1 + 4 / 7 + 1) / 3, "sign": (4 / 5 + 1 + 4 / 5) / 3, "paint": 0}
    highest = max(ease.values())
    expected = {key: (impact[key] + ease[key] / highest) / 2 for key in impact}
    assert of(result, "ease") == pytest.approx(ease)
    assert of(result, "score") == pytest.approx(expected)
    assert of(result, "rank") == {"host": 1, "sign": 2, "paint": 3}


def test_declared_criteria_weigh_as_declared_and_costs_count_downwards(engagement):
    criteria = "criterion,weight,direction\ncost,3,cost\nfit,1,benefit"
    initiatives = "initiative,name,touchpoints,cost,score_fit\na,A,desk,0,1\nb,B,room,100,5\nc,C,room,50,3"
    result = ran(engagement, initiatives, criteria=criteria)
    assert of(result, "score") == pytest.approx({"a": 0.75, "b": 0.25, "c": 0.5})
    assert by(result.criteria, "criterion", "weight") == {"cost": 0.75, "fit": 0.25}


def test_a_criterion_nobody_scored_is_named_and_left_out(engagement):
    criteria = "criterion,weight,direction\ncost,1,cost\nfit,9,benefit"
    result = ran(engagement, criteria=criteria)
    assert finding(result, "opportunity.no_scores").values == {"criterion": "fit"}
    assert of(result, "rank") == {"host": 1, "sign": 2, "paint": 3}


def test_criteria_that_all_weigh_nothing_are_a_sentence_not_a_crash(engagement):
    result = ran(engagement, criteria="criterion,weight,direction\ncost,0,cost\ncustomer_impact,0,benefit")
    assert set(of(result, "rank").values()) == {None}


def test_an_unknown_cost_is_not_zero(engagement):
    unpriced = THREE.replace("Ana,10,5,1", "Ana,,5,1")
    result = ran(engagement, unpriced, criteria="criterion,weight,direction\ncost,1,cost")
    assert (of(result, "cost")["host"], of(result, "rank")["host"]) == (None, None)
    assert of(result, "rank")["sign"] == 1
    assert (result.facts["total_cost"], result.facts["costed"]) == (80, 2)
    assert ("opportunity.no_cost", "host") in found(result)


def test_equal_scores_share_the_better_place(engagement):
    two = "initiative,name,touchpoints,cost\na,A,desk,1\nb,B,desk,1\nc,C,bill,9"
    assert of(ran(engagement, two), "rank") == {"a": 1, "b": 1, "c": 3}


def test_topsis_stands_beside_the_weighted_sum_with_how_far_they_agree(engagement):
    result = ran(engagement)
    assert of(result, "topsis_rank") == {"host": 1, "sign": 2, "paint": 3}
    assert result.facts["kendall_tau"] == pytest.approx(1)


def test_one_initiative_has_no_agreement_of_orders(engagement):
    one = HEAD + "host,A host,desk,,Ana,10,5,1,,Calm,80 %"
    assert ran(engagement, one).facts["kendall_tau"] is None


# --- easy and smart

FOUR = HEAD + "\n".join(
    [
        "host,A host,desk;room,,Ana,10,1,1,,Calm,80 %",
        "talk,Talk first,desk,,Luis,11,2,1,,Fear,2",
        "paint,Paint,bill,,Luis,60,9,6,,Liked,4",
        "wing,A new wing,room,,Ana,900,99,36,,Beds,9",
    ]
)


def smart(engagement, initiatives) -> set[str]:
    return {key for key, is_it in of(ran(engagement, initiatives), "easy_and_smart").items() if is_it}


def test_easy_and_smart_lie_above_both_medians(engagement):
    assert smart(engagement, FOUR) == {"host", "talk"}
    assert of(ran(engagement, FOUR), "tranche") == {"host": 1, "talk": 1, "paint": None, "wing": None}


def test_easy_and_smart_needs_a_named_owner(engagement):
    assert smart(engagement, FOUR.replace("Luis,11", ",11")) == {"host"}


def test_what_requires_another_first_is_not_easy(engagement):
    needy = FOUR.replace("11,2,1,,", "11,2,1,paint,")
    assert smart(engagement, needy) == {"host"}


def test_what_nobody_has_estimated_is_not_easy(engagement):
    assert smart(engagement, FOUR.replace("Luis,11,2,1", "Luis,,,")) == {"host"}


# --- decisions and what is missing


def test_a_dropped_initiative_is_gone_and_a_kept_one_is_selected(engagement):
    decided = {"opportunities": {"drop": ["sign"], "keep": ["paint"]}}
    assert of(ran(engagement, decisions=decided), "selected") == {"host": None, "paint": True}


def test_nothing_is_selected_before_a_portfolio_is_computed(engagement):
    assert ran(engagement).initiatives["p_selected"].isna().all()


def test_what_is_missing_is_said(engagement):
    assert found(ran(engagement, None)) == {
        ("missing.initiatives", "initiatives"),
        ("opportunity.red_unanswered", "desk"),
        ("opportunity.red_unanswered", "room"),
        ("opportunity.no_budget", ""),
    }
    assert ("missing.owners", "owners") in found(ran(engagement))


def test_the_budget_of_the_settings_is_told(engagement):
    result = ran(engagement, settings={"budget": {"amount": 500}})
    assert result.facts["budget"] == 500
    assert "opportunity.no_budget" not in {code for code, _ in found(result)}


def test_initiatives_stand_in_their_order(engagement):
    assert list(ran(engagement).initiatives["initiative"]) == ["host", "sign", "paint"]
    assert row(ran(engagement).initiatives, initiative="host")["owner"] == "Ana"
