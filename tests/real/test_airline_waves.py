"""103,904 passengers dealt at random into waves: nothing changes from one to the next, so every signal is a false one."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats

from cxmethod.engagement import Thresholds
from cxmethod.steps.wave_charts import signal_table

from .conftest import HERE, at_hand

pytestmark = pytest.mark.slow

WAVES, PASSENGERS, BASELINE = 24, 300, 8
SEEDS = range(1, 101)
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    """Emotions, one column a touchpoint; 0 is unknown."""
    source = yaml.safe_load((HERE / "airline" / "engagement.yaml").read_text())["sources"][0]
    columns = source["ratings"]["after"]
    graded = pd.read_csv(at_hand("data/airline/train.csv"), usecols=list(columns)).rename(columns=columns)
    return graded.where(graded > 0) - 3


def dealt(answers: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Waves of so many passengers each, nobody twice."""
    rng = np.random.default_rng(seed)
    chosen = answers.iloc[rng.permutation(len(answers))[: WAVES * PASSENGERS]]
    wave = np.repeat(np.arange(WAVES), PASSENGERS)
    long = chosen.assign(wave=wave).melt("wave", var_name="touchpoint", value_name="emotion").dropna()
    marked = long.assign(
        negative=long["emotion"] < 0, neutral=long["emotion"] == 0, positive=long["emotion"] > 0
    )
    waves = marked.groupby(["touchpoint", "wave"]).agg(
        n=("emotion", "size"), negative=("negative", "sum"), neutral=("neutral", "sum"),
        positive=("positive", "sum"), mean=("emotion", "mean"), sd=("emotion", "std"),
    )  # fmt: skip
    return waves.reset_index().assign(
        size=waves["n"].to_numpy(float), row=np.tile(np.arange(WAVES), answers.shape[1])
    )


def false_signals(answers: pd.DataFrame, seed: int) -> tuple[int, int]:
    """Touchpoints and waves after the baseline at which anything is reported, of how many."""
    table = signal_table(dealt(answers, seed), Thresholds(baseline_waves=BASELINE))
    later = table[table["wave"] >= BASELINE]
    loud = later[later["signal"].notna()].drop_duplicates(["touchpoint", "wave"])
    return len(loud), len(later.drop_duplicates(["touchpoint", "wave"]))


def stated() -> float:
    """The rate that the documentation gives."""
    found = re.search(r"\*\*([\d.]+)% of waves are false signals", (DOCS / "signals.md").read_text())
    assert found is not None
    return float(found[1]) / 100


def test_random_waves_give_signals_as_rarely_as_is_stated(answers):
    """A hundred deals together: within the binomial range of the stated rate, and below the rate that is aimed at."""
    signals, points = np.sum([false_signals(answers, seed) for seed in SEEDS], axis=0)
    assert points == len(SEEDS) * 14 * (WAVES - BASELINE)
    low, high = stats.binom.interval(0.95, points, stated())
    assert low <= signals <= high
    assert signals / points <= 0.025
