"""What was taken in, and the sentences that say it."""

from __future__ import annotations

from dataclasses import dataclass

from cxmethod.intake.parts import Notice
from cxmethod.language import Words


@dataclass(frozen=True)
class TakenFile:
    """A client's file as it was taken in.

    Parameters
    ----------
    name : str
    sha256 : str
    bytes : int
    kind : str
        ``survey``, ``event_log``, ``process_log`` or ``bpmn``; several where several sources read it.
    tables : tuple of str
        The tables that its rows went to.
    rows : int
        Rows with something in them, without the heading.
    unused : tuple of str
        Headings of the columns that were left behind.
    """

    name: str
    sha256: str
    bytes: int
    kind: str
    tables: tuple[str, ...]
    rows: int
    unused: tuple[str, ...]


@dataclass(frozen=True)
class Intake:
    """What was taken in; there were no problems, or nothing would have been.

    Parameters
    ----------
    tables : dict
        Table → rows written.
    blanks : int
        Ratings kept blank because nothing was answered.
    unknown : int
        Ratings kept blank because a code says that the answer is unknown.
    files : tuple of TakenFile
    notices : tuple of Notice
        What was read otherwise than a reader may think.
    """

    tables: dict[str, int]
    blanks: int
    unknown: int
    files: tuple[TakenFile, ...]
    notices: tuple[Notice, ...]

    @property
    def unused(self) -> dict[str, tuple[str, ...]]:
        """File → headings of the columns that were left behind."""
        return {file.name: file.unused for file in self.files if file.unused}

    def sentences(self, words: Words) -> list[str]:
        """The report, one sentence a fact."""
        lines = [
            words.say("intake.files", count=len(self.files), files=words.join(f.name for f in self.files))
        ]
        lines += [words.say("intake.table", table=name, count=rows) for name, rows in self.tables.items()]
        if self.blanks:
            lines.append(words.say("intake.blanks", count=self.blanks))
        if self.unknown:
            lines.append(words.say("intake.unknown", count=self.unknown))
        for name, unused in self.unused.items():
            lines.append(words.say("intake.unused", file=name, columns=words.join(unused), count=len(unused)))
        return lines + [notice.say(words) for notice in self.notices]
