"""The worries of each phase in a sentence to read out."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.themes import WORRIES
from cxmethod.views.markup import listing, paragraph
from cxmethod.views.show import Shown
from cxmethod.views.theme_rows import NOWHERE, phase_names, theme_rows


def worries(client: Engagement, result: MotivationsResult, persona: str = ALL) -> Shown:
    """One sentence a phase to read out: its worries, how many wait for an answer, and the one that weighs most."""
    words = client.words
    own = theme_rows(result, persona)
    held = own[own["kind"].isin(WORRIES)]
    if held.empty:
        text = words.say("motivations.no_worries")
        return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})
    said = result.statements
    said = said[said["answered"].notna() & ((said["persona"] == persona) | (persona == ALL))]
    names = phase_names(client, own)
    phases = [key for key in names if (held["phase"] == key).any()]
    lines = [
        _line(
            names[key],
            held[held["phase"] == key],
            said[said["phase"].astype("string").fillna(NOWHERE) == key],
            words,
        )
        for key in phases
    ]
    text = "\n".join(lines)
    return Shown({"text/html": listing(lines), "text/plain": text}, "text", {})


def _line(phase: str, held: pd.DataFrame, said: pd.DataFrame, words: Words) -> str:
    """A phase in a sentence, with the words that weigh most: of those that wait for an answer, where some do."""
    n, waiting = int(held["n"].sum()), int(held["unanswered"].sum())
    how = "answered" if not waiting else "waiting_all" if waiting == n else "waiting"
    answer = words.say(f"motivations.line_{how}", count=waiting if how == "waiting" else n)
    line = words.say("motivations.line", count=n, phase=phase, answer=answer)
    quotes = said[said["answered"].ne(waiting > 0) & said["text"].notna()]
    if quotes.empty:
        return line
    first = quotes.iloc[0]
    text = words.say("motivations.quote", text=first["text"]) if first["quoted"] else str(first["text"])
    return f"{line} {text}"
