"""The portfolio in a few sentences: what is chosen, how sure that is, and what more money would bring."""

from __future__ import annotations

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.views.markup import paragraph
from cxmethod.views.readings import named
from cxmethod.views.show import Shown

_STAYS = 0.9


def portfolio(client: Engagement, result: OpportunityResult) -> Shown:
    """What to do with the budget, or why that cannot be said."""
    facts, words = result.facts, client.words
    if facts["portfolio"] != "chosen":
        return _shown(words.say(f"portfolio.{facts['portfolio']}"))
    parts = [
        choice(client, result),
        words.say("portfolio.share", share=words.percent(facts["value_share"])),
        words.say("portfolio.proven", gap=words.percent(facts["gap"])),
        next_step(client, result),
        _sure(client, result),
    ]
    unpriced = result.left_out["reason"].isin(["no_cost", "no_days"]).sum()
    if unpriced:
        parts.append(words.say("portfolio.unpriced", count=int(unpriced)))
    if not result.owners["capacity"].notna().any():
        parts.append(words.say("portfolio.days_unlimited"))
    return _shown(" ".join(part for part in parts if part))


def choice(client: Engagement, result: OpportunityResult) -> str:
    """How many are chosen, within which budget, at what cost."""
    facts, words = result.facts, client.words
    return words.say(
        "portfolio.chosen",
        count=facts["chosen"],
        budget=words.money(facts["budget"]),
        months=words.number(facts["months"], 0),
        of=words.number(len(result.initiatives), 0),
        cost=words.money(facts["chosen_cost"]),
    )


def next_step(client: Engagement, result: OpportunityResult) -> str:
    """The smallest extra budget that allows a better choice, and what it changes."""
    facts, words = result.facts, client.words
    if "next_extra" not in facts:
        whole = bool(result.initiatives["selected"].fillna(False).all())
        return words.say("portfolio.all_in" if whole else "portfolio.no_next")
    said = {
        side: words.say(f"portfolio.would_{side}", count=len(names), names=named(quoted(names, words), words))
        for side, names in (("enter", facts["next_enters"]), ("leave", facts["next_leaves"]))
        if names
    }
    code = "portfolio.next_swap" if len(said) > 1 else "portfolio.next"
    enters, leaves = said.get("enter", said.get("leave", "")), said.get("leave", "")
    return words.say(code, extra=words.money(facts["next_extra"]), enters=enters, leaves=leaves)


def quoted(names: list[str], words: Words) -> list[str]:
    """Names of initiatives, which are whole phrases, in quotation marks."""
    return [words.say("portfolio.quoted", name=name) for name in names]


def _sure(client: Engagement, result: OpportunityResult) -> str:
    facts, words = result.facts, client.words
    if not facts.get("draws"):
        return ""
    inside = result.initiatives[result.initiatives["selected"].fillna(False)]
    if inside.empty:
        return ""
    return words.say(
        "portfolio.sure_all" if facts["draws_proven"] == facts["draws"] else "portfolio.sure",
        draws=words.number(facts["draws"], 0),
        proven=words.number(facts["draws_proven"], 0),
        stable=words.number((inside["p_selected"] >= _STAYS).sum(), 0),
        n=words.number(len(inside), 0),
    )


def _shown(text: str) -> Shown:
    return Shown({"text/html": paragraph(text, "cx-summary"), "text/plain": text}, "text", {})
