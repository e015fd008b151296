"""Difference of two net promoter scores."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.intervals import nps_interval
from cxmethod.stats.score_changes import nps_difference


def counts(*answers: int) -> pd.DataFrame:
    return pd.DataFrame([answers], columns=["promoter", "passive", "detractor"])


A, B = counts(50, 30, 20), counts(291, 476, 395)


def test_limits_are_those_of_both_scores_joined():
    found = nps_difference(A, B).iloc[0]
    a, b = (nps_interval(*own.to_numpy()[0]).iloc[0] for own in (A, B))
    assert found["difference"] == pytest.approx(a["nps"] - b["nps"])
    low = found["difference"] - np.hypot(a["nps"] - a["low"], b["high"] - b["nps"])
    high = found["difference"] + np.hypot(a["high"] - a["nps"], b["nps"] - b["low"])
    assert (found["low"], found["high"]) == pytest.approx((low, high))


def test_the_other_way_round_is_the_same_with_the_sign_turned():
    one, other = nps_difference(A, B).iloc[0], nps_difference(B, A).iloc[0]
    assert (other["low"], other["high"], other["p_value"]) == pytest.approx(
        (-one["high"], -one["low"], one["p_value"])
    )


def test_equal_scores_do_not_differ():
    assert nps_difference(A, A).iloc[0][["difference", "p_value"]].tolist() == [0, 1]


def test_two_samples_of_one_score_differ_at_the_stated_level():
    rng = np.random.default_rng(5)
    draws = [
        pd.DataFrame(rng.multinomial(80, [0.35, 0.4, 0.25], 20_000), columns=A.columns) for _ in range(2)
    ]
    found = nps_difference(*draws)
    assert (found["p_value"] < 0.05).mean() == pytest.approx(0.05, abs=0.008)
    assert ((found["low"] <= 0) & (found["high"] >= 0)).mean() == pytest.approx(0.95, abs=0.01)


def test_nobody_asked_is_unknown():
    assert nps_difference(A, counts(0, 0, 0)).isna().all(axis=None)
