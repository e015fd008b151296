"""Many clients: `cxmethod batch` beside a loop over papermill's API and a shell loop over its command.

    python benchmarks/batch.py --airline TRAIN.csv [--clients 40] [--loop 4] [--sides warm-2,fresh-2,loop] [--full]

The clients are the airline's passengers split into as many engagements by flight distance, and the demo copied as often. Every side
gets fresh copies with nothing computed, runs the same stock notebooks and writes report.html. The loops are so slow that they take
`--loop` clients of each kind; seconds are per client. Cells are the seconds that the kernels spent in cells, by nbclient's own record in
the executed notebooks; overhead is the wall time beyond them and beyond the export, a notebook.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import nbformat
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
LOOP = Path(__file__).parent / "tools" / "papermill_loop.py"
NOTEBOOKS = ROOT / "notebooks"
BIN = Path(sys.executable).parent
SIDES = ("loop", "shell", "fresh-1", "fresh-2", "warm-1", "warm-2")
REPORT = ("report",)


def airline_clients(train: Path, into: Path, clients: int) -> None:
    """The airline's passengers in as many engagements of equal size, by the distance of their flight."""
    from cxmethod.runs.split.whole import Split, split_engagement

    whole = into.parent / f"{into.name}-whole"
    shutil.copytree(ROOT / "tests" / "real" / "airline", whole)
    passengers = pd.read_csv(train)
    band = pd.qcut(passengers["Flight Distance"].rank(method="first"), clients, labels=False) + 1
    passengers.assign(band=band.map("band {:02d}".format)).to_csv(whole / "train.csv", index=False)
    settings = whole / "engagement.yaml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(said.replace("attributes: {", "attributes: {band: band, "), encoding="utf-8")
    split = Split(engagement=str(whole), column="band", into=str(into), files=(str(whole / "train.csv"),))
    split_engagement(split, into.parent)


def demo_clients(into: Path, clients: int) -> None:
    """The demo, taken in once and copied."""
    import cxmethod
    from cxmethod.intake import take_in
    from cxmethod.teaching.demo import demo_client_files, write_demo

    first = into / "demo-01"
    into.mkdir(parents=True)
    write_demo(first, "es")
    take_in(cxmethod.open(first), demo_client_files(), False)
    for number in range(2, clients + 1):
        shutil.copytree(first, into / f"demo-{number:02d}")


def steps(full: bool) -> Sequence[str]:
    from cxmethod.runs.notebooks import STEPS

    return STEPS if full else REPORT


def command(side: str, folder: Path, full: bool) -> list[str]:
    """What a user would type or run."""
    wanted = steps(full)
    if side == "loop":
        return [sys.executable, str(LOOP), str(NOTEBOOKS), str(folder), ",".join(wanted)]
    if side == "shell":
        papermill, nbconvert = BIN / "papermill", BIN / "jupyter-nbconvert"
        return ["bash", "-c", f"""
            set -e
            for client in {folder}/*/; do
                grep -q 'language: es' $client/engagement.yaml && language=es || language=en
                mkdir -p $client/executed $client/deliverables
                for step in {" ".join(wanted)}; do
                    {papermill} {NOTEBOOKS}/$step.ipynb $client/executed/$step.ipynb --cwd $client -k python3 --no-progress-bar \\
                        -p engagement $client -p language $language
                done
                {nbconvert} --to cxmethod-html $client/executed/report.ipynb --output-dir $client/deliverables
            done"""]  # fmt: skip
    kernels, workers = side.split("-")
    options = ["--workers", workers, "--kernels", kernels, "--to", "html", *(["--full"] if full else [])]
    return [str(BIN / "cxmethod"), "batch", str(folder), *options]


def in_cells(notebook: Path) -> float:
    """Seconds that the kernel spent in the cells of an executed notebook."""
    cells = nbformat.read(notebook, as_version=4).cells
    told = [cell.metadata.get("execution", {}) for cell in cells]
    ends = [(t["iopub.execute_input"], t["shell.execute_reply"]) for t in told if "shell.execute_reply" in t]
    spent = [datetime.fromisoformat(end) - datetime.fromisoformat(begin) for begin, end in ends]
    return sum(part.total_seconds() for part in spent)


def measured(side: str, clients: Path, count: int, full: bool) -> dict[str, float]:
    """One side on copies of the first clients: wall seconds a client, and where they went."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "clients"
        chosen = sorted(path for path in clients.iterdir() if path.is_dir())[:count]
        for client in chosen:
            shutil.copytree(client, folder / client.name)
        began = time.perf_counter()
        done = subprocess.run(
            command(side, folder, full), env=environment, capture_output=True, text=True, check=False
        )
        wall = time.perf_counter() - began
        reports = list(folder.glob("*/deliverables/report.html"))
        if done.returncode or len(reports) != len(chosen):
            raise SystemExit(f"{side}: {len(reports)} of {len(chosen)} reports\n{done.stdout}\n{done.stderr}")
        notebooks = [
            folder / client.name / "executed" / f"{s}.ipynb" for client in chosen for s in steps(full)
        ]
        cells = [in_cells(notebook) for notebook in notebooks]
        whole = [nbformat.read(path, as_version=4).metadata.papermill["duration"] for path in notebooks]
    beyond = [all_of_it - own for all_of_it, own in zip(whole, cells, strict=True)]
    return {
        "clients": len(chosen),
        "seconds a client": wall / len(chosen),
        "cells a client": sum(cells) / len(chosen),
        "overhead a notebook, median": statistics.median(beyond),
        "overhead a notebook, longest": max(beyond),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--airline", type=Path, help="The airline's train.csv; without it only the demo.")
    arguments.add_argument("--clients", type=int, default=40, help="Of each kind, for cxmethod batch.")
    arguments.add_argument("--loop", type=int, default=4, help="Of each kind, for the loops.")
    arguments.add_argument("--sides", default=",".join(SIDES))
    arguments.add_argument("--full", action="store_true", help="All eleven notebooks, not only the report.")
    given = arguments.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as place:
        kinds = {"demo": Path(place) / "demo"}
        demo_clients(kinds["demo"], given.clients)
        if given.airline:
            kinds["airline"] = Path(place) / "airline"
            airline_clients(given.airline, kinds["airline"], given.clients)
        for kind, clients in kinds.items():
            first = None
            for side in given.sides.split(","):
                count = given.loop if side in ("loop", "shell") else given.clients
                found = measured(side, clients, count, given.full)
                first = first or found["seconds a client"]
                found["times the first side"] = first / found["seconds a client"]
                rounded = {name: round(value, 2) for name, value in found.items()}
                print(json.dumps({"kind": kind, "side": side, "full": given.full, **rounded,
                                  "load": round(os.getloadavg()[0], 1)}), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
