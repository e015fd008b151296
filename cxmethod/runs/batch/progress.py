"""How far a batch is: a bar in a terminal, a plain line for each client elsewhere."""

from __future__ import annotations

from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cxmethod.language import Words
from cxmethod.runs.batch.job import Examined, Outcome
from cxmethod.runs.batch.plan import Plan
from cxmethod.runs.batch.summary import spent


class Watch:
    """Is told how far a batch is; this one keeps it to itself."""

    def looking(self, clients: int) -> None:
        """The clients are looked at, before the first runs."""

    def looked(self, examined: Examined) -> None:
        """One was looked at."""

    def warned(self, warning: str) -> None:
        """What a person may want to mend before the runs; it is told again in the end."""

    def planned(self, plan: Plan) -> None:
        """The runs begin."""

    def ended(self, outcome: Outcome) -> None:
        """A client's job ended, or was refused."""

    def close(self) -> None:
        """The batch ended."""


class Pace:
    """Jobs that ended, and what follows from their pace."""

    def __init__(self) -> None:
        self.jobs = self.ended = self.troubled = 0
        self.began = monotonic()

    def plan(self, plan: Plan) -> None:
        self.jobs, self.began = len(plan.jobs), monotonic()

    def count(self, outcome: Outcome) -> None:
        self.ended += outcome.status != "refused"
        self.troubled += outcome.status != "done"

    def line(self, words: Words) -> str:
        """Jobs a minute, time left and troubles."""
        seconds = monotonic() - self.began
        troubled = words.say("batch.troubled", count=self.troubled) if self.troubled else ""
        if not self.ended:
            return troubled
        rate = words.say("batch.rate", rate=words.number(60 * self.ended / seconds, 1))
        left = seconds / self.ended * (self.jobs - self.ended)
        parts = rate, words.say("batch.time_left", time=spent(left, words)) if left else "", troubled
        return " · ".join(filter(None, parts))


class Lines(Watch):
    """A line for each client that ended: for logs."""

    def __init__(self, words: Words, console: Console) -> None:
        self.words, self.console, self.pace = words, console, Pace()

    def looking(self, clients: int) -> None:
        self._print(self.words.say("batch.looking", count=clients))

    def warned(self, warning: str) -> None:
        self._print(warning)

    def planned(self, plan: Plan) -> None:
        self.pace.plan(plan)
        self._print(self.words.say("batch.planned", count=len(plan.jobs)))

    def ended(self, outcome: Outcome) -> None:
        self.pace.count(outcome)
        if outcome.status == "refused":
            return
        said = self.words.say(
            f"batch.one_{outcome.status}", client=outcome.client, time=spent(outcome.seconds, self.words)
        )
        self._print(f"[{self.pace.ended}/{self.pace.jobs}] {said} · {self.pace.line(self.words)}")

    def _print(self, line: str) -> None:
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)


class Bar(Watch):
    """A bar that moves: for terminals."""

    def __init__(self, words: Words, console: Console) -> None:
        self.words, self.pace = words, Pace()
        columns: tuple[Any, ...] = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[said]}", markup=False),
        )
        self.bars = Progress(*columns, console=console, transient=True)
        self.bars.start()
        self.task = self.bars.add_task("", total=None, said="")

    def looking(self, clients: int) -> None:
        self.bars.reset(self.task, description=self.words.say("batch.bar_looking"), total=clients, said="")

    def looked(self, examined: Examined) -> None:
        self.bars.advance(self.task)

    def warned(self, warning: str) -> None:
        self.bars.console.print(warning, markup=False, highlight=False, soft_wrap=True)

    def planned(self, plan: Plan) -> None:
        self.pace.plan(plan)
        self.bars.reset(
            self.task, description=self.words.say("batch.bar_running"), total=len(plan.jobs), said=""
        )

    def ended(self, outcome: Outcome) -> None:
        self.pace.count(outcome)
        self.bars.update(self.task, completed=self.pace.ended, said=self.pace.line(self.words))

    def close(self) -> None:
        self.bars.stop()


def watch(words: Words, console: Console) -> Watch:
    """The one that suits where the console writes to."""
    return Bar(words, console) if console.is_terminal else Lines(words, console)
