"""A step in two or three sentences: what was found, on what it rests."""

from __future__ import annotations

from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.steps.result import StepResult
from cxmethod.views.markup import paragraph
from cxmethod.views.sentences import said
from cxmethod.views.show import Shown


def summary(client: Engagement, result: StepResult) -> Shown:
    """The computed sentences that read a step's result."""
    words = client.words
    counted = {f"n_{name}": fact for name, fact in result.facts.items() if isinstance(fact, int)}
    facts = {**counted, **_counts(result), **result.facts, "r2_share": result.facts.get("r2")}
    code = f"summary.{result.spec.name}"
    variant = f"{code}_{_variant(result)}"
    text = words.say(
        variant if words.knows(variant) else code, count=result.facts.get("cells"), **said(facts, words)
    )
    return Shown({"text/html": paragraph(text, "cx-summary"), "text/plain": text}, "text", {})


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
    return "none" if known is not None and not facts[known] else "some"


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
