"""What is wrong with the inputs, all at once, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from cxmethod.language import CxError, Words

_SHOWN_ROWS = 8


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place.

    Parameters
    ----------
    rule : str
        Catalogue code of the rule that does not hold, such as ``engagement.rule_number``.
    file : str
        Name of the file.
    column : str
        Heading as the file has it; empty when the whole file is meant, ``*`` when whole rows are.
    row : int
        Row as a spreadsheet counts it (the heading is row 1); 0 when no row is meant.
    value : str
        What stands there.
    limits : dict
        What the rule names: allowed codes, lowest and highest value, where a reference should lead.
    """

    rule: str
    file: str
    column: str = ""
    row: int = 0
    value: str = ""
    limits: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for machines."""
        place = {
            "file": self.file,
            "row": self.row or None,
            "column": self.column or None,
            "value": self.value or None,
        }
        return place | {"rule": self.rule, **{key: _plain(value) for key, value in self.limits.items()}}


class InputProblems(CxError):
    """Everything wrong in one or several tables."""

    def __init__(self, problems: Iterable[Problem], words: Words) -> None:
        self.problems = tuple(problems)
        super().__init__("engagement.problems", words)

    def __str__(self) -> str:
        files = self.words.join(dict.fromkeys(problem.file for problem in self.problems))
        head = self.words.say("engagement.problems", count=len(self.problems), files=files)
        return "\n".join([head, *(f"  · {line}" for line in problem_lines(self.problems, self.words))])


def problem_lines(problems: Iterable[Problem], words: Words) -> list[str]:
    """One sentence for each rule that fails in a column, with the rows and values where it does."""

    def same(problem: Problem) -> tuple[str, str, str, str]:
        return problem.file, problem.column, problem.rule, repr(problem.limits)

    return [_line(list(group), words) for _, group in groupby(sorted(problems, key=same), key=same)]


def _line(group: list[Problem], words: Words) -> str:
    first = group[0]
    limits: dict[str, Any] = {key: _said(value, words) for key, value in first.limits.items()}
    rule = words.say(first.rule, **limits)
    if not first.column:
        return words.say("engagement.in_file", file=first.file, rule=rule)
    if first.column != "*" and not first.row:
        return words.say("engagement.in_column", file=first.file, column=first.column, rule=rule)
    ordered = sorted(group, key=lambda problem: problem.row)
    shown = [_cell(problem, words) for problem in ordered[:_SHOWN_ROWS]]
    if len(ordered) > _SHOWN_ROWS:
        shown.append(words.say("engagement.more_rows", count=len(ordered) - _SHOWN_ROWS))
    if first.column == "*":
        return words.say("engagement.in_whole_rows", file=first.file, cells=words.join(shown), rule=rule)
    return words.say(
        "engagement.in_rows", file=first.file, column=first.column, cells=words.join(shown), rule=rule
    )


def _cell(problem: Problem, words: Words) -> str:
    if problem.value == "":
        return words.say("engagement.blank_cell", row=problem.row)
    value = problem.value if len(problem.value) <= 40 else problem.value[:39] + "…"
    return words.say("engagement.cell", row=problem.row, value=value)


def _said(value: Any, words: Words) -> str:
    if isinstance(value, list | tuple):
        return words.join(value)
    return words.number(value, 0) if isinstance(value, int | float) else str(value)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
