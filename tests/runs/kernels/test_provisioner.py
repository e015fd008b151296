"""The provisioner by jupyter_client's own extension point, and plain kernels where it cannot fork."""

import asyncio
import json
import sys
import warnings
from pathlib import Path

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from cxmethod.runs.kernels import fork_client, provisioner
from cxmethod.runs.kernels.provisioner import FreshKernel

from .warm import printed, run

FORKED = "import psutil\nprint('cxmethod.runs.kernels.fork_server' in ' '.join(psutil.Process().parent().cmdline()))"


@pytest.mark.skipif(not fork_client.can_fork(), reason="kernels are not forked on this system")
def test_any_kernel_specification_may_name_it(tmp_path: Path) -> None:
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "warm",
        "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": "cxmethod-warm"}},
    }
    (tmp_path / "warm").mkdir()
    (tmp_path / "warm" / "kernel.json").write_text(json.dumps(spec))

    async def restarted() -> tuple[list[str], bool]:
        specs = KernelSpecManager(kernel_dirs=[str(tmp_path)])
        manager = AsyncKernelManager(kernel_name="warm", kernel_spec_manager=specs)
        await manager.start_kernel(cwd=str(tmp_path))
        ports, first = manager.ports, manager.provisioner.pid
        await manager.restart_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=30)
        parent = psutil.Process(manager.provisioner.pid).parent().cmdline()
        same = manager.ports == ports and manager.provisioner.pid != first
        client.stop_channels()
        await manager.shutdown_kernel()
        return parent, same

    parent, same_ports_other_process = asyncio.run(restarted())
    assert "cxmethod.runs.kernels.fork_server" in " ".join(parent)
    assert same_ports_other_process


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "from scratch.*cannot fork a running Python"), ("es", "desde cero.*no puede duplicar")],
)
def test_where_forking_is_not_safe_a_fresh_kernel_runs_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, sentence: str
) -> None:
    monkeypatch.setattr(provisioner, "can_fork", lambda: False)
    with pytest.warns(FreshKernel, match=sentence):
        notebook = run(tmp_path, FORKED, kernels="warm", language=language)
    assert printed(notebook) == "False\n"


def test_a_server_that_fails_is_replaced_by_a_fresh_kernel_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fork_client, "_SERVER", "raise SystemExit(3)")
    monkeypatch.setenv("CX_TEST", "failing server")
    with pytest.warns(FreshKernel, match="Connection"):
        assert printed(run(tmp_path, FORKED, kernels="warm", language="en")) == "False\n"


def test_a_folder_with_its_own_matplotlibrc_gets_a_fresh_kernel(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("axes.labelcolor: pink")
    look = "import matplotlib.pyplot as plt\nprint(plt.rcParams['axes.labelcolor'])"
    with pytest.warns(FreshKernel, match="matplotlibrc"):
        assert printed(run(tmp_path, look, kernels="warm")) == "pink\n"


@pytest.mark.skipif(not fork_client.can_fork(), reason="kernels are not forked on this system")
def test_a_warm_kernel_is_forked_and_nothing_is_warned_of(tmp_path: Path) -> None:
    with warnings.catch_warnings(action="error"):
        assert printed(run(tmp_path, FORKED, kernels="warm")) == "True\n"
