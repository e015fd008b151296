"""Worker processes on this machine: one thread each for arithmetic, and none that outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread

from cxmethod.runs.batch.submission import Crew
from cxmethod.runs.kernels.own import ONE_THREAD


@contextmanager
def local_workers(count: int) -> Iterator[Crew]:
    """Pools of `count` processes; when this ends, also by an exception, their processes have ended too.

    The variables that libraries of linear algebra read stand in the environment meanwhile, since they read them when
    they are imported, which in a worker may be before any function of ours is called.
    """
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    pools: list[_Pool] = []

    def new_pool() -> Executor:
        # Of a pool that broke, a worker may still be at its job, which is about to be given to another.
        while pools:
            pools.pop().end(at_once=True)
        pools.append(_Pool.of(count))
        return pools[-1].executor

    ended = False
    try:
        yield Crew(new_pool, window=2 * count)
        ended = True
    finally:
        while pools:
            pools.pop().end(at_once=not ended)
        _restore(before)


@dataclass(frozen=True)
class _Pool:
    """An executor whose workers hold the reading end of a pipe, and end when its other end closes, with what they started.

    SIGTERM, by which a pool ends its workers, would leave their plain kernels; and the system closes the pipe also when
    this process is killed.
    """

    executor: ProcessPoolExecutor
    lifeline: Connection
    held: Connection

    @classmethod
    def of(cls, count: int) -> _Pool:
        context = multiprocessing.get_context("spawn")
        lifeline, held = context.Pipe(duplex=False)
        executor = ProcessPoolExecutor(count, mp_context=context, initializer=_settle, initargs=(lifeline,))
        return cls(executor, lifeline, held)

    def end(self, *, at_once: bool) -> None:
        if at_once:
            self.held.close()
        self.executor.shutdown(wait=True, cancel_futures=True)
        self.held.close()
        self.lifeline.close()


def _restore(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


def _settle(lifeline: Connection) -> None:
    # Ctrl+C reaches the foreground group: the parent alone is to hear it, and ends the others.
    if hasattr(os, "setsid"):
        os.setsid()
    Thread(target=_end_with, args=(lifeline,), name="cxmethod-lifeline", daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    try:
        lifeline.poll(None)
    finally:
        _kill_children()
        os._exit(1)


def _kill_children() -> None:
    """Plain kernels that this worker started; forked ones end with their connection."""
    import psutil  # type: ignore[import-untyped]

    for child in psutil.Process().children(recursive=True):
        child.kill()
