"""All notebooks of one engagement, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from cxmethod.engagement import Engagement
from cxmethod.runs.alone import alone
from cxmethod.runs.execute import run_notebook
from cxmethod.runs.kernels.engine import Kernels
from cxmethod.runs.notebooks import STEPS

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StepRun:
    """One notebook that ran through.

    Parameters
    ----------
    step : str
    notebook : Path
        Its executed copy.
    seconds : float
    """

    step: str
    notebook: Path
    seconds: float


def run_engagement(
    engagement: Engagement,
    steps: Iterable[str] | None = None,
    stock: bool = False,
    on_progress: OnProgress | None = None,
    kernels: Kernels = "fresh",
) -> list[StepRun]:
    """Execute the notebooks in order; the first that fails ends it, and what was done stays.

    Parameters
    ----------
    engagement : Engagement
    steps : iterable of str, optional
        Names of `STEPS`; all without it.
    stock : bool
        As in `run_notebook`.
    on_progress : callable, optional
        Called with the step, its cells done and its cells in all.
    kernels : {"fresh", "warm"}
        As in `run_notebook`.

    Raises
    ------
    NotebookFailed
        Naming the cell of the notebook that failed, and why.
    CxError
        When this engagement is being run elsewhere.
    """
    wanted = STEPS if steps is None else tuple(steps)
    with alone(engagement):
        return [_timed(engagement, step, stock, on_progress, kernels) for step in STEPS if step in wanted]


def _timed(
    engagement: Engagement, step: str, stock: bool, on_progress: OnProgress | None, kernels: Kernels
) -> StepRun:
    began = monotonic()
    on_cell = partial(on_progress, step) if on_progress else None
    notebook = run_notebook(engagement, step, stock=stock, on_cell=on_cell, kernels=kernels)
    return StepRun(step, notebook, monotonic() - began)
