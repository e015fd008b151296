"""The logs of the process-mining literature, through intake: the numbers of pm4py, and of pandas where it has none."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import yaml

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.intake import take_in
from cxmethod.stats.routes import directly_follows, start_end, variants
from cxmethod.steps.events import log_of

from .conftest import at_hand

pytestmark = pytest.mark.slow

XES = {
    "kind": "event_log",
    "case": "case:concept:name",
    "activity": "concept:name",
    "timestamp": "time:timestamp",
}
SHOP = {"kind": "event_log", "case": "client_id", "activity": "event", "timestamp": "timestamp"}
INTERVAL = "event_logs/interval_event_log.csv"


@pytest.fixture
def taken(tmp_path):
    """An engagement that has taken in one log of the folder `shared`."""

    def make(name: str, source: dict[str, object]) -> Engagement:
        file = at_hand(f"data/{name}")
        agreed = {"client": "Log", "language": "en", "sources": [{**source, "file": file.name}]}
        (tmp_path / "engagement.yaml").write_text(yaml.safe_dump(agreed))
        client = cxmethod.open(tmp_path)
        take_in(client, [file])
        return client

    return make


def oracle(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(at_hand("oracles/pm4py_oracle_given.json").read_text())[name]
    return found


@pytest.mark.parametrize(
    ("name", "file", "source"),
    [
        ("running-example", "event_logs/running-example.csv", XES),
        ("running-example", "event_logs/running-example.xes", XES),
        ("roadtraffic100", "event_logs/roadtraffic100traces.xes", XES),
        ("roadtraffic100", "event_logs/roadtraffic100traces.csv", XES),
        ("simple_shop", "simple_shop/simple-onlineshop.csv", SHOP),
        ("interval_event_log", INTERVAL, XES),
        ("interval_event_log", "event_logs/interval_event_log.xes", XES),
    ],
)
def test_counts_ends_and_variants_are_those_of_pm4py(taken, name, file, source):
    log, expected = log_of(taken(file, source)), oracle(name)
    assert (log.n_journeys, log.n_events) == (expected["cases"], expected["events"])
    starts, ends = start_end(log)
    assert (starts.to_dict(), ends.to_dict()) == (expected["start"], expected["end"])
    table = variants(log)
    counted = dict(zip(table["route"].map(" > ".join), table["n"], strict=True))
    assert len(table) == expected["n_variants"]
    assert all(counted[route] == n for n, route in expected["top_variants"])
    if name != "interval_event_log":  # there pm4py orders what follows what by the start: below
        assert sorted(directly_follows(log).to_numpy().tolist()) == sorted(expected["dfg"])


def test_events_with_a_start_and_an_end_follow_each_other_by_their_start(taken):
    client = taken(INTERVAL, {**XES, "timestamp": "start_timestamp", "end": "time:timestamp"})
    counts = directly_follows(log_of(client))
    assert sorted(counts.to_numpy().tolist()) == sorted(oracle("interval_event_log")["dfg"])
    events = client.table("events")
    assert (events["end"] >= events["timestamp"]).all()
    hours = (events["end"] - events["timestamp"]).dt.total_seconds().groupby(events["touchpoint"]).mean()
    expected = oracle("interval_event_log")["service_time_seconds_by_activity"]
    assert hours.to_dict() == pytest.approx({name: own["mean"] for name, own in expected.items()})


def test_columns_that_no_source_names_do_not_disturb_a_log(taken):
    counts = directly_follows(log_of(taken("event_logs/receipt.csv", XES)))
    raw = pd.read_csv(at_hand("data/event_logs/receipt.csv"))
    raw["at"] = pd.to_datetime(raw["time:timestamp"], utc=True, format="ISO8601")
    raw = raw.sort_values(["case:concept:name", "at"], kind="stable")
    target = raw.groupby("case:concept:name")["concept:name"].shift(-1)
    expected = raw.groupby(["concept:name", target]).size()
    assert counts.set_index(["source", "target"])["count"].to_dict() == expected.to_dict()


def test_starts_and_ends_of_patients_are_paired(taken):
    client = taken(
        "patients/patients.csv",
        {
            "kind": "event_log",
            "case": "patient",
            "activity": "handling",
            "timestamp": "time",
            "lifecycle": {"column": "registration_type", "instance": "handling_id"},
        },
    )
    events = client.table("events")
    raw = pd.read_csv(at_hand("data/patients/patients.csv"), parse_dates=["time"])
    wide = raw.pivot(index="handling_id", columns="registration_type", values="time")
    assert len(events) == len(wide) == 2721
    lasted = (events["end"] - events["timestamp"]).dt.total_seconds()
    assert lasted.sum() == (wide["complete"] - wide["start"]).dt.total_seconds().sum()
    starts = raw[raw["registration_type"] == "start"].sort_values(["patient", "time", ".order"])
    target = starts.groupby("patient")["handling"].shift(-1)
    expected = starts.groupby(["handling", target]).size().to_dict()
    assert directly_follows(log_of(client)).set_index(["source", "target"])["count"].to_dict() == expected
