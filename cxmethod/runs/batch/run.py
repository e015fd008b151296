"""Many clients in one go: look at all, run those that are new, changed or failed, and write down what came of each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from time import monotonic

from cxmethod.language import Words
from cxmethod.runs.batch.job import NOTEBOOK_MINUTES, Examined, Fault, Job, Outcome
from cxmethod.runs.batch.ledger import WHOLE, Ledger, Shard
from cxmethod.runs.batch.plan import Plan, make_plan, same_places, second_name
from cxmethod.runs.batch.portfolio import Portfolio
from cxmethod.runs.batch.progress import Watch
from cxmethod.runs.batch.submission import Crew, Lost
from cxmethod.runs.batch.summary import Summary
from cxmethod.runs.export import FORMATS
from cxmethod.runs.kernels.engine import Kernels


class BatchStopped(KeyboardInterrupt):
    """Somebody stopped the batch; what ended before is in the ledger.

    Parameters
    ----------
    summary : Summary
    """

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self.summary = summary


@dataclass(frozen=True)
class How:
    """How the clients of a batch are run.

    Parameters
    ----------
    kernels : {"warm", "fresh"}
        Whether each notebook's Python process is forked from one that has imported the stack, or started from scratch.
    minutes : float
        The longest that a notebook may take.
    shard : Shard
        The part of the portfolio that is run.
    again : bool
        Also what is done and has not changed.
    """

    kernels: Kernels = "warm"
    minutes: float = NOTEBOOK_MINUTES
    shard: Shard = WHOLE
    again: bool = False


USUAL = How()


def look(question: tuple[Job, Outcome | None]) -> Examined:
    """Look at one client and its last outcome; see `cxmethod.runs.batch.examine`. Imported in the worker, as the parent needs none of it."""
    from cxmethod.runs.batch.examine import examine

    return examine(*question)


def work(job: Job) -> Outcome:
    """Run one client; see `cxmethod.runs.batch.work`."""
    from cxmethod.runs.batch.work import work as work_here

    return work_here(job)


def run_batch(
    portfolio: Portfolio,
    *,
    crew: Crew,
    how: How = USUAL,
    words: Words | None = None,
    watch: Watch | None = None,
    call: Callable[[Job], Outcome] = work,
) -> Summary:
    """Run the clients of `portfolio` that are new, changed or failed.

    Parameters
    ----------
    portfolio : Portfolio
    crew : Crew
        Does the jobs: `cxmethod.runs.batch.workers.local_workers`, or any `concurrent.futures.Executor` in a `Crew`.
    how : How
    words : Words, optional
        The language of reasons and warnings.
    watch : Watch
        Is told how far it is.
    call : callable
        Does one job, in a worker.

    Raises
    ------
    BatchStopped
        When this process is interrupted.
    CxError
        When another batch of this portfolio runs, or the ledger cannot be written.
    """
    words, watch, summary, began = words or Words(), watch or Watch(), Summary(), monotonic()
    ledger = Ledger(portfolio.base, portfolio.name, how.shard)
    try:
        with ledger.held(words):
            summary.warnings += portfolio.notices
            last = {} if how.again else ledger.latest(lambda count: _unread(count, summary, words))
            plan = _planned(portfolio, _jobs(portfolio, how, words), last, crew, words, watch)
            summary.plan(plan)
            for warning in summary.warnings:
                watch.warned(warning)
            watch.planned(plan)
            for outcome in _outcomes(plan, crew, call, words):
                finished = replace(outcome, finished=datetime.datetime.now(datetime.UTC).isoformat())
                ledger.append(finished, words)
                summary.count(finished)
                watch.ended(finished)
    except KeyboardInterrupt:
        summary.stopped = True
        raise BatchStopped(summary) from None
    finally:
        summary.seconds = round(monotonic() - began, 3)
        crew.close()
        watch.close()
    return summary


def _unread(count: int, summary: Summary, words: Words) -> None:
    summary.warnings.append(words.say("batch.ledger_unread", count=count))


def _jobs(portfolio: Portfolio, how: How, words: Words) -> list[Job]:
    common = Job(
        folder=portfolio.base,
        place="",
        formats=portfolio.formats or FORMATS,
        full=portfolio.full,
        kernels=how.kernels,
        minutes=how.minutes,
        language=words.language,
    )
    folders = portfolio.folders[how.shard.index - 1 :: how.shard.count]
    return [replace(common, folder=folder, place=portfolio.place(folder)) for folder in folders]


def _planned(
    portfolio: Portfolio,
    jobs: list[Job],
    last: Mapping[str, Outcome],
    crew: Crew,
    words: Words,
    watch: Watch,
) -> Plan:
    """Every client is looked at before the first runs; by the workers, since reading all tables of all takes its time."""
    again = same_places(portfolio.folders)
    found = {
        job.place: second_name(job, portfolio.place(again[job.folder]), words)
        for job in jobs
        if job.folder in again
    }
    questions = [(job, last.get(job.place)) for job in jobs if job.place not in found]
    watch.looking(len(questions))
    with closing(crew.answers(look, questions)) as answers:
        for (job, _), answer in answers:
            found[job.place] = _unseen(job, answer, words) if isinstance(answer, Lost) else answer
            watch.looked(found[job.place])
    return make_plan(jobs, found, words)


def _outcomes(plan: Plan, crew: Crew, call: Callable[[Job], Outcome], words: Words) -> Iterator[Outcome]:
    for one in plan.refused:
        yield Outcome(one.place, one.client, "refused", fault=one.fault)
    with closing(crew.answers(call, plan.jobs)) as answers:
        for job, answer in answers:
            yield _lost(job, answer, words) if isinstance(answer, Lost) else answer


def _lost(job: Job, lost: Lost, words: Words) -> Outcome:
    return Outcome(job.place, job.folder.name, "failed", fault=_worker_lost(lost, words))


def _unseen(job: Job, lost: Lost, words: Words) -> Examined:
    return Examined(job.place, job.folder.name, "refused", _worker_lost(lost, words))


def _worker_lost(lost: Lost, words: Words) -> Fault:
    return Fault(words.say("batch.worker_lost", why=lost.why))
