"""Two real logs: every figure by plain Python for ten cases, and overall as PM4Py says."""

from __future__ import annotations

import csv
import datetime
import json
from typing import Any

import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.intake import take_in
from cxmethod.stats.process_log import executions, moves, per_activity, per_case, per_process

from .conftest import at_hand

pytestmark = pytest.mark.slow

SOURCES = {
    "receipt": ("event_logs/receipt.csv", {"end": "time:timestamp", "resource": "org:resource"}),
    "order": ("event_logs/interval_event_log.csv", {"start": "start_timestamp", "end": "time:timestamp"}),
}
NAMES = {"case": "case:concept:name", "activity": "concept:name"}
# PM4Py 2.7.23.11: get_all_case_durations (seconds), statistics.rework.cases, get_rework_cases_per_activity.
RECEIPT = {"cases": 1434, "mean": 467263.9152573221, "median": 2868.5835, "p90": 1217821.7991}
RECEIPT_REWORK = {"cases": 91, "extra": 245, "T06 Determine necessity of stop advice": 59, "T02 Check confirmation of receipt": 35}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Engagement:
    folder = tmp_path_factory.mktemp("logs")
    (folder / "inputs").mkdir()
    sources = [
        {"kind": "process_log", "file": file.split("/")[1], "process": name, **NAMES, **columns}
        for name, (file, columns) in SOURCES.items()
    ]
    (folder / "engagement.yaml").write_text(
        json.dumps({"client": "Acme", "language": "en", "sources": sources})
    )
    opened = cxmethod.open(folder)
    take_in(opened, [at_hand(f"data/{file}") for file, _ in SOURCES.values()])
    return opened


@pytest.fixture(scope="module")
def steps(client) -> pd.DataFrame:
    return executions(client.table("process_events"))


def by_hand(name: str) -> dict[str, dict[str, Any]]:
    """Ten cases of a log, the first, the last and those between, counted event by event."""
    file, columns = SOURCES[name]
    with at_hand(f"data/{file}").open(encoding="utf-8", newline="") as log:
        rows = list(csv.DictReader(log))
    cases: dict[str, list[tuple[datetime.datetime, datetime.datetime, str, str]]] = {}
    for row in rows:
        end = datetime.datetime.fromisoformat(row[columns["end"]])
        start = datetime.datetime.fromisoformat(row[columns["start"]]) if "start" in columns else end
        event = (start, end, row["concept:name"], row.get("org:resource", ""))
        cases.setdefault(row["case:concept:name"], []).append(event)
    repeated = [case for case, own in cases.items() if len({e[2] for e in own}) < len(own)]
    once = [case for case in cases if case not in repeated]
    chosen = [*repeated[:4], *repeated[-2:], *once[:2], *once[-2:]]
    return {case: _counted(sorted(cases[case], key=lambda e: (e[0], e[1]))) for case in chosen}


def _counted(own: list[tuple[datetime.datetime, datetime.datetime, str, str]]) -> dict[str, Any]:
    waiting, handovers, seen, extra = 0.0, 0, set(), 0
    latest = None
    for place, (start, end, activity, hands) in enumerate(own):
        if latest is not None:
            waiting += max((start - latest).total_seconds(), 0)
            handovers += hands != own[place - 1][3]
        latest = end if latest is None else max(latest, end)
        extra += activity in seen
        seen.add(activity)
    assert latest is not None
    cycle = (latest - own[0][0]).total_seconds()
    return {"waiting": waiting, "cycle": cycle, "extra": extra, "handovers": handovers}


@pytest.mark.parametrize("name", SOURCES)
def test_ten_cases_are_as_counted_by_hand(steps, name):
    known = per_case(steps[steps["process"] == name]).set_index("case")
    expected = by_hand(name)
    assert len(expected) == 10
    for case, counted in expected.items():
        found = known.loc[case]
        assert found["cycle"] * 60 == pytest.approx(counted["cycle"], abs=1e-3), case
        assert found["extra"] == counted["extra"], case
        if name == "order":
            assert found["waiting"] * 60 == pytest.approx(counted["waiting"], abs=1e-3), case
        else:
            assert found["handovers"] == counted["handovers"], case
            assert pd.isna(found["waiting"]), case


def test_receipt_takes_as_long_as_pm4py_says(steps):
    process = per_process(per_case(steps)).set_index("process").loc["receipt"]
    found = {"cases": process["cases"], **{k: process[f"cycle_{k}"] * 60 for k in ("mean", "median", "p90")}}
    assert found == pytest.approx(RECEIPT, rel=1e-9)


def test_receipt_is_reworked_as_often_as_pm4py_says(steps):
    own = steps[steps["process"] == "receipt"]
    process = per_process(per_case(own)).iloc[0]
    again = own[own["repeated"]].groupby("activity")["case"].nunique()
    found = {"cases": round(process["rework_share"] * process["cases"]), "extra": process["extra"]}
    assert found | {name: again[name] for name in list(RECEIPT_REWORK)[2:]} == RECEIPT_REWORK


@pytest.fixture(scope="module")
def oracle() -> dict[str, Any]:
    path = at_hand("oracles/pm4py_oracle_given.json")
    return dict(json.loads(path.read_text())["interval_event_log"])


def test_orders_repeat_and_work_as_pm4py_says(steps, oracle):
    own = steps[steps["process"] == "order"]
    process = per_process(per_case(own)).iloc[0]
    assert process["rework_share"] == pytest.approx(oracle["share_cases_with_repeated_activity"])
    table = per_activity(own).set_index("activity")
    for activity, service in oracle["service_time_seconds_by_activity"].items():
        found = table.loc[activity]
        assert found["working_n"] == service["n"]
        assert found["working_mean"] * 60 == pytest.approx(service["mean"])
        assert found["working_median"] * 60 == pytest.approx(service["median"], abs=1e-3)


def test_orders_take_as_long_as_pm4py_says_from_end_to_end(steps, oracle):
    """PM4Py's oracle counts a case from its first end; ours from its first start."""
    own = steps[steps["process"] == "order"]
    ends = own.groupby("case")["end"].agg(["min", "max"])
    seconds = (ends["max"] - ends["min"]).dt.total_seconds()
    known = oracle["case_duration_seconds"]
    assert [seconds.mean(), seconds.median(), seconds.quantile(0.9)] == pytest.approx(
        [known[name] for name in ("mean", "median", "p90")]
    )
    cycle = per_case(own).set_index("case")["cycle"] * 60
    assert (cycle.loc[seconds.index] >= seconds - 1e-3).all()


def test_orders_wait_between_activities_as_pm4py_says(steps, oracle):
    """PM4Py counts from the end of the activity begun before, also below zero; ours is the same where nothing overlaps."""
    own = steps[steps["process"] == "order"]
    theirs = (own["start"] - own.groupby("case")["end"].shift()).dt.total_seconds()
    pairs = theirs.groupby([own["previous"], own["activity"]]).agg(["count", "mean", "median"])
    found = moves(own).set_index(["source", "target"])
    for source, target, n, mean, median in oracle["waiting_time_between_complete_and_next_start_seconds"]:
        assert pairs.loc[(source, target)].tolist() == pytest.approx([n, mean, median], abs=1e-3)
        ours = found.loc[(source, target)]
        assert ours["n"] == n
        assert ours["waiting_mean"] * 60 == pytest.approx(mean, rel=0.01)
    alone = ~own["case"].isin(own.loc[own["overlaps"], "case"])
    assert alone.mean() > 0.9
    assert (own["waiting"] * 60)[alone].to_numpy() == pytest.approx(
        theirs[alone].to_numpy(), abs=1e-3, nan_ok=True
    )
