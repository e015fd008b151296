"""Transition counts of a large log, beside the tools that a user would pick instead, each in a process of its own.

    python benchmarks/routes.py --pm4py PYTHON --retentioneering PYTHON [--events 10000000] [--repeats 3]

PYTHON is the interpreter of an environment where that tool is installed (neither is a dependency of cxmethod). A log is
generated once: journeys interleaved in time as in a real one, no two events of the same moment, so that all tools must
agree on every count. The sides take turns; medians are printed, and the ratios of medians.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOOL = Path(__file__).parent / "tools" / "route_counts.py"
TOUCHPOINTS, PHASES = 30, 6
EVENTS_PER_JOURNEY = 20
OURS = "cxmethod"


def generate(folder: Path, events: int) -> Path:
    """An engagement with `events` events of 30 touchpoints, 20 to a journey, written by DuckDB piece by piece."""
    from cxmethod.stats.backend import connect

    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    (folder / "engagement.yaml").write_text("client: Large log\nlanguage: en\n")
    phases = "".join(f"phase_{p},Phase {p},{p},interact,during\n" for p in range(PHASES))
    (inputs / "phases.csv").write_text("phase,name,order,question,stage\n" + phases)
    points = "".join(
        f"touchpoint_{t:02d},Touchpoint {t},phase_{t * PHASES // TOUCHPOINTS},{t}\n"
        for t in range(TOUCHPOINTS)
    )
    (inputs / "touchpoints.csv").write_text("touchpoint,name,phase,order\n" + points)
    execute = connect().con.execute
    path = inputs / "events.parquet"
    execute(f"""
        COPY (SELECT 'J' || lpad((hash(i * 7 + 1) % {events // EVENTS_PER_JOURNEY})::VARCHAR, 8, '0') AS journey,
                     'touchpoint_' || lpad(least(hash(i * 3 + 5) % {TOUCHPOINTS}, hash(i * 11 + 3) % {TOUCHPOINTS})::VARCHAR,
                                           2, '0') AS touchpoint,
                     TIMESTAMP '2026-01-01' + to_milliseconds(i * 250) AS timestamp
              FROM range({events}) AS moments(i))
        TO '{path}' (FORMAT parquet)
    """)
    execute(f"""
        COPY (SELECT journey, CASE WHEN hash(journey) % 3 = 0 THEN 'success' ELSE 'failure' END AS outcome
              FROM (SELECT DISTINCT journey FROM '{path}'))
        TO '{inputs / "journeys.parquet"}' (FORMAT parquet)
    """)
    return path


def measured(python: str, tool: str, path: Path) -> dict[str, object]:
    """One run of `tool`, with bytecode cached as for a user."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([python, TOOL, tool, path], env=environment, capture_output=True, text=True)
    if done.returncode:
        return {
            "failed": done.stderr.strip().splitlines()[-1]
            if done.stderr.strip()
            else f"exit {done.returncode}"
        }
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def row(tool: str, runs: list[dict[str, object]], base: float | None) -> tuple[str, float | None]:
    """A line of the table, and the median from data in memory to counts."""
    failed = [run["failed"] for run in runs if "failed" in run]
    if failed:
        return f"| {tool} | failed: {failed[0]} | | | | | | | |", None
    load, prepare, count = (statistics.median(run["seconds"][place] for run in runs) for place in range(3))
    in_memory = statistics.median(sum(run["seconds"][1:]) for run in runs)
    whole = statistics.median(sum(run["seconds"]) for run in runs)
    cpu = statistics.median(run["cpu"] for run in runs)
    peak = max(run["gib"] for run in runs)
    ratio = f"{in_memory / base:.1f}" if base else "1"
    cells = [
        tool,
        *(f"{value:.2f}" for value in (load, prepare, count, in_memory)),
        ratio,
        *(f"{value:.2f}" for value in (whole, cpu)),
        f"{peak:.1f}",
    ]
    return "| " + " | ".join(cells) + " |", in_memory


def main() -> None:
    """Generate, run all sides by turns, print the table."""
    options = parsed()
    sides = {OURS: sys.executable, "cxmethod, from Parquet": sys.executable}
    sides |= {"cxmethod, success against failure": sys.executable}
    if options.step:
        sides["cxmethod, whole 02_relationship"] = sys.executable
    if options.only_ours:
        sides.pop(OURS)
    else:
        sides |= {
            "pandas": sys.executable,
            "PM4Py": options.pm4py,
            "retentioneering": options.retentioneering,
        }
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        start = time.perf_counter()
        path = generate(Path(folder), options.events)
        print(f"{options.events:,} events generated in {time.perf_counter() - start:.0f} s")
        runs: dict[str, list[dict[str, object]]] = {tool: [] for tool in sides}
        for _ in range(options.repeats):
            for tool, python in sides.items():
                if python:
                    runs[tool].append(measured(python, tool, path))
    report(runs)


def report(runs: dict[str, list[dict[str, object]]]) -> None:
    """Seconds and memory of every side, and whether their counts agree."""
    print(
        "| tool | read | prepare | count | in memory → counts | × cxmethod | file → counts | CPU | peak GiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    base = None
    for tool, own in runs.items():
        if not own:
            print(f"| {tool} | absent | | | | | | |")
            continue
        line, in_memory = row(tool, own, base)
        base = base or in_memory
        print(line)
    digests = {run["digest"] for own in runs.values() for run in own if "digest" in run}
    print("All counts agree." if len(digests) == 1 else f"The counts DISAGREE: {digests}")


def parsed() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--pm4py", help="interpreter of an environment with PM4Py")
    parser.add_argument("--retentioneering", help="interpreter of an environment with retentioneering")
    parser.add_argument(
        "--only-ours", action="store_true", help="leave out whatever holds a data frame in memory"
    )
    parser.add_argument("--no-step", dest="step", action="store_false", help="leave out the whole step")
    parser.add_argument(
        "--folder", help="where the log is generated (the system's temporary folder by default)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
