"""An online shop's log of 32,283 events, and the running example of the process-mining literature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.intake import take_in
from cxmethod.steps import check_thread, obtain_all
from cxmethod.views import route_comparison, table

from .conftest import at_hand

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(taken_in) -> tuple[Engagement, dict[str, Any]]:
    client = taken_in("shop", "data/simple_shop/simple-onlineshop.csv")
    return client, obtain_all(client)


def test_who_reached_payment_done_succeeded(shop):
    facts = shop[1]["02_relationship"].facts
    assert (facts["events"], facts["journeys"]) == (32_283, 3_751)
    assert (facts["success"], facts["failure"], facts["open"]) == (653, 3_098, 0)


def test_reach_is_the_share_of_journeys_that_touch_it(shop):
    client, results = shop
    events, visits = client.table("events"), results["02_relationship"].visits
    ended = client.table("journeys").set_index("journey")["outcome"]
    seen = events.drop_duplicates(["journey", "touchpoint"])
    counted = seen.groupby([seen["journey"].map(ended), "touchpoint"]).size()
    by_outcome = visits[visits["outcome"] != "all"].set_index(["outcome", "touchpoint"])["journeys"]
    assert by_outcome.to_dict() == counted.to_dict()
    done = visits[(visits["outcome"] == "success") & (visits["touchpoint"] == "payment_done")]
    assert done["reach"].tolist() == [1.0]


def test_no_share_leaves_its_interval_and_none_leaves_0_to_1(shop):
    moves = shop[1]["02_relationship"].transitions
    assert moves[["success_p", "failure_p"]].dropna().stack().between(0, 1).all()
    compared = moves.dropna(subset=["low"])
    assert len(compared) > 20
    assert compared["difference"].between(compared["low"], compared["high"]).all()


def test_a_shop_without_ratings_is_told_what_it_lacks_and_still_reads_its_routes(shop):
    client, results = shop
    codes = {finding.code for finding in check_thread(client).findings}
    assert {"missing.ratings", "missing.outcomes", "phase.question_open"} <= codes
    assert len(table(client, results["02_relationship"], "transitions").data["text/plain"].splitlines()) > 20
    assert "Pago hecho" in route_comparison(client, results["02_relationship"]).about["alt"]


# --- the running example

LOG = {
    "kind": "event_log",
    "file": "running-example.csv",
    "case": "case:concept:name",
    "activity": "concept:name",
    "timestamp": "time:timestamp",
    "success": {"reached": "pay compensation"},
}


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> tuple[Engagement, dict[str, Any], dict[str, Any]]:
    """The running example with all steps saved, and what pm4py says of it."""
    oracle = json.loads(at_hand("oracles/pm4py_oracle_given.json").read_text())["running-example"]
    source = at_hand("data/event_logs/running-example.csv")
    folder = tmp_path_factory.mktemp("running-example")
    # Six cases of a textbook: there is nobody to protect.
    agreed = {"client": "Example", "language": "en", "sources": [LOG], "thresholds": {"suppress_below": 1}}
    (folder / "engagement.yaml").write_text(yaml.safe_dump(agreed))
    client = cxmethod.open(folder)
    take_in(client, [source])
    return client, obtain_all(client), oracle


def saved_transitions(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "results" / "02_relationship" / "transitions.csv")


def test_transition_counts_over_all_journeys_are_those_of_pm4py(example):
    client, _, oracle = example
    moves = saved_transitions(client.folder)
    counts = (
        (moves["success_count"] + moves["failure_count"]).groupby([moves["source"], moves["target"]]).sum()
    )
    assert counts.to_dict() == {(source, target): count for source, target, count in oracle["dfg"]}
    assert counts.sum() == oracle["dfg_total"]


def test_both_counts_of_every_pair_are_kept(example):
    client, _, oracle = example
    moves = saved_transitions(client.folder)
    assert len(moves) == oracle["n_dfg_edges"]
    assert moves[["success_n", "success_count", "failure_n", "failure_count"]].notna().all(axis=None)
    assert moves[["source", "target"]].duplicated().sum() == 0


def test_journeys_events_and_endings_are_those_of_pm4py(example):
    client, results, oracle = example
    facts = results["02_relationship"].facts
    assert (facts["journeys"], facts["events"]) == (oracle["cases"], oracle["events"])
    assert (facts["success"], facts["failure"]) == (
        oracle["end"]["pay compensation"],
        oracle["end"]["reject request"],
    )
    assert client.table("events")["touchpoint"].value_counts().to_dict() == oracle["activity_counts"]


def test_every_variant_of_pm4py_is_a_route(example):
    _, results, oracle = example
    routes = results["02_relationship"].routes
    whole = routes[routes["rank"] > 0]
    assert whole["n"].sum() == oracle["cases"]
    assert len(whole) == oracle["n_variants"]
