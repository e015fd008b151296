"""How long `import cxmethod` takes beside `import pandas`: whole processes, less the bare interpreter's start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

RUNS = 15


def seconds(statement: str) -> float:
    """One whole process that runs `statement`, with bytecode cached as for a user."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians and their ratio; the sides take turns."""
    sides = {"bare": "pass", "cxmethod": "import cxmethod", "pandas": "import pandas"}
    for statement in sides.values():
        seconds(statement)
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(RUNS):
        for name, statement in sides.items():
            times[name].append(seconds(statement))
    median = {name: statistics.median(values) for name, values in times.items()}
    ours, theirs = median["cxmethod"] - median["bare"], median["pandas"] - median["bare"]
    print(f"import cxmethod {1000 * ours:.1f} ms, import pandas {1000 * theirs:.1f} ms over a bare start")
    print(f"ratio {ours / theirs:.3f} (whole processes: {median['cxmethod'] / median['pandas']:.3f})")


if __name__ == "__main__":
    main()
