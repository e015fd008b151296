"""How far a run is: bars in a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from cxmethod.language import Words
from cxmethod.runs.engagement import OnProgress


@contextmanager
def progress(steps: Sequence[str], words: Words, console: Console) -> Iterator[OnProgress]:
    """What `run_engagement` tells its progress to.

    Parameters
    ----------
    steps : sequence of str
        What will run, in order.
    words : Words
    console : rich.console.Console
    """
    if not console.is_terminal:
        yield _Lines(steps, console)
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bars:
        yield _Bars(steps, words, bars)


class _Lines:
    def __init__(self, steps: Sequence[str], console: Console) -> None:
        self.steps, self.console = list(steps), console

    def __call__(self, step: str, done: int, total: int) -> None:
        if done == 0:
            place = f"[{self.steps.index(step) + 1}/{len(self.steps)}] {step}"
            self.console.print(place, markup=False, highlight=False)


class _Bars:
    def __init__(self, steps: Sequence[str], words: Words, bars: Progress) -> None:
        self.steps, self.bars, self.words = list(steps), bars, words
        self.notebooks = bars.add_task(words.say("runs.notebooks"), total=len(steps))
        self.cells: TaskID | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        if self.cells is None:
            self.cells = self.bars.add_task(step, total=total)
        self.bars.update(self.cells, description=step, completed=done, total=total)
        self.bars.update(self.notebooks, completed=self.steps.index(step) + (done == total))
