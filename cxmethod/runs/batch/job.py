"""One client's job in a batch: what it is asked, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cxmethod.runs.kernels.engine import Kernels

Status = Literal["done", "failed", "refused", "left"]

NOTEBOOK_MINUTES = 60.0
"""The longest that a notebook may take: far beyond any that works, so that one that does not cannot hold a worker for ever."""


@dataclass(frozen=True)
class Job:
    """What a worker is asked for one client.

    Parameters
    ----------
    folder : Path
        The engagement's.
    place : str
        The folder as the ledger names it.
    formats : tuple of str
        Of `cxmethod.runs.export.FORMATS`.
    full : bool
        All eleven notebooks, not only the report.
    kernels : {"warm", "fresh"}
    minutes : float
        The longest that a notebook may take.
    language : {"es", "en"}
        Of what is wrong with the client's files; the client's own deliverables stay in its own.
    """

    folder: Path
    place: str
    formats: tuple[str, ...]
    full: bool = False
    kernels: Kernels = "warm"
    minutes: float = NOTEBOOK_MINUTES
    language: str = "en"


@dataclass(frozen=True)
class Fault:
    """Why there are no deliverables, or not all.

    Parameters
    ----------
    text : str
        What is wrong and what to do.
    notebook : str, optional
        The notebook that stopped.
    cell : int, optional
        Its cell, counted from 1.
    """

    text: str
    notebook: str | None = None
    cell: int | None = None


@dataclass(frozen=True)
class Examined:
    """What was found when a client was looked at before its run.

    Parameters
    ----------
    place, client : str
    state : {"waits", "done", "refused"}
        Waits for its run; was done before, and nothing has changed; cannot run.
    fault : Fault, optional
        Why it cannot.
    """

    place: str
    client: str
    state: Literal["waits", "done", "refused"]
    fault: Fault | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a line of the ledger.

    Parameters
    ----------
    place : str
        The client's folder as the ledger names it.
    client : str
        Name of the client, as far as it can be read.
    status : {"done", "failed", "refused", "left"}
        Refused is a client that did not run, since its files do not hold; left is one that somebody else was running.
    fingerprint : str
        Of all that the run read, taken before it.
    seconds : float
    fault : Fault, optional
    deliverables : mapping
        File name → ``size`` in bytes and ``sha256``.
    notes : tuple of str
        What else a person should know.
    worker : str
        Host and process.
    finished : str
        When, as ISO 8601 with its zone.
    """

    place: str
    client: str
    status: Status
    fingerprint: str = ""
    seconds: float = 0.0
    fault: Fault | None = None
    deliverables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    worker: str = ""
    finished: str = ""
