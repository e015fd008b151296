"""Two real clients through one worker, one after the other: nothing of the first is in anything of the second."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cxmethod.runs.batch.portfolio import open_portfolio
from cxmethod.runs.batch.run import run_batch
from cxmethod.runs.batch.workers import local_workers
from cxmethod.runs.notebooks import copy_notebooks, read_notebook, write_notebook
from cxmethod.teaching.demo import write_workshop

from ..conftest import code

SECRET = "xq7planted"
PLANT = f"""\
import builtins, os, sys
import cxmethod.views, matplotlib.pyplot as plt
os.environ["{SECRET}-variable"] = "{SECRET}"
builtins.planted = sys.planted = cxmethod.views.planted = "{SECRET}"
plt.rcParams["axes.titlesize"] = 77
_ = plt.figure(num="{SECRET}")"""
LOOK = f"""\
import builtins, os, sys
import cxmethod.views, matplotlib.pyplot as plt
found = [name for name in ("builtins", "sys", "cxmethod.views") if hasattr(sys.modules[name], "planted")]
assert not found and not plt.get_fignums() and plt.rcParams["axes.titlesize"] != 77
assert "{SECRET[:4]}" + "{SECRET[4:]}" not in str(dict(os.environ))"""


def workshop(folder: Path, client: str, cell: str) -> Path:
    """The demo's workshop engagement with a report of its own that begins with `cell`."""
    write_workshop(folder, "es")
    copy_notebooks(folder, "es")
    report = folder / "notebooks" / "report.ipynb"
    notebook = read_notebook(report)
    notebook.cells.insert(2, code(cell))
    write_notebook(report, notebook)
    plant(folder / "engagement.yaml", "client: Clínica Horizonte", f"client: {client}")
    return folder


def plant(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_secret_of_one_client_is_nowhere_in_another_nor_in_the_ledger(tmp_path: Path) -> None:
    first, second = workshop(tmp_path / "a", "Primera", PLANT), workshop(tmp_path / "b", "Segunda", LOOK)
    plant(
        first / "engagement.yaml", "objective_text: >-\n", f"objective_text: >-\n  {SECRET} en los ajustes.\n"
    )
    plant(first / "inputs" / "personas.csv", "Marcela", f"{SECRET} Marcela")

    portfolio = open_portfolio(tmp_path)
    with local_workers(1) as crew:
        summary = run_batch(replace(portfolio, formats=("html", "journey")), crew=crew)
    assert summary.ok, json.dumps(summary.as_dict(), ensure_ascii=False)
    assert _holds(first / "deliverables" / "report.html")
    elsewhere = [
        path for folder in (second, tmp_path / "ledger") for path in folder.rglob("*") if path.is_file()
    ]
    assert len(elsewhere) > 20
    assert [path for path in elsewhere if _holds(path)] == []


def _holds(path: Path) -> bool:
    return SECRET.encode() in path.read_bytes()
