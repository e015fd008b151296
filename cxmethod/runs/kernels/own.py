"""The kernel of this very interpreter, whatever other kernels the machine has."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For libraries of linear algebra: threads of several processes that compete for cores stall each other."""

_UNATTENDED = {"CXMETHOD_HEADLESS": "1", **ONE_THREAD}
"""Nobody is there to fill in a form."""


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel, ``python3``: the ipykernel beside the running Python.

    A ``python3`` that somebody installed for the user or the machine may be another Python without this package.
    """

    @default("kernel_dirs")
    def _no_other_kernels(self) -> list[str]:
        return []


class OwnKernelManager(AsyncKernelManager):
    """Starts that kernel with the terminal kept out of it: nothing of it is printed there."""

    @default("kernel_spec_manager")
    def _own_specs(self) -> KernelSpecManager:
        return OwnKernelSpecs(parent=self)

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start the kernel; warnings as Python sets them, not as the terminal's environment does."""
        environment = {
            name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"
        } | _UNATTENDED
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await super().start_kernel(**{"env": environment, **quiet, **options})
