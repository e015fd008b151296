"""Everything that is open in an engagement: tables that do not hold, things to know, the thread's findings."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, InputProblems, Problem
from cxmethod.language import Words
from cxmethod.steps import thread
from cxmethod.steps.finding import Finding
from cxmethod.views import sentences
from cxmethod.views.brand import brand_notes
from cxmethod.views.telling import telling


@dataclass(frozen=True)
class Check:
    """What a check of an engagement found.

    Parameters
    ----------
    problems : tuple of Problem
        What is wrong in the tables; while something is, the thread is not checked.
    notices : tuple of str
        What was read, or will be shown, otherwise than one may think.
    findings : tuple of Finding
        Of the thread from persona to indicator.
    """

    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> bool:
        """Whether deliverables stay a draft, or cannot be made at all."""
        return bool(self.problems) or any(finding.severity == "blocks" for finding in self.findings)

    def lines(self, words: Words) -> list[str]:
        """All of it, for a person to read; what blocks first."""
        said = []
        if self.problems:
            said += [str(InputProblems(self.problems, words)), words.say("runs.thread_waits")]
        for severity in ("blocks", "warns", "info"):
            found = [finding for finding in self.findings if finding.severity == severity]
            title = words.say(f"runs.check_{severity}")
            said += _listed(title, [one.text for one in telling(found, words)])
        said += _listed(words.say("runs.check_notices"), self.notices)
        return said if self.blocks else [*said, words.say("runs.nothing_blocks")]

    def as_dict(self, words: Words) -> dict[str, Any]:
        """All of it, for a machine: codes and values, with the sentence beside each finding."""
        findings = [
            _plain(finding.as_dict()) | {"text": sentences.finding(finding, words)}
            for finding in self.findings
        ]
        problems = [problem.as_dict() for problem in self.problems]
        return {"problems": problems, "notices": list(self.notices), "findings": findings}


def check(engagement: Engagement) -> Check:
    """Check all tables of `engagement`, and where they hold, the thread."""
    problems = tuple(engagement.problems())
    findings = () if problems else thread.check(engagement).findings
    return Check(problems, (*engagement.notices(), *brand_notes(engagement)), findings)


def _plain(value: Any) -> Any:
    """Values as JSON has them: NumPy's numbers as Python's, what is unknown as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value.isoformat() if isinstance(value, datetime.date) else value


def _listed(title: str, lines: list[str] | tuple[str, ...]) -> list[str]:
    return [title, *(f"  · {line}" for line in lines)] if lines else []
