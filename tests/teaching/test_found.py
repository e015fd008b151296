"""The whole way: client files taken in, every step run, and the planted truths found, with nothing beside them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import cxmethod
from cxmethod.intake import take_in
from cxmethod.steps.obtain import obtain_all
from cxmethod.steps.thread import check
from cxmethod.teaching import clinic
from cxmethod.teaching.demo import NOT_COSTED, demo_client_files, write_demo, write_workshop

pytestmark = pytest.mark.slow

Found = tuple[dict[str, Any], set[tuple[str, str]]]


@pytest.fixture(scope="module", params=["es", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    engagement = cxmethod.open(write_demo(tmp_path_factory.mktemp("demo") / "clinic", request.param))
    take_in(engagement, demo_client_files())
    return everything(engagement)


@pytest.fixture(scope="module", params=["es", "en"])
def workshop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return everything(
        cxmethod.open(write_workshop(tmp_path_factory.mktemp("workshop") / "clinic", request.param))
    )


def everything(engagement: cxmethod.engagement.Engagement) -> Found:
    results = obtain_all(engagement)
    thread = check(engagement)
    return results, {(finding.code, finding.item) for finding in thread.findings}


def kinds(results: dict[str, Any], status: str) -> dict[str, set[str]]:
    moments = results["05_moments_of_truth"].moments
    own = moments[(moments["persona"] == "all") & (moments["status"] == status)]
    return {kind: set(rows["touchpoint"]) for kind, rows in own.groupby("kind")}


def test_the_planted_moments_are_confirmed_and_none_other_even_suspected(demo: Found) -> None:
    results, _ = demo
    planted = {"red": set(clinic.RED), "value": set(clinic.VALUE), "watch": set(clinic.WATCH)}
    assert kinds(results, "confirmed") == planted
    assert kinds(results, "suspected") == {}


def test_no_persona_claims_a_moment_that_was_not_planted(demo: Found) -> None:
    moments = demo[0]["05_moments_of_truth"].moments
    claimed = moments[(moments["status"] == "confirmed") & moments["kind"].isin(["red", "value"])]
    assert set(claimed["touchpoint"]) <= {*clinic.RED, *clinic.VALUE}


def test_expectations_are_met_but_where_planted(demo: Found) -> None:
    table = demo[0]["03_motivations"].disconfirmation
    own = table[table["persona"] == "all"]
    by_verdict = {verdict: set(rows["touchpoint"]) for verdict, rows in own.groupby("verdict")}
    assert by_verdict["disappointed"] == set(clinic.DISAPPOINTED)
    assert by_verdict["exceeded"] == set(clinic.EXCEEDED)


def test_the_thread_lists_what_was_planted_and_nothing_else(demo: Found) -> None:
    assert demo[1] == {
        *(("moment.red_confirmed_measured", touchpoint) for touchpoint in clinic.RED),
        *(("gap.blind_spot_flip", touchpoint) for touchpoint in clinic.BLIND_SPOTS),
        ("motivation.unanswered", "m17"),
        ("motivation.unanswered", "m24"),
        ("process.red_uncovered", "insurer_authorisation"),
        ("process.no_owner", "parking_service"),
        *(("process.handover_red", touchpoint) for touchpoint in clinic.RED_HANDOVERS),
        ("opportunity.orphan", "cafeteria"),
        ("opportunity.no_indicator", "waiting_room_remodel"),
        ("strategy.contradiction", "waiting_room"),
        ("strategy.attribute_broken", "theme_cues"),
    }


def test_each_touchpoint_gets_the_planted_strategy(demo: Found) -> None:
    table = demo[0]["08_strategy"].touchpoints
    chosen = {strategy: set(rows["touchpoint"]) for strategy, rows in table.groupby("strategy")}
    assert chosen.pop("watch") == set(table["touchpoint"]) - set().union(*chosen.values())
    assert chosen == {
        "repair": set(clinic.RED), "protect": {*clinic.VALUE, "front_desk"}, "simplify": set(clinic.WATCH),
    }  # fmt: skip


def test_management_orders_what_matters_least_as_patients_do_and_nursing_most(demo: Found) -> None:
    table = demo[0]["08_strategy"].agreement
    own = table[table["measure"] == "importance"].sort_values("rho")["role"].tolist()
    assert (own[0], own[-1]) in {("Gerencia", "Enfermería"), ("Management", "Nursing")}


def test_the_easy_and_smart_initiatives_are_the_planted_ones(demo: Found) -> None:
    table = demo[0]["07_opportunities"].initiatives
    assert set(table.loc[table["easy_and_smart"], "initiative"]) == {"delay_notice", "waiting_host"}


def test_the_worst_bottlenecks_stand_behind_red_points(demo: Found) -> None:
    table: pd.DataFrame = demo[0]["06_processes"].processes.set_index("bottleneck_rank")
    assert table.loc[[1, 2], "red_points"].tolist() == ["waiting_room", "phone_booking"]


def test_monitoring_sees_one_improvement_and_no_false_signal(demo: Found) -> None:
    result = demo[0]["09_monitoring"]
    codes = [(finding.code, finding.item) for finding in result.findings]
    assert codes == [
        ("monitoring.beyond_better", "phone_booking"),
        ("monitoring.noise", ""),
        ("monitoring.red_better", "phone_booking"),
        ("monitoring.initiative_better", "phone_booking"),
        ("monitoring.nps_same", "nps"),
    ]
    loud = result.signals[result.signals["signal"].notna()]
    assert set(zip(loud["touchpoint"], loud["wave"], strict=True)) == {
        ("phone_booking", "2026-08"),
        ("phone_booking", "2026-09"),
    }


def test_workshops_alone_confirm_nothing(workshop: Found) -> None:
    moments = workshop[0]["05_moments_of_truth"].moments
    assert "confirmed" not in set(moments["status"])
    assert workshop[0]["05_moments_of_truth"].facts["basis"] == "stated"


def test_stated_importance_sees_the_quote_and_misses_the_waiting_room(workshop: Found) -> None:
    red = kinds(workshop[0], "suspected")["red"]
    assert red == {"price_quote", "phone_booking", "insurer_authorisation"}


def test_workshops_name_what_is_missing(workshop: Found) -> None:
    findings = workshop[1]
    assert {item for code, item in findings if code == "opportunity.no_cost"} == set(NOT_COSTED)
    assert {code for code, _ in findings} >= {"missing.outcomes", "missing.events", "missing.waves"}
