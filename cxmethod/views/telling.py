"""Findings as they are told: the fact, what to do about it, and one sentence for many that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmethod.language import Words
from cxmethod.steps.finding import Finding, Severity
from cxmethod.views.values import said

MANY = 4
"""So many findings of one rule are one sentence with all their names."""
_NAMES = ("process", "initiative", "touchpoint", "persona", "phase", "criterion", "question", "owner", "key")
"""The value by which a finding is listed, the first that it has."""
_ORDER = {"blocks": 0, "warns": 1, "info": 2}


@dataclass(frozen=True)
class Telling:
    """One sentence, and how many findings it stands for.

    Parameters
    ----------
    values : mapping
        Those of the finding; of many, `n` and `items`, which holds the values of each.
    """

    code: str
    text: str
    severity: Severity
    values: Mapping[str, Any]
    evidence: str = ""
    size: int = 1


def fact(found: Finding, words: Words) -> str:
    """What was found, in a sentence that anybody may read: nothing of what the consultant is to do."""
    return words.say(f"finding.{found.code}", **said(found.values, words))


def finding(found: Finding, words: Words) -> str:
    """What was found, and what the consultant can do about it."""
    return _advised(found, fact(found, words), words)


def telling(found: Iterable[Finding], words: Words, *, advice: bool = True) -> list[Telling]:
    """The findings as sentences, the graver ones first; of `MANY` that say the same, one sentence with all names.

    Parameters
    ----------
    advice : bool
        Whether to say what the consultant can do.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.severity, one.code), []).append(one)
    told = [one for group in groups.values() for one in _told(group, words, advice)]
    return sorted(told, key=lambda one: _ORDER[one.severity])


def _told(group: Sequence[Finding], words: Words, advice: bool) -> list[Telling]:
    first = group[0]
    if len(group) < MANY or not words.knows(f"many.{first.code}"):
        say = finding if advice else fact
        return [Telling(one.code, say(one, words), one.severity, one.values, one.evidence) for one in group]
    names = words.join(dict.fromkeys(_name(one, words) for one in group))
    shared = said(first.values, words) | {"count": len(group), "names": names}
    text = words.say(f"many.{first.code}", **shared)
    values = {"n": len(group), "items": [dict(one.values) for one in group]}
    evidence = first.evidence if len({one.evidence for one in group}) == 1 else ""
    text = _advised(first, text, words) if advice else text
    return [Telling(first.code, text, first.severity, values, evidence, len(group))]


def _advised(found: Finding, text: str, words: Words) -> str:
    code = f"mend.{found.code}"
    return f"{text} {words.say(code, **said(found.values, words))}" if words.knows(code) else text


def _name(found: Finding, words: Words) -> str:
    code, values = f"many.{found.code}_item", said(found.values, words)
    if words.knows(code):
        return words.say(code, **values)
    return words.say("many.quoted", name=next((values[key] for key in _NAMES if key in values), found.item))
