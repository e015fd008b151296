"""What was agreed before anything was measured: the brief and the theme."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.views.markup import Cell, paragraph
from cxmethod.views.show import Shown, show_table


def brief(client: Engagement) -> Shown:
    """Client, objective, outcome, money and time, as the settings have them."""
    settings, words = client.settings, client.words
    objective = settings.objective_text or words.say(f"cover.objective_{settings.objective}")
    return _pairs(
        client,
        "settings",
        {
            "client": settings.client,
            "objective": objective,
            "outcome": settings.outcome.name if settings.outcome else "—",
            "budget": words.money(settings.budget.amount),
            "months": words.number(settings.budget.months, 0),
            "weeks": words.number(settings.scope.weeks, 0),
            "customers": words.number(settings.scope.interviewable_customers, 0),
            "date": words.date(settings.date),
        },
    )


def theme(client: Engagement) -> Shown:
    """The experience that the company has decided to offer, or that it has not decided."""
    decided = client.settings.theme
    if decided is None:
        text = client.words.say("agreed.no_theme")
        return Shown({"text/html": paragraph(text), "text/plain": text}, "text", {})
    attributes = client.words.join(decided.attributes)
    return _pairs(
        client, "theme", {"name": decided.name, "promise": decided.promise, "attributes": attributes}
    )


def _pairs(client: Engagement, caption: str, values: dict[str, str]) -> Shown:
    words = client.words
    rows = [[Cell(words.say(f"agreed.{name}")), Cell(value or "—")] for name, value in values.items()]
    headings = [Cell(words.say("agreed.setting")), Cell(words.say("agreed.value"))]
    frame = pd.DataFrame({"setting": list(values), "value": list(values.values())})
    return show_table(words.say(f"agreed.{caption}"), headings, rows, frame)
