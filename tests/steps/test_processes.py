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
    assert finding(ran(engagement), "process.handovers").values == {"n": 1, "touchpoints": ["Bill"]}


def test_one_owner_throughout_hands_nothing_over(engagement):
    result = ran(engagement, processes=PROCESSES.replace("Luis", "Ana"))
    assert "process.handovers" not in {code for code, _ in found(result)}


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
