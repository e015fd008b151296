"""The same portfolio through a real Dask scheduler with two worker processes, all on the loopback."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxmethod.language import CxError, Words
from cxmethod.runs.batch.scheduler import scheduled_workers

from ..conftest import code, parameters, write
from .clients import clients, lines

HERE = ["--host", "127.0.0.1", "--no-dashboard"]
PLOT = "import matplotlib.pyplot as plt\n_ = plt.plot([1, 3, 2])\nplt.show()"


def dask(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *map(str, arguments)]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env={**os.environ, "PYTHONWARNINGS": ""})


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Of a scheduler with two workers."""
    file = tmp_path / "scheduler.json"
    scheduler = dask("scheduler", "--port", 0, "--scheduler-file", file, *HERE)
    worker = dask("worker", "--scheduler-file", file, "--nworkers", 2, "--nthreads", 1, *HERE)
    try:
        until = time.monotonic() + 60
        while not file.is_file():
            assert time.monotonic() < until
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"]
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.wait(30)


def batch(folder: Path, *options: str) -> dict[str, object]:
    """Client → its deliverables, by size and digest."""
    command = [sys.executable, "-m", "cxmethod", "batch", str(folder), "--to", "html", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return {line["place"]: line["deliverables"] for line in lines(folder)}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes as Linux starts them")
def test_a_scheduler_with_two_workers_gives_the_same_files(tmp_path: Path, address: str) -> None:
    for client in clients(tmp_path / "there", "a", "b", "c", "d").folders:
        write(client / "notebooks" / "report.ipynb", parameters(), code(PLOT), code(f"'{client.name}'"))
    shutil.copytree(tmp_path / "there", tmp_path / "here")
    here = batch(tmp_path / "here", "--workers", "1")
    there = batch(tmp_path / "there", "--scheduler", address)
    assert here == there
    assert len(here) == 4
    assert len({line["worker"] for line in lines(tmp_path / "there")}) == 2


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CxError, match="cxmethod\\[dask\\]"), scheduled_workers("tcp://127.0.0.1:1", Words()):
        pass
