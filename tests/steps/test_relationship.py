"""Step 2: the five questions, and the routes of journeys that end well or badly."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from cxmethod.steps import relationship

from .reading import by, finding, found, row

PHASES = "phase,name,order,question,stage\n"
FIVE = (
    PHASES
    + """look,I look around,1,discover,pre
choose,I choose,2,evaluate,pre
use,I use it,3,interact,during
again,I come back,4,return,post
tell,I tell others,5,refer,post"""
)
POINTS = "touchpoint,name,phase,order\n"
ANSWERS = (
    POINTS
    + "ad,Advert,look,1\nquote,Quote,choose,1\nvisit,Visit,use,1\ncall,Call,again,1\nreview,Review,tell,1"
)
JOURNEYS = "journey,outcome\n"


def log(*routes: str) -> str:
    """Events of one letter a touchpoint: ``1 abc`` is journey 1 through a, b and c, a minute apart."""
    lines = [
        f"{journey},{touchpoint},2026-01-01T10:{minute:02d}:00"
        for journey, route in (text.split() for text in routes)
        for minute, touchpoint in enumerate(route)
    ]
    return "\n".join(["journey,touchpoint,timestamp", *lines])


def routes(engagement, outcomes: dict[str, str], *told: str, **tables):
    journeys = JOURNEYS + "\n".join(f"{journey},{outcome}" for journey, outcome in outcomes.items())
    settings = {"thresholds": {"suppress_below": 1}}
    return relationship.run(engagement(events=log(*told), journeys=journeys, settings=settings, **tables))


# --- phases and questions


def test_five_phases_with_a_touchpoint_each_leave_no_question_open(engagement):
    result = relationship.run(engagement(phases=FIVE, touchpoints=ANSWERS))
    assert found(result) == {("missing.events", "events")}
    assert by(result.questions, "question", "phases") == dict.fromkeys(relationship.QUESTIONS, 1)
    assert by(result.questions, "question", "touchpoints") == dict.fromkeys(relationship.QUESTIONS, 1)


def test_a_question_without_a_phase_is_a_finding(engagement):
    without = FIVE.replace("tell,I tell others,5,refer,post", "").strip()
    result = relationship.run(
        engagement(phases=without, touchpoints=ANSWERS.replace("\nreview,Review,tell,1", ""))
    )
    assert ("phase.question_open", "refer") in found(result)
    assert row(result.questions, question="refer")["phases"] == 0


def test_a_phase_without_a_touchpoint_is_a_finding(engagement):
    result = relationship.run(
        engagement(phases=FIVE, touchpoints=ANSWERS.replace("\nreview,Review,tell,1", ""))
    )
    assert ("phase.no_touchpoint", "tell") in found(result)


def test_a_phase_is_not_bare_because_its_touchpoints_were_cut_from_the_scope(engagement):
    client = engagement(
        phases=FIVE, touchpoints=ANSWERS, decisions={"scope": {"cut": {"touchpoints": ["visit"]}}}
    )
    assert "phase.no_touchpoint" not in {code for code, _ in found(relationship.run(client))}


@pytest.mark.parametrize("name", ["Marketing", "Servicio al cliente", "FACTURACIÓN", "Back office"])
def test_a_phase_named_like_a_department_is_a_finding(engagement, name):
    result = relationship.run(engagement(phases=PHASES + f"x,{name},1,interact,during"))
    assert finding(result, "phase.department").values == {"phase": name}


@pytest.mark.parametrize("name", ["I pay the bill", "Agendo mi cita", "Sales day"])
def test_a_phase_in_the_customers_words_is_no_department(engagement, name):
    result = relationship.run(engagement(phases=PHASES + f"x,{name},1,interact,during"))
    assert "phase.department" not in {code for code, _ in found(result)}


def test_without_phases_the_table_is_asked_for_instead_of_five_open_questions(engagement):
    assert found(relationship.run(engagement())) == {
        ("missing.phases", "phases"),
        ("missing.events", "events"),
    }


# --- routes


def test_the_unit_of_a_transition_is_the_journey_and_event_counts_stand_beside_it(engagement):
    outcomes = {"1": "success", "2": "success", "3": "failure", "4": "failure"}
    result = routes(engagement, outcomes, "1 abab", "2 ac", "3 ab", "4 aca")
    ab = row(result.transitions, source="a", target="b")
    assert tuple(ab[["success_n", "success_p", "success_count"]]) == (2, 0.5, 2)
    assert tuple(ab[["failure_n", "failure_p", "failure_count"]]) == (2, 0.5, 1)


def test_a_difference_has_newcombes_interval(engagement):
    outcomes = {str(n): "success" if n < 7 else "failure" for n in range(12)}
    told = [f"{n} {'ab' if n < 6 else 'ac'}" for n in range(12)]
    ab = row(routes(engagement, outcomes, *told).transitions, source="a", target="b")
    low, high = confint_proportions_2indep(6, 7, 0, 5, method="newcomb", compare="diff")
    assert (ab["difference"], ab["low"], ab["high"]) == pytest.approx((6 / 7, low, high))


def test_the_moves_that_are_told_apart_stand_first(engagement):
    outcomes = {str(n): "success" if n < 10 else "failure" for n in range(20)}
    told = [f"{n} {'ab' if n < 10 else 'ac'}{'z' if n % 2 else 'y'}" for n in range(20)]
    table = routes(engagement, outcomes, *told).transitions
    assert set(zip(table["source"].head(2), table["target"].head(2), strict=True)) == {
        ("a", "b"),
        ("a", "c"),
    }
    assert table["p_adjusted"].dropna().is_monotonic_increasing


def test_open_journeys_are_counted_and_left_out_of_comparisons(engagement):
    outcomes = {"1": "success", "2": "failure", "3": "open"}
    result = routes(engagement, outcomes, "1 ab", "2 ac", "3 ad")
    assert (result.facts["success"], result.facts["failure"], result.facts["open"]) == (1, 1, 1)
    assert "d" not in set(result.transitions["target"])
    assert set(result.visits["touchpoint"]) == {"a", "b", "c"}
    assert set(result.routes["outcome"]) == {"success", "failure"}


def test_rank_0_is_the_likeliest_loop_free_route_and_then_come_the_commonest_whole_ones(engagement):
    outcomes = dict.fromkeys("12345", "success")
    result = routes(engagement, outcomes, "1 abab", "2 abab", "3 aab", "4 aab", "5 aab")
    assert by(result.routes, "rank", "route") == {0: "a > b", 1: "a > a > b", 2: "a > b > a > b"}
    assert by(result.routes, "rank", "n") == {0: 0, 1: 3, 2: 2}
    assert by(result.routes, "rank", "share") == {0: 0, 1: 0.6, 2: 0.4}


def test_at_most_five_whole_routes_of_an_outcome_are_listed(engagement):
    told = [f"{n} a{letter}" for n, letter in enumerate("bcdefgh")]
    result = routes(engagement, {str(n): "failure" for n in range(7)}, *told)
    assert list(result.routes["rank"]) == [0, 1, 2, 3, 4, 5]


def test_events_of_the_same_moment_keep_the_order_of_the_file(engagement):
    same = "2026-01-01T10:00:00"
    events = f"journey,touchpoint,timestamp\n1,b,{same}\n1,a,{same}\n1,c,{same}"
    result = relationship.run(
        engagement(
            events=events,
            journeys=JOURNEYS + "1,success",
            settings={"thresholds": {"suppress_below": 1}},
        )
    )
    assert list(result.routes["route"])[1] == "b > a > c"


def test_time_zones_are_brought_together_before_events_are_put_in_order(engagement):
    events = "journey,touchpoint,timestamp\n1,b,2026-01-01T10:00:00-05:00\n1,a,2026-01-01T14:00:00+00:00"
    result = relationship.run(
        engagement(
            events=events,
            journeys=JOURNEYS + "1,success",
            settings={"thresholds": {"suppress_below": 1}},
        )
    )
    assert list(result.routes["route"])[1] == "a > b"


def test_whole_routes_and_shares_of_fewer_than_five_journeys_are_not_shown(engagement):
    journeys = JOURNEYS + "\n".join(f"{journey},success" for journey in "1234")
    result = relationship.run(engagement(events=log("1 ab", "2 ab", "3 ab", "4 ab"), journeys=journeys))
    assert list(result.routes["rank"]) == [0]
    assert result.transitions["success_p"].isna().all()
    assert list(result.transitions["success_count"]) == [4]


def test_reach_loops_and_drop_off_are_shares_of_journeys(engagement):
    outcomes = dict.fromkeys("1234", "failure")
    visits = routes(engagement, outcomes, "1 aab", "2 ab", "3 ac", "4 c").visits
    a = row(visits, touchpoint="a", outcome="failure")
    assert tuple(a[["journeys", "reach", "loops", "drop_off"]]) == (3, 0.75, 1 / 3, 0)
    assert row(visits, touchpoint="b")["drop_off"] == 1


def test_touchpoints_off_the_map_are_named_as_ad_hoc(engagement):
    touchpoints = POINTS + "a,A,p,1\nb,B,p,2"
    result = routes(engagement, {"1": "success"}, "1 axby", touchpoints=touchpoints)
    assert finding(result, "route.ad_hoc").values == {"touchpoints": ["x", "y"], "n": 2}


def test_without_a_map_nothing_is_ad_hoc(engagement):
    assert "route.ad_hoc" not in {c for c, _ in found(routes(engagement, {"1": "success"}, "1 ab"))}


def test_a_touchpoint_cut_from_the_scope_is_still_on_the_map(engagement):
    client = engagement(
        touchpoints=POINTS + "a,A,p,1\nb,B,p,2",
        events=log("1 ab"),
        journeys=JOURNEYS + "1,success",
        decisions={"scope": {"cut": {"touchpoints": ["a"]}}},
    )
    assert "route.ad_hoc" not in {code for code, _ in found(relationship.run(client))}


def test_without_outcomes_of_journeys_the_table_is_asked_for_and_nothing_is_compared(engagement):
    result = relationship.run(engagement(events=log("1 ab", "2 ac")))
    assert ("missing.journeys", "journeys") in found(result)
    assert result.transitions.empty
    assert (result.facts["journeys"], result.facts["events"]) == (2, 4)


def test_one_outcome_alone_gives_its_routes_and_no_difference(engagement):
    result = routes(engagement, {"1": "success", "2": "success"}, "1 ab", "2 ac")
    assert set(result.routes["outcome"]) == {"success"}
    assert result.transitions["difference"].isna().all()
