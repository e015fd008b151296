"""Constants and limits against R's qcc; what a baseline of eight waves does not know; runs."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.control_limits import (
    BEYOND,
    baseline_waves,
    d2,
    first_values,
    last_eight,
    moving_range_multiplier,
    range_limits,
    run_length,
    side_of,
)


@pytest.fixture
def constants(shared) -> pd.DataFrame:
    return pd.read_csv(shared("oracles/control_chart_constants.csv"), index_col="n")


def test_d2_is_that_of_qcc(constants):
    assert [d2(n) for n in constants.index] == pytest.approx(constants["d2_exact"].tolist(), rel=1e-9)


def test_limits_of_individual_values_are_e2_mean_ranges_away(constants):
    away = [range_limits(0, 1, span)[1] for span in constants.index]
    assert away == pytest.approx(constants["E2"].tolist(), rel=1e-9)


def test_limits_of_subgroup_means_are_a2_mean_ranges_away(constants):
    away = [range_limits(0, 1, size, size)[1] for size in constants.index]
    assert away == pytest.approx(constants["A2"].tolist(), rel=1e-9)


def test_a_range_needs_two_values():
    with pytest.raises(ValueError, match="two values"):
        d2(1)


@pytest.fixture
def rings(shared) -> tuple[pd.DataFrame, dict]:
    """Mean and range of forty subgroups of piston rings, and what qcc says of the first 25 and the others."""
    samples = pd.read_csv(shared("oracles/pistonrings.csv")).groupby("sample")["diameter"]
    groups = pd.DataFrame({"mean": samples.mean(), "range": samples.max() - samples.min()})
    oracle = json.loads(shared("oracles/spc_pistonrings.json").read_text())
    return groups, oracle["pistonrings_xbar_1_25_new_26_40"]


def test_the_limits_of_the_piston_rings_are_those_of_qcc(rings):
    groups, oracle = rings
    first = groups.head(25)
    limits = range_limits(first["mean"].mean(), first["range"].mean(), 5, 5)
    # qcc rounds d₂ to three digits.
    assert limits == pytest.approx(oracle["limits"][0], abs=1e-6)
    beyond = groups.index[(groups["mean"] < limits[0]) | (groups["mean"] > limits[1])]
    assert list(beyond) == oracle["beyond_limits"]


def test_the_run_of_the_piston_rings_is_that_of_qcc(rings):
    """qcc counts seven in a row, and those beyond a limit apart."""
    groups, oracle = rings
    side = side_of(groups["mean"].to_numpy(), np.array([oracle["center"]]))
    seven = groups.index[run_length(side) >= 7]
    assert set(seven) - set(oracle["beyond_limits"]) == {oracle["violating_runs"]}


# --- what eight waves do not know


def test_the_multiplier_is_that_under_which_estimated_limits_hold():
    """Normal values; sigma from seven moving ranges: crossed as rarely as three known sigmas, not nine times as often."""
    rng = np.random.default_rng(1)
    values = rng.standard_normal((400_000, 8))
    sigma = np.abs(np.diff(values, axis=1)).mean(axis=1) / d2(2)
    further = np.abs(rng.standard_normal(400_000))
    assert BEYOND / 2 < (further > moving_range_multiplier(8, BEYOND) * sigma).mean() < BEYOND
    assert (further > 3 * sigma).mean() > 8 * BEYOND


def test_with_many_waves_the_multiplier_is_three():
    assert moving_range_multiplier(3000, BEYOND) == pytest.approx(3, abs=0.01)


def test_two_waves_have_no_multiplier():
    assert moving_range_multiplier(2, BEYOND) == np.inf


# --- baseline and runs

YES, NO = True, False


def test_the_baseline_is_made_of_waves_with_a_value():
    known = np.array([[YES, NO, YES, YES], [YES, NO, NO, NO]])
    assert baseline_waves(known, 2).tolist() == [[YES, NO, YES, NO], [NO, NO, NO, NO]]


def test_one_wave_is_no_baseline():
    with pytest.raises(ValueError, match="at least two"):
        baseline_waves(np.array([[YES]]), 1)


def test_chosen_values_come_side_by_side():
    values, chosen = np.array([[1.0, 2.0, 3.0]]), np.array([[YES, NO, YES]])
    assert first_values(values, chosen, 2).tolist() == [[1, 3]]


def test_a_run_counts_from_its_first_wave_and_ends_on_the_centre_or_without_a_value():
    side = np.array([[1, 1, -1, -1, -1, 0, 1, np.nan, 1, 1]])
    assert run_length(side).tolist() == [[1, 2, 1, 2, 3, 0, 1, 0, 1, 2]]


def test_the_last_eight_are_summed_from_the_eighth_on():
    sums = last_eight(np.arange(10.0)[None])
    assert np.isnan(sums[0, :7]).all()
    assert sums[0, 7:].tolist() == [28, 36, 44]
