"""Signals in a row, and what ends them."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps.wave_stretches import stretches


def signals(*points: tuple[float | None, str | None], baseline: int = 0) -> pd.DataFrame:
    """Shares around a centre of 0.3, and their signals."""
    return pd.DataFrame(
        {
            "statistic": "negative_share",
            "touchpoint": "desk",
            "wave": [f"w{n}" for n in range(1, len(points) + 1)],
            "value": pd.array([value for value, _ in points], dtype="Float64").to_numpy(
                float, na_value=float("nan")
            ),
            "centre": 0.3,
            "signal": pd.array([signal for _, signal in points], dtype="string"),
            "baseline": [n < baseline for n in range(len(points))],
        }
    )


OUT, IN, UNKNOWN = (0.6, "beyond"), (0.3, None), (None, None)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([OUT], [("w1", "w1", True)]),
        ([OUT, UNKNOWN], [("w1", "w1", True)]),
        ([OUT, UNKNOWN, OUT], [("w1", "w3", True)]),
        ([OUT, UNKNOWN, IN], [("w1", "w1", False)]),
        ([OUT, IN, UNKNOWN], [("w1", "w1", False)]),
        ([OUT, IN, OUT], [("w1", "w1", False), ("w3", "w3", True)]),
        ([UNKNOWN], []),
    ],
)
def test_only_a_known_wave_ends_a_stretch(points, expected):
    table = stretches(signals(*points))
    assert list(table[["since", "last", "holds"]].itertuples(index=False, name=None)) == expected


def test_a_run_began_at_the_first_wave_on_its_side_though_in_the_baseline():
    table = stretches(signals(IN, (0.4, None), (0.4, None), UNKNOWN, (0.4, "run"), baseline=2))
    assert table[["kind", "since", "last"]].to_numpy().tolist() == [["run", "w2", "w5"]]


def test_signals_of_the_baseline_are_no_stretch():
    assert stretches(signals(OUT, IN, baseline=2)).empty
