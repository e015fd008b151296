"""What a kernel costs: a one-plot notebook, and an empty one, in warm and fresh kernels and as papermill does it alone.

Sides take turns; medians, 95th percentiles and the longest are of whole calls of papermill, in seconds. The load of the machine is
printed beside them: above the number of its cores, compare only sides of one run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

PLOT = """\
import matplotlib.pyplot as plt
import pandas as pd
fig, ax = plt.subplots()
ax.plot(pd.Series([1, 3, 2]))
plt.show()"""
STACK = "import cxmethod\nfrom cxmethod import forms, steps, views"
NOTEBOOKS = {"empty": "pass", "one plot": PLOT, "our imports": STACK}
SIDES = {
    "papermill alone": {},
    "fresh": {"engine_name": "cxmethod", "kernels": "fresh"},
    "warm": {"engine_name": "cxmethod", "kernels": "warm"},
}


def seconds(folder: Path, source: str, options: dict[str, str]) -> float:
    """One call of papermill on a notebook of one cell."""
    notebook = new_notebook(cells=[new_code_cell(source)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    given, done = folder / "given.ipynb", folder / "done.ipynb"
    nbformat.write(notebook, given)
    start = time.perf_counter()
    papermill.execute_notebook(str(given), str(done), progress_bar=False, **options)
    return time.perf_counter() - start


def measure(runs: int) -> None:
    """Print a line for each notebook and side."""
    # As for a user: bytecode is cached.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        first = {name: seconds(Path(folder), PLOT, options) for name, options in SIDES.items()}
        print(f"first call of warm, with the start of its server: {first['warm']:.2f} s")
        for name, source in NOTEBOOKS.items():
            times: dict[str, list[float]] = {side: [] for side in SIDES}
            for _ in range(runs):
                for side, options in SIDES.items():
                    times[side].append(seconds(Path(folder), source, options))
            for side, values in times.items():
                late = sorted(values)[int(0.95 * len(values))]
                shown = f"median {statistics.median(values):.3f}  95 % {late:.3f}  longest {max(values):.3f}"
                print(f"{name:12s} {side:16s} {shown}  load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=7)
    measure(arguments.parse_args().runs)
