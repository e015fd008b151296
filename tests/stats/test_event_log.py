import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmethod.stats.backend import collected, connect, table
from cxmethod.stats.event_log import event_log, event_log_of
from cxmethod.stats.routes import directly_follows, start_end, variants
from cxmethod.stats.transitions import transitions
from tests.stats.journeys import events, told, words


def routes(log) -> list[tuple[str, ...]]:
    return variants(log)["route"].tolist()


# --- order


def test_events_of_one_moment_keep_the_order_of_the_file():
    log = pd.DataFrame({"journey": 1, "touchpoint": list("bacd"), "timestamp": [5, 5, 3, 5]})
    assert routes(event_log(log)) == [("c", "b", "a", "d")]


def test_time_zones_are_brought_together():
    at = ["2026-01-01T10:00:00-05:00", "2026-01-01T14:00:00+00:00", "2026-01-01T15:30:00+01:00"]
    assert routes(event_log(events("cab").assign(timestamp=at))) == [("a", "b", "c")]


def test_moments_a_nanosecond_apart_are_told_apart():
    at = pd.to_datetime([3, 1, 2], unit="ns", utc=True)
    assert routes(event_log(events("cab").assign(timestamp=at))) == [("a", "b", "c")]


@settings(max_examples=20)
@given(words, st.randoms(use_true_random=False))
def test_the_order_of_the_file_matters_to_ties_alone(journeys, random):
    log = events(*journeys)
    order = random.sample(range(len(log)), len(log))
    shuffled = event_log(log.iloc[order])
    pd.testing.assert_frame_equal(variants(shuffled), variants(event_log(log)))
    tied = event_log(log.assign(timestamp=0).iloc[order])
    kept = log.iloc[order].groupby("journey")["touchpoint"].agg(tuple)
    assert sorted(kept) == sorted(r for r, n in variants(tied)[["route", "n"]].to_numpy() for _ in range(n))


# --- what goes in


@pytest.mark.parametrize("column", ["journey", "touchpoint", "timestamp"])
def test_a_missing_value_is_refused(column):
    log = events("ab").astype(object)
    log.loc[1, column] = None
    with pytest.raises(ValueError, match=f"values are missing in {column}"):
        event_log(log)


def test_two_outcomes_for_one_journey_are_refused():
    with pytest.raises(ValueError, match="more than one outcome"):
        event_log(events("ab"), pd.Series(["success", "failure"], index=[0, 0]))


def test_a_journey_and_a_touchpoint_called_na_are_journey_and_touchpoint():
    log = pd.DataFrame({"journey": ["NA", "NA"], "touchpoint": ["NA", "null"], "timestamp": [1, 2]})
    found = event_log(log, pd.Series({"NA": "success"})).where(outcome="success")
    assert routes(found) == [("NA", "null")]


def test_journeys_by_number_find_outcomes_by_text():
    log = event_log(events("ab", "cd"), pd.Series({"1": "success"}))
    assert routes(log.where(outcome="success")) == [("c", "d")]


def test_categories_that_never_occur_do_not_appear():
    log = events("ab").assign(touchpoint=pd.Categorical(["a", "b"], list("abz")))
    assert start_end(event_log(log))[0].to_dict() == {"a": 1}


def test_other_columns_do_not_interfere():
    log = events("ab", "ab").assign(source="web", target="x", outcome="open", next="z", sequence=0)
    found = transitions(event_log(log, pd.Series(["success", "failure"])))
    assert found[["source", "target"]].to_numpy().tolist() == [["a", "b"]]


# --- groups of journeys


def test_where_keeps_the_journeys_of_an_outcome_and_a_persona():
    log = told("a", "b", "c", "d", outcome="ssf ", persona="xyxx")
    assert routes(log.where(outcome="success")) == [("a",), ("b",)]
    assert routes(log.where(outcome="success").where(persona="x")) == [("a",)]
    assert routes(log.where(persona="x")) == [("a",), ("c",), ("d",)]
    assert (log.n_events, log.n_journeys) == (4, 4)
    assert log.where("failure", "x").n_journeys == 1


def test_several_outcomes_are_those_of_each_together():
    log = told("a", "b", "c", outcome="sfo").where(outcome=("success", "failure"))
    assert routes(log) == [("a",), ("b",)]
    assert (log.n_journeys, log.n_events) == (2, 2)


def test_rules_that_exclude_each_other_leave_nothing():
    log = told("a", "b", outcome="sf").where("success").where("failure")
    assert (log.n_journeys, routes(log)) == (0, [])


def test_groups_share_what_was_counted_once():
    log = told("ab", "ba", outcome="sf")
    assert log.where("success").tallies is log.tallies
    assert log.tallies.moves is log.tallies.moves


# --- where it is computed


def test_our_own_duckdb_loads_no_extension_and_spills_outside_the_working_folder():
    setting = connect().con.execute("SELECT current_setting(?)", ["temp_directory"]).fetchone()
    assert "cxmethod-" in setting[0]
    for name in ("autoload_known_extensions", "autoinstall_known_extensions"):
        assert connect().con.execute("SELECT current_setting(?)", [name]).fetchone() == (False,)


def elsewhere(frame: pd.DataFrame) -> ibis.Table:
    """`frame` as a table that is not ours, under headings of its own."""
    connection = connect()
    connection.con.register("clicks", pa.Table.from_pandas(frame, preserve_index=False))
    return table(connection, "clicks")


def test_a_table_elsewhere_gives_the_same_numbers():
    frame = events("abab", "ac", "ab", "acc").assign(row=range(11))
    frame["ended"] = frame["journey"].map({0: "success", 1: "success", 2: "failure", 3: "failure"})
    clicks = frame.rename(columns={"journey": "visit", "touchpoint": "page", "timestamp": "at"})
    there = event_log_of(elsewhere(clicks), "row", "visit", "page", "at", outcome="ended")
    here = event_log(frame, frame.drop_duplicates("journey").set_index("journey")["ended"])
    pd.testing.assert_frame_equal(transitions(there), transitions(here))
    pd.testing.assert_frame_equal(
        directly_follows(there.where("success")), directly_follows(here.where("success"))
    )
    pd.testing.assert_frame_equal(variants(there), variants(here))


def test_a_table_elsewhere_says_what_breaks_ties():
    frame = pd.DataFrame({"journey": 1, "touchpoint": list("abc"), "timestamp": 0, "row": [3, 1, 2]})
    assert routes(event_log_of(elsewhere(frame), "row")) == [("b", "c", "a")]


def test_a_table_elsewhere_with_missing_values_is_refused():
    frame = pd.DataFrame({"journey": ["1", None], "touchpoint": "a", "timestamp": 0, "row": [1.0, np.nan]})
    with pytest.raises(ValueError, match="missing in journey, sequence"):
        event_log_of(elsewhere(frame), "row")


def test_what_follows_is_computed_once_and_kept_as_numbers():
    log = told("abc", "ab", outcome="sf")
    kept = log.steps.get_backend().con.execute("DESCRIBE own").fetchall()
    kinds = {name: kind for name, kind, *_ in kept}
    assert kinds["journey"] == kinds["position"] == "INTEGER"
    assert kinds["next"].startswith("ENUM")
    assert collected(log.steps.order_by("journey", "position"))["touchpoint"].dtype == "str"
