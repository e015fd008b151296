"""Many calls through any executor: a few at a time, and once more where a worker was lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Lost:
    """There is no answer: twice the worker was lost, or what it said could not be read.

    Parameters
    ----------
    why : str
    """

    why: str


@dataclass
class Crew:
    """Whoever does the calls: an executor of any kind, renewed when it breaks.

    Parameters
    ----------
    new_executor : callable
        Makes a `concurrent.futures.Executor`; called again when one broke, as a pool does whose process was killed.
    window : int
        Calls that are submitted and not yet answered, at most: a portfolio has more clients than fit in memory as futures.
    """

    new_executor: Callable[[], Executor]
    window: int = 8
    executor: Executor | None = field(default=None, init=False)

    def answers(
        self, call: Callable[[Task], Answer], tasks: Iterable[Task]
    ) -> Generator[tuple[Task, Answer | Lost]]:
        """Each task with the answer of `call`, as they come.

        When a pool breaks, nobody knows whose call killed its worker: each call that was lost is made again, alone, and
        one that is lost twice so is given up.
        """
        waiting, suspects = iter(tasks), deque[Task]()
        under_way: dict[Future[Answer], Task] = {}
        try:
            while True:
                for task in islice(waiting, 0 if suspects else self.window - len(under_way)):
                    under_way[self._submit(call, task)] = task
                if not under_way and not suspects:
                    return
                if not under_way:
                    task = suspects.popleft()
                    yield task, self._alone(call, task)
                ended = wait(under_way, return_when=FIRST_COMPLETED).done
                for future in [one for one in under_way if one in ended]:
                    task = under_way.pop(future)
                    answer = _answer(future)
                    if isinstance(answer, Lost):
                        suspects.append(task)
                    else:
                        yield task, answer
        finally:
            for future in under_way:
                future.cancel()

    def _alone(self, call: Callable[[Task], Answer], task: Task) -> Answer | Lost:
        """The answer to a call that is under way alone; lost once, it is made once more."""
        for _ in range(2):
            answer = _answer(self._submit(call, task))
            if not isinstance(answer, Lost):
                return answer
        return answer

    def close(self) -> None:
        """Take no more calls."""
        if self.executor is not None:
            self.executor.shutdown(wait=False)
            self.executor = None

    def _submit(self, call: Callable[[Task], Answer], task: Task) -> Future[Answer]:
        if self.executor is None:
            self.executor = self.new_executor()
        try:
            return self.executor.submit(call, task)
        except BrokenExecutor:
            self.close()
            return self._submit(call, task)


def _answer(future: Future[Answer]) -> Answer | Lost:
    try:
        return future.result()
    except Exception as error:
        return Lost(f"{type(error).__name__}: {error}")
