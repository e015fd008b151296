from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from cxmethod.runs.batch.submission import Crew, Lost

from .clients import Inline


def double(number: int) -> int:
    return 2 * number


def test_each_task_comes_back_with_its_answer() -> None:
    crew = Crew(lambda: ThreadPoolExecutor(2), window=3)
    assert dict(crew.answers(double, range(20))) == {number: 2 * number for number in range(20)}
    crew.close()


def test_no_more_than_the_window_is_submitted_ahead() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    answers = Crew(Inline, window=5).answers(double, tasks())
    next(answers)
    assert len(taken) == 5
    answers.close()


def test_only_the_task_that_kills_its_worker_is_lost() -> None:
    calls: Counter[int] = Counter()

    def before(number: int) -> None:
        calls[number] += 1
        if number == 3:
            raise BrokenProcessPool("a worker was killed")

    answers = dict(Crew(lambda: Inline(before), window=4).answers(double, range(8)))
    assert isinstance(answers.pop(3), Lost)
    assert answers == {number: 2 * number for number in range(8) if number != 3}
    assert calls[3] == 3


def test_a_task_that_was_lost_once_is_done_the_second_time() -> None:
    calls: Counter[int] = Counter()

    def before(number: int) -> None:
        calls[number] += 1
        if calls[number] == 1 and number in (2, 3):
            raise BrokenProcessPool("a worker was killed")

    assert dict(Crew(lambda: Inline(before), window=4).answers(double, range(6)))[3] == 6


def test_a_lost_task_is_tried_again_alone() -> None:
    under_way: list[int] = []
    crew = Crew(lambda: ThreadPoolExecutor(4), window=4)

    def call(number: int) -> int:
        under_way.append(number)
        if under_way.count(1) == 1 and number == 1:
            raise OSError("lost")
        return number

    assert dict(crew.answers(call, range(4))) == {number: number for number in range(4)}
    assert under_way[-1] == 1
    crew.close()


def test_a_broken_pool_is_replaced() -> None:
    made: list[Inline] = []

    class Broken(Inline):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            raise BrokenProcessPool("broken")

    def new() -> Inline:
        made.append(Inline() if made else Broken())
        return made[-1]

    assert dict(Crew(new).answers(double, range(3))) == {0: 0, 1: 2, 2: 4}
    assert len(made) == 2


def test_what_an_interrupt_leaves_is_cancelled() -> None:
    pool = ThreadPoolExecutor(1)
    crew = Crew(lambda: pool, window=3)

    def interrupted(number: int) -> int:
        if number == 0:
            return 0
        raise KeyboardInterrupt

    answers = crew.answers(interrupted, range(3))
    assert next(answers) == (0, 0)
    with pytest.raises(KeyboardInterrupt):
        list(answers)
    crew.close()
