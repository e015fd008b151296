"""What monitoring found, where a report says it in short."""

from __future__ import annotations

import pytest

from cxmethod.steps import compute
from cxmethod.views import signals

from .wave_clients import WAVES, counted

STEADY = [30, 28, 32, 29, 31, 30, 27, 33]


@pytest.fixture
def displayed(monkeypatch):
    """What is shown before the end of a cell."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    return shown


def codes(displayed) -> list[str]:
    return [each.data["application/vnd.cxmethod.finding+json"]["code"] for each in displayed]


def shown(engagement, displayed, tables, **options) -> list[str]:
    client = engagement(**tables)
    signals(client, compute(client, "09_monitoring"), **options)
    return codes(displayed)


def test_signals_that_hold_are_named_the_worse_ones_first_and_noise_is_not(engagement, displayed):
    tables = counted(better=[*STEADY, 5], worse=[*STEADY, 60], once=[60 if n == 9 else 30 for n in range(11)])
    found = shown(engagement, displayed, tables)
    assert found == ["monitoring.beyond_worse", "monitoring.beyond_better"]


def test_a_red_point_that_got_better_is_said_once(engagement, displayed):
    assert shown(engagement, displayed, WAVES["monitoring.red_better"]) == ["monitoring.red_better"]


def test_what_is_left_out_is_counted(engagement, displayed):
    tables = counted(one=[*STEADY, 60], two=[*STEADY, 60])
    assert shown(engagement, displayed, tables, most=1) == ["monitoring.beyond_worse", "findings.more"]


def test_without_a_signal_nothing_is_shown(engagement, displayed):
    assert shown(engagement, displayed, counted(calm=STEADY)) == []
