"""What enters the model of the outcome, and when it may not speak."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cxmethod.engagement import Thresholds
from cxmethod.steps.drivers import Drivers, drivers

from .reading import by, found, row

GRID = np.array(list(product((-2, -1, 0, 1, 2), repeat=2)) * 2, float)
"""Fifty customers and two touchpoints that have nothing to do with each other."""


class Agreed:
    """All of an engagement that the drivers read: thresholds and seed."""

    def __init__(self, **thresholds: float) -> None:
        self.settings = self
        self.thresholds = Thresholds(resamples=100, **thresholds)
        self.seed = 1


def ran(emotions: pd.DataFrame, outcome: np.ndarray, weight: list[float] | None = None, **limits) -> Drivers:
    frame = emotions.assign(weight=1.0 if weight is None else weight)
    return drivers(Agreed(**limits), "all", frame, pd.Series(outcome, frame.index))


def grid(**columns) -> pd.DataFrame:
    return pd.DataFrame({"web": GRID[:, 0], "desk": GRID[:, 1], **columns})


def noise(n: int = 50, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=n)


def without(values: np.ndarray, blanks: int) -> np.ndarray:
    return np.where(np.arange(len(values)) < blanks, np.nan, values)


# --- the model


def test_a_touchpoint_that_moves_the_outcome_matters_and_one_that_does_not_does_not():
    result = ran(grid(), 3 * GRID[:, 0] + noise())
    assert result.usable
    assert by(result.table, "touchpoint", "matters") == {"web": "yes", "desk": "no"}
    assert by(result.table, "touchpoint", "rank") == {"web": 1, "desk": 2}


def test_raw_shares_add_up_to_r2_and_relative_ones_to_1():
    result = ran(grid(), GRID[:, 0] + 0.5 * GRID[:, 1] + noise())
    assert result.table["r2_share"].sum() == pytest.approx(result.facts["r2"])
    assert result.table["relative_share"].sum() == pytest.approx(1)


def test_what_matters_is_associated_positively_however_much_it_explains():
    result = ran(grid(), -3 * GRID[:, 0] + noise())
    web = row(result.table, touchpoint="web")
    assert web["relative_share"] > 0.9
    assert web["matters"] == "no"


def test_an_association_that_is_not_told_apart_is_at_most_suspected():
    outcome = 0.8 * GRID[:, 0] + 0.4 * GRID[:, 1] + noise()
    assert row(ran(grid(), outcome).table, touchpoint="web")["matters"] == "yes"
    strict = ran(grid(), outcome, significance=1e-8)
    assert strict.facts["p_value"] < 1e-8 < row(strict.table, touchpoint="web")["association_p"]
    assert row(strict.table, touchpoint="web")["matters"] == "suspected"


def test_where_only_the_estimate_reaches_an_equal_share_it_is_suspected():
    result = ran(grid(), GRID[:, 0] + 0.9 * GRID[:, 1] + noise(), equal_share_certainty=1)
    assert row(result.table, touchpoint="web")["relative_share"] >= 0.5
    assert by(result.table, "touchpoint", "matters") == {"web": "suspected", "desk": "no"}


def test_the_association_is_pearsons_adjusted_by_holm():
    outcome = GRID[:, 0] + noise()
    table = ran(grid(), outcome).table
    p = sorted(stats.pearsonr(GRID[:, n], outcome).pvalue for n in (0, 1))
    assert row(table, touchpoint="web")["association"] == pytest.approx(
        stats.pearsonr(GRID[:, 0], outcome).statistic
    )
    assert sorted(table["association_p"]) == pytest.approx([2 * p[0], max(2 * p[0], p[1])])


def test_weights_act_on_the_association_too():
    weight = np.where(GRID[:, 0] > 0, 5.0, 1.0)
    outcome = np.abs(GRID[:, 0]) + noise()
    table = ran(grid(), outcome, list(weight)).table
    centred = (
        GRID[:, 0] - np.average(GRID[:, 0], weights=weight),
        outcome - np.average(outcome, weights=weight),
    )
    covariance = np.average(centred[0] * centred[1], weights=weight)
    spread = [np.sqrt(np.average(each**2, weights=weight)) for each in centred]
    assert row(table, touchpoint="web")["association"] == pytest.approx(covariance / np.prod(spread))


@settings(max_examples=8)
@given(st.permutations(range(50)), st.booleans())
def test_neither_the_order_of_customers_nor_of_touchpoints_matters(order, reverse):
    frame = grid().iloc[order].reset_index(drop=True)
    outcome = 2 * GRID[:, 0] + GRID[:, 1] + noise()
    result = ran(frame[frame.columns[::-1]] if reverse else frame, outcome[list(order)])
    assert by(result.table, "touchpoint", "rank") == {"web": 1, "desk": 2}
    assert result.facts["r2"] == pytest.approx(
        np.corrcoef(outcome, 2 * GRID[:, 0] + GRID[:, 1])[0, 1] ** 2, abs=0.01
    )


# --- what enters


@pytest.mark.parametrize(("blanks", "entering"), [(15, 2), (16, 1)], ids=["70 % rated", "68 % rated"])
def test_a_touchpoint_enters_when_70_percent_rated_it(blanks, entering):
    emotions = grid().assign(desk=without(GRID[:, 1], blanks))
    result = ran(emotions, 3 * GRID[:, 0] + noise())
    assert result.facts["entering"] == entering
    assert (("drivers.left_out", "all") in found(result)) is (entering == 1)


def test_incomplete_cases_are_lost_and_the_loss_is_reported():
    result = ran(grid().assign(desk=without(GRID[:, 1], 10)), 3 * GRID[:, 0] + noise())
    assert (result.facts["respondents"], result.facts["complete"]) == (50, 40)


def test_one_that_stays_out_keeps_its_own_association_and_is_at_most_suspected():
    emotions = grid(rare=without(2 * GRID[:, 0] + noise(seed=5), 18))
    result = ran(emotions, 3 * GRID[:, 0] + noise())
    rare = row(result.table, touchpoint="rare")
    assert rare["association"] > 0.9
    assert rare["matters"] == "suspected"
    assert pd.isna(rare["r2_share"])
    assert result.facts["drivers"] == 2


def test_one_that_stays_out_and_has_too_few_answers_is_not_even_suspected():
    emotions = grid(rare=without(2 * GRID[:, 0] + noise(seed=5), 21))
    rare = row(ran(emotions, 3 * GRID[:, 0] + noise()).table, touchpoint="rare")
    assert (rare["n"], rare["matters"]) == (29, "no")


def crowded() -> Drivers:
    """Four touchpoints where three may enter; the second is rated least."""
    rng = np.random.default_rng(1)
    emotions = pd.DataFrame(rng.integers(-2, 3, (60, 4)), columns=list("abcd"), dtype=float)
    emotions["b"] = without(emotions["b"].to_numpy(), 9)
    return ran(emotions, emotions["a"].to_numpy() + rng.normal(size=60), touchpoints_per_map=3)


def test_no_more_touchpoints_enter_than_a_map_holds_the_best_rated_ones():
    result = crowded()
    assert result.facts["drivers"] == 3
    assert by(result.table, "touchpoint", "rank")["b"] is None


def test_one_that_there_was_no_room_for_is_not_said_to_be_rated_by_too_few():
    assert "drivers.left_out" not in {code for code, _ in found(crowded())}


def test_a_respondent_of_weight_0_does_not_count():
    weight = [1.0] * 40 + [0.0] * 10
    result = ran(grid(), 3 * GRID[:, 0] + noise(), weight)
    assert (result.facts["respondents"], result.facts["complete"]) == (40, 40)
    assert result.facts["r2"] == pytest.approx(
        ran(grid().head(40), (3 * GRID[:, 0] + noise())[:40]).facts["r2"]
    )


def test_weights_of_0_throughout_leave_nobody():
    result = ran(grid(), GRID[:, 0], [0.0] * 50)
    assert not result.usable
    assert set(result.table["matters"]) == {"no"}


# --- when it may not speak


@pytest.mark.parametrize(
    ("customers", "touchpoints", "missing"), [(29, 2, 1), (25, 2, 5), (36, 4, 4), (40, 4, None)]
)
def test_too_few_complete_cases_are_told_with_how_many_more(customers, touchpoints, missing):
    rng = np.random.default_rng(2)
    emotions = pd.DataFrame(
        {f"t{n}": rng.integers(-2, 3, customers).astype(float) for n in range(touchpoints)}
    )
    result = ran(emotions, 3 * emotions["t0"].to_numpy() + rng.normal(size=customers))
    told = [each.values["missing"] for each in result.findings if each.code == "drivers.too_few"]
    assert told == ([] if missing is None else [missing])
    assert result.usable is (missing is None)


def test_cases_of_uneven_weight_count_as_their_effective_number():
    weight = [1.0] * 25 + [9.0] * 25
    result = ran(grid(), 3 * GRID[:, 0] + noise(), weight)
    assert (result.facts["complete"], result.facts["effective"]) == (50, 30)
    assert result.usable
    strict = ran(grid(), 3 * GRID[:, 0] + noise(), weight, cases_per_driver=20)
    (few,) = strict.findings
    assert (few.code, few.values["missing"]) == ("drivers.too_few_weighted", 10)


def test_without_a_model_an_association_alone_is_suspected():
    rng = np.random.default_rng(2)
    emotions = pd.DataFrame({f"t{n}": rng.integers(-2, 3, 36).astype(float) for n in range(4)})
    result = ran(emotions, 3 * emotions["t0"].to_numpy() + rng.normal(size=36))
    assert by(result.table, "touchpoint", "matters")["t0"] == "suspected"


def test_a_constant_touchpoint_is_named_and_set_aside():
    result = ran(grid(same=1.0), 3 * GRID[:, 0] + noise())
    assert ("drivers.constant", "same") in found(result)
    assert result.facts["drivers"] == 2
    assert row(result.table, touchpoint="same")["matters"] == "no"


def test_a_touchpoint_that_repeats_others_is_named_and_set_aside():
    result = ran(grid(both=(GRID[:, 0] + GRID[:, 1]) / 2), 3 * GRID[:, 0] + noise())
    assert ("drivers.collinear", "both") in found(result)
    assert result.facts["drivers"] == 2


def test_touchpoints_that_are_all_constant_are_a_sentence_not_a_crash():
    result = ran(pd.DataFrame({"a": [1.0] * 50, "b": [2.0] * 50}), noise())
    assert not result.usable
    assert {item for code, item in found(result) if code == "drivers.constant"} == {"a", "b"}


def test_an_outcome_that_never_differs_cannot_be_explained():
    result = ran(grid(), np.full(50, 7.0))
    assert found(result) == {("drivers.constant_outcome", "all")}
    assert not result.usable


def test_a_touchpoint_whose_raters_all_gave_the_same_outcome_is_no_crash():
    outcome = np.where(np.arange(50) < 15, noise(), 5.0)
    emotions = grid(rare=without(GRID[:, 0], 15)).assign(desk=GRID[:, 1])
    assert pd.isna(row(ran(emotions, outcome).table, touchpoint="rare")["association"])


def test_a_model_that_explains_nothing_gives_no_ranking():
    result = ran(grid(), noise())
    assert found(result) == {("drivers.explains_nothing", "all")}
    assert not result.usable
    assert result.table["rank"].isna().all()


def test_shares_that_cannot_be_told_apart_weigh_the_same_and_get_no_rank():
    result = ran(grid(), GRID[:, 0] + GRID[:, 1] + noise())
    assert found(result) == {("drivers.equal_weight", "all")}
    assert result.usable
    assert result.facts["equal_weight"]
    assert result.table[["rank", "rank_low", "rank_high"]].isna().all(axis=None)
    assert result.table["r2_share"].notna().all()


def test_shares_that_can_be_told_apart_get_ranks_with_their_interval():
    result = ran(grid(), 3 * GRID[:, 0] + noise())
    assert not result.facts["equal_weight"]
    assert tuple(row(result.table, touchpoint="web")[["rank_low", "rank", "rank_high"]]) == (1, 1, 1)


def test_a_lone_touchpoint_has_all_the_weight_and_is_no_equal_among_equals():
    result = ran(grid()[["web"]], 3 * GRID[:, 0] + noise())
    assert found(result) == set()
    assert row(result.table, touchpoint="web")["rank"] == 1


# --- why one has no weight


def test_the_table_says_why_one_has_no_weight():
    emotions = grid(
        same=1.0,
        both=(GRID[:, 0] + GRID[:, 1]) / 2,
        rare=without(2 * GRID[:, 0] + noise(seed=5), 18),
    )
    result = ran(emotions, 3 * GRID[:, 0] + noise())
    expected = {"web": None, "desk": None, "same": "constant", "both": "collinear", "rare": "rarely_rated"}
    assert by(result.table, "touchpoint", "outside") == expected


def test_one_that_there_was_no_room_for_is_told_from_one_that_few_rated():
    assert by(crowded().table, "touchpoint", "outside")["b"] == "crowded_out"


def test_without_a_model_nothing_has_a_weight():
    assert set(ran(grid(), noise()).table["outside"]) == {"no_model"}


# --- skipped answers


def test_skipped_answers_are_filled_in_only_where_the_settings_ask():
    emotions = grid(more=GRID[:, 0] + GRID[::-1, 1]).assign(desk=without(GRID[:, 1], 10))
    outcome = 3 * GRID[:, 0] + noise()
    plain, filled = ran(emotions, outcome), ran(emotions, outcome, impute_share=0.4)
    assert (plain.facts["complete"], plain.facts["imputed"]) == (40, 0)
    assert (filled.facts["complete"], filled.facts["imputed"]) == (50, 10)
    assert ("drivers.imputed", "all") in found(filled)
    assert row(filled.table, touchpoint="desk")["n"] == 40


def test_the_cases_that_entered_go_along_for_what_else_is_asked_of_them():
    result = ran(grid().assign(desk=without(GRID[:, 1], 10)), 3 * GRID[:, 0] + noise())
    assert list(result.cases.emotions.columns) == ["web", "desk"]
    assert len(result.cases.outcome) == len(result.cases.weight) == 40
    assert ran(grid(), noise()).cases is None


def test_the_thresholds_of_the_settings_decide():
    emotions, outcome = grid().assign(desk=without(GRID[:, 1], 16)), 3 * GRID[:, 0] + noise()
    assert ran(emotions, outcome, enter_share=0.6).facts["entering"] == 2
    assert not ran(grid(), outcome, cases_per_driver=26).usable


def test_the_same_seed_gives_the_same_intervals():
    first, second = (ran(grid(), GRID[:, 0] + noise()).table for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
