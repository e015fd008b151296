"""A notebook that stopped: which cell, and why, in one sentence."""

from __future__ import annotations

import re
import signal
from collections.abc import Sequence

from cxmethod.language import CxError, Words

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LONGEST_LINE = 60


class NotebookFailed(CxError):
    """A cell of a notebook did not get through.

    Parameters
    ----------
    notebook : str
        Its name, such as ``04_touchpoints``.
    cell : int
        Which of its cells, counted from 1 as in JupyterLab, without the cell that papermill adds.
    source : str
        The cell's code; its first line is shown.
    why : str
        What went wrong.
    words : Words
    """

    def __init__(self, notebook: str, cell: int, source: str, why: str, words: Words) -> None:
        super().__init__(
            "runs.notebook_failed",
            words,
            notebook=notebook,
            cell=cell,
            line=_first_line(source),
            why=why,
        )
        self.notebook, self.cell = notebook, cell


class KernelDied(NotebookFailed):
    """The Python process of a notebook ended under it; the next one may live."""


def reason(kind: str, message: str, traceback: Sequence[str], words: Words) -> str:
    """Why a cell failed: our own errors say it themselves, in the engagement's language; others are unexpected.

    Parameters
    ----------
    kind, message, traceback : str
        Class name, text and traceback of the exception, as the kernel sent them. Our own errors show nothing but their
        sentence (`CxError._render_traceback_`).
    words : Words
    """
    plain = _ANSI.sub("", message).strip()
    if [_ANSI.sub("", line).strip() for line in traceback] == [plain]:
        return plain
    return words.say("runs.unexpected", kind=kind, message=plain or words.say("runs.no_message"))


def died(code: int | None, words: Words) -> str:
    """Why a notebook's Python process is gone.

    Parameters
    ----------
    code : int or None
        Its exit code; a negative one is the signal that ended it.
    words : Words
    """
    if code is None:
        return words.say("runs.kernel_died")
    if code < 0:
        return words.say("runs.kernel_killed", signal=_signal_name(-code))
    return words.say("runs.kernel_left", exit=code)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _first_line(source: str) -> str:
    line = next((line.strip() for line in source.splitlines() if line.strip()), "")
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"
