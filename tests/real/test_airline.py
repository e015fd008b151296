"""103,904 passengers and fourteen touchpoints: from their file to the report, against R's relaimpo."""

from __future__ import annotations

import html
import json
import re
import shutil
from typing import Any

import pandas as pd
import pytest
from deliverables.numbers import apart

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.runs.engagement import run_engagement
from cxmethod.runs.export import export
from cxmethod.runs.notebooks import STEPS
from cxmethod.steps import obtain_all

from .conftest import at_hand

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def airline(taken_in) -> Engagement:
    return taken_in("airline", "data/airline/train.csv")


@pytest.fixture(scope="module")
def results(airline) -> dict[str, Any]:
    return obtain_all(airline)


@pytest.fixture(scope="module")
def oracle() -> dict[str, Any]:
    """What R's relaimpo says of the passengers who answered everything."""
    path = at_hand("oracles/relative_importance_airline_train.json")
    return dict(json.loads(path.read_text())["train"]["drop_any_zero"])


def test_drivers_are_those_of_relaimpo(airline, results, oracle):
    columns = airline.settings.sources[0].ratings["after"]
    drivers = results["05_moments_of_truth"].drivers
    own = drivers[drivers["persona"] == "all"].set_index("touchpoint")["r2_share"]
    expected = {columns[question]: share for question, share in oracle["lmg"].items()}
    assert own.to_dict() == pytest.approx(expected, abs=1e-6)


def test_r2_and_complete_cases_are_those_of_r(results, oracle):
    facts = results["05_moments_of_truth"].facts
    assert facts["r2"] == pytest.approx(oracle["R2"], abs=1e-6)
    assert (facts["complete"], facts["respondents"]) == (oracle["n"], 103_904)


def test_a_0_is_unknown_and_counted(results):
    facts = results["04_touchpoints"].facts
    assert facts["unknown"] == 15_932
    emotions = results["04_touchpoints"].emotions
    assert emotions.loc[emotions["persona"] == "all", "n"].sum() == 103_904 * 14 - 15_932


def test_a_mean_is_that_of_the_file_on_our_scale(results):
    answers = pd.read_csv(at_hand("data/airline/train.csv"))["Inflight wifi service"]
    emotions = results["04_touchpoints"].emotions.set_index(["persona", "touchpoint"])
    assert emotions.loc[("all", "wifi"), "mean"] == pytest.approx(answers[answers > 0].mean() - 3)


def test_each_kind_of_travel_is_a_segment_with_drivers_of_its_own(results):
    personas = results["01_persona"].personas.set_index("persona")["n"]
    assert personas.sum() == 103_904
    assert set(results["05_moments_of_truth"].drivers["persona"]) == {"all", *personas.index}


# --- through the notebooks


@pytest.fixture(scope="module")
def report(airline, tmp_path_factory) -> tuple[Engagement, str]:
    """The page that all eleven notebooks lead to, from a folder of its own without any result."""
    folder = tmp_path_factory.mktemp("report") / "airline"
    shutil.copytree(airline.folder, folder, ignore=shutil.ignore_patterns("results"))
    client = cxmethod.open(folder)
    runs = run_engagement(client, stock=True)
    assert [run.step for run in runs] == list(STEPS)
    page = export(client)[0]
    return client, page.read_text(encoding="utf-8")


def test_the_report_is_one_light_file_that_asks_nobody_for_anything(report):
    page = report[1]
    assert len(page.encode()) < 1_000_000
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page) == []
    assert '<html lang="en"' in page


def test_fifty_numbers_are_the_same_in_every_deliverable(report):
    assert apart(report[0].folder / "deliverables", "en") == {}


def test_the_report_names_its_client_and_every_touchpoint(report):
    client, page = report
    assert client.settings.client in page
    names = client.table("touchpoints")["name"]
    assert [name for name in names if html.escape(name) not in page] == []


def test_the_report_holds_the_numbers_as_they_are_shown(report, results):
    client, page = report
    words = client.words
    moments = results["05_moments_of_truth"].moments
    own = moments[moments["persona"] == "all"]
    shown = {
        *(words.signed(value) for value in own["mean"]),
        *(words.percent(value) for value in own["negative_share"]),
        *(words.percent(value) for value in own["relative_share"]),
        words.number(results["05_moments_of_truth"].facts["complete"], 0),
        words.number(results["04_touchpoints"].facts["unknown"], 0),
    }
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    assert len(shown) > 25
    assert [number for number in sorted(shown) if number not in text] == []


def test_the_notebooks_saved_what_the_steps_compute(report, results):
    client = report[0]
    path = client.folder / "results" / "05_moments_of_truth" / "drivers.csv"
    saved = pd.read_csv(path).set_index(["persona", "touchpoint"])["r2_share"]
    computed = results["05_moments_of_truth"].drivers.set_index(["persona", "touchpoint"])["r2_share"]
    pd.testing.assert_series_equal(saved, computed, check_index_type=False, rtol=1e-12)
