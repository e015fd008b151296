"""Run one client's job, in a worker: notebooks, then deliverables. What goes wrong with the client is part of the outcome."""

from __future__ import annotations

import os
import platform
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.engagement.saving import fingerprint
from cxmethod.intake.renewal import RAW, renew
from cxmethod.language import CxError, Words
from cxmethod.pictures import PICTURES
from cxmethod.runs.alone import alone
from cxmethod.runs.batch.examine import steps_of
from cxmethod.runs.batch.fingerprint import client_fingerprint
from cxmethod.runs.batch.job import Fault, Job, Outcome
from cxmethod.runs.execute import run_notebook
from cxmethod.runs.export import export
from cxmethod.runs.failure import KernelDied, NotebookFailed
from cxmethod.runs.limits import Limits
from cxmethod.stats.backend import THREADS

_NOT_STARTED = "runs.kernel_not_started"
_BEING_RUN = "runs.being_run"


def work(job: Job) -> Outcome:
    """Run the notebooks of `job` and export its deliverables.

    Raises nothing that is the client's fault: its outcome says it.
    """
    # Kernels inherit this. Workers share the cores already, and nobody opens the notebooks of a batch: see each name.
    for name, value in {THREADS: "1", PICTURES: "vector"}.items():
        os.environ.setdefault(name, value)
    began = monotonic()
    told: dict[str, Any] = {"client": job.folder.name}
    words = Words(job.language)
    try:
        with _noted(told):
            _run(job, told)
        told["status"] = "done"
    except CxError as error:
        status = "left" if error.code == _BEING_RUN else "failed"
        told |= {"status": status, "fault": _fault(error, words)}
    except Exception as error:
        told |= {"status": "failed", "fault": _fault(error, words)}
    return Outcome(job.place, seconds=round(monotonic() - began, 3), worker=_here(), **told)


def _run(job: Job, told: dict[str, Any]) -> None:
    engagement = Engagement.open(job.folder)
    told["client"] = engagement.settings.client
    with alone(engagement):
        if (engagement.inputs / RAW).is_dir():
            engagement = _renewed(engagement, told)
        told["fingerprint"] = client_fingerprint(engagement, job.formats, job.full)
        for step in steps_of(job):
            _notebook(engagement, step, job)
        made = export(engagement, job.formats)
        told["deliverables"] = {path.name: _record(path) for path in made}


def _renewed(engagement: Engagement, told: dict[str, Any]) -> Engagement:
    """The engagement with what was dropped into its raw files, as a run of it alone takes it in."""
    said = renew(engagement)
    if said[0] != engagement.words.say("intake.nothing_new", folder=f"inputs/{RAW}"):
        told["notes"] = said
    return Engagement.open(engagement.folder)


def _notebook(engagement: Engagement, step: str, job: Job) -> None:
    """Run a notebook; once more where its Python process died, as under another program's hunger for memory."""
    limits = Limits(notebook=job.minutes * 60)
    try:
        run_notebook(engagement, step, kernels=job.kernels, limits=limits)
    except CxError as error:
        if not isinstance(error, KernelDied) and error.code != _NOT_STARTED:
            raise
        _again(engagement, step, job, limits)


def _again(engagement: Engagement, step: str, job: Job, limits: Limits) -> None:
    try:
        run_notebook(engagement, step, kernels=job.kernels, limits=limits)
    except KernelDied as error:
        # As `CxError` says it: the notebook, its cell and the reason, which is now of two tries.
        error.values["why"] = engagement.words.say("batch.died_twice", why=error.values["why"])
        raise


def _fault(error: Exception, words: Words) -> Fault:
    """What a person reads of `error`; also where it is our own fault, one client's work is lost, not the batch's."""
    if isinstance(error, NotebookFailed):
        return Fault(str(error), error.notebook, error.cell)
    if isinstance(error, CxError):
        return Fault(str(error))
    if isinstance(error, OSError):
        return Fault(words.say("batch.disk", why=error.strerror or error))
    return Fault(words.say("batch.unexpected", why=f"{type(error).__name__}: {error}"))


def _record(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": fingerprint(path)}


@contextmanager
def _noted(told: dict[str, Any]) -> Iterator[None]:
    """Warnings, such as that kernels are plain ones, as notes of the outcome: nobody looks at a worker's terminal."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", UserWarning)
        try:
            yield
        finally:
            said = (
                str(warning.message)
                for warning in heard
                if warning.category.__module__.startswith("cxmethod")
            )
            told["notes"] = tuple(dict.fromkeys((*told.get("notes", ()), *said)))


def _here() -> str:
    return f"{platform.node()}:{os.getpid()}"
