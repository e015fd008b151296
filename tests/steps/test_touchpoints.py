"""Step 4: the curve of each source, with its uncertainty, and where the company's view parts from the customers'."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from cxmethod.engagement import InputProblems
from cxmethod.steps import persona, touchpoints
from cxmethod.steps.touchpoints import TouchpointResult

from .reading import found, row

MIXED = [-2, -1, 0, 1, 1, 2]
ESTIMATES = ["mean", "low", "high", "negative_share", "negative_low", "negative_high"]


def ran(client) -> TouchpointResult:
    return touchpoints.run(client, persona.run(client))


def estimate(client, source="after", persona="all", touchpoint="web"):
    return row(ran(client).emotions, persona=persona, touchpoint=touchpoint, source=source)


# --- what customers feel


def test_a_mean_has_the_t_interval_of_the_textbook(engagement):
    web = estimate(engagement(after={"web": MIXED}))
    low, high = stats.t.interval(0.95, 5, np.mean(MIXED), stats.sem(MIXED))
    assert (web["n"], web["mean"], web["low"], web["high"]) == pytest.approx((6, 1 / 6, low, high))


def test_feeling_badly_is_an_emotion_below_zero_with_wilsons_interval(engagement):
    web = estimate(engagement(after={"web": MIXED}))
    low, high = proportion_confint(2, 6, method="wilson")
    assert (web["negative_share"], web["negative_low"], web["negative_high"]) == pytest.approx(
        (2 / 6, low, high)
    )


def test_a_blank_is_left_out_and_counted_never_neutral(engagement):
    result = ran(engagement(after={"web": [2, 2, 2, 2, 2, None, None]}))
    assert tuple(row(result.emotions, touchpoint="web")[["n", "mean", "negative_share"]]) == (5, 2, 0)
    assert (result.facts["ratings"], result.facts["unknown"]) == (7, 2)


def test_a_neutral_answer_is_not_left_out(engagement):
    assert estimate(engagement(after={"web": [2, 2, 2, 2, 0]}))["mean"] == pytest.approx(1.6)


def test_the_confidence_of_the_settings_is_used(engagement):
    wide = estimate(engagement(after={"web": MIXED}))
    narrow = estimate(engagement(after={"web": MIXED}, settings={"thresholds": {"confidence": 0.5}}))
    assert wide["low"] < narrow["low"] < narrow["mean"]


def test_weights_act_on_the_estimate_and_on_the_effective_n(engagement):
    respondents = "respondent,weight\nc1,5\nc2,1\nc3,1\nc4,1\nc5,1\nc6,1"
    web = estimate(engagement(after={"web": MIXED}, respondents=respondents))
    weights = np.array([5, 1, 1, 1, 1, 1])
    effective = weights.sum() ** 2 / (weights**2).sum()
    mean = np.average(MIXED, weights=weights)
    sd = np.sqrt(np.average((MIXED - mean) ** 2, weights=weights) * effective / (effective - 1))
    low, high = stats.t.interval(0.95, effective - 1, mean, sd / np.sqrt(effective))
    assert (web["n"], web["mean"], web["low"], web["high"]) == pytest.approx((6, mean, low, high))


def test_a_weight_of_the_rating_goes_before_the_respondents(engagement):
    ratings = "respondent,touchpoint,source,emotion,weight\n" + "\n".join(
        f"c{number},web,after,{emotion},{weight}"
        for number, (emotion, weight) in enumerate([(2, 3), (0, 1), (0, 1), (0, 1), (0, "")])
    )
    client = engagement(ratings=ratings, respondents="respondent,weight\nc0,9\nc4,4")
    assert estimate(client)["mean"] == pytest.approx(2 * 3 / (3 + 1 + 1 + 1 + 4))


def test_a_negative_weight_is_a_sentence_about_the_table_not_a_crash(engagement):
    client = engagement(after={"web": MIXED}, respondents="respondent,weight\nc1,-1")
    with pytest.raises(InputProblems, match="weight"):
        ran(client)


# --- who is protected, and what it rests on


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_below_five_customers_nothing_is_shown_but_how_many(engagement, n, shown):
    result = ran(engagement(after={"web": [1, 2, 1, 2, 1][:n]}))
    web = row(result.emotions, touchpoint="web")
    assert web["n"] == n
    assert web[ESTIMATES].notna().all() == shown
    assert web[ESTIMATES].isna().all() != shown
    assert (("emotion.suppressed", "web") in found(result)) is not shown


def test_the_answers_of_two_customers_in_three_waves_are_not_six_customers(engagement):
    rows = [f"c{who},web,after,{who},w{wave}" for wave in (1, 2, 3) for who in (1, 2)]
    client = engagement(ratings="respondent,touchpoint,source,emotion,wave\n" + "\n".join(rows))
    assert estimate(client)[ESTIMATES].isna().all()


def by_plan(engagement, answers, plans, **more):
    """Customers c1, c2 … in that order of plans."""
    people = "respondent,plan\n" + "\n".join(f"c{n},{plan}" for n, plan in enumerate(plans, start=1))
    return engagement(after=answers, respondents=people, settings={"persona": {"column": "plan"}}, **more)


def standings(result, touchpoint="web"):
    own = result.emotions[result.emotions["touchpoint"] == touchpoint]
    return own.set_index("persona")["standing"].to_dict()


def test_a_persona_below_five_is_hidden_inside_an_everyone_that_is_shown(engagement):
    plans = [*["few"] * 4, *["also"] * 4, *["many"] * 6]
    client = by_plan(engagement, {"web": [0, 1] * 7}, plans)
    assert estimate(client, persona="few")[ESTIMATES].isna().all()
    assert estimate(client, persona="many")[ESTIMATES].notna().all()
    assert estimate(client)["n"] == 14


def test_a_hidden_persona_cannot_be_worked_out_from_everyone_and_the_others(engagement):
    plans = [*["few"] * 4, *["some"] * 5, *["many"] * 6]
    result = ran(by_plan(engagement, {"web": [0, 1, -1] * 5}, plans))
    assert standings(result) == {
        "all": "indicative",
        "few": "hidden",
        "some": "protecting",
        "many": "indicative",
    }
    assert row(result.emotions, persona="some")[ESTIMATES].isna().all()
    assert ("emotion.protecting", "some") in found(result)
    assert set(result.gaps["persona"]) <= {"all", "many"}


def test_those_of_no_persona_cannot_be_worked_out_either(engagement):
    plans = [*[""] * 2, *["some"] * 5, *["many"] * 6]
    result = ran(by_plan(engagement, {"web": [0] * 13}, plans))
    assert standings(result) == {"all": "indicative", "some": "protecting", "many": "indicative"}


def test_personas_that_are_together_enough_to_be_seen_hide_nobody_else(engagement):
    plans = [*["few"] * 3, *["less"] * 2, *["some"] * 5, *["many"] * 6]
    shown = standings(ran(by_plan(engagement, {"web": [0] * 16}, plans)))
    assert (shown["some"], shown["many"]) == ("indicative", "indicative")


def test_as_many_personas_join_as_are_needed_to_be_seen(engagement):
    limits = {"persona": {"column": "plan"}, "thresholds": {"suppress_below": 10}}
    plans = [*["one"] * 1, *["a"] * 10, *["b"] * 11]
    people = "respondent,plan\n" + "\n".join(f"c{n},{plan}" for n, plan in enumerate(plans, start=1))
    result = ran(engagement(after={"web": [0] * 22}, respondents=people, settings=limits))
    assert standings(result) == {"all": "indicative", "one": "hidden", "a": "protecting", "b": "indicative"}


def test_the_standing_of_an_estimate_follows_the_effective_n(engagement):
    respondents = "respondent,weight\nc1,40"
    web = estimate(engagement(after={"web": [0, 1] * 20}, respondents=respondents))
    assert (web["n"], web["standing"], web["evidence"]) == (40, "indicative", "observed")
    assert web["n_effective"] == pytest.approx(79**2 / (40**2 + 39))


def test_how_many_feel_badly_is_counted_unweighted(engagement):
    assert estimate(engagement(after={"web": MIXED}))["negative_n"] == 2


def test_a_persona_that_was_cut_has_no_curve(engagement):
    people = "respondent,persona\n" + "\n".join(f"c{n},{'in' if n < 6 else 'out'}" for n in range(1, 11))
    client = engagement(
        after={"web": [*MIXED, 0, 1, 1, 0]},
        personas="persona,name,evidence\nin,In,assumed\nout,Out,assumed",
        respondents=people,
        decisions={"scope": {"cut": {"personas": ["in"]}}},
    )
    assert set(ran(client).emotions["persona"]) == {"all", "in"}


@pytest.mark.parametrize(("n", "evidence"), [(29, "observed"), (30, "measured")])
def test_from_thirty_customers_an_estimate_is_measured_below_it_is_observed(engagement, n, evidence):
    assert estimate(engagement(after={"web": [1, 2] * (n // 2) + [0] * (n % 2)}))["evidence"] == evidence


def test_internal_opinion_is_assumed_however_many_hold_it(engagement):
    assert estimate(engagement(internal={"web": [1, 2] * 20}), "internal")["evidence"] == "assumed"


@pytest.mark.parametrize(("n", "interval"), [(1, False), (2, False), (3, True)])
def test_internal_views_get_an_interval_from_three_on_and_always_their_range(engagement, n, interval):
    web = estimate(engagement(internal={"web": [-1, 2, 0][:n]}), "internal")
    assert web[["low", "high", "negative_low", "negative_high"]].notna().all() == interval
    assert web["mean"] == pytest.approx(np.mean([-1, 2, 0][:n]))
    assert (web["minimum"], web["maximum"]) == (min([-1, 2, 0][:n]), max([-1, 2, 0][:n]))


def test_a_range_of_customers_is_not_shown(engagement):
    assert estimate(engagement(after={"web": MIXED}))[["minimum", "maximum"]].isna().all()


def test_internal_views_are_nobodys_persona(engagement):
    people = "respondent,persona\ns1,gold\ns2,gold\ns3,gold"
    client = engagement(
        internal={"web": [1, 2, 1]}, personas="persona,name,evidence\ngold,Gold,assumed", respondents=people
    )
    assert set(ran(client).emotions["persona"]) == {"all"}


# --- where the company is blind


def test_a_gap_is_tested_by_welch(engagement):
    internal, after = [1, 2, 1, 2], [-1, 0, 1, -2, 0, 1, 0]
    gap = row(ran(engagement(internal={"web": internal}, after={"web": after})).gaps, touchpoint="web")
    test = stats.ttest_ind(internal, after, equal_var=False)
    interval = test.confidence_interval()
    assert (gap["n_a"], gap["n_b"], gap["comparison"]) == (4, 7, "internal-after")
    assert (gap["difference"], gap["p_value"], gap["low"], gap["high"]) == pytest.approx(
        (np.mean(internal) - np.mean(after), test.pvalue, interval.low, interval.high)
    )


def test_gaps_are_adjusted_by_holm_over_the_touchpoints(engagement):
    internal = {"web": [1, 2, 1], "desk": [0, 1, 0], "bill": [0, 1, 1]}
    after = {"web": [-1, -2, -1, 0, -1], "desk": [0, 1, -1, 0, 1], "bill": [-1, 0, -1, 0, 0]}
    gaps = ran(engagement(internal=internal, after=after)).gaps.sort_values("p_value")
    p = gaps["p_value"].to_list()
    holm = np.maximum.accumulate([3 * p[0], 2 * p[1], p[2]]).clip(max=1)
    assert gaps["p_adjusted"].to_list() == pytest.approx(holm)


def test_the_effective_n_of_weighted_customers_decides_a_gap(engagement):
    respondents = "respondent,weight\n" + "\n".join(f"c{n},{9 if n == 1 else 1}" for n in range(1, 8))
    client = engagement(
        internal={"web": [1, 2, 1, 2]}, after={"web": [-1, 0, 1, -2, 0, 1, 0]}, respondents=respondents
    )
    result = ran(client)
    gap, web = row(result.gaps, touchpoint="web"), row(result.emotions, source="after")
    effective = 15**2 / (81 + 6)
    sd = (web["high"] - web["mean"]) / stats.t.ppf(0.975, effective - 1) * np.sqrt(effective)
    expected = stats.ttest_ind_from_stats(
        1.5, np.std([1, 2, 1, 2], ddof=1), 4, web["mean"], sd, effective, equal_var=False
    )
    assert gap["p_value"] == pytest.approx(expected.pvalue)


@pytest.mark.parametrize(
    ("internal", "after", "flip"),
    [
        ([1, 1, 2], [-1, -1, -2, -1, 0], True),
        ([-1, -1, -2], [1, 1, 2, 1, 0], True),
        ([1, 1, 2], [0, 1, 0, 1, 0], False),
        ([-1, 0, 1], [1, 1, 2, 1, 0], False),
        ([1, 1, 2], [-1, 0, 0, 0, 1], False),
    ],
    ids=["we think better", "we think worse", "same side", "we are neutral", "they are neutral"],
)
def test_only_opposite_signs_are_a_flip(engagement, internal, after, flip):
    result = ran(engagement(internal={"web": internal}, after={"web": after}))
    assert bool(row(result.gaps, touchpoint="web")["sign_flip"]) is flip


def test_a_tested_gap_is_a_blind_spot_and_one_that_turns_the_sign_says_so(engagement):
    internal = {"web": [1, 1, 2], "desk": [2, 2, 2, 2], "bill": [0, 1, 0]}
    after = {
        "web": [-1, -1, -2, -1, 0, -1],
        "desk": [0, 1, 0, 1, 0, 1],
        "bill": [0, 1, 0, 0, 1, 0],
    }
    codes = found(ran(engagement(internal=internal, after=after)))
    assert codes == {
        ("gap.blind_spot_flip", "web"),
        ("gap.blind_spot", "desk"),
        ("emotion.indicative", "after"),
    }


def test_a_blind_spot_says_both_means_and_which_way(engagement):
    internal = {"web": [-1, -1, -2, -1, -1], "desk": [2, 2, 2, 1]}
    after = {"web": [0, -1, 0, 0, 0, -1] * 3, "desk": [0, 1, 0, 1, 0, 1] * 3}
    result = ran(engagement(internal=internal, after=after))
    said = {each.code: each.values for each in result.findings if each.code.startswith("gap.")}
    assert set(said) == {"gap.blind_spot", "gap.blind_spot_worse"}
    worse = said["gap.blind_spot_worse"]
    assert (worse["internal"], worse["after"]) == pytest.approx((-1.2, -1 / 3))


def test_a_persona_has_blind_spots_of_its_own_adjusted_over_its_own_touchpoints(engagement):
    plans = ["old"] * 8 + ["young"] * 8
    answers = {"web": [-2, -1] * 4 + [2, 2, 1, 2] * 2, "desk": [1, 0] * 8}
    client = by_plan(engagement, answers, plans, internal={"web": [1, 0, 1, 1], "desk": [0, 1, 1]})
    result = ran(client)
    gap = row(result.gaps, persona="old", touchpoint="web")
    test = stats.ttest_ind([1, 0, 1, 1], [-2, -1] * 4, equal_var=False)
    assert (gap["n_b"], gap["p_value"]) == (8, pytest.approx(test.pvalue))
    assert gap["p_adjusted"] == pytest.approx(2 * test.pvalue)
    assert ("gap.blind_spot_persona", "web") in found(result)
    assert not row(result.gaps, persona="all", touchpoint="web")["blind_spot"]


def test_views_and_answers_without_any_spread_are_described_not_lost(engagement):
    result = ran(engagement(internal={"web": [2, 2, 2]}, after={"web": [-1] * 6}))
    gap = row(result.gaps, touchpoint="web")
    assert (gap["descriptive"], gap["blind_spot"], np.isnan(gap["p_value"])) == (True, True, True)
    assert ("gap.descriptive", "web") in found(result)


def test_each_internal_view_is_kept_without_its_holder(engagement):
    views = ran(engagement(internal={"desk": [1, -1], "web": [2, 2, None]})).internal_views
    assert views.to_dict("records") == [
        {"touchpoint": "desk", "emotion": -1, "views": 1},
        {"touchpoint": "desk", "emotion": 1, "views": 1},
        {"touchpoint": "web", "emotion": 2, "views": 2},
    ]


def test_two_internal_views_are_a_description_without_a_test(engagement):
    result = ran(engagement(internal={"web": [2, 2]}, after={"web": [-1, 0, -1, -2, 0]}))
    gap = row(result.gaps, touchpoint="web")
    assert gap["descriptive"]
    assert gap[["low", "high", "p_value", "p_adjusted"]].isna().all()
    assert found(result) == {("gap.descriptive", "web"), ("emotion.indicative", "after")}


def test_two_internal_views_inside_the_customers_interval_say_nothing(engagement):
    codes = found(ran(engagement(internal={"web": [0, 1]}, after={"web": MIXED})))
    assert codes == {("emotion.indicative", "after")}


def test_descriptive_gaps_do_not_weigh_on_the_tested_ones(engagement):
    internal = {"web": [1, 1, 2], "desk": [0, 1]}
    after = {"web": [-1, -1, -2, -1, 0], "desk": [0, 1, 0, 1, 0]}
    web = row(ran(engagement(internal=internal, after=after)).gaps, touchpoint="web")
    assert web["p_adjusted"] == web["p_value"]


def test_hidden_customers_are_compared_with_nobody(engagement):
    assert ran(engagement(internal={"web": [1, 1, 2]}, after={"web": [-1, -1, -2, -1]})).gaps.empty


# --- the journey


def test_touchpoints_stand_in_the_order_of_phases_and_then_their_own(engagement):
    client = engagement(
        phases="phase,name,order,question,stage\nlate,Late,2,return,post\nearly,Early,1,discover,pre",
        touchpoints="touchpoint,name,phase,order\nc,C,late,1\nb,B,early,2\na,A,early,1",
    )
    journey = ran(client).journey
    assert list(journey["touchpoint"]) == ["a", "b", "c"]
    assert list(journey["position"]) == [1, 2, 3]
    assert list(journey["phase_name"]) == ["Early", "Early", "Late"]


def test_without_touchpoints_those_that_were_rated_stand_in_and_are_assumed(engagement):
    result = ran(engagement(after={"web": MIXED, "desk": MIXED}, touchpoints=None, phases=None))
    assert list(result.journey["name"]) == ["web", "desk"]
    assert ("missing.touchpoints", "touchpoints") in found(result)


def test_touchpoints_cut_from_the_scope_are_on_no_curve(engagement):
    client = engagement(
        after={"web": MIXED, "desk": MIXED}, decisions={"scope": {"cut": {"touchpoints": ["desk"]}}}
    )
    result = ran(client)
    assert list(result.journey["touchpoint"]) == ["desk"]
    assert set(result.emotions["touchpoint"]) == {"desk"}


def test_curves_stand_everyone_first_and_along_the_journey(engagement):
    people = "respondent,plan\n" + "\n".join(f"c{n},gold" for n in range(1, 7))
    client = engagement(
        after={"web": MIXED, "desk": MIXED}, respondents=people, settings={"persona": {"column": "plan"}}
    )
    emotions = ran(client).emotions
    assert list(zip(emotions["persona"], emotions["touchpoint"], strict=True)) == [
        ("all", "web"),
        ("all", "desk"),
        ("gold", "web"),
        ("gold", "desk"),
    ]


def test_without_ratings_the_table_is_asked_for(engagement):
    client = engagement(touchpoints="touchpoint,name,phase,order\na,A,p,1")
    assert found(ran(client)) == {("missing.ratings", "ratings")}
