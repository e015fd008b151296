"""What a batch is going to do, known before the first run: who runs, who is done already, and who cannot run."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxmethod.language import Words
from cxmethod.runs.batch.job import Examined, Fault, Job


@dataclass(frozen=True)
class Plan:
    """The clients of a batch after they were looked at, in the portfolio's order.

    Parameters
    ----------
    jobs : tuple of Job
        What is to be run.
    skipped : tuple of Examined
        Done before, and nothing has changed.
    refused : tuple of Examined
        What cannot be run, with the reasons.
    warnings : tuple of str
    """

    jobs: tuple[Job, ...]
    skipped: tuple[Examined, ...]
    refused: tuple[Examined, ...]
    warnings: tuple[str, ...]


def make_plan(jobs: Sequence[Job], found: Mapping[str, Examined], words: Words) -> Plan:
    """Sort `jobs` by what was `found` of them, by place."""
    told = [found[job.place] for job in jobs]
    return Plan(
        jobs=tuple(job for job, one in zip(jobs, told, strict=True) if one.state == "waits"),
        skipped=tuple(one for one in told if one.state == "done"),
        refused=tuple(one for one in told if one.state == "refused"),
        warnings=tuple(_same_name(told, words)),
    )


def same_places(folders: Iterable[Path]) -> dict[Path, Path]:
    """Folders that are another one by a second name, such as a link; each with the first of its names."""
    first: dict[tuple[int, int], Path] = {}
    again: dict[Path, Path] = {}
    for folder in folders:
        if folder.exists():
            status = os.stat(folder)
            known = first.setdefault((status.st_dev, status.st_ino), folder)
            if known is not folder:
                again[folder] = known
    return again


def second_name(job: Job, place: str, words: Words) -> Examined:
    """A client that is refused, since its folder is that of another one: two runs would write over each other."""
    return Examined(job.place, job.folder.name, "refused", Fault(words.say("batch.same_place", place=place)))


def _same_name(told: Iterable[Examined], words: Words) -> Iterator[str]:
    places = defaultdict(list)
    for one in told:
        places[one.client].append(one.place)
    for client, named in places.items():
        if len(named) > 1:
            yield words.say("batch.same_name", client=client, places=words.join(named), count=len(named))
