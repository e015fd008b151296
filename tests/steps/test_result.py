"""A result is the same whether it was computed just now or read back from its files."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any

import pandas as pd
import pytest

from cxmethod.engagement import TABLES
from cxmethod.steps import STEPS, Finding, obtain
from cxmethod.steps.finding import for_each, missing_table

WHOLE = [("demo", "es"), ("workshop", "en")]


def plain(value: Any) -> Any:
    """Values that compare: what is unknown as None, sequences as lists."""
    if isinstance(value, Finding):
        return plain(value.as_dict())
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    unknown = value is pd.NA or (isinstance(value, float) and math.isnan(value))
    return None if unknown else value


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("kind", "language"), WHOLE)
def test_saved_and_read_back_is_equal(whole, kind, language, step):
    own = whole(kind, language)
    computed, read = own.results[step], STEPS[step].read(own.client)
    for name, table in computed.tables().items():
        pd.testing.assert_frame_equal(read.tables()[name], table, check_exact=True, obj=name)
    assert plain(read.findings) == plain(computed.findings)
    assert plain(read.facts) == plain(computed.facts)


def test_an_engagement_with_nothing_in_it_is_read_back_too(engagement):
    client = engagement()
    for step, result in STEPS.items():
        computed, read = obtain(client, step), result.read(client)
        for name, table in computed.tables().items():
            pd.testing.assert_frame_equal(read.tables()[name], table, obj=f"{step} {name}")


@pytest.mark.parametrize(
    "text",
    ["NA", "null", "007", "1e3", "True", "2026-01-01", "one\ntwo", 'say "hi"', "a,b;c", "one\rtwo", "−1"],
)
def test_a_text_stays_the_text_that_it_is(engagement, text):
    motivations = pd.DataFrame(
        {"motivation": ["m1"], "kind": "worry", "text": [text], "evidence": "observed"}
    )
    client = engagement(motivations=motivations)
    written = client.table("motivations")["text"].iloc[0]
    computed = obtain(client, "03_motivations").statements
    read = STEPS["03_motivations"].read(client).statements
    assert list(read["text"]) == list(computed["text"]) == [written]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("kind", "language"), WHOLE)
def test_the_summary_is_json_for_any_reader(whole, kind, language, step):
    path = whole(kind, language).client.folder / "results" / step / "summary.json"

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no JSON")

    json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)


CONTRACT = {
    "01_persona.personas": "persona, name, share, n, evidence, stability",
    "01_persona.membership": "respondent, persona, probability",
    "02_relationship.transitions": "persona, source, target, success_n, success_p, success_count, failure_n, failure_p, "
    "failure_count, difference, low, high, p_adjusted",
    "02_relationship.routes": "persona, outcome, rank, route, n, share",
    "03_motivations.disconfirmation": "persona, touchpoint, n, before, after, difference, low, high, p_adjusted",
    "04_touchpoints.emotions": "persona, touchpoint, source, n, mean, low, high, negative_share, negative_low, "
    "negative_high, evidence",
    "04_touchpoints.gaps": "persona, touchpoint, comparison, n_a, n_b, difference, low, high, p_value, p_adjusted, "
    "sign_flip, descriptive",
    "05_moments_of_truth.drivers": "persona, touchpoint, r2_share, low, high, relative_share, above_equal_share, rank, "
    "stated_importance",
    "05_moments_of_truth.moments": "persona, touchpoint, kind, computed_kind, status, business_critical, reason, "
    "decided_by",
    "06_processes.processes": "process, owner, touchpoints, red_points, flow_efficiency, rework_rate, sla_met_rate, "
    "monthly_rework_cost, bottleneck_rank",
    "07_opportunities.initiatives": "initiative, score, rank, topsis_rank, easy_and_smart, selected, tranche, "
    "p_selected, cost, owner",
    "08_strategy.touchpoints": "touchpoint, strategy, expectation_gap, theme_fit, contradiction, owner",
    "09_monitoring.signals": "touchpoint, wave, statistic, value, centre, lower, upper, signal",
}
"""The files that others rely on (DESIGN §4), without those that later issues bring."""


@pytest.mark.parametrize("file", CONTRACT)
@pytest.mark.parametrize(("kind", "language"), WHOLE)
def test_the_files_begin_with_the_columns_that_others_rely_on(whole, kind, language, file):
    step, table = file.split(".")
    path = whole(kind, language).client.folder / "results" / step / f"{table}.csv"
    columns = CONTRACT[file].split(", ")
    assert path.read_text(encoding="utf-8").splitlines()[0].split(",")[: len(columns)] == columns


def test_every_step_names_tables_that_exist():
    assert {table for step in STEPS.values() for table in step.spec.tables} <= set(TABLES)


def test_no_step_builds_on_itself_by_way_of_others():
    builds_on = {name: step.spec.after for name, step in STEPS.items()}
    assert set(TopologicalSorter(builds_on).static_order()) == set(STEPS)


# --- findings


def test_for_each_row_there_is_a_finding_with_its_values():
    frame = pd.DataFrame({"key": ["a", "b"], "name": ["A", "B"], "sure": ["observed", None]})
    first, second = for_each(frame, "persona.no_card", "warns", "key", persona="name", evidence="sure")
    assert (first.item, first.values, first.evidence) == ("a", {"persona": "A"}, "observed")
    assert (second.item, second.evidence) == ("b", "")


def test_a_missing_table_warns_unless_it_blocks():
    assert missing_table("waves") == Finding("missing.waves", "warns", "waves")
    assert missing_table("waves", blocks=True).severity == "blocks"
