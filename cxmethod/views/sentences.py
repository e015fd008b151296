"""Findings and results in words: codes with values → sentences of the engagement's language."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.finding import Finding
from cxmethod.steps.monitoring import RED_BETTER, SIGNALS, MonitoringResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.thread import Thread
from cxmethod.views.durations import duration
from cxmethod.views.show import Shown, show_finding

_COUNTS = {
    "n", "count", "needed", "missing", "respondents", "complete", "entering", "most", "baseline", "drivers", "cells", "imputed", "effective", "suppress_below",
    "min_n",
}  # fmt: skip
_MONEY = {"monthly_rework_cost", "total_cost", "budget", "cost", "chosen_cost"}
_SIGNED = {"mean", "difference", "low", "high", "internal", "after"}
_FINE = {"wave_mean", "centre_mean"}
"""Means whose difference shows in the second digit."""
_CODES = {
    "criterion",
    "other_criterion",
    "question",
    "kind",
    "rule_kind",
    "strategy",
    "step",
    "evidence",
    "source",
}


def said(values: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Values as a sentence names them: formatted by what they are, client text as it is."""
    return {key: _said(key, value, words) for key, value in values.items()}


def _said(key: str, value: Any, words: Words) -> str:
    if isinstance(value, Mapping):
        return words.say(f"portfolio.limit_{value['kind']}", **said(value, words))
    if isinstance(value, list | tuple):
        return words.join(_said("", item, words) for item in value)
    if isinstance(value, str):
        if key == "date":
            return words.date(datetime.date.fromisoformat(value))
        if key == "reason" and words.knows(f"portfolio.{value}"):
            return words.say(f"portfolio.{value}")
        return code(value, words) if key in _CODES else value
    return _formatter(key, words)(value)


def _formatter(key: str, words: Words) -> Callable[[Any], str]:
    if key in _COUNTS or key.startswith("n_"):
        return lambda value: words.number(value, 0)
    if key in _MONEY:
        return words.money
    if key.startswith("rho"):
        return lambda value: words.signed(value, 2)
    if key in ("r2", "consistency_ratio") or key.endswith("stability"):
        return lambda value: words.number(value, 2)
    if key.endswith("_minutes"):
        return lambda value: duration(value, words)
    if key.endswith("_cases"):
        return lambda value: words.number(value, 0)
    if key.endswith(("share", "rate", "margin")):
        return words.percent
    if key.startswith("p_"):
        return words.p_value
    if key in _FINE:
        return lambda value: words.signed(value, 2)
    return words.signed if key in _SIGNED else words.number


def code(value: str, words: Words) -> str:
    """The word for a code of the method; a client's own key is shown without its underscores."""
    return words.say(f"code.{value}") if words.knows(f"code.{value}") else value.replace("_", " ")


def finding(found: Finding, words: Words) -> str:
    """The sentence of one finding."""
    return words.say(f"finding.{found.code}", **said(found.values, words))


def show(found: Finding, words: Words) -> Shown:
    """One finding, as exporters read it."""
    return show_finding(found.code, finding(found, words), found.severity, found.values, found.evidence)


def display(shown: Shown) -> None:
    """Show something before the end of a cell."""
    from IPython import display as ipython

    ipython.display(shown)


def findings(client: Engagement, result: StepResult | Thread, *, most: int | None = None) -> None:
    """Show every finding of a step, or of the thread, the graver ones first; says so when there is none.

    Parameters
    ----------
    most : int, optional
        So many at most; how many are left is said.
    """
    _display_all(result.findings, client.words, most)
    if not result.findings:
        display(show_finding("findings.none", client.words.say("finding.none"), "info", {}))


def signals(client: Engagement, result: MonitoringResult, *, most: int = 5) -> None:
    """Show what monitoring found that is more than noise and holds today, for where a report says it in short.

    Parameters
    ----------
    most : int
        So many at most; how many are left is said. Shows nothing where there is no signal.
    """
    found = [one for one in result.findings if one.code in SIGNALS]
    red = {one.item for one in found if one.code == RED_BETTER}
    # A red point that got better is said once, as that.
    once = [one for one in found if one.code == RED_BETTER or one.item not in red]
    _display_all(once, client.words, most)


def _display_all(found: Sequence[Finding], words: Words, most: int | None) -> None:
    order = {"blocks": 0, "warns": 1, "info": 2}
    for one in sorted(found, key=lambda f: order[f.severity])[:most]:
        display(show(one, words))
    if most is not None and len(found) > most:
        more = len(found) - most
        display(show_finding("findings.more", words.say("finding.more", count=more), "info", {"n": more}))
