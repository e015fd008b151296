"""Whom to ask and whether it fits, and what the proposed cut covers: tables with the sentence that reads them."""

from __future__ import annotations

from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.steps.scope import ScopeResult
from cxmethod.views.markup import paragraph
from cxmethod.views.sentences import display
from cxmethod.views.show import Shown
from cxmethod.views.tables import table


def people(client: Engagement, scope: ScopeResult) -> Shown:
    """Show answers and interviews for each persona; gives the sentence that says whether they fit."""
    display(table(client, scope, "people"))
    return _text(fits(client, scope))


def cut(client: Engagement, scope: ScopeResult) -> Shown:
    """Show the personas and, where some are left out, the touchpoints of the proposed cut; gives what it covers."""
    display(table(client, scope, "cut"))
    if scope.facts["n_left_out"]:
        display(table(client, scope, "points"))
    return _text(" ".join(filter(None, (covers_personas(client, scope), covers_touchpoints(client, scope)))))


def fits(client: Engagement, scope: ScopeResult) -> str:
    """Whether the interviews fit into the weeks and the customers there are; if not, what does."""
    words, facts = client.words, scope.facts
    said: dict[str, Any] = {
        "low": words.number(facts["interviews_from"], 0),
        "high": words.number(facts["interviews_to"], 0),
    }
    if facts["verdict"] == "unknown":
        return words.say("study.fit_unknown", **said)
    room = words.number(facts["room"], 0)
    said["limit"] = words.say(f"study.limit_{facts['limited_by']}", room=room)
    if facts["verdict"] != "cut":
        return words.say(f"study.fit_{facts['verdict']}", **said)
    sentence = words.say("study.fit_cut", count=facts["personas_fit"], **said)
    return " ".join([sentence, *fit_covers(client, scope)])


def fit_covers(client: Engagement, scope: ScopeResult) -> list[str]:
    """What the personas that fit cover, where their shares are known."""
    words, facts = client.words, scope.facts
    share = facts["share_fit"]
    if share is None:
        return []
    what = words.say(f"study.of_{facts['cut_by']}")
    return [words.say("study.fit_covers", share=words.percent(share), what=what)]


def covers_personas(client: Engagement, scope: ScopeResult) -> str:
    """How many personas stay and what share of customers, or of value, they are."""
    words, facts = client.words, scope.facts
    known, kept, share = facts["personas_known"], facts["personas_kept"], facts["share_covered"]
    if not known:
        return words.say("study.no_personas")
    if share is None:
        return words.say("study.shares_unknown", count=known)
    said: dict[str, Any] = {"share": words.percent(share), "what": words.say(f"study.of_{facts['cut_by']}")}
    if kept == known:
        return words.say("study.all_personas", count=kept, **said)
    return words.say("study.covers_personas", count=kept, known=words.number(known, 0), **said)


def covers_touchpoints(client: Engagement, scope: ScopeResult) -> str:
    """How many touchpoints stay and by which rule; where events are known, the share of visits that they see."""
    words, facts = client.words, scope.facts
    if not facts["touchpoints"]:
        return words.say("study.no_touchpoints")
    if not facts["n_left_out"]:
        return words.say("study.all_touchpoints", count=facts["touchpoints"])
    said: dict[str, Any] = {
        "known": words.number(facts["touchpoints"], 0),
        "kept": words.number(facts["touchpoints"] - facts["n_left_out"], 0),
    }
    share = words.percent(facts.get("visits_share"))
    if facts["points_decided"]:
        return words.say(
            "study.decided_visits" if "visits_share" in facts else "study.decided_points", share=share, **said
        )
    if "visits_share" not in facts:
        return words.say("study.covers_by_order", **said)
    return words.say("study.covers_by_routes", share=share, **said)


def _text(text: str) -> Shown:
    return Shown({"text/html": paragraph(text, "cx-summary"), "text/plain": text}, "text", {})
