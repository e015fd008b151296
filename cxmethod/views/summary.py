"""A step in two or three sentences: what was found, on what it rests."""

from __future__ import annotations

from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.steps.disclosed import CUSTOMERS
from cxmethod.steps.result import StepResult
from cxmethod.views.markup import paragraph
from cxmethod.views.sentences import said
from cxmethod.views.show import Shown


def summary(client: Engagement, result: StepResult) -> Shown:
    """The computed sentences that read a step's result."""
    words = client.words
    known = dict(result.facts) | _few(client, result)
    counted = {
        f"n_{name}": fact
        for name, fact in known.items()
        if fact is None or isinstance(fact, int) or name in CUSTOMERS
    }
    facts = {**counted, **_counts(result), **known, "r2_share": known.get("r2")}
    code = f"summary.{result.spec.name}"
    variant = f"{code}_{_variant(result)}"
    text = words.say(
        variant if words.knows(variant) else code, count=result.facts.get("cells"), **said(facts, words)
    )
    return Shown({"text/html": paragraph(text, "cx-summary"), "text/plain": text}, "text", {})


def _few(client: Engagement, result: StepResult) -> dict[str, str]:
    """Numbers of people that are hidden because they are few."""
    hidden = [name for name in CUSTOMERS if name in result.facts and result.facts[name] is None]
    return dict.fromkeys(hidden, f"<{client.settings.thresholds.suppress_below}")


def _variant(result: StepResult) -> str:
    """Which sentence fits: with evidence, with none, or with stated importance alone."""
    facts = result.facts
    for state in ("basis", "portfolio"):
        if facts.get(state) == "none" and facts.get("outcomes"):
            return "no_model"
        if state in facts:
            return str(facts[state])
    evidence = (
        "cells",
        "journeys",
        "statements",
        "ratings",
        "processes",
        "waves",
        "respondents",
        "personas_kept",
        "people",
    )
    known = next((name for name in evidence if name in facts), None)
    return "none" if known is not None and facts[known] == 0 else "some"


def _counts(result: StepResult) -> dict[str, Any]:
    return {f"n_{name}": len(frame) for name, frame in result.tables().items()} | _kinds(result)


def _kinds(result: StepResult) -> dict[str, Any]:
    tables = result.tables()
    if "moments" in tables:
        own = tables["moments"][tables["moments"]["persona"] == "all"]
        return {
            f"n_{kind}": int((own["kind"] == kind).sum())
            for kind in ("red", "value", "watch", "maintain", "mixed")
        }
    if "initiatives" in tables and "easy_and_smart" in tables["initiatives"]:
        return {"n_easy": int(tables["initiatives"]["easy_and_smart"].sum())}
    return {}
