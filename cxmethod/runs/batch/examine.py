"""Look at one client before its run: has it changed, and can it run at all?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmethod.engagement import Engagement, InputProblems
from cxmethod.engagement.saving import fingerprint
from cxmethod.language import CxError, Words
from cxmethod.runs.batch.fingerprint import client_fingerprint
from cxmethod.runs.batch.job import Examined, Fault, Job, Outcome
from cxmethod.runs.execute import check_parameters
from cxmethod.runs.notebooks import STEPS

REPORT = ("report",)


def examine(job: Job, last: Outcome | None) -> Examined:
    """Open the client of `job` and check all that a run reads; nothing is written.

    Parameters
    ----------
    job : Job
    last : Outcome, optional
        The client's last one; with it, one that was done and has not changed is not looked at further.
    """
    client = job.folder.name
    try:
        engagement = Engagement.open(job.folder, job.language)
        client = engagement.settings.client
        if last is not None and is_still_done(engagement, job, last):
            return Examined(job.place, client, "done")
        if faults := tuple(_faults(engagement, job)):
            return Examined(job.place, client, "refused", Fault("\n".join(faults)))
    except CxError as error:
        return Examined(job.place, client, "refused", Fault(str(error)))
    except OSError as error:
        why = Words(job.language).say("batch.disk", why=error.strerror or error)
        return Examined(job.place, client, "refused", Fault(why))
    except Exception as error:
        # A file that a library of ours cannot read, and that we did not foresee.
        why = Words(job.language).say("batch.unexpected", why=f"{type(error).__name__}: {error}")
        return Examined(job.place, client, "refused", Fault(why))
    return Examined(job.place, client, "waits")


def is_still_done(engagement: Engagement, job: Job, last: Outcome) -> bool:
    """Whether the last run read what a run would read now, and all that it made is there as it was made."""
    if last.status != "done" or last.fingerprint != client_fingerprint(engagement, job.formats, job.full):
        return False
    made = engagement.folder / "deliverables"
    return all(
        _is_there(made / name, file["size"], file["sha256"]) for name, file in last.deliverables.items()
    )


def steps_of(job: Job) -> tuple[str, ...]:
    """The notebooks that a job runs."""
    return STEPS if job.full else REPORT


def _is_there(path: Path, size: int, digest: str) -> bool:
    return path.is_file() and path.stat().st_size == size and fingerprint(path) == digest


def _faults(engagement: Engagement, job: Job) -> Iterator[str]:
    """What makes a run impossible, all at once."""
    for look in (lambda: engagement.decisions, lambda: _check_tables(engagement)):
        try:
            look()
        except CxError as error:
            yield str(error)
    spoken = engagement.settings.words()
    for step in steps_of(job):
        own = engagement.folder / "notebooks" / f"{step}.ipynb"
        try:
            if own.is_file():
                check_parameters(own, spoken, ("engagement", "language"))
        except CxError as error:
            yield str(error)


def _check_tables(engagement: Engagement) -> None:
    if problems := engagement.problems():
        raise InputProblems(problems, engagement.words)
