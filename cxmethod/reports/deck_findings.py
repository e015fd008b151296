"""Findings as a list: what matters most first, and what is said of several things said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmethod.language import Words
from cxmethod.reports.blocks import FINDING, SEVERITIES, Block

_ALIKE = 3
"""So many findings that differ in one name alone are one point."""
_NAMES = 8
"""Names that such a point lists."""


@dataclass(frozen=True)
class Item:
    """One point of a list; a finding's severity is put before it as a word. `stands` says for how many findings."""

    text: str
    severity: str = ""
    stands: int = 1


@dataclass(frozen=True)
class Found:
    """A list of findings; `more` counts those that the report itself left out, `notes` holds all of them."""

    items: Sequence[Item]
    more: int = 0
    notes: Sequence[str] = ()


def list_findings(findings: Sequence[Block], words: Words) -> Found:
    """`findings` as points: by severity, those of one code that differ in a name alone as one point.

    Parameters
    ----------
    findings : sequence of Block
        Of kind ``finding``.
    words : Words
    """
    said = [(block.severity, _said(block)) for block in findings]
    more = sum(int(one["values"].get("n") or 0) for _, one in said if one["code"] == "findings.more")
    said = [(how, one) for how, one in said if one["code"] not in ("findings.none", "findings.more")]
    said = sorted(said, key=lambda pair: SEVERITIES.index(pair[0]))
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for how, one in said:
        groups.setdefault((how, str(one["code"])), []).append(one)
    items = [item for (how, _), group in groups.items() for item in _points(group, how, words)]
    texts = [str(one["text"]) for _, one in said]
    evidence = [str(one.get("evidence") or "") for _, one in said]
    return Found(items, more, [text for text in dict.fromkeys((*texts, *evidence)) if text])


def _points(group: Sequence[Mapping[str, Any]], severity: str, words: Words) -> list[Item]:
    names = _names(group) if len(group) >= _ALIKE else []
    if not names:
        return [Item(str(one["text"]), severity) for one in group]
    _, *others = names
    count = len(others) - _NAMES
    if count > 0:
        others = [*others[:_NAMES], words.say("reports.names_more", count=count, n=words.number(count, 0))]
    text = words.say("reports.alike", text=str(group[0]["text"]), names=words.join(others))
    return [Item(text, severity, len(group))]


def _names(group: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names in which the sentences of `group` differ; none where they differ in anything else."""
    for key, value in group[0]["values"].items():
        values = [str(one["values"].get(key) or "") for one in group]
        sentences = {
            str(one["text"]).replace(name, "\0") for one, name in zip(group, values, strict=True) if name
        }
        told_apart = len(set(values)) == len(values) and all(values)
        if isinstance(value, str) and told_apart and len(sentences) == 1 and "\0" in sentences.pop():
            return values
    return []


def _said(block: Block) -> Mapping[str, Any]:
    output: Any = block.output or {}
    return {"code": "", "text": "", "values": {}, **output.get("data", {}).get(FINDING, {})}
