"""Two open notebooks lose nothing."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pandas as pd

import cxmethod
from cxmethod.engagement import StepSpec

DECIDE = """
import sys
import cxmethod
engagement = cxmethod.open(sys.argv[1])
for number in range(8):
    engagement.decide(f"importance.{sys.argv[2]}{number}", 3)
"""


def test_decisions_of_two_threads(folder):
    place = folder()

    def decide(name: str) -> None:
        engagement = cxmethod.open(place)
        for number in range(15):
            engagement.decide(f"importance.{name}{number}", 3)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decide, ["a", "b"]))
    assert len(cxmethod.open(place).decisions.importance) == 30


def test_decisions_of_two_processes(folder):
    place = folder()
    runs = [subprocess.Popen([sys.executable, "-c", DECIDE, str(place), name]) for name in ("a", "b")]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert len(cxmethod.open(place).decisions.importance) == 16


@dataclass(frozen=True)
class Given:
    spec: StepSpec
    basis: ClassVar[dict[str, Any]] = {}
    frame: ClassVar[pd.DataFrame] = pd.DataFrame({"x": [1]})
    note: dict = field(default_factory=dict)

    def tables(self):
        return {"table": self.frame}

    def summary(self):
        return self.note


def test_results_of_two_threads(folder):
    place = folder()
    specs = [StepSpec(f"step_{number}") for number in range(12)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda spec: cxmethod.open(place).save(Given(spec)), specs))
    engagement = cxmethod.open(place)
    assert all(engagement.is_fresh(spec) for spec in specs)


def test_a_reader_never_sees_half_a_table(folder):
    engagement = cxmethod.open(folder())
    frame = pd.DataFrame({"owner": [f"o{number}" for number in range(3000)]})

    def write(_: int) -> None:
        cxmethod.open(engagement.folder).write_table("owners", frame)

    engagement.write_table("owners", frame)
    with ThreadPoolExecutor(1) as pool:
        writes = pool.map(write, range(5))
        sizes = {len(cxmethod.open(engagement.folder).table("owners")) for _ in range(10)}
        list(writes)
    assert sizes == {3000}
