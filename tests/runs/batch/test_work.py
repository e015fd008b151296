"""One client's job with notebooks of a few cells."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from nbformat import NotebookNode

from cxmethod.engagement import Engagement
from cxmethod.engagement.saving import fingerprint
from cxmethod.pictures import PICTURES
from cxmethod.runs.batch.job import Job, Outcome
from cxmethod.runs.batch.work import work
from cxmethod.runs.notebooks import STEPS, read_notebook
from cxmethod.stats.backend import THREADS

from ..conftest import MakeNotebook, code, parameters

Do = Callable[..., Outcome]
ONCE = "import os, pathlib\nhere = pathlib.Path('once')\nif not here.exists():\n    here.touch()\n    os._exit(1)"


@pytest.fixture
def do(engagement: Engagement, own_copy: MakeNotebook, monkeypatch: pytest.MonkeyPatch) -> Do:
    """Run a report of these cells as a job."""
    # Both as the job sets them itself, so that they are gone afterwards.
    monkeypatch.setenv(THREADS, "1")
    monkeypatch.setenv(PICTURES, "vector")

    def run(*sources: str | NotebookNode, step: str = "report", **options: Any) -> Outcome:
        own_copy(step, parameters(), *(code(one) if isinstance(one, str) else one for one in sources))
        return work(Job(engagement.folder, "a", ("html",), **options))

    return run


def test_a_job_runs_the_report_and_records_its_deliverables(do: Do, engagement: Engagement) -> None:
    outcome = do("6 * 7")
    made = engagement.folder / "deliverables" / "report.html"
    assert (outcome.status, outcome.client, outcome.fault) == ("done", "Café Ñandú", None)
    assert outcome.deliverables == {"report.html": {"size": made.stat().st_size, "sha256": fingerprint(made)}}
    assert not list((engagement.folder / "executed").glob("0*.ipynb"))


def test_a_failure_names_notebook_and_cell_and_leaves_no_deliverable(do: Do, engagement: Engagement) -> None:
    outcome = do("6 * 7", "1 / 0")
    assert outcome.status == "failed"
    assert outcome.fault is not None
    assert (outcome.fault.notebook, outcome.fault.cell) == ("report", 3)
    assert "ZeroDivisionError" in outcome.fault.text
    assert not (engagement.folder / "deliverables").exists()


def test_a_dead_kernel_is_started_once_more(do: Do) -> None:
    assert do(ONCE).status == "done"


def test_a_kernel_that_dies_twice_has_failed(do: Do, engagement: Engagement) -> None:
    outcome = do(
        "import os, pathlib\nwith open('deaths', 'a') as file:\n    _ = file.write('x')\nos._exit(1)"
    )
    assert outcome.status == "failed"
    assert (engagement.folder / "deaths").read_text() == "xx"
    assert outcome.fault is not None
    assert "código de salida 1" in outcome.fault.text
    assert "dos veces" in outcome.fault.text


def test_a_notebook_that_is_stuck_in_many_cells_is_stopped_in_the_end(do: Do) -> None:
    began = time.monotonic()
    outcome = do(*["import time\ntime.sleep(1)"] * 60, minutes=0.05)
    assert time.monotonic() - began < 30
    assert outcome.fault is not None
    assert "en total" in outcome.fault.text


def test_a_failing_exporter_is_the_clients_own_trouble(do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cxmethod.runs.batch.work.export", full)
    outcome = do("1")
    assert outcome.status == "failed"
    assert outcome.fault is not None
    assert "No space left" in outcome.fault.text


def test_a_full_disk_is_said_also_where_half_a_notebook_was_written(
    do: Do, monkeypatch: pytest.MonkeyPatch, engagement: Engagement
) -> None:
    def full(_: Path, done: Path, *__: object) -> None:
        done.write_text('{"cells": [')
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cxmethod.runs.execute._papermill", full)
    outcome = do("1")
    assert outcome.fault is not None
    assert "No space left" in outcome.fault.text
    assert not list((engagement.folder / "executed").glob("*.ipynb"))


def test_full_runs_all_eleven(do: Do, engagement: Engagement, own_copy: MakeNotebook) -> None:
    for step in STEPS:
        own_copy(step, parameters(), code("1"))
    assert do("1", full=True).status == "done"
    assert [path.stem for path in sorted((engagement.folder / "executed").glob("*.ipynb"))] == sorted(STEPS)


def test_what_a_killed_run_left_is_swept(do: Do, engagement: Engagement) -> None:
    left = (
        "executed/.running-x/done.ipynb",
        "executed/.report.ipynb.x.part",
        "deliverables/.report.html.x.part",
        "results/04_touchpoints/.emotions.csv.x.part",
        ".decisions.yaml.x.part",
    )
    for name in left:
        (engagement.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (engagement.folder / name).write_text("half")
    assert do("1").status == "done"
    assert not [path for path in engagement.folder.rglob("*") if path.suffix == ".part"]
    assert not (engagement.folder / "executed" / ".running-x").exists()


def test_a_client_that_somebody_else_runs_is_left_to_them(do: Do, engagement: Engagement) -> None:
    (engagement.folder / "executed").mkdir()
    with FileLock(engagement.folder / "executed" / ".lock"):
        outcome = do("1")
    assert outcome.status == "left"
    assert outcome.fault is not None
    assert "alguien más" in outcome.fault.text


def test_kernels_compute_on_one_thread(do: Do, engagement: Engagement) -> None:
    names = "'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'CXMETHOD_THREADS'"
    assert do(f"import os\n[os.environ[name] for name in ({names})]").status == "done"
    executed = read_notebook(engagement.folder / "executed" / "report.ipynb")
    assert executed.cells[2].outputs[0].data["text/plain"] == "['1', '1', '1', '1']"


def test_what_kernels_set_stays_in_them(do: Do) -> None:
    assert do("import os\nos.environ['CX_PLANTED'] = 'x'").status == "done"
    assert "CX_PLANTED" not in os.environ
    assert do("import os\nassert 'CX_PLANTED' not in os.environ").status == "done"


def test_nobody_opens_the_notebooks_of_a_batch_so_that_figures_go_without_their_png(
    do: Do, engagement: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PICTURES)
    do(f"import os\nos.environ['{PICTURES}']")
    shown = read_notebook(engagement.folder / "executed" / "report.ipynb").cells[-1].outputs
    assert shown[0].data["text/plain"] == "'vector'"


@pytest.mark.parametrize("kernels", ["warm", "fresh"])
def test_a_notebook_that_prints_for_ever_is_stopped_before_it_fills_the_memory(
    do: Do, engagement: Engagement, kernels: str
) -> None:
    began = time.monotonic()
    outcome = do("print('first')", "while True:\n    print('x' * 1000)", kernels=kernels)
    assert time.monotonic() - began < 60
    assert outcome.fault is not None
    assert "imprimió más de 50 MB" in outcome.fault.text
    assert outcome.fault.cell == 3
    executed = engagement.folder / "executed" / "report.ipynb"
    assert 0 < executed.stat().st_size < 3_000_000
    assert read_notebook(executed).cells[-1].outputs[0].text.startswith("xxx")


def test_what_is_printed_too_much_at_once_is_kept_in_part(do: Do, engagement: Engagement) -> None:
    outcome = do(
        "import sys\n_ = sys.stdout.write('x' * 60_000_000)\nsys.stdout.flush()\nimport time\ntime.sleep(60)"
    )
    assert outcome.fault is not None
    assert "imprimió más de 50 MB" in outcome.fault.text
    executed = engagement.folder / "executed" / "report.ipynb"
    assert len(read_notebook(executed).cells[-1].outputs[0].text) == 1_000_000


def test_a_limit_below_two_minutes_is_said_in_seconds(do: Do) -> None:
    outcome = do("import time\ntime.sleep(60)", minutes=0.02)
    assert outcome.fault is not None
    assert "más de 2 segundos en total" in outcome.fault.text
