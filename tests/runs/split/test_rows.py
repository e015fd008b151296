"""Whose each row is: by the column, by who answered, by the journey; never by a guess."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.engagement.reading import RawTable
from cxmethod.runs.split.rows import EVERYBODY, NOBODY, whose


def raw(name: str, **columns: list[str]) -> RawTable:
    frame = pd.DataFrame(columns, dtype="str")
    return RawTable(frame.set_axis(range(2, len(frame) + 2)), f"{name}.csv", {c: c for c in columns})


def told(table: str, column: str, **tables: RawTable) -> dict[str, list[str]]:
    """Table → the client of each row; - for nobody, * for everybody."""
    rows = whose(tables, table, column)
    names = {NOBODY: "-", EVERYBODY: "*", **dict(enumerate(rows.values))}
    return {name: [names[int(code)] for code in codes] for name, codes in rows.codes.items()}


def test_a_journey_leads_to_its_customer_and_the_customer_to_all_answers():
    found = told(
        "journeys",
        "state",
        journeys=raw("journeys", journey=["j1", "j2", "j3"], state=["A", "B", ""]),
        events=raw("events", journey=["j1", "j2", "j3", "j1"], respondent=["1", "2", "1", ""]),
        respondents=raw("respondents", respondent=["1", "2", "3"]),
        outcomes=raw("outcomes", respondent=["2", "1"]),
    )
    assert found["events"] == ["A", "B", "-", "A"]
    assert found["respondents"] == ["A", "B", "-"]
    assert found["outcomes"] == ["B", "A"]


def test_a_customer_of_two_clients_is_given_to_neither():
    found = told(
        "events",
        "branch",
        events=raw("events", journey=["j1", "j1", "j2"], respondent=["1", "1", "2"], branch=["A", "B", "B"]),
        journeys=raw("journeys", journey=["j1", "j2"]),
        respondents=raw("respondents", respondent=["1", "2"]),
    )
    assert found == {"events": ["A", "B", "B"], "journeys": ["-", "B"], "respondents": ["-", "B"]}


def test_a_blank_row_is_nobodys_also_where_its_customer_is_somebodys():
    found = told(
        "ratings",
        "branch",
        ratings=raw("ratings", respondent=["1", "1"], branch=["A", ""], touchpoint=["t", "t"]),
    )
    assert found["ratings"] == ["A", "-"]


def test_a_respondent_without_a_value_is_not_reached_through_a_journey():
    found = told(
        "respondents",
        "branch",
        respondents=raw("respondents", respondent=["1", "2"], branch=["A", ""]),
        events=raw("events", journey=["j1", "j1", "j1"], respondent=["1", "2", ""]),
    )
    assert found["events"] == ["A", "-", "A"]


def test_touchpoints_that_are_split_lead_to_their_answers():
    found = told(
        "touchpoints",
        "branch",
        touchpoints=raw("touchpoints", touchpoint=["a", "b"], branch=["A", "B"]),
        ratings=raw("ratings", respondent=["1", "1", "2"], touchpoint=["a", "b", "b"]),
        outcomes=raw("outcomes", respondent=["1", "2"]),
    )
    assert found["ratings"] == ["A", "B", "B"]
    assert found["outcomes"] == ["-", "B"]


def test_a_touchpoint_that_only_one_client_rated_leads_nowhere():
    found = told(
        "ratings",
        "branch",
        ratings=raw("ratings", respondent=["1"], touchpoint=["a"], branch=["A"]),
        waves=raw("waves", wave=["w"], touchpoint=["a"]),
        kano=raw("kano", respondent=["9"], touchpoint=["a"]),
    )
    assert (found["waves"], found["kano"]) == (["-"], ["-"])


def test_a_table_with_the_column_is_split_by_it():
    found = told(
        "respondents",
        "región",
        respondents=raw("respondents", respondent=["1", "2"], región=["A", "B"]),
        waves=raw("waves", wave=["w", "w"], touchpoint=["t", "t"], region=["B", "C"]),
        initiatives=raw("initiatives", initiative=["i1", "i2"], REGION=["A", ""]),
    )
    assert (found["waves"], found["initiatives"]) == (["B", "-"], ["A", "-"])


def test_a_heading_of_the_schemas_own_is_not_taken_for_an_attribute_of_that_name():
    found = told(
        "respondents",
        "channel",
        respondents=raw("respondents", respondent=["1", "2"], channel=["web", "phone"]),
        touchpoints=raw("touchpoints", touchpoint=["a", "b"], channel=["web", "phone"]),
    )
    assert "touchpoints" not in found


def test_an_attribute_of_that_name_without_any_client_in_it_means_something_else():
    found = told(
        "respondents",
        "class",
        respondents=raw("respondents", respondent=["1", "2"], **{"class": ["A", "B"]}),
        processes=raw("processes", process=["p"], **{"class": ["back office"]}),
    )
    assert "processes" not in found


def test_cases_that_are_journeys_go_with_them():
    tables = {
        "respondents": raw("respondents", respondent=["1", "2"], branch=["A", "B"]),
        "events": raw("events", journey=["j1", "j2"], respondent=["1", "2"]),
    }
    linked = raw("process_events", process=["p"] * 3, case=["j1", "j2", "x"])
    strange = raw("process_events", process=["p"] * 3, case=["j1", "x", "y"])
    assert told("respondents", "branch", **tables, process_events=linked)["process_events"] == ["A", "B", "-"]
    assert told("respondents", "branch", **tables, process_events=strange)["process_events"] == ["-"] * 3


def test_what_the_consultant_summed_up_is_everybodys_and_an_answer_without_a_name_nobodys():
    found = told(
        "respondents",
        "branch",
        respondents=raw("respondents", respondent=["1"], branch=["A"]),
        motivations=raw(
            "motivations",
            motivation=["m1", "m2", "m3", "m4"],
            respondent=["1", "8", "", ""],
            evidence=["observed", "observed", "supuesta", "medida"],
        ),
    )
    assert found["motivations"] == ["A", "-", "*", "-"]


def test_keys_are_compared_as_the_engagement_reads_them():
    people = pd.DataFrame({"respondent": [1.0, 2.0], "branch": ["A ", "B"]}, index=[2, 3])
    found = told(
        "respondents",
        "branch",
        respondents=RawTable(people, "respondents.parquet", {c: c for c in people}),
        outcomes=raw("outcomes", respondent=[" 2 ", "1"]),
    )
    assert found == {"respondents": ["A", "B"], "outcomes": ["B", "A"]}


def test_the_card_of_a_persona_that_is_a_client_is_that_clients():
    found = told(
        "respondents",
        "plan",
        respondents=raw("respondents", respondent=["1", "2"], plan=["A", "B"]),
        personas=raw("personas", persona=["A", "B", "other"]),
    )
    assert found["personas"] == ["A", "B", "*"]


IDS = st.sampled_from(["1", "2", "3", "4", ""])
BRANCHES = st.sampled_from(["A", "B", "C", ""])


@given(
    st.dictionaries(st.sampled_from(["1", "2", "3"]), BRANCHES, min_size=1),
    st.lists(st.tuples(st.sampled_from(["j1", "j2", ""]), IDS), max_size=8),
)
def test_a_row_with_a_customer_is_never_another_clients(people, events):
    people = people | {"1": "A"}
    found = told(
        "respondents",
        "branch",
        respondents=raw("respondents", respondent=list(people), branch=list(people.values())),
        events=raw("events", journey=[j for j, _ in events], respondent=[r for _, r in events]),
    )
    for (_, respondent), client in zip(events, found["events"], strict=True):
        if respondent:
            assert client == (people.get(respondent) or "-")
