"""Step 7, the choice: what fits, what stays out and why, and what is said where nothing can be chosen."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.engagement import InputProblems
from cxmethod.views.sentences import finding as sentence

from .reading import by, finding, found, row
from .test_opportunities import HEAD, of, ran

BUDGET = {"settings": {"budget": {"amount": 100, "months": 10}, "language": "en"}}
OWNERS = "owner,capacity_days,budget\nAna,40,\nLuis,40,"
NAMES = "initiative,name,touchpoints,owner,cost,person_days,months,requires,excludes,status,indicator,target,done_wave"


def table(*rows: str) -> str:
    return "\n".join([NAMES, *rows])


PLAIN = table(
    "host,A host,desk,Ana,60,10,2,,,,I,T,",
    "sign,A sign,room,Luis,50,10,2,,,,I,T,",
    "paint,Paint,bill,Luis,40,10,3,,,,I,T,",
)


def chosen(result) -> set[str]:
    frame = result.initiatives
    return set(frame.loc[frame["selected"].fillna(False), "initiative"])


def reasons(result) -> dict[str, set[str]]:
    return {key: set(own["reason"]) for key, own in result.left_out.groupby("initiative")}


# --- the choice


def test_the_best_set_within_the_budget_is_chosen(engagement):
    result = ran(engagement, PLAIN, **BUDGET)
    assert chosen(result) == {"host", "paint"}
    assert (result.facts["chosen_cost"], result.facts["gap"], result.facts["portfolio"]) == (100, 0, "chosen")


def test_the_impact_of_a_point_counts_once(engagement):
    twice = table(
        "host,A host,desk,Ana,50,1,1,,,,I,T,",
        "twin,A twin,desk,Ana,50,1,1,,,,I,T,",
        "sign,A sign,room,Ana,50,1,1,,,,I,T,",
    )
    assert len({"host", "twin"} & chosen(ran(engagement, twice, **BUDGET))) == 1


def test_cost_and_ease_limit_the_choice_and_do_not_score_in_it(engagement):
    criteria = "criterion,weight,direction\ncost,9,cost\ncustomer_impact,1,benefit\nease,9,benefit"
    assert chosen(ran(engagement, PLAIN, criteria=criteria, **BUDGET)) == {"host", "paint"}


def test_an_owner_s_days_limit_the_choice(engagement):
    short = OWNERS.replace("Ana,40", "Ana,9")
    result = ran(engagement, PLAIN, owners=short, **BUDGET)
    assert chosen(result) == {"sign", "paint"}
    assert row(result.left_out, initiative="host")[["reason", "owner", "needed", "left", "alone"]].tolist() == [
        "days", "Ana", 10, 9, True,
    ]  # fmt: skip


def test_an_owner_s_money_limits_the_choice(engagement):
    result = ran(engagement, PLAIN, owners=OWNERS.replace("Luis,40,", "Luis,40,45"), **BUDGET)
    assert reasons(result)["sign"] == {"money"}
    assert by(result.owners, "owner", "spent") == {"Ana": 60, "Luis": 40}


def test_what_is_done_is_neither_ranked_nor_costed_and_meets_a_requirement(engagement):
    done = PLAIN.replace("60,10,2,,,,", "60,10,2,sign,,,").replace("50,10,2,,,,I,T,", "50,10,2,,,done,I,T,w3")
    result = ran(engagement, done, **BUDGET)
    assert by(result.done, "initiative", "done_wave") == {"sign": "w3"}
    assert set(of(result, "rank")) == {"host", "paint"} == chosen(result)
    assert result.facts["total_cost"] == 100


def test_a_red_point_with_nothing_but_what_is_done_is_told_as_such(engagement):
    done = PLAIN.replace("50,10,2,,,,I,T,", "50,10,2,,,done,I,T,w3")
    assert ("opportunity.red_after_done", "room") in found(ran(engagement, done, **BUDGET))


def test_what_is_under_way_is_chosen_unless_dropped(engagement):
    going = PLAIN.replace("50,10,2,,,,", "50,10,2,,,en curso,")
    assert "sign" in chosen(ran(engagement, going, **BUDGET))
    dropped = ran(engagement, going, decisions={"opportunities": {"drop": ["sign"]}}, **BUDGET)
    assert "sign" not in chosen(dropped)
    assert reasons(dropped)["sign"] == {"dropped"}


def test_an_unknown_status_is_refused_in_a_sentence(engagement):
    with pytest.raises(InputProblems, match="someday"):
        ran(engagement, PLAIN.replace("60,10,2,,,,", "60,10,2,,,someday,"))


def test_an_orphan_does_not_compete_unless_kept_and_an_enabler_does(engagement):
    more = (
        PLAIN.replace("60,10,2,,,,", "50,10,2,base,,,")
        + "\nbase,Base,,Ana,10,1,1,,,,I,T,\ncafe,Café,,Ana,1,1,1,,,,I,T,"
    )
    result = ran(engagement, more, **BUDGET)
    assert {"host", "base"} <= chosen(result)
    assert reasons(result)["cafe"] == {"orphan"}
    assert "cafe" in chosen(ran(engagement, more, decisions={"opportunities": {"keep": ["cafe"]}}, **BUDGET))


# --- what cannot be placed


@pytest.mark.parametrize(
    ("change", "item", "reason"),
    [
        (("Ana,60,10", "Ana,,10"), "host", "no_cost"),
        (("Ana,60,10", "Ana,60,"), "host", "no_days"),
        (("60,10,2,,", "60,10,2,host,"), "host", "circle"),
    ],
)
def test_what_cannot_be_placed_is_left_out_and_the_rest_goes_on(engagement, change, item, reason):
    result = ran(engagement, PLAIN.replace(*change), owners=OWNERS, **BUDGET)
    assert reasons(result)[item] == {reason}
    assert chosen(result) == {"sign", "paint"}


def test_what_waits_for_something_without_cost_is_left_out_too(engagement):
    waits = PLAIN.replace("60,10,2,,", "60,10,2,sign,").replace("Luis,50", "Luis,")
    assert reasons(ran(engagement, waits, **BUDGET)) == {"sign": {"no_cost"}, "host": {"requires_out"}}


def test_a_circle_is_named(engagement):
    ring = PLAIN.replace("60,10,2,,", "60,10,2,sign,").replace("50,10,2,,", "50,10,2,host,")
    assert set(
        finding(ran(engagement, ring, **BUDGET), "opportunity.circle").values["circle"].split(" → ")
    ) == {
        "A host",
        "A sign",
    }


def test_one_that_is_kept_and_cannot_be_placed_is_a_finding(engagement):
    keep = {"opportunities": {"keep": ["host"]}}
    result = ran(engagement, PLAIN.replace("Ana,60", "Ana,"), decisions=keep, **BUDGET)
    assert ("opportunity.kept_out", "host") in found(result)


def test_what_is_done_excludes_as_well_as_it_is_excluded(engagement):
    done = PLAIN.replace("60,10,2,,,,", "60,10,2,,sign,done,")
    assert reasons(ran(engagement, done, **BUDGET))["sign"] == {"excludes_done"}


def test_where_nothing_can_be_placed_that_is_said_and_not_that_nothing_is_worth_it(engagement):
    keep = {"opportunities": {"drop": ["sign"]}}
    waits = table("host,A host,desk,Ana,60,10,2,sign,,,I,T,", "sign,A sign,room,Luis,50,10,2,,,,I,T,")
    result = ran(engagement, waits, decisions=keep, **BUDGET)
    assert result.facts["portfolio"] == "none_placed"
    assert "opportunity.no_value" not in {code for code, _ in found(result)}


def test_one_that_is_the_lowest_on_every_benefit_is_told_so(engagement):
    criteria = "criterion,weight,direction\nfit,1,benefit"
    fits = "initiative,name,touchpoints,owner,cost,score_fit\nhost,A host,desk,Ana,10,5\nsign,A sign,room,Ana,0,4"
    assert reasons(ran(engagement, fits, criteria=criteria, **BUDGET)) == {"sign": {"lowest"}}


# --- no portfolio


def test_without_a_budget_there_is_an_order_only(engagement):
    result = ran(engagement, PLAIN)
    assert (result.facts["portfolio"], len(result.frontier), len(result.roadmap)) == ("no_budget", 0, 0)
    assert ("opportunity.no_budget", "") in found(result)


def test_limits_that_contradict_each_other_are_listed_and_the_order_stands(engagement):
    keep = {"opportunities": {"keep": ["host", "sign"]}}
    client = engagement(initiatives=PLAIN)
    result = ran(engagement, PLAIN, decisions=keep, **BUDGET)
    limits = finding(result, "opportunity.conflict").values["limits"]
    assert [one["kind"] for one in limits] == ["budget", "kept", "kept"]
    assert "the budget is 100, “A host” was kept by decision (60)" in sentence(
        finding(result, "opportunity.conflict"), client.words
    )
    assert of(result, "rank")["host"] is not None


def test_where_no_benefit_is_known_nothing_is_chosen(engagement):
    from .test_opportunities import MOMENTS

    unknown = MOMENTS.assign(relative_share=float("nan"), stated_importance=float("nan"))
    result = ran(engagement, PLAIN, moments=unknown, **BUDGET)
    assert result.facts["portfolio"] == "no_value"


@pytest.mark.parametrize("initiatives", [None, HEAD.strip()])
def test_without_initiatives_nothing_falls(engagement, initiatives):
    assert ran(engagement, initiatives, **BUDGET).facts["portfolio"] == "none"


# --- what more there is to say


def test_more_money_says_what_enters_and_what_leaves(engagement):
    facts = ran(engagement, PLAIN, **BUDGET).facts
    assert (facts["next_extra"], facts["next_enters"], facts["next_leaves"]) == (10, ["A sign"], ["Paint"])


def test_the_frontier_has_twenty_budgets_and_never_falls(engagement):
    line = ran(engagement, PLAIN, **BUDGET).frontier
    assert len(line) == 20
    assert line["value"].is_monotonic_increasing
    assert line["share"].iloc[-1] == pytest.approx(1)


def test_one_that_others_displace_says_what_would_leave_and_be_lost(engagement):
    out = row(ran(engagement, PLAIN, **BUDGET).left_out, initiative="sign")
    assert (out["reason"], out["left"], out["leaves"], bool(out["alone"])) == (
        "budget",
        0,
        "paint",
        False,
    ) or out["leaves"] in {"host", "paint;host", "host;paint"}
    assert out["loss"] > 0


def test_the_draws_follow_the_seed_and_say_how_many_are_proven(engagement):
    criteria = "criterion,weight,direction\ncustomer_impact,1,benefit\nfit,1,benefit"
    fits = (
        PLAIN.replace("done_wave\n", "done_wave,score_fit\n")
        .replace("I,T,", "I,T,,3")
        .replace(",3\nsign", ",1\nsign")
    )
    runs = [ran(engagement, fits, criteria=criteria, **BUDGET) for _ in range(2)]
    pd.testing.assert_frame_equal(runs[0].initiatives, runs[1].initiatives)
    assert runs[0].facts["draws"] == 200 >= runs[0].facts["draws_proven"] > 0
    assert runs[0].initiatives["p_selected"].between(0, 1).all()
    assert runs[0].initiatives["p_first_three"].eq(1).all()


def test_the_roadmap_holds_what_is_chosen_and_says_what_ends_too_late(engagement):
    slow = PLAIN.replace("Ana,60,10,2", "Ana,60,10,14")
    result = ran(engagement, slow, **BUDGET)
    assert set(result.roadmap["initiative"]) == chosen(result)
    assert ("opportunity.beyond_horizon", "host") in found(result)


def test_progress_is_told_to_the_end(engagement):
    from cxmethod.steps import opportunities
    from cxmethod.steps.moments import MomentResult
    from cxmethod.steps.motivations import MotivationsResult

    from .test_opportunities import MOMENTS, POINTS, STATEMENTS

    told: list[tuple[int, int]] = []
    opportunities.run(
        engagement(touchpoints=POINTS, initiatives=PLAIN, **BUDGET),
        MotivationsResult(themes=pd.DataFrame(), statements=STATEMENTS, disconfirmation=pd.DataFrame()),
        MomentResult(drivers=pd.DataFrame(), moments=MOMENTS),
        lambda done, total: told.append((done, total)),
    )
    assert told[-1][0] == told[-1][1] == len(told)
