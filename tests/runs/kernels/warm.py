"""What tests of warm kernels share: run cells in a kernel of either kind, and look at processes."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil
from nbformat import NotebookNode

from cxmethod.language import Words
from cxmethod.runs.execute import execute
from cxmethod.runs.kernels.engine import Kernels
from cxmethod.runs.kernels.fork_client import fork_kernel
from cxmethod.runs.kernels.fork_stack import Stack
from cxmethod.runs.kernels.forked_process import ForkedKernel
from cxmethod.runs.notebooks import read_notebook

from ..conftest import code, parameters, write

ANYWHERE = {
    "transport": "tcp",
    "ip": "127.0.0.1",
    "key": "k",
    "signature_scheme": "hmac-sha256",
} | dict.fromkeys(("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"), 0)


def stack(**environment: str) -> Stack:
    return Stack((sys.executable,), {**os.environ, **environment})


async def kernel(of: Stack, folder: Path) -> ForkedKernel:
    """A forked kernel that nobody is connected to."""
    order = {"argv": [], "env": dict(of.environment), "cwd": str(folder), "connection": ANYWHERE}
    return await fork_kernel(of, order)


def run(
    folder: Path, *sources: str | NotebookNode, kernels: Kernels, language: str = "es", **options: Any
) -> NotebookNode:
    """The executed notebook of these cells, less its parameters."""
    cells = [code(source) if isinstance(source, str) else source for source in sources]
    source = write(folder / "given.ipynb", parameters(), *cells)
    given: Mapping[str, Any] = {"engagement": "", "language": language}
    done = folder / "done.ipynb"
    execute(source, done, given, words=Words(language), folder=folder, kernels=kernels, **options)
    notebook = read_notebook(done)
    del notebook.cells[:2]
    return notebook


def printed(notebook: NotebookNode) -> str:
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream")


def is_gone(process: int, seconds: float = 5.0) -> bool:
    """Whether a process ends within some seconds; one that only waits to be reaped has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False
