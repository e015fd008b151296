"""The journey as customers live it, for other tools: who they are, where they pass, what they feel and say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.themes import addressed
from cxmethod.views.journey_records import Kind, Record, grouped, records, told
from cxmethod.views.moment_reasons import reason
from cxmethod.views.sentences import code
from cxmethod.views.strategy_words import reason as strategy_reason

_PERSONAS: Mapping[str, Kind] = {
    "persona": "text", "name": "text", "share": "number", "low": "number", "high": "number", "n": "count",
    "evidence": "text", "description": "text", "goals": "text", "needs": "text", "frustrations": "text", "quote": "text",
}  # fmt: skip
_PHASES: Mapping[str, Kind] = {
    "phase": "text", "name": "text", "order": "number", "question": "text", "stage": "text", "customer_goal": "text",
    "evidence": "text",
}  # fmt: skip
_TOUCHPOINTS: Mapping[str, Kind] = {
    "touchpoint": "text", "name": "text", "phase": "text", "position": "count", "channel": "text", "activity": "text",
    "initiator": "text", "controlled_by": "text", "owner": "text", "indicator": "text", "role": "text", "bond": "text",
    "business_critical": "flag", "evidence": "text",
}  # fmt: skip
_STRATEGY: Mapping[str, Kind] = {
    "touchpoint": "text", "strategy": "text", "reason": "text", "theme_fit": "number", "contradiction": "flag",
}  # fmt: skip
_EMOTIONS: Mapping[str, Kind] = {
    "persona": "text", "touchpoint": "text", "source": "text", "n": "count", "mean": "number", "low": "number",
    "high": "number", "negative_share": "number", "negative_low": "number", "negative_high": "number",
    "evidence": "text", "standing": "text",
}  # fmt: skip
_MOMENTS: Mapping[str, Kind] = {
    "persona": "text", "touchpoint": "text", "kind": "text", "status": "text", "business_critical": "flag",
    "relative_share": "number", "stated_importance": "number", "negative_share": "number",
}  # fmt: skip
_GAPS: Mapping[str, Kind] = {
    "persona": "text", "touchpoint": "text", "n": "count", "before": "number", "after": "number", "difference": "number",
    "low": "number", "high": "number", "exceeded": "number", "disappointed": "number", "verdict": "text",
}  # fmt: skip
_BLIND: Mapping[str, Kind] = {
    "persona": "text", "touchpoint": "text", "internal": "number", "after": "number", "difference": "number",
    "low": "number", "high": "number", "descriptive": "flag", "sign_flip": "flag",
}  # fmt: skip
_VOICES: Mapping[str, Kind] = {
    "motivation": "text", "persona": "text", "phase": "text", "kind": "text", "words": "text", "quoted": "flag",
    "intensity": "number", "evidence": "text",
}  # fmt: skip


def personas(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """Each persona's card; a share of fewer customers than may be shown is left out."""
    words, found = client.words, results["01_persona"]
    whole = found.personas.merge(found.cards.drop(columns="name"), on="persona", how="left")
    whole["n"] = whole["n"].mask(whole["n"] == 0)
    forms: dict[str, Any] = {"share": words.percent, "interval": words.percent, "n": _whole(words)}
    return [told(row, **forms, evidence=_code(words)) for row in records(whole, _PERSONAS)]


def phases(client: Engagement) -> list[Record]:
    """The phases in order, with their touchpoints."""
    words = client.words
    table = client.table("phases").sort_values("order", kind="stable")
    points = grouped(records(touchpoints_in_order(client), _TOUCHPOINTS), "phase")
    forms: dict[str, Any] = {"question": _code(words), "stage": _term(words)}
    return [
        {**told(row, **forms), "touchpoints": [point["touchpoint"] for point in points.get(row["phase"], [])]}
        for row in records(table, _PHASES)
    ]


def touchpoints(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """The touchpoints in order: what the customer does there, what they tie to, and what to do with them."""
    words = client.words
    journey = touchpoints_in_order(client)
    decided = results["08_strategy"].touchpoints
    strategy = {row["touchpoint"]: row for row in records(decided, _STRATEGY)}
    why = {row["touchpoint"]: strategy_reason(row, words) for row in decided.to_dict("records")}
    links = results["06_processes"].links.dropna(subset=["process"])
    served = grouped(records(links, {"touchpoint": "text", "process": "text"}), "touchpoint")
    unknown = dict.fromkeys(_STRATEGY) | {"contradiction": False}
    rows = []
    for row in records(journey, _TOUCHPOINTS):
        own = strategy.get(row["touchpoint"], unknown)
        plan = {name: own[name] for name in ("strategy", "theme_fit", "contradiction")}
        whole = {**row, **plan, "strategy_reason": own["reason"]}
        whole["processes"] = [link["process"] for link in served.get(row["touchpoint"], [])]
        forms: dict[str, Any] = dict.fromkeys(("initiator", "controlled_by"), _term(words))
        forms |= dict.fromkeys(("evidence", "strategy"), _code(words)) | {"theme_fit": words.signed}
        point = told(whole, **forms)
        point["text"]["strategy_reason"] = why.get(row["touchpoint"])
        rows.append(point)
    return rows


def emotions(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """Every estimate that may be shown, by persona, touchpoint and source; what is hidden is not among them."""
    words = client.words
    shown = results["04_touchpoints"].emotions.dropna(subset=["mean"])
    forms: dict[str, Any] = dict.fromkeys(("mean", "interval"), words.signed)
    forms |= dict.fromkeys(("negative_share", "negative_interval"), words.percent) | {"n": _whole(words)}
    forms |= dict.fromkeys(("source", "evidence", "standing"), _code(words))
    return [told(row, **forms) for row in records(shown, _EMOTIONS)]


def moments(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """What each touchpoint is, and the sentence that says why."""
    words, limits = client.words, client.settings.thresholds
    table = results["05_moments_of_truth"].moments
    numbers = ["relative_share", "stated_importance", "negative_share"]
    few = table["kind"] == "insufficient"
    shown = table.assign(**{name: table[name].astype(float).mask(few) for name in numbers})
    forms: dict[str, Any] = dict.fromkeys(("kind", "status"), _code(words))
    forms |= dict.fromkeys(("relative_share", "negative_share"), words.percent)
    sentences = [reason(row, words, limits) for row in table.to_dict("records")]
    return [
        {**told(row, **forms, stated_importance=words.number), "reason": sentence}
        for row, sentence in zip(records(shown, _MOMENTS), sentences, strict=True)
    ]


def expectations(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """What was expected and what was lived, where both are known."""
    words = client.words
    forms: dict[str, Any] = dict.fromkeys(("before", "after", "difference", "interval"), words.signed)
    forms |= {"n": _whole(words), "exceeded": words.percent, "disappointed": words.percent}
    table = results["03_motivations"].disconfirmation
    return [told(row, **forms, verdict=_code(words)) for row in records(table, _GAPS)]


def blind_spots(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """Where the company's own view and the customers' part."""
    words, gaps = client.words, results["04_touchpoints"].gaps
    spots = gaps[gaps["blind_spot"].astype(bool)].rename(columns={"mean_a": "internal", "mean_b": "after"})
    forms: dict[str, Any] = dict.fromkeys(("internal", "after", "difference", "interval"), words.signed)
    return [told(row, **forms) for row in records(spots, _BLIND)]


def voices(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """What customers say, as far as it may leave the house: approved quotes, and what the consultant summed up."""
    words = client.words
    said = results["03_motivations"].statements.dropna(subset=["text"]).rename(columns={"text": "words"})
    known = set(results["04_touchpoints"].journey["touchpoint"])
    answers = addressed(client)
    answers = answers[answers["touchpoint"].isin(known)][["motivation", "touchpoint"]]
    points = grouped(records(answers, {"motivation": "text", "touchpoint": "text"}), "motivation")
    answered = [None if pd.isna(value) else bool(value) for value in said["answered"]]
    forms: dict[str, Any] = {"kind": _code(words), "evidence": _code(words), "intensity": words.number}
    return [
        {
            **told(row, **forms),
            "answered": answer,
            "touchpoints": [point["touchpoint"] for point in points.get(row["motivation"], [])],
        }
        for row, answer in zip(records(said, _VOICES), answered, strict=True)
    ]


def _whole(words: Words) -> Any:
    return lambda value: words.number(value, 0)


def _code(words: Words) -> Any:
    return lambda value: code(value, words)


def _term(words: Words) -> Any:
    """The word for a code that stands in an input table."""
    return lambda value: words.say(f"forms.code_{value}")
