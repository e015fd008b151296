"""Step 6: what the company does behind the touchpoints, held against sums done by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps import processes
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.processes import ProcessResult

from .reading import by, finding, found, row

POINTS = "touchpoint,name,phase,order\ndesk,Desk,p,1\nroom,Room,p,2\nbill,Bill,p,3"
LINKS = "touchpoint,process\ndesk,admit\nroom,wait\nbill,charge"
PROCESSES = """
process,name,owner,minutes,wait_minutes,rework_rate,sla_met_rate,cost_per_case,cases_per_month
admit,Admission,Ana,10,30,0.1,0.9,5,600
wait,Waiting,Ana,15,45,0.02,0.4,8,1200
charge,Billing,Luis,5,0,0.25,0.8,2,100
"""


def ran(engagement, kinds=None, **tables) -> ProcessResult:
    own = pd.DataFrame(
        {"touchpoint": list(kinds or {}), "kind": list((kinds or {}).values())}, dtype="string"
    )
    moments = MomentResult(drivers=pd.DataFrame(), moments=own.assign(persona="all"))
    given = {"touchpoints": POINTS, "touchpoint_processes": LINKS, "processes": PROCESSES} | tables
    return processes.run(engagement(**given), moments)


def test_flow_efficiency_is_work_over_work_and_waiting(engagement):
    assert by(ran(engagement).processes, "process", "flow_efficiency") == {
        "admit": 0.25,
        "wait": 0.25,
        "charge": 1.0,
    }


def test_what_takes_no_time_at_all_has_no_flow_efficiency(engagement):
    table = "process,name,minutes,wait_minutes\nx,X,0,0\ny,Y,5,"
    result = ran(engagement, processes=table, touchpoint_processes=None)
    assert result.processes["flow_efficiency"].isna().all()


def test_rework_costs_cases_times_rate_times_cost_a_month(engagement):
    result = ran(engagement)
    assert by(result.processes, "process", "monthly_rework_cost") == pytest.approx(
        {"admit": 600 * 0.1 * 5, "wait": 1200 * 0.02 * 8, "charge": 100 * 0.25 * 2}
    )
    assert result.facts["monthly_rework_cost"] == pytest.approx(300 + 192 + 50)
    assert result.facts["costed"] == 3


def test_rework_of_unknown_cost_is_unknown_not_free(engagement):
    table = "process,name,rework_rate,cost_per_case,cases_per_month\nx,X,0.5,,100\ny,Y,0.5,2,100"
    result = ran(engagement, processes=table, touchpoint_processes=None)
    assert by(result.processes, "process", "monthly_rework_cost") == {"x": None, "y": 100}
    assert (result.facts["monthly_rework_cost"], result.facts["costed"]) == (100, 1)


def test_bottlenecks_rank_by_the_hours_that_all_cases_wait_in_a_month(engagement):
    table = ran(engagement).processes
    assert by(table, "process", "waiting_hours") == {"wait": 900, "admit": 300, "charge": 0}
    assert by(table, "process", "bottleneck_rank") == {"wait": 1, "admit": 2, "charge": 3}
    assert list(table["process"]) == ["wait", "admit", "charge"]


def test_a_process_of_unknown_waiting_has_no_place_among_bottlenecks(engagement):
    table = "process,name,minutes,wait_minutes,cases_per_month\nx,X,1,,100\ny,Y,1,5,100"
    result = ran(engagement, processes=table, touchpoint_processes=None)
    assert by(result.processes, "process", "bottleneck_rank") == {"y": 1, "x": None}


def test_a_process_lists_the_touchpoints_and_red_points_that_it_serves(engagement):
    links = LINKS + "\nroom,admit"
    table = ran(engagement, {"room": "red", "desk": "value"}, touchpoint_processes=links).processes
    admit = row(table, process="admit")
    assert (admit["touchpoints"], admit["red_points"]) == ("desk;room", "room")


def test_a_red_point_without_a_process_is_uncovered(engagement):
    kinds = {"room": "red", "desk": "value"}
    result = ran(engagement, kinds, touchpoint_processes="touchpoint,process\nbill,charge")
    assert {item for code, item in found(result) if code == "process.red_uncovered"} == {"room"}


def test_a_process_without_an_owner_is_a_finding(engagement):
    result = ran(engagement, processes=PROCESSES.replace("Billing,Luis", "Billing,"))
    assert ("process.no_owner", "charge") in found(result)


def test_a_process_that_serves_no_touchpoint_is_a_finding(engagement):
    result = ran(engagement, touchpoint_processes="touchpoint,process\ndesk,admit\nroom,wait")
    assert ("process.no_touchpoint", "charge") in found(result)


def test_hand_overs_are_told_where_the_customer_meets_another_owner(engagement):
    told = {"touchpoint": "Room", "owner": "Ana", "next_touchpoint": "Bill", "next_owner": "Luis"}
    assert finding(ran(engagement), "process.handover").values == told
    assert finding(ran(engagement, {"bill": "red"}), "process.handover_red").severity == "warns"


def test_one_owner_throughout_hands_nothing_over(engagement):
    result = ran(engagement, processes=PROCESSES.replace("Luis", "Ana"))
    assert "process.handover" not in {code for code, _ in found(result)}


def test_links_follow_the_journey_and_name_each_touchpoint_even_without_a_process(engagement):
    links = ran(engagement, touchpoint_processes="touchpoint,process\nroom,wait").links
    assert list(links["name"]) == ["Desk", "Room", "Bill"]
    assert list(links["process_name"].fillna("-")) == ["-", "Waiting", "-"]


def test_without_processes_the_table_is_asked_for_and_red_points_stand_uncovered(engagement):
    result = ran(engagement, {"room": "red"}, processes=None, touchpoint_processes=None)
    assert found(result) == {("missing.processes", "processes"), ("process.red_uncovered", "room")}
    assert result.processes.empty


def test_without_any_cost_the_sum_is_unknown(engagement):
    result = ran(engagement, processes="process,name\nx,X", touchpoint_processes=None)
    assert pd.isna(result.facts["monthly_rework_cost"])


# --- from logs and models


def logged(*, starts: bool = True, cases: int = 6, minutes: int = 10, days: int = 7) -> pd.DataFrame:
    """So many cases, days apart, of ask and answer; half an hour between them; the first case asks twice."""
    day, rows = pd.Timestamp("2026-01-01T08:00:00Z"), []
    for number in range(cases):
        at = day + pd.Timedelta(days=days * number)
        names = ["ask", "ask", "answer"] if number == 0 else ["ask", "answer"]
        for place, activity in enumerate(names):
            start = at + pd.Timedelta(minutes=place * (minutes + 30))
            rows.append(("admit", f"c{number}", activity, start, start + pd.Timedelta(minutes=minutes)))
    frame = pd.DataFrame(rows, columns=["process", "case", "activity", "start", "end"])
    told = {name: frame[name].map(lambda moment: moment.isoformat()) for name in ("start", "end")}
    return frame.assign(**told) if starts else frame.assign(**told).drop(columns="start")


TASKS = """
task,name,process,process_name,owner,next
m.a.1,Registrar admisión en el desk,front_nurse,Front · Nurse,Nurse,m.b
m.b,Pagar la cuenta,admit,Admission,Carla,
"""
ALONE = {"touchpoint_processes": None, "processes": None}


def test_a_log_alone_gives_its_process_with_measured_times(engagement):
    result = ran(engagement, process_events=logged(), **ALONE)
    admit = row(result.processes, process="admit")
    assert admit["minutes"] == pytest.approx((30 + 5 * 20) / 6)
    assert admit["wait_minutes"] == pytest.approx((60 + 5 * 30) / 6)
    assert admit["rework_rate"] == pytest.approx(1 / 6)
    assert admit["origin"] == "from_log"
    assert admit["measured"] == "minutes;wait_minutes;rework_rate;cases_per_month"


def test_blanks_of_the_table_are_filled_and_what_is_written_stays(engagement):
    table = "process,name,minutes,sla_minutes\nadmit,Admission,12,60"
    result = ran(engagement, processes=table, touchpoint_processes=None, process_events=logged())
    admit = row(result.processes, process="admit")
    assert (admit["minutes"], admit["sla_met_rate"]) == (12, pytest.approx(5 / 6))
    assert admit["measured"] == "wait_minutes;rework_rate;sla_met_rate;cases_per_month"


def test_what_is_written_and_what_is_measured_differ(engagement):
    table = "process,name,minutes,wait_minutes\nadmit,Admission,21,10"
    result = ran(engagement, processes=table, touchpoint_processes=None, process_events=logged())
    told = finding(result, "process.conflict_wait_minutes").values
    assert (told["written_minutes"], told["measured_minutes"]) == (10, 35)
    assert "process.conflict_minutes" not in {code for code, _ in found(result)}


def test_a_log_of_ends_says_so_and_leaves_waiting_unknown(engagement):
    result = ran(engagement, process_events=logged(starts=False), **ALONE)
    assert ("process.log_ends_only", "admit") in found(result)
    assert row(result.processes, process="admit")[["minutes", "wait_minutes"]].isna().all()


def starts_of(n: int, cases: int = 8) -> pd.DataFrame:
    """A log of ask and answer with the starts of the first `n` cases; each on a day of its own."""
    events = logged(cases=cases)
    return events.assign(
        start=events["start"].where(events["case"].isin([f"c{number}" for number in range(n)]), "")
    )


def test_what_is_known_of_few_cases_is_not_shown(engagement):
    result = ran(engagement, process_events=starts_of(1), **ALONE)
    answer = row(result.activities, activity="answer")
    assert answer[["waiting_mean", "working_mean", "working_p90", "bottleneck_rank"]].isna().all()
    assert answer["elapsed_mean"] == 40
    move = row(result.moves, source="ask", target="answer")
    assert pd.isna(move["waiting_mean"])
    assert row(result.cycles, process="admit")[["waiting_mean", "working_mean"]].isna().all()
    codes = {code for code, _ in found(result)}
    assert {"process.activity_waits", "process.log_ends_only"} & codes == set()
    assert ("process.log_few_starts", "admit") in found(result)


def test_what_is_known_of_five_cases_is_shown(engagement):
    result = ran(engagement, process_events=starts_of(5), **ALONE)
    assert row(result.activities, activity="answer")["waiting_mean"] == 30
    assert "process.log_few_starts" not in {code for code, _ in found(result)}


def test_many_executions_of_few_cases_are_few(engagement):
    events = logged(cases=6)
    again = pd.concat(
        [events, *[events[events["case"] == "c1"].assign(activity=f"ask{n // 3}") for n in range(9)]]
    )
    activities = ran(engagement, process_events=again, **ALONE).activities
    assert set(activities["activity"]) == {"ask", "answer"}


def test_a_move_of_few_cases_cannot_be_worked_out_from_the_others(engagement):
    day = pd.Timestamp("2026-01-01T08:00:00Z")
    paths = ["ask answer"] * 6 + ["call answer"] * 3
    rows = [
        ("admit", f"c{n}", activity, (day + pd.Timedelta(days=n, minutes=30 * place)).isoformat())
        for n, path in enumerate(paths)
        for place, activity in enumerate(path.split())
    ]
    events = pd.DataFrame(rows, columns=["process", "case", "activity", "end"])
    assert ran(engagement, process_events=events, **ALONE).moves.empty


def test_a_log_of_few_cases_shows_nothing(engagement):
    result = ran(engagement, process_events=logged(cases=4), **ALONE)
    assert ("process.log_withheld", "admit") in found(result)
    assert [len(frame) for frame in (result.cycles, result.activities, result.moves)] == [0, 0, 0]
    assert pd.isna(row(result.processes, process="admit")["rework_rate"])


def test_where_cases_wait_longest_is_said(engagement):
    result = ran(engagement, process_events=logged(), **ALONE)
    told = finding(result, "process.activity_waits").values
    assert (told["activity"], told["waiting_minutes"], told["n"]) == ("answer", 30, 6)


def test_a_model_alone_gives_processes_with_the_owners_of_its_lanes(engagement):
    result = ran(engagement, process_tasks=TASKS, **ALONE)
    assert by(result.processes, "process", "owner") == {"front_nurse": "Nurse", "admit": "Carla"}
    assert set(result.processes["origin"]) == {"from_model"}
    assert finding(result, "process.match_open").values == {"n": 2}


def test_a_model_names_the_owner_that_the_table_leaves_blank(engagement):
    result = ran(engagement, processes=PROCESSES.replace("Admission,Ana", "Admission,"), process_tasks=TASKS)
    assert row(result.processes, process="admit")["owner"] == "Carla"


def test_a_task_is_proposed_by_the_words_of_its_name_and_counts_once_decided(engagement):
    decided = {"processes": {"matched": {"m.a.1": "desk", "m.b": ""}}}
    open_ = ran(engagement, process_tasks=TASKS, **ALONE)
    assert by(open_.tasks, "task", "proposed") == {"m.a.1": "desk", "m.b": None}
    assert open_.links["process"].isna().all()
    result = ran(engagement, process_tasks=TASKS, decisions=decided, **ALONE)
    assert row(result.links, touchpoint="desk")["process_name"] == "Front · Nurse"
    assert "process.match_open" not in {code for code, _ in found(result)}


def test_a_match_of_what_is_not_there_is_lost(engagement):
    decided = {"processes": {"matched": {"gone": "desk", "m.b": "nowhere"}}}
    result = ran(engagement, process_tasks=TASKS, decisions=decided, **ALONE)
    assert {item for code, item in found(result) if code == "process.match_lost"} == {"gone", "m.b"}


def test_a_bottleneck_under_a_red_point_is_priced_or_said_to_have_no_price(engagement):
    kinds = {"room": "red", "desk": "red"}
    priced = finding(ran(engagement, {"room": "red"}), "process.bottleneck_costed").values
    assert (priced["n_hours"], priced["touchpoints"]) == (900, ["Room"])
    unknown = ran(engagement, kinds, processes=PROCESSES.replace(",8,1200", ",,1200"))
    assert ("process.bottleneck_uncosted", "wait") in found(unknown)
    assert finding(unknown, "process.no_cost").values == {"processes": ["Waiting"]}


def test_an_owner_who_stays_hands_nothing_over(engagement):
    links = LINKS + "\nbill,admit"
    assert "process.handover" not in {code for code, _ in found(ran(engagement, touchpoint_processes=links))}


def test_everything_together_and_nothing_at_all_both_work(engagement):
    whole = ran(engagement, {"room": "red"}, process_events=logged(), process_tasks=TASKS)
    assert len(whole.processes) == 4
    nothing = ran(engagement, touchpoints=None, **ALONE)
    assert found(nothing) == {("missing.processes", "processes")}
    assert nothing.facts["basis"] == "none"
