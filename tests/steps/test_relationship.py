"""Step 2: the five questions, and the routes of journeys that end well or badly."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from cxmethod.engagement import Engagement
from cxmethod.steps import persona, phases, relationship
from cxmethod.steps.relationship import RelationshipResult

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


def run(client: Engagement) -> RelationshipResult:
    return relationship.run(client, persona.run(client))


def ended(outcomes: dict[str, str]) -> str:
    return JOURNEYS + "\n".join(f"{journey},{outcome}" for journey, outcome in outcomes.items())


def routes(
    engagement, outcomes: dict[str, str], *told: str, suppress_below: int = 1, **tables
) -> RelationshipResult:
    settings = {"thresholds": {"suppress_below": suppress_below}}
    return run(engagement(events=log(*told), journeys=ended(outcomes), settings=settings, **tables))


def many(*groups: tuple[int, str, str]) -> tuple[dict[str, str], list[str]]:
    """Outcomes and journeys: ``(6, "success", "ab")`` is six successful journeys from a to b."""
    whole = [(outcome, route) for count, outcome, route in groups for _ in range(count)]
    outcomes = {str(n): outcome for n, (outcome, _) in enumerate(whole)}
    return outcomes, [f"{n} {route}" for n, (_, route) in enumerate(whole)]


# --- phases and questions


def test_five_phases_with_a_touchpoint_each_leave_no_question_open(engagement):
    result = run(engagement(phases=FIVE, touchpoints=ANSWERS))
    assert found(result) == {("missing.events", "events")}
    assert by(result.questions, "question", "phases") == dict.fromkeys(phases.QUESTIONS, 1)
    assert by(result.questions, "question", "touchpoints") == dict.fromkeys(phases.QUESTIONS, 1)


def test_a_question_without_a_phase_is_a_finding(engagement):
    without = FIVE.replace("tell,I tell others,5,refer,post", "").strip()
    result = run(engagement(phases=without, touchpoints=ANSWERS.replace("\nreview,Review,tell,1", "")))
    assert ("phase.question_open", "refer") in found(result)
    assert row(result.questions, question="refer")["phases"] == 0


def test_a_phase_without_a_touchpoint_is_a_finding(engagement):
    result = run(engagement(phases=FIVE, touchpoints=ANSWERS.replace("\nreview,Review,tell,1", "")))
    assert ("phase.no_touchpoint", "tell") in found(result)


def test_a_phase_is_not_bare_because_its_touchpoints_were_cut_from_the_scope(engagement):
    client = engagement(
        phases=FIVE, touchpoints=ANSWERS, decisions={"scope": {"cut": {"touchpoints": ["visit"]}}}
    )
    assert "phase.no_touchpoint" not in {code for code, _ in found(run(client))}


def test_a_phase_named_like_a_department_is_a_finding_with_its_name(engagement):
    result = run(engagement(phases=PHASES + "x,Área de facturación,1,interact,during"))
    assert finding(result, "phase.department").values == {"phase": "Área de facturación"}
    assert finding(result, "phase.department").severity == "warns"


def test_without_phases_the_table_is_asked_for_instead_of_five_open_questions(engagement):
    assert found(run(engagement())) == {
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
    outcomes, told = many(
        (9, "success", "ab"), (1, "success", "ac"), (1, "failure", "ab"), (9, "failure", "ac")
    )
    table = routes(engagement, outcomes, *[f"{each}{'zy'[n % 2]}" for n, each in enumerate(told)]).transitions
    first = set(zip(table["source"].head(2), table["target"].head(2), strict=True))
    assert first == {("a", "b"), ("a", "c")}
    assert table["p_adjusted"].dropna().is_monotonic_increasing


def test_moves_into_what_defines_the_outcome_are_marked_and_not_tested(engagement):
    outcomes, told = many(
        (9, "success", "abz"), (1, "success", "acz"), (5, "failure", "ab"), (5, "failure", "ac")
    )
    result = routes(engagement, outcomes, *told)
    into = result.transitions[result.transitions["target"] == "z"]
    assert into["by_definition"].all()
    assert into["p_adjusted"].isna().all()
    assert into["difference"].tolist() == [1, 1]
    assert result.influence.set_index("touchpoint")["by_definition"].to_dict() == {
        "a": False, "b": False, "c": False, "z": True,
    }  # fmt: skip


def test_what_most_but_not_all_of_an_outcome_visit_defines_nothing(engagement):
    outcomes, told = many((9, "success", "abz"), (1, "success", "ab"), (10, "failure", "ab"))
    assert not routes(engagement, outcomes, *told).transitions["by_definition"].any()


def test_a_move_that_is_told_apart_is_a_finding_so_that_nothing_to_point_out_is_never_said(engagement):
    points = POINTS + "a,Home,p,1\nb,Cart,p,2\nc,Exit,p,3"
    outcomes, told = many(
        (18, "success", "ab"), (2, "success", "ac"), (2, "failure", "ab"), (18, "failure", "ac")
    )
    found_ = finding(routes(engagement, outcomes, *told, touchpoints=points), "route.parting_success")
    assert (found_.values["from_touchpoint"], found_.values["to_touchpoint"]) == ("Home", "Cart")
    assert (found_.values["success_share"], found_.values["failure_share"]) == (0.9, 0.1)


def test_a_move_back_to_the_same_touchpoint_is_told_as_going_round_in_circles(engagement):
    outcomes, told = many(
        (18, "success", "ab"), (2, "success", "aab"), (18, "failure", "aa"), (2, "failure", "ab")
    )
    codes = {code for code, _ in found(routes(engagement, outcomes, *told))}
    assert "route.parting_again_failure" in codes


def test_open_journeys_are_counted_and_left_out_of_comparisons(engagement):
    outcomes = {"1": "success", "2": "failure", "3": "open"}
    result = routes(engagement, outcomes, "1 ab", "2 ac", "3 ad")
    assert (result.facts["success"], result.facts["failure"], result.facts["open"]) == (1, 1, 1)
    assert "d" not in set(result.transitions["target"])
    assert set(result.visits["touchpoint"]) == {"a", "b", "c"}
    assert set(result.routes["outcome"]) == {"success", "failure"}
    assert finding(result, "route.open").values == {"n": 1, "n_journeys": 3}


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
    result = run(
        engagement(
            events=events,
            journeys=JOURNEYS + "1,success",
            settings={"thresholds": {"suppress_below": 1}},
        )
    )
    assert list(result.routes["route"])[1] == "b > a > c"


def test_time_zones_are_brought_together_before_events_are_put_in_order(engagement):
    events = "journey,touchpoint,timestamp\n1,b,2026-01-01T10:00:00-05:00\n1,a,2026-01-01T14:00:00+00:00"
    result = run(
        engagement(
            events=events,
            journeys=JOURNEYS + "1,success",
            settings={"thresholds": {"suppress_below": 1}},
        )
    )
    assert list(result.routes["route"])[1] == "a > b"


# --- few journeys


def test_nothing_is_shown_of_an_outcome_of_fewer_than_five_journeys(engagement):
    outcomes, told = many((4, "success", "ab"), (6, "failure", "ac"))
    result = routes(engagement, outcomes, *told, suppress_below=5)
    assert set(result.routes["outcome"]) == {"failure"}
    own = result.transitions[[f"success_{name}" for name in ("n", "p", "count")]]
    assert own[own["success_n"] != 0].isna().all(axis=None)
    assert result.transitions[["difference", "low", "high", "p_adjusted"]].isna().all(axis=None)
    assert result.influence.empty
    assert finding(result, "route.few_success").values == {"needed": 5}


def test_a_touchpoint_that_few_journeys_visit_shows_nothing_nor_does_the_sum_that_would_tell(engagement):
    outcomes, told = many((9, "success", "ab"), (3, "failure", "ab"), (6, "failure", "a"))
    visits = routes(engagement, outcomes, *told, suppress_below=5).visits
    shares = ["journeys", "reach", "low", "high", "starts", "loops", "drop_off"]
    for outcome in ("failure", "all"):
        assert row(visits, touchpoint="b", outcome=outcome)[shares].isna().all()
    assert row(visits, touchpoint="b", outcome="success")["journeys"] == 9
    assert row(visits, touchpoint="a", outcome="all")["journeys"] == 18


def test_a_likeliest_route_that_few_took_exactly_so_is_shown_without_their_number(engagement):
    outcomes, told = many((2, "success", "abc"), (8, "success", "abbc"))
    first = row(routes(engagement, outcomes, *told, suppress_below=5).routes, rank=0)
    assert first["route"] == "a > b > c"
    assert first[["n", "share"]].isna().all()


def test_a_move_that_few_journeys_make_is_not_drawn(engagement):
    outcomes, told = many((8, "success", "ab"), (4, "success", "ac"))
    assert set(routes(engagement, outcomes, *told, suppress_below=5).moves["target"]) == {"b"}


def test_below_thirty_journeys_of_an_outcome_shares_are_said_to_be_indicative(engagement):
    outcomes, told = many((6, "success", "ab"), (6, "failure", "a"))
    values = finding(routes(engagement, outcomes, *told), "route.indicative").values
    assert values == {"n_success": 6, "n_failure": 6, "min_n": 30}


def test_journeys_without_an_outcome_and_outcomes_without_steps_are_counted(engagement):
    result = run(
        engagement(events=log("1 ab", "2 ab", "3 ab"), journeys=ended({"1": "success", "9": "failure"}))
    )
    assert finding(result, "route.no_outcome").values["n"] == 2
    assert finding(result, "route.no_events").values["n"] == 1


# --- visits


def test_reach_loops_and_drop_off_are_shares_of_journeys(engagement):
    outcomes = dict.fromkeys("1234", "failure")
    visits = routes(engagement, outcomes, "1 aab", "2 ab", "3 ac", "4 c").visits
    a = row(visits, touchpoint="a", outcome="failure")
    assert tuple(a[["journeys", "reach", "starts", "loops", "drop_off"]]) == (3, 0.75, 0.75, 1 / 3, 0)
    assert row(visits, touchpoint="b", outcome="failure")["drop_off"] == 1


def test_all_are_the_journeys_that_ended_well_or_badly(engagement):
    outcomes = {"1": "success", "2": "failure", "3": "open"}
    a = row(routes(engagement, outcomes, "1 ab", "2 aa", "3 ac").visits, touchpoint="a", outcome="all")
    assert tuple(a[["journeys", "reach", "loops", "drop_off"]]) == (2, 1, 0.5, 0.5)


def test_without_outcomes_all_are_all_journeys(engagement):
    result = run(engagement(events=log("1 ab", "2 ac"), settings={"thresholds": {"suppress_below": 1}}))
    assert by(result.visits, "touchpoint", "reach") == {"a": 1, "b": 0.5, "c": 0.5}
    assert set(result.visits["outcome"]) == {"all"}


# --- planned against actual

PLAN = {"phases": FIVE, "touchpoints": ANSWERS}
WORDS = {"a": "ad", "q": "quote", "v": "visit", "c": "call", "x": "stray"}


def walks(*routes_: str) -> str:
    """Events of journeys 1, 2 … through the touchpoints of the plan; a capital letter is a step in which it failed."""
    lines = [
        f"{journey},{WORDS[step.lower()]},2026-01-01T10:{minute:02d}:00,{step.isupper()}"
        for journey, route in enumerate(routes_, start=1)
        for minute, step in enumerate(route)
    ]
    return "\n".join(["journey,touchpoint,timestamp,failed", *lines])


def planned(engagement, *routes_: str, suppress_below: int = 1) -> RelationshipResult:
    outcomes = {str(n): "success" if n % 2 else "failure" for n in range(1, len(routes_) + 1)}
    settings = {"thresholds": {"suppress_below": suppress_below}}
    return run(engagement(events=walks(*routes_), journeys=ended(outcomes), settings=settings, **PLAN))


def test_a_journey_leaves_the_plan_in_four_ways(engagement):
    table = planned(engagement, "aqvc", "axvc", "aqvqc", "aqV").deviations
    everyone = table[table["outcome"] == "all"]
    told = {(r["kind"], r["touchpoint"]): (r["n"], r["journeys"]) for r in everyone.to_dict("records")}
    assert told == {
        ("ad_hoc", "stray"): (1, 4),
        ("irregular_sequence", "quote"): (1, 3),
        ("failure", "visit"): (1, 4),
        ("missing", "quote"): (1, 4),
    }


def test_journeys_that_follow_the_plan_are_counted(engagement):
    facts = planned(engagement, "aqvc", "aq", "axvc", "aqV").facts
    assert (facts["conforming"], facts["compared_with_plan"]) == (2, 4)


def test_a_touchpoint_that_no_journey_records_is_not_said_to_be_skipped(engagement):
    result = planned(engagement, "aqvc", "aqvc")
    assert "review" not in set(result.deviations["touchpoint"])
    assert finding(result, "route.unseen").values == {"touchpoints": ["Review"], "n": 1}


def test_deviations_by_outcome_stand_beside_those_of_all(engagement):
    table = planned(engagement, "aqvc", "avc").deviations
    missing = table[table["kind"] == "missing"]
    assert by(missing, "outcome", "share") == {"all": 0.5, "failure": 1.0}


def test_a_deviation_of_fewer_than_five_journeys_is_not_shown(engagement):
    assert planned(engagement, *["aqvc"] * 6, *["avc"] * 4, suppress_below=5).deviations.empty
    assert planned(engagement, *["aqvc"] * 6, *["avc"] * 4, suppress_below=5).facts["conforming"] == 6


def test_few_journeys_that_follow_the_plan_are_not_counted_out(engagement):
    assert planned(engagement, *["avc"] * 6, *["aqvc"] * 4, suppress_below=5).facts["conforming"] is None


def test_without_phases_there_is_no_plan(engagement):
    result = routes(engagement, {"1": "success"}, "1 ab", touchpoints=POINTS + "a,A,p,1\nb,B,p,2")
    assert result.deviations.empty
    assert "conforming" not in result.facts


# --- personas


def test_each_persona_has_rows_of_its_own_where_its_journeys_are_enough(engagement):
    events = "journey,touchpoint,timestamp,respondent\n" + "\n".join(
        f"{n},{step},2026-01-01T10:0{minute}:00,r{n}" for n in range(13) for minute, step in enumerate("ab")
    )
    kinds = ["gold"] * 8 + ["silver"] * 2 + ["bronze"] * 2 + ["iron"]
    people = "respondent,persona\n" + "\n".join(f"r{n},{kind}" for n, kind in enumerate(kinds))
    cards = "persona,name,evidence\n" + "\n".join(f"{kind},{kind},assumed" for kind in dict.fromkeys(kinds))
    outcomes = {str(n): "success" for n in range(13)}
    result = run(engagement(events=events, journeys=ended(outcomes), respondents=people, personas=cards))
    for table in (result.visits, result.transitions, result.routes):
        assert set(table["persona"]) == {"all", "gold"}
    assert row(result.routes, persona="gold", rank=1)["n"] == 8


def test_a_persona_named_in_the_events_counts_where_the_respondent_is_unknown(engagement):
    events = "journey,touchpoint,timestamp,persona\n" + "\n".join(f"{n},a,2026-01-01,gold" for n in range(6))
    cards = "persona,name,evidence\ngold,Gold,assumed"
    result = run(
        engagement(events=events, journeys=ended({str(n): "success" for n in range(6)}), personas=cards)
    )
    assert row(result.visits, persona="gold", outcome="success")["journeys"] == 6


def whose(*groups: tuple[int, str, str, str], each: int = 1) -> dict[str, str]:
    """Tables of journeys with their personas: ``(6, "a", "success", "xy")``; each customer made `each` of them."""
    lines = [line for count, *line in groups for _ in range(count)]
    events = [
        f"{n},{step},2026-01-01T10:{minute:02d}:00,r{persona}{n // each},{persona}"
        for n, (persona, _, route) in enumerate(lines)
        for minute, step in enumerate(route)
    ]
    personas = dict.fromkeys(persona for _, persona, *_ in groups)
    return {
        "events": "\n".join(["journey,touchpoint,timestamp,respondent,persona", *events]),
        "journeys": ended({str(n): outcome for n, (_, outcome, _) in enumerate(lines)}),
        "personas": "persona,name,evidence\n" + "\n".join(f"{name},{name},assumed" for name in personas),
    }


def test_a_persona_by_which_the_journeys_of_few_could_be_worked_out_is_not_shown(engagement):
    result = run(engagement(**whose((20, "a", "success", "xy"), (3, "b", "success", "xxy"))))
    for table in (result.visits, result.transitions, result.routes, result.deviations):
        assert set(table["persona"]) <= {"all"}
    assert row(result.visits, outcome="success", touchpoint="x")["loops"] == pytest.approx(3 / 23)


def test_at_a_touchpoint_that_few_of_a_persona_visit_the_smallest_other_one_is_hidden_too(engagement):
    journeys = whose(
        (9, "a", "success", "xy"),
        (8, "b", "success", "xy"),
        (6, "c", "success", "y"),
        (3, "c", "success", "xy"),
    )
    result = run(engagement(**journeys))
    visits = result.visits[result.visits["outcome"] == "success"].set_index(["persona", "touchpoint"])
    told = visits["journeys"].notna()
    assert {key for key, seen in told.items() if not seen} == {("b", "x"), ("c", "x")}
    moves = result.transitions.set_index(["persona", "source"])["success_p"].notna()
    assert moves.to_dict() == {("all", "x"): True, ("a", "x"): True, ("b", "x"): False, ("c", "x"): False}


def test_a_route_that_few_of_a_persona_took_cannot_be_worked_out(engagement):
    journeys = whose((9, "a", "success", "xy"), (3, "b", "success", "xy"), (6, "b", "success", "yx"))
    routes_ = run(engagement(**journeys)).routes
    common = routes_[routes_["rank"] > 0]
    assert set(zip(common["persona"], common["route"], strict=True)) == {
        ("all", "x > y"), ("all", "y > x"), ("b", "y > x"),
    }  # fmt: skip
    assert row(routes_, persona="a", rank=0)[["n", "share"]].isna().all()


def test_a_deviation_of_few_is_not_what_all_less_the_other_outcome_leave(engagement):
    outcomes = {str(n): "success" if 2 <= n < 20 else "failure" for n in range(30)}
    events = "journey,touchpoint,timestamp,failed\n" + "\n".join(
        f"{n},{step},2026-01-01T10:0{minute}:00,{step == 'a' and n < 7}"
        for n in range(30)
        for minute, step in enumerate("ab")
    )
    points = "touchpoint,name,phase,order\na,A,p,1\nb,B,p,2"
    client = engagement(
        events=events, journeys=ended(outcomes), touchpoints=points, phases=PHASES + "p,P,1,interact,during"
    )
    failures = run(client).deviations.query("kind == 'failure'")
    assert by(failures, "outcome", "n") == {"all": 7}


@pytest.mark.parametrize(("each", "shown"), [(1, {"all", "a", "b"}), (4, {"all", "a"})])
def test_journeys_of_few_customers_are_few(engagement, each, shown):
    groups = ((24, "a", "success", "xy"), (12, "b", "success", "xy"), (12, "c", "success", "xy"))
    result = run(engagement(**whose(*groups, each=each)))
    assert {"all", "a"} <= set(result.visits["persona"])
    assert ("b" in set(result.visits["persona"])) == ("b" in shown)


def test_an_outcome_that_few_customers_made_many_times_shows_nothing_and_says_so(engagement):
    journeys = whose((12, "a", "failure", "xy"), (24, "a", "success", "xy"), each=4)
    result = run(engagement(**journeys))
    assert set(result.routes["outcome"]) == {"success"}
    assert result.influence.empty
    failed = result.visits[result.visits["outcome"] == "failure"]
    assert failed["journeys"].isna().all()
    assert finding(result, "route.few_customers_failure").values == {"n_journeys": 12, "needed": 5}


# --- journeys typed in from interviews


def test_journeys_typed_in_without_times_keep_the_order_of_their_rows(engagement):
    typed = "journey,touchpoint\nana,b\nana,a\nluis,a\nana,c\nluis,b"
    result = run(
        engagement(
            events=typed,
            journeys=ended({"ana": "success", "luis": "failure"}),
            settings={"thresholds": {"suppress_below": 1}},
        )
    )
    whole = result.routes[result.routes["rank"] == 1]
    assert by(whole, "outcome", "route") == {"success": "b > a > c", "failure": "a > b"}
    assert finding(result, "route.untimed").values["n"] == 2


def test_a_step_without_a_time_comes_after_the_row_before_it(engagement):
    typed = "journey,touchpoint,timestamp\n1,a,2026-01-02\n1,b,\n1,c,2026-01-01\n2,x,\n2,y,2026-01-01\n2,z,2025-01-01"
    result = run(
        engagement(
            events=typed,
            journeys=ended({"1": "success", "2": "failure"}),
            settings={"thresholds": {"suppress_below": 1}},
        )
    )
    whole = result.routes[result.routes["rank"] == 1]
    assert by(whole, "outcome", "route") == {"success": "c > a > b", "failure": "z > x > y"}


# --- the map


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
    assert "route.ad_hoc" not in {code for code, _ in found(run(client))}


def test_without_outcomes_of_journeys_the_table_is_asked_for_and_nothing_is_compared(engagement):
    result = run(engagement(events=log("1 ab", "2 ac")))
    assert ("missing.journeys", "journeys") in found(result)
    assert result.transitions.empty
    assert (result.facts["journeys"], result.facts["events"]) == (2, 4)


def test_one_outcome_alone_gives_its_routes_and_no_difference(engagement):
    result = routes(engagement, {"1": "success", "2": "success"}, "1 ab", "2 ac")
    assert set(result.routes["outcome"]) == {"success"}
    assert result.transitions["difference"].isna().all()
