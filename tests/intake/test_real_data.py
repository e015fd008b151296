"""Two real files, where the data that they come from is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import cxmethod
from cxmethod.engagement.schemas import plain
from cxmethod.intake import take_in

DATA = Path(cxmethod.__file__).parents[2] / "shared" / "data"
SERVICES = (
    "Inflight wifi service", "Departure/Arrival time convenient", "Ease of Online booking", "Gate location",
    "Food and drink", "Online boarding", "Seat comfort", "Inflight entertainment", "On-board service",
    "Leg room service", "Baggage handling", "Checkin service", "Inflight service", "Cleanliness",
)  # fmt: skip
pytestmark = pytest.mark.slow


def at_hand(name: str) -> Path:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"shared/data/{name} is not beside this checkout")
    return path


@pytest.fixture
def airline(engage):
    source = {
        "kind": "survey",
        "file": "train.csv",
        "respondent": "id",
        "scale": {"low": 1, "high": 5},
        "unknown": [0],
        "ratings": {"after": {service: plain(service) for service in SERVICES}},
        "outcome": {"column": "satisfaction", "success": "satisfied"},
        "attributes": {
            "Class": "class",
            "Type of Travel": "travel",
            "Customer Type": "customer",
            "Age": "age",
        },
    }
    return engage(source, tables={})


def test_airline(airline):
    intake = take_in(airline, [at_hand("airline/train.csv")])
    assert intake.tables == {"respondents": 103_904, "ratings": 103_904 * 14, "outcomes": 103_904}
    assert (intake.blanks, intake.unknown) == (0, 15_932)
    assert airline.table("outcomes")["outcome"].value_counts().to_dict() == {0.0: 58_879, 1.0: 45_025}
    assert airline.table_path("ratings").suffix == ".parquet"
    rated = airline.table("ratings").groupby("respondent")["emotion"].count()
    assert int((rated == len(SERVICES)).sum()) == 103_904 - 8_200


def test_simple_shop(engage):
    source = {
        "kind": "event_log",
        "file": "simple-onlineshop.csv",
        "case": "client_id",
        "activity": "event",
        "timestamp": "timestamp",
        "success": {"reached": "payment_done"},
    }
    engagement = engage(source, tables={})
    intake = take_in(engagement, [at_hand("simple_shop/simple-onlineshop.csv")])
    assert intake.tables == {"events": 32_283, "journeys": 3_751}
    assert engagement.table("journeys")["outcome"].value_counts().to_dict() == {
        "failure": 3_098,
        "success": 653,
    }
    assert engagement.table("events")["touchpoint"].nunique() == 12
