"""Step 1: personas by a declared column, by hand, or none at all."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from cxmethod.language import CxError
from cxmethod.steps import persona
from cxmethod.steps.journey import customer_personas

from .reading import by, found, row

CARDS = """
persona,name,goals,needs,quote,share,evidence
gold,The regular,Get in and out,A fixed doctor,Nobody knows my name,0.7,assumed
basic,The newcomer,,,,0.3,observed
"""
PLANS = "respondent,plan\nc1,gold\nc2,gold\nc3,gold\nc4,basic"
ALL_SHOWN = {"thresholds": {"suppress_below": 1}}
BY_PLAN = {"persona": {"column": "plan"}, **ALL_SHOWN}


def test_a_declared_column_gives_one_segment_per_value_with_its_share(engagement):
    result = persona.run(engagement(respondents=PLANS, settings=BY_PLAN))
    assert by(result.personas, "persona", "n") == {"gold": 3, "basic": 1}
    gold = row(result.personas, persona="gold")
    low, high = proportion_confint(3, 4, method="wilson")
    assert (gold["share"], gold["low"], gold["high"]) == pytest.approx((0.75, low, high))
    assert set(result.personas["evidence"]) == {"measured"}


def test_a_segment_takes_name_and_card_from_the_personas_table_where_its_key_is_there(engagement):
    result = persona.run(
        engagement(respondents=PLANS.replace("basic", "none"), personas=CARDS, settings=BY_PLAN)
    )
    assert by(result.personas, "persona", "name") == {"gold": "The regular", "none": "none"}
    assert by(result.cards, "persona", "goals") == {"gold": "Get in and out", "none": None}


def test_a_measured_share_goes_before_the_one_that_was_typed_in(engagement):
    result = persona.run(engagement(respondents=PLANS, personas=CARDS, settings=BY_PLAN))
    assert by(result.personas, "persona", "share") == {"gold": 0.75, "basic": 0.25}


def test_membership_holds_everyone_who_was_assigned(engagement):
    result = persona.run(engagement(respondents=PLANS, settings=BY_PLAN))
    assert by(result.membership, "respondent", "persona") == {
        "c1": "gold",
        "c2": "gold",
        "c3": "gold",
        "c4": "basic",
    }
    assert set(result.membership["probability"]) == {1.0}


def test_a_blank_persona_is_nobodys_and_is_counted(engagement):
    result = persona.run(engagement(respondents="respondent,plan\nc1,gold\nc2,\nc3,  ", settings=BY_PLAN))
    assert by(result.personas, "persona", "n") == {"gold": 1}
    assert (result.facts["respondents"], result.facts["assigned"]) == (3, 1)


def test_typed_in_personas_keep_their_evidence_and_the_share_that_was_said(engagement):
    result = persona.run(engagement(personas=CARDS))
    assert by(result.personas, "persona", "evidence") == {"gold": "assumed", "basic": "observed"}
    assert by(result.personas, "persona", "share") == {"gold": 0.7, "basic": 0.3}
    assert set(result.personas["n"]) == {0}
    assert result.personas[["low", "high"]].isna().all(axis=None)


def test_typed_in_personas_get_the_share_of_those_who_were_assigned_to_them(engagement):
    respondents = "respondent,persona\nc1,gold\nc2,gold\nc3,gold\nc4,basic"
    result = persona.run(engagement(personas=CARDS, respondents=respondents, settings=ALL_SHOWN))
    assert by(result.personas, "persona", "share") == {"gold": 0.75, "basic": 0.25}


def test_without_personas_nobody_is_invented_and_the_table_is_asked_for(engagement):
    result = persona.run(engagement())
    assert result.personas.empty
    assert found(result) == {("missing.personas", "personas")}


def test_a_declared_column_that_is_not_there_is_named_and_personas_typed_in_stand_in(engagement):
    result = persona.run(engagement(personas=CARDS, respondents="respondent,age\nc1,30", settings=BY_PLAN))
    assert ("persona.no_column", "plan") in found(result)
    assert list(result.personas["persona"]) == ["gold", "basic"]


def test_people_of_the_company_are_no_customers(engagement):
    respondents = "respondent,plan\nc1,gold\ns1,gold"
    result = persona.run(
        engagement(after={"web": [1]}, internal={"web": [1]}, respondents=respondents, settings=BY_PLAN)
    )
    assert list(result.membership["respondent"]) == ["c1"]
    assert result.facts["respondents"] == 1


def test_who_also_rated_as_a_customer_is_one(engagement):
    ratings = "respondent,touchpoint,source,emotion\nx,web,internal,1\nx,web,after,1"
    result = persona.run(engagement(ratings=ratings, respondents="respondent,plan\nx,gold", settings=BY_PLAN))
    assert list(result.membership["respondent"]) == ["x"]


def test_a_quote_is_shown_only_once_it_was_approved(engagement):
    assert persona.run(engagement(personas=CARDS)).cards["quote"].isna().all()
    approved = persona.run(engagement(personas=CARDS, decisions={"quotes": {"approved": ["gold"]}}))
    assert by(approved.cards, "persona", "quote") == {"gold": "Nobody knows my name", "basic": None}


def test_a_card_without_goals_and_needs_is_a_finding(engagement):
    assert found(persona.run(engagement(personas=CARDS))) == {("persona.no_card", "basic")}


@pytest.mark.parametrize(("n", "small"), [(29, True), (30, False)])
def test_a_persona_below_min_n_is_indicative(engagement, n, small):
    respondents = "respondent,plan\n" + "\n".join(f"c{number},gold" for number in range(n))
    result = persona.run(engagement(respondents=respondents, personas=CARDS, settings=BY_PLAN))
    assert (("persona.small", "gold") in found(result)) is small


def test_a_persona_that_was_cut_is_neither_shown_nor_a_member(engagement):
    cut = {"scope": {"cut": {"personas": ["basic"]}}}
    result = persona.run(engagement(respondents=PLANS, settings=BY_PLAN, decisions=cut))
    assert list(result.personas["persona"]) == ["basic"]
    assert list(result.membership["respondent"]) == ["c4"]


def test_the_share_of_a_persona_of_fewer_than_five_is_not_shown(engagement):
    settings = {"persona": {"column": "plan"}}
    shares = by(persona.run(engagement(respondents=PLANS, settings=settings)).personas, "persona", "share")
    assert set(shares.values()) == {None}


def test_shares_are_weighted(engagement):
    weighted = "respondent,plan,weight\nc1,gold,1\nc2,gold,1\nc3,basic,6"
    result = persona.run(engagement(respondents=weighted, settings=BY_PLAN))
    assert by(result.personas, "persona", "share") == {"gold": 0.25, "basic": 0.75}


def test_a_segment_called_all_is_refused_since_it_stands_for_everyone(engagement):
    with pytest.raises(CxError, match="everyone"):
        persona.run(engagement(respondents="respondent,plan\nc1,all", settings=BY_PLAN))


def test_a_cut_leaves_the_shares_of_all_customers_as_they_are(engagement):
    cut = {"scope": {"cut": {"personas": ["basic"]}}}
    result = persona.run(engagement(respondents=PLANS, settings=BY_PLAN, decisions=cut))
    assert list(result.personas["share"]) == [0.25]


def test_a_respondents_persona_comes_from_membership_then_respondents_then_ratings(engagement):
    ratings = "respondent,touchpoint,source,emotion,persona\n" + "\n".join(
        f"{who},web,after,1,from_ratings" for who in ("a", "b", "c")
    )
    client = engagement(
        ratings=ratings,
        respondents="respondent,persona\na,from_respondents\nb,from_respondents",
    )
    membership = persona.run(client).membership
    first = membership[membership["respondent"] == "a"].assign(persona="from_membership")
    assert customer_personas(client, first).to_dict() == {
        "a": "from_membership",
        "b": "from_respondents",
        "c": "from_ratings",
    }


def test_of_two_memberships_the_likelier_counts(engagement):
    client = engagement(respondents="respondent,plan\na,x", settings=BY_PLAN)
    (own,) = persona.run(client).membership.to_dict("records")
    two = pd.DataFrame(
        [own | {"persona": "less", "probability": 0.4}, own | {"persona": "more", "probability": 0.6}]
    )
    assert customer_personas(client, two).to_dict() == {"a": "more"}


def test_who_only_rated_has_the_persona_that_stands_with_the_rating(engagement):
    ratings = "respondent,touchpoint,source,emotion,persona\n" + "\n".join(
        f"{who},web,after,1,{name}" for who, name in zip("abc", ["gold", "gold", "basic"], strict=True)
    )
    result = persona.run(engagement(ratings=ratings, personas=CARDS, settings=ALL_SHOWN))
    assert by(result.personas, "persona", "n") == {"gold": 2, "basic": 1}
    assert (result.facts["respondents"], result.facts["assigned"]) == (3, 3)


def test_the_respondents_table_goes_before_the_ratings(engagement):
    ratings = "respondent,touchpoint,source,emotion,persona\na,web,after,1,gold\nb,web,after,1,gold"
    client = engagement(ratings=ratings, respondents="respondent,persona\na,basic", personas=CARDS)
    assert by(persona.run(client).membership, "respondent", "persona") == {"a": "basic", "b": "gold"}


def test_attributes_describe_personas_that_a_column_tells_apart(engagement):
    ages = "respondent,plan,age,town\n" + "\n".join(
        f"c{n},{'gold' if n % 2 else 'basic'},{40 + 10 * (n % 2) + n % 5},{'ab'[n % 2]}" for n in range(40)
    )
    traits = persona.run(engagement(respondents=ages, settings=BY_PLAN)).traits
    age = row(traits, persona="gold", trait="age")
    assert age["share_or_mean"] == pytest.approx(52, abs=0.5)
    assert age["difference"] > 2
    assert row(traits, persona="gold", trait="town", value="b")["share_or_mean"] == 1.0


@pytest.mark.parametrize(
    ("sizes", "shown"), [((3, 9), set()), ((3, 9, 7), {"basic"}), ((6, 9), {"gold", "basic"})]
)
def test_traits_of_fewer_than_five_are_not_shown_nor_what_the_rest_of_the_others_would_tell(
    engagement, sizes, shown
):
    plans = [plan for plan, size in zip(("gold", "basic", "free"), sizes, strict=False) for _ in range(size)]
    ages = "respondent,plan,town,age\n" + "\n".join(
        f"c{n},{plan},{'ab'[n % 2]},{40 + n}" for n, plan in enumerate(plans)
    )
    traits = persona.run(engagement(respondents=ages, settings={"persona": {"column": "plan"}})).traits
    assert set(traits["persona"]) == shown
