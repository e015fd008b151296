"""Recording what the consultant decides, one decision at a time, on top of what others decided meanwhile."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal

from cxmethod.engagement import Engagement
from cxmethod.language import CxError

Choice = Literal["score", "keep", "drop"]
CHOICES: tuple[Choice, ...] = ("score", "keep", "drop")
Group = Literal["personas", "touchpoints"]
_SHORTEST_REASON = 10


def decide_kind(
    client: Engagement,
    touchpoint: str,
    kind: str,
    reason: str,
    author: str,
    today: datetime.date | None = None,
) -> None:
    """Overrule the kind of a moment, in writing.

    Raises
    ------
    CxError
        Naming what is missing.
    """
    missing = {
        "touchpoint": not touchpoint,
        "kind": not kind,
        "reason": len(reason.strip()) < _SHORTEST_REASON,
        "author": not author.strip(),
    }
    for name, absent in missing.items():
        if absent:
            raise CxError(f"forms.moment_no_{name}", client.words)
    date = (today or datetime.date.today()).isoformat()
    value = {"kind": kind, "reason": reason.strip(), "author": author.strip(), "date": date}
    client.decide(f"moments.{touchpoint}", value)


def take_back_kind(client: Engagement, touchpoint: str) -> None:
    """Let the rule decide again."""
    client.decide(f"moments.{touchpoint}", None)


def judge(client: Engagement, touchpoint: str, importance: int | None) -> None:
    """Record how important a touchpoint is, 1 … 5; None takes the judgement back."""
    client.decide(f"importance.{touchpoint}", importance)


def match_task(client: Engagement, task: str, touchpoint: str | None) -> None:
    """Record the touchpoint that a task stands behind; blank for none, None takes the decision back."""
    client.decide(f"processes.matched.{task}", touchpoint)


def keep_in_scope(client: Engagement, group: Group, key: str, stays: bool, every: Sequence[str]) -> None:
    """Leave a persona or touchpoint in the map, or out of it.

    Parameters
    ----------
    every : sequence of str
        The keys of the group in order; when all stay, an empty list is put on file.

    Raises
    ------
    CxError
        When nothing of the group would stay.
    """
    cut = client.decisions.scope.cut
    kept = {name: set(getattr(cut, name)) for name in ("personas", "touchpoints")}
    now = (kept[group] or set(every)) - {key} | ({key} if stays else set())
    listed = [name for name in every if name in now]
    if not listed:
        raise CxError("forms.scope_keep_one", client.words)
    value = {"personas": list(cut.personas), "touchpoints": list(cut.touchpoints)}
    client.decide("scope.cut", value | {group: [] if len(listed) == len(every) else listed})


def choose(client: Engagement, initiative: str, choice: Choice) -> None:
    """Keep or drop an initiative, or let its score decide."""
    now = client.decisions.opportunities
    lists = {"keep": now.keep, "drop": now.drop}
    # It leaves one list before it joins the other: at no time does the file say both.
    for name in sorted(lists, key=lambda name: name == choice):
        others = [key for key in lists[name] if key != initiative]
        wanted = [*others, initiative] if name == choice else others
        if wanted != list(lists[name]):
            client.decide(f"opportunities.{name}", wanted)


def compare(client: Engagement, first: str, second: str, times: float | None) -> None:
    """Record how many times the first criterion matters more than the second; None takes the comparison back."""
    now = client.decisions.opportunities.pairwise
    others = {
        row: {column: ratio for column, ratio in own.items() if {row, column} != {first, second}}
        for row, own in now.items()
    }
    if times is not None:
        others.setdefault(first, {})[second] = times
    client.decide("opportunities.pairwise", {row: own for row, own in others.items() if own})


def approve(client: Engagement, key: str, approved: bool) -> None:
    """Record whether the client approved a quote."""
    others = [known for known in client.decisions.quotes.approved if known != key]
    client.decide("quotes.approved", [*others, key] if approved else others)


def choose_method(client: Engagement, method: str | None) -> None:
    """Record the method of the study; None lets the ranking decide."""
    client.decide("plan.method", method)


def accept_cut(
    client: Engagement, kept: Mapping[Group, Sequence[str]], every: Mapping[Group, Sequence[str]]
) -> None:
    """Put a whole proposed cut on file; a group that stays whole is an empty list.

    Raises
    ------
    CxError
        When nothing of a group would stay.
    """
    if any(every[group] and not kept[group] for group in every):
        raise CxError("forms.scope_keep_one", client.words)
    value = {group: [] if len(kept[group]) == len(every[group]) else list(kept[group]) for group in every}
    client.decide("scope.cut", value)
