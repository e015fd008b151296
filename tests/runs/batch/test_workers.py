"""Worker processes: killed ones, and a parent that is killed or stopped."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from cxmethod.runs.batch.job import Job, Outcome
from cxmethod.runs.batch.portfolio import open_portfolio
from cxmethod.runs.batch.run import run_batch
from cxmethod.runs.batch.work import work
from cxmethod.runs.batch.workers import local_workers

from ..conftest import code, parameters, write
from ..kernels.warm import is_gone
from .clients import clients, deliver, lines


def deadly(job: Job) -> Outcome:
    """A job whose worker is killed, as for lack of memory: always for one client, once for another."""
    once = job.folder / "once"
    if job.place == "deadly" or (job.place == "unlucky" and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return deliver(job)


def while_another_runs(job: Job) -> Outcome:
    """A job whose worker is killed while another is in the middle of a notebook."""
    if job.place == "deadly":
        until(lambda: (job.folder.parent / "long" / "began").exists())
        os.kill(os.getpid(), signal.SIGKILL)
    return work(job)


def told(_: Job) -> tuple[str, ...]:
    return os.environ["OPENBLAS_NUM_THREADS"], str(os.getsid(0) == os.getpid())


@pytest.mark.slow
def test_a_killed_worker_costs_only_the_client_that_killed_it(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a", "b", "deadly", "unlucky", "z")
    with local_workers(2) as crew:
        summary = run_batch(portfolio, crew=crew, call=deadly)
    assert [(one.place, one.status) for one in summary.troubled] == [("deadly", "failed")]
    assert summary.done == 4


@pytest.mark.slow
def test_a_notebook_that_a_broken_pool_was_running_is_run_again(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "deadly", "long")
    cell = "import pathlib, time\nfirst = not pathlib.Path('began').exists()\nwith open('began', 'a') as file:\n    _ = file.write('x')\ntime.sleep(60 * first)"
    write(tmp_path / "long" / "notebooks" / "report.ipynb", parameters(), code(cell))
    with local_workers(2) as crew:
        summary = run_batch(replace(portfolio, formats=("html",)), crew=crew, call=while_another_runs)
    assert [one.place for one in summary.troubled] == ["deadly"]
    assert (tmp_path / "long" / "began").read_text() == "xx"


def test_workers_use_one_thread_and_the_parents_environment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with local_workers(1) as crew:
        ((_, answer),) = crew.answers(told, [Job(Path(), "", ())])
    assert answer == ("1", "True")
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"
    assert "OMP_NUM_THREADS" not in os.environ


def test_no_worker_is_left_when_the_batch_ends_or_is_interrupted(tmp_path: Path) -> None:
    with local_workers(1) as crew:
        next(crew.answers(told, [Job(Path(), "", ())]))
        workers = [
            child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())
        ]
    assert workers
    assert all(is_gone(worker.pid) for worker in workers)


def slow(base: Path, *names: str) -> None:
    """Clients whose report takes half a minute, less those that ran once."""
    portfolio = clients(base, *names)
    sleep = "import pathlib, time\ntime.sleep(0 if pathlib.Path('ran').exists() else 30)"
    for folder in portfolio.folders:
        write(folder / "notebooks" / "report.ipynb", parameters(), code(sleep))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processes as Linux tells of them")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_batch_that_is_killed_leaves_no_process_and_its_rerun_does_the_rest(
    tmp_path: Path, number: signal.Signals
) -> None:
    slow(tmp_path, "a", "b", "c")
    (tmp_path / "a" / "ran").touch()
    command = [sys.executable, "-m", "cxmethod", "batch", str(tmp_path), "--workers", "1", "--to", "html"]
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: bool(list(tmp_path.glob("b/executed/.running-*"))))
    processes = psutil.Process(batch.pid).children(recursive=True)
    batch.send_signal(number)
    said, _ = batch.communicate(timeout=20)
    assert batch.returncode == (-9 if number == signal.SIGKILL else 1)
    assert number == signal.SIGKILL or "Call it again" in said or "Ejecútelo de nuevo" in said
    assert all(is_gone(process.pid) for process in processes)
    assert [line["place"] for line in lines(tmp_path)] == ["a"]

    for name in "abc":
        (tmp_path / name / "ran").touch()
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "[2/2]" in again.stderr
    assert [line["place"] for line in lines(tmp_path)] == ["a", "b", "c"]
    assert all(
        (folder / "deliverables" / "report.html").is_file() for folder in open_portfolio(tmp_path).folders
    )
    assert not list(tmp_path.glob("*/executed/.running-*"))


def until(true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)
