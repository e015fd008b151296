"""LMG with a bootstrap, beside what a user would pick instead, on the same data in one run.

``python benchmarks/drivers.py ../shared/data/airline/train.csv --pingouin PYTHON`` times 14 drivers of 103,904 passengers;
PYTHON is an interpreter that has pingouin installed. With ``--rscript RSCRIPT`` R's relaimpo is timed too, where it is
installed. Then the exact point estimate for 20 drivers, with the memory that a process of its own takes at most.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from cxmethod.stats.bootstrap import cross_products
from cxmethod.stats.drivers import relative_importance
from cxmethod.stats.lmg import lmg

RESAMPLES = 1000
ROUNDS = 3
DRIVERS = slice("Inflight wifi service", "Cleanliness")

PINGOUIN = """
import sys, time
import numpy as np, pandas as pd, pingouin
table = pd.read_csv(sys.argv[1])
rng = np.random.default_rng(1)
for _ in range(int(sys.argv[2])):
    drawn = table.iloc[rng.integers(len(table), size=len(table))]
    start = time.perf_counter()
    pingouin.linear_regression(drawn.drop(columns="outcome"), drawn["outcome"], relimp=True)
    print(time.perf_counter() - start, flush=True)
"""

RELAIMPO = """
arguments <- commandArgs(TRUE)
library(relaimpo)
table <- read.csv(arguments[1])
many <- as.integer(arguments[2])
cat(system.time(boot.relimp(outcome ~ ., table, b = many, type = "lmg", rank = TRUE, diff = FALSE))[["elapsed"]] / many, "\\n")
"""


def airline(path: Path) -> pd.DataFrame:
    """The 14 ratings and the outcome (1 satisfied, 0 not), as the file has them."""
    table = pd.read_csv(path)
    return table.loc[:, DRIVERS].assign(outcome=(table["satisfaction"] == "satisfied").astype(float))


def ours(table: pd.DataFrame) -> list[float]:
    """Seconds a resample, the estimate and everything around it included; one number a round."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        relative_importance(table.drop(columns="outcome"), table["outcome"], resamples=RESAMPLES, seed=1)
        seconds.append((time.perf_counter() - start) / RESAMPLES)
    return seconds


def other(table: pd.DataFrame, command: list[str], script: str, suffix: str, resamples: int) -> list[float]:
    """Seconds a resample that another program reports, one a line."""
    with tempfile.TemporaryDirectory() as place:
        data, code = Path(place) / "table.csv", Path(place) / f"script{suffix}"
        table.to_csv(data, index=False)
        code.write_text(script, encoding="utf-8")
        run = [*command, str(code), str(data), str(resamples)]
        said = subprocess.run(run, check=True, capture_output=True, text=True)
    return [float(line) for line in said.stdout.split()]


def twenty() -> None:
    """The exact point estimate for 20 drivers; run in a process of its own, so that its memory is its own."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(20_000, 20)) + rng.normal(size=(20_000, 1))
    y = x @ rng.normal(size=20) + 5 * rng.normal(size=20_000)
    start = time.perf_counter()
    shares = lmg(cross_products(x, y))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"20 drivers, 2^20 subsets: {seconds:.2f} s, {peak:.2f} GiB at most, R² = {shares.sum():.4f}")


def row(name: str, seconds: list[float], first: float) -> str:
    """One line of the table: the median, its spread, and how many times slower than ours."""
    middle = statistics.median(seconds)
    spread = f"{1000 * min(seconds):,.2f}–{1000 * max(seconds):,.2f}"
    return f"| {name} | {1000 * middle:,.2f} | {spread} | {middle / first:,.0f} |"


def main() -> None:
    """Time both sides and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--pingouin", metavar="PYTHON")
    parser.add_argument("--rscript", metavar="RSCRIPT")
    parser.add_argument("--repeats", type=int, default=2, help="resamples of the slower side")
    parser.add_argument("--twenty", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.twenty:
        twenty()
        return
    if asked.data is not None:
        table = airline(asked.data)
        mine = ours(table)
        first = statistics.median(mine)
        print(f"{len(table):,} cases, {table.shape[1] - 1} drivers")
        print("| | ms a resample | range | times |\n|---|---:|---:|---:|")
        print(row(f"cxmethod, {RESAMPLES:,} resamples", mine, first))
        if asked.rscript:
            many = max(asked.repeats, 10)
            print(row("R relaimpo boot.relimp", other(table, [asked.rscript], RELAIMPO, ".R", many), first))
        if asked.pingouin:
            timed = other(table, [asked.pingouin], PINGOUIN, ".py", asked.repeats)
            print(row(f"pingouin, {asked.repeats} resamples", timed, first), flush=True)
    subprocess.run([sys.executable, __file__, "--twenty"], check=True)


if __name__ == "__main__":
    main()
