"""The whole map as data, from which a poster is drawn and other tools read: ``application/vnd.cxmethod.journey+json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.steps.thread import Thread
from cxmethod.views import journey_map, journey_work
from cxmethod.views.markup import paragraph
from cxmethod.views.portfolio_words import choice
from cxmethod.views.readings import red_points
from cxmethod.views.show import Shown
from cxmethod.views.telling import telling

MIME = "application/vnd.cxmethod.journey+json"
VERSION = 1
_HEADINGS = (
    "personas", "phases", "touchpoints", "channel", "activity", "emotions", "positive", "neutral", "negative", "says",
    "expectations", "line", "processes", "owners", "no_owner", "no_process", "bottleneck", "handover", "red", "value",
    "suspected", "critical", "blind_spot", "strategy", "opportunities", "unanswered", "initiatives", "indicator", "target",
    "draft", "assumed",
)  # fmt: skip


def journey(client: Engagement, results: Mapping[str, Any], thread: Thread) -> Shown:
    """The journey map of an engagement as one JSON value, which `journey.schema.json` describes.

    Customers' words are there once they were approved; estimates of fewer customers than `suppress_below`, comments, and
    whatever belongs to one person never are.

    Parameters
    ----------
    results : mapping
        Step name → its result, as `steps.obtain_all` gives them.
    thread : Thread
        What is open in the thread: its count, and whether the map is a draft.
    """
    # As many as the lists have sentences: what is said of many at once is one open point everywhere.
    told = telling(thread.findings, client.words)
    content = {
        "version": VERSION,
        **_engagement(client, thread),
        "method": _method(client, results),
        "personas": journey_map.personas(client, results),
        "phases": journey_map.phases(client),
        "touchpoints": journey_map.touchpoints(client, results),
        "emotions": journey_map.emotions(client, results),
        "moments": journey_map.moments(client, results),
        "expectations": journey_map.expectations(client, results),
        "blind_spots": journey_map.blind_spots(client, results),
        "voices": journey_map.voices(client, results),
        "processes": journey_work.processes(client, results),
        "handovers": journey_work.handovers(results),
        "opportunities": journey_work.opportunities(client, results),
        "initiatives": journey_work.initiatives(client, results),
        "open": {severity: sum(one.severity == severity for one in told) for severity in ("blocks", "warns")},
        "text": _text(client, results, len(told)),
    }
    words = client.words
    said = words.say(
        "journey.shown",
        client=client.settings.client,
        touchpoints=words.say("journey.so_many_touchpoints", count=len(content["touchpoints"])),
        personas=words.say("journey.so_many_personas", count=len(content["personas"])),
    )
    return Shown({MIME: content, "text/html": paragraph(said), "text/plain": said}, "journey", {})


def journey_schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    path = Path(__file__).with_name("journey.schema.json")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _engagement(client: Engagement, thread: Thread) -> dict[str, Any]:
    settings, words = client.settings, client.words
    theme = settings.theme
    return {
        "client": settings.client,
        "date": settings.date.isoformat() if settings.date else None,
        "language": words.language,
        "locale": words.cldr,
        "currency": settings.currency,
        "draft": thread.blocks,
        "colour": settings.brand.colour,
        "theme": {"name": theme.name, "promise": theme.promise, "attributes": list(theme.attributes)}
        if theme
        else None,
    }


def _method(client: Engagement, results: Mapping[str, Any]) -> dict[str, Any]:
    """By what rules it was made: the package, the limits as they stood, and what importance rests on."""
    limits = client.settings.thresholds
    fields = type(limits).model_fields
    values = limits.model_dump()
    outcome = client.settings.outcome
    return {
        "package": "cxmethod",
        "version": cxmethod.__version__,
        "scale": {"low": -2, "high": 2},
        "thresholds": values,
        "changed": [name for name, value in values.items() if value != fields[name].default],
        "importance": results["05_moments_of_truth"].facts.get("basis", "none"),
        "outcome": outcome.name if outcome else None,
    }


def _text(client: Engagement, results: Mapping[str, Any], n_open: int) -> dict[str, Any]:
    """What stands on the map beside its items: title, message, headings, the fine print."""
    settings, words, limits = client.settings, client.words, client.settings.thresholds
    opportunities = results["07_opportunities"]
    chosen = opportunities.facts.get("portfolio") == "chosen"
    basis = words.say(
        "journey.basis",
        confidence=words.percent(limits.confidence),
        suppress_below=words.number(limits.suppress_below, 0),
        min_n=words.number(limits.min_n, 0),
    )
    return {
        "title": words.say("cover.title"),
        "subtitle": settings.objective_text or words.say(f"cover.objective_{settings.objective}"),
        "date": words.date(settings.date) if settings.date else None,
        "message": red_points(client, results["04_touchpoints"], results["05_moments_of_truth"]),
        "portfolio": choice(client, opportunities) if chosen else None,
        "basis": basis,
        "open": words.say("journey.open", count=n_open),
        **{f"heading_{name}": words.say(f"journey.heading_{name}") for name in _HEADINGS},
        **{f"source_{name}": words.say(f"plane.{name}") for name in ("internal", "before", "after")},
        **{f"level_{name}": words.say(f"plane.level_{name}") for name in ("p2", "p1", "0", "m1", "m2")},
    }
