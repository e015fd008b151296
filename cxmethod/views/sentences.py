"""Findings of the steps, shown one by one as exporters read them."""

from __future__ import annotations

from collections.abc import Sequence

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.finding import Finding
from cxmethod.steps.monitoring import RED_BETTER, SIGNALS, MonitoringResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.thread import Thread
from cxmethod.views.show import Shown, show_finding
from cxmethod.views.telling import Telling, fact, finding, telling
from cxmethod.views.values import code, said

__all__ = ["code", "display", "fact", "finding", "findings", "said", "show", "signals"]


def display(shown: Shown) -> None:
    """Show something before the end of a cell."""
    from IPython import display as ipython

    ipython.display(shown)


def show(found: Finding, words: Words) -> Shown:
    """One finding, with what the consultant can do about it."""
    return _shown(telling([found], words)[0])


def findings(
    client: Engagement, result: StepResult | Thread, *, most: int | None = None, advice: bool = True
) -> None:
    """Show every finding of a step, or of the thread, the graver ones first; says so when there is none.

    Parameters
    ----------
    most : int, optional
        So many at most; how many are left is said.
    advice : bool
        Whether to say, beside what was found, what the consultant can do about it. The client's chapters do without.
    """
    _display_all(result.findings, client.words, most, advice)
    if not result.findings:
        display(show_finding("findings.none", client.words.say("finding.none"), "info", {}))


def signals(client: Engagement, result: MonitoringResult, *, most: int = 5, advice: bool = True) -> None:
    """Show what monitoring found that is more than noise and holds today, for where a report says it in short.

    Parameters
    ----------
    most : int
        So many at most; how many are left is said. Shows nothing where there is no signal.
    advice : bool
        As for `findings`.
    """
    found = [one for one in result.findings if one.code in SIGNALS]
    red = {one.item for one in found if one.code == RED_BETTER}
    # A red point that got better is said once, as that.
    once = [one for one in found if one.code == RED_BETTER or one.item not in red]
    _display_all(once, client.words, most, advice)


def _display_all(found: Sequence[Finding], words: Words, most: int | None, advice: bool) -> None:
    told = telling(found, words, advice=advice)
    for one in told[:most]:
        display(_shown(one))
    if most is not None and len(told) > most:
        more = sum(one.size for one in told[most:])
        display(show_finding("findings.more", words.say("finding.more", count=more), "info", {"n": more}))


def _shown(one: Telling) -> Shown:
    return show_finding(one.code, one.text, one.severity, one.values, one.evidence)
