"""What came of a batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from cxmethod.language import Words
from cxmethod.runs.batch.job import Outcome
from cxmethod.runs.batch.plan import Plan


@dataclass
class Summary:
    """The tally of a batch, while it runs and in the end.

    Parameters
    ----------
    clients : int
        In this batch, or in this shard of it.
    skipped : int
        Done before, and unchanged since.
    done : int
        Run now, with all deliverables.
    troubled : list of Outcome
        What failed, was refused, or was left to somebody else who was running it.
    warnings : list of str
    notes : dict
        What runs had to say → the clients of which it was said.
    seconds : float
    stopped : bool
        Whether it was stopped before its end.
    """

    clients: int = 0
    skipped: int = 0
    done: int = 0
    troubled: list[Outcome] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0.0
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether every client has its deliverables."""
        return self.skipped + self.done == self.clients

    def plan(self, plan: Plan) -> None:
        """Take in what is going to be done."""
        self.clients = len(plan.jobs) + len(plan.skipped) + len(plan.refused)
        self.skipped = len(plan.skipped)
        self.warnings += plan.warnings

    def count(self, outcome: Outcome) -> None:
        """Take in what came of one client."""
        if outcome.status == "done":
            self.done += 1
        else:
            self.troubled.append(outcome)
        for note in outcome.notes:
            self.notes.setdefault(note, []).append(outcome.client)

    def lines(self, words: Words) -> Iterator[str]:
        """All of it, for a person to read; what needs their work comes last."""
        yield from self.warnings
        # What was said of several is of the machine.
        yield from (note if len(of) > 1 else f"{of[0]}: {note}" for note, of in self.notes.items())
        yield words.say("batch.clients", count=self.clients, time=spent(self.seconds, words))
        yield "  · " + words.say("batch.done", count=self.done)
        if self.skipped:
            yield "  · " + words.say("batch.skipped", count=self.skipped)
        if left := self.clients - self.skipped - self.done - len(self.troubled):
            yield "  · " + words.say("batch.left", count=left)
        for status, code in (("left", "elsewhere"), ("failed", "failed"), ("refused", "refused")):
            found = [one for one in self.troubled if one.status == status]
            if found:
                yield "  · " + words.say(f"batch.{code}", count=len(found))
                yield from ("    " + line for one in found for line in _told(one))
        if self.stopped:
            yield words.say("batch.stopped")

    def as_dict(self) -> dict[str, Any]:
        """All of it, for a machine."""
        return asdict(self) | {"ok": self.ok}


def spent(seconds: float, words: Words) -> str:
    """A stretch of time, as short as it can be said."""
    if seconds < 60:
        return words.say("batch.seconds", count=round(seconds))
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours}:{minutes:02}:{rest:02}"
        if hours
        else words.say("batch.minutes", clock=f"{minutes}:{rest:02}")
    )


def _told(outcome: Outcome) -> Iterator[str]:
    text = outcome.fault.text if outcome.fault else ""
    first, *more = text.splitlines() or [""]
    yield f"– {outcome.client} ({outcome.place}): {first}"
    yield from (f"  {line}" for line in more)
