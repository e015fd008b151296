"""The engine: one save, bounded waits, and failures that are placed, with kernels of both kinds."""

import time
from pathlib import Path
from typing import get_args

import papermill
import pytest
from papermill.engines import papermill_engines

from cxmethod.runs.failure import NotebookFailed
from cxmethod.runs.kernels import engine_run
from cxmethod.runs.kernels.engine import Engine, Kernels
from cxmethod.runs.kernels.kernel_manager import QuickKernelManager
from cxmethod.runs.limits import Limits
from cxmethod.runs.notebooks import read_notebook

from ..conftest import code, write
from .warm import run

both = pytest.mark.parametrize("kernels", get_args(Kernels))


def test_papermill_knows_the_engine_by_its_entry_point(tmp_path: Path) -> None:
    assert papermill_engines.get_engine("cxmethod") is Engine
    source = write(tmp_path / "a.ipynb", code("6 * 7"))
    done = papermill.execute_notebook(
        str(source), str(tmp_path / "b.ipynb"), engine_name="cxmethod", progress_bar=False
    )
    assert done.cells[0].outputs[0].data["text/plain"] == "42"


def test_nothing_is_saved_from_cell_to_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[object] = []
    monkeypatch.setattr(engine_run.NotebookExecutionManager, "save", saved.append)
    done = run(tmp_path, "1", "2", "3", kernels="warm")
    assert saved == []
    assert [cell.outputs[0].data["text/plain"] for cell in done.cells] == ["1", "2", "3"]


@both
def test_a_dead_kernel_is_said_soon_and_what_was_done_is_kept(tmp_path: Path, kernels: Kernels) -> None:
    began = time.monotonic()
    with pytest.raises(NotebookFailed, match=r"celda 3 .*su proceso de Python terminó"):
        run(tmp_path, "6 * 7", "import os\nos._exit(1)", kernels=kernels)
    assert time.monotonic() - began < 15
    assert read_notebook(tmp_path / "done.ipynb").cells[2].outputs[0].data["text/plain"] == "42"


@both
def test_a_stuck_cell_is_stopped(tmp_path: Path, kernels: Kernels) -> None:
    stuck = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass"
    with pytest.raises(NotebookFailed, match=r"celda 2 .*: tardó más de 1 segundo y"):
        run(tmp_path, stuck, kernels=kernels, limits=Limits(cell=1))


@both
def test_a_kernel_that_will_not_stop_is_killed_in_bounded_time(tmp_path: Path, kernels: Kernels) -> None:
    run(tmp_path, "1", kernels=kernels)
    began = time.monotonic()
    run(tmp_path, "import atexit, time\n_ = atexit.register(time.sleep, 60)", kernels=kernels)
    assert time.monotonic() - began < 12


def test_a_kernel_that_dies_before_it_is_ready_is_said_at_once(tmp_path: Path) -> None:
    import asyncio

    async def dead() -> None:
        manager = QuickKernelManager(kernel_name="python3", kernels="fresh")
        await manager.start_kernel(cwd=str(tmp_path))
        client = manager.client()
        client.start_channels()
        await manager.provisioner.kill()
        try:
            await client.wait_for_ready(timeout=30)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    began = time.monotonic()
    with pytest.raises(RuntimeError, match="died"):
        asyncio.run(dead())
    assert time.monotonic() - began < 10
