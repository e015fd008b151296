"""nbclient with an end to what a notebook may print, so that one that prints for ever does not fill the memory."""

from __future__ import annotations

import asyncio
from typing import Any

from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from traitlets import Int

_KEPT = 1_000_000
"""Characters that stay of the cell that printed too much: enough to see what it was."""


class PrintedTooMuch(Exception):
    """A notebook printed or showed more than it may; its kernel was killed."""


class KernelEnded(RuntimeError):
    """The process of a notebook ended under it.

    Parameters
    ----------
    code : int or None
        Its exit code, or the signal that ended it as a negative number, where that is known.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__(f"kernel ended with {code}")
        self.code = code


class CappedClient(PapermillNotebookClient):  # type: ignore[misc]
    """Counts what arrives, and kills the kernel when it is too much: what still waits then is never read."""

    most = Int(help="Characters that a notebook may print and show; 0 for no end.").tag(config=True)

    printed = 0

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        """Execute a cell.

        Raises
        ------
        PrintedTooMuch
        KernelEnded
        """
        # The manager forgets a process that has ended.
        process = self._process()
        try:
            done: NotebookNode = super().execute_cell(cell, cell_index, **options)
        except (DeadKernelError, CellTimeoutError) as error:
            if self._is_too_much():
                raise PrintedTooMuch from error
            if isinstance(error, DeadKernelError):
                raise KernelEnded(getattr(process, "returncode", None)) from error
            raise
        if self._is_too_much():
            raise PrintedTooMuch
        return done

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: NotebookNode, cell_index: int) -> None:
        while True:
            message = await self.kc.iopub_channel.get_msg(timeout=None)
            self.printed += _size(message["content"]) + sum(map(len, message["buffers"]))
            if (ended := self._is_too_much()) and (process := self._process()) is not None:
                # First of all: it prints on while anything else is done. nbclient then finds that it is dead.
                process.kill()
            if message["parent_header"].get("msg_id") == parent_msg_id:
                try:
                    # Also the one that is too much: it may be all that was printed.
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    return
            if ended:
                _cut(cell)
                return
            # While messages wait, reading them never gives way by itself, and the clock of the cell would stand still.
            await asyncio.sleep(0)

    def _is_too_much(self) -> bool:
        return 0 < self.most < self.printed

    def _process(self) -> Any:
        return getattr(self.km.provisioner, "process", None)


def _size(content: Any) -> int:
    """Characters in a message, near enough."""
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(map(_size, content.values()))
    return sum(map(_size, content)) if isinstance(content, list) else 8


def _cut(cell: NotebookNode) -> None:
    """Keep the first outputs of a cell."""
    kept, left = [], _KEPT
    for output in cell.outputs:
        if output.output_type == "stream":
            output.text = output.text[:left]
        left -= _size(output)
        if left < 0 and output.output_type != "stream":
            break
        kept.append(output)
        if left <= 0:
            break
    cell.outputs = kept
