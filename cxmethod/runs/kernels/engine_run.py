"""What the engine does: papermill's bookkeeping, nbclient, and our kernel manager."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from papermill.engines import NotebookExecutionManager
from papermill.log import logger
from traitlets.config import Config

from cxmethod.runs.kernels.capped_client import CappedClient
from cxmethod.runs.kernels.kernel_manager import QuickKernelManager

_OF_THE_RECORD = {"progress_bar": False, "log_output": False, "autosave_cell_every": 0}
_OTHERWISE = frozenset({*_OF_THE_RECORD, "input_path", "execution_timeout", "start_timeout"})
_START_SECONDS = 60


class Unsaved(NotebookExecutionManager):  # type: ignore[misc]
    """Papermill's record of a run without its saving at each cell: papermill writes the notebook in the end."""

    def save(self, **_: Any) -> None:
        """Write nothing."""

    def keep(self) -> None:
        """Write what was done until a failure that papermill does not write."""
        super().save()


def execute_unsaved(
    notebook: NotebookNode,
    kernel_name: str,
    output_path: str | None,
    kernels: str,
    language: str,
    options: Mapping[str, Any],
) -> NotebookNode:
    """Execute `notebook` in place; where that ends in an error, save it to `output_path`, if there is one.

    Parameters
    ----------
    notebook : NotebookNode
    kernel_name : str
    output_path : str or None
    kernels : {"warm", "fresh"}
    language : {"en", "es"}
    options : mapping
        Those of papermill's record and of nbclient.
    """
    record = {name: options.get(name, unset) for name, unset in _OF_THE_RECORD.items()}
    manager: Any = Unsaved(notebook, output_path, **{**record, "autosave_cell_every": 0})
    client = {name: value for name, value in options.items() if name not in _OTHERWISE}
    config = Config({"QuickKernelManager": {"kernels": kernels, "language": language}})
    manager.notebook_start()
    try:
        CappedClient(
            manager,
            kernel_name=kernel_name,
            timeout=options.get("execution_timeout"),
            startup_timeout=options.get("start_timeout", _START_SECONDS),
            log=logger,
            log_output=record["log_output"],
            kernel_manager_class=QuickKernelManager,
            config=config,
            **client,
        ).execute()
    except BaseException:
        manager.notebook_complete()
        manager.keep()
        raise
    manager.notebook_complete()
    executed: NotebookNode = manager.nb
    return executed
