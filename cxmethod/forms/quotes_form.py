"""The quotes that may leave the house: of personas, and what respondents said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.engagement import TABLES, Engagement
from cxmethod.forms.cell_text import meaning, texts_of
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import DecisionView, Item, Ticks
from cxmethod.forms.decisions import approve
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.forms.table_file import load
from cxmethod.forms.wording import said_code
from cxmethod.language import CxError
from cxmethod.views.show import Shown

_ABOUT = ("motivation", "text", "respondent", "kind", "phase", "persona")


def approve_quotes(client: Engagement) -> Form:
    """A form to tick the quotes that the client approved; exports show those alone.

    Listed are the personas' quotes and the motivations that a respondent said. What nobody in particular said is the
    consultant's own summing up and needs no approval.
    """
    return make_form(lambda: _static(client), lambda: QuotesView(client))


@dataclass(frozen=True)
class Quote:
    """Somebody's words, and who or what they speak for."""

    text: str
    speaker: str


class QuotesView(DecisionView):
    """A tick for each quote, under its persona's or its motivation's key."""

    def __init__(self, client: Engagement) -> None:
        super().__init__(client, "quotes")
        quotes = _quotes(client)
        if not quotes:
            raise CxError("forms.quotes_none_yet", client.words)
        said = {
            key: self._words.say("forms.quotes_said", quote=quote.text, name=quote.speaker)
            for key, quote in quotes.items()
        }
        self.ticks = Ticks(
            self,
            [Item(key, text) for key, text in said.items()],
            lambda: set(client.decisions.quotes.approved),
            lambda key, approved: approve(client, key, approved),
        )
        self.fill(self.ticks.widget)


def _quotes(client: Engagement) -> dict[str, Quote]:
    """Key → quote, the personas' first; a motivation under a persona's key is left out, as one tick would free both."""
    personas = _of_personas(client)
    taken = keys_of(client, "personas")
    return personas | {key: quote for key, quote in _of_motivations(client).items() if key not in taken}


def _of_personas(client: Engagement) -> dict[str, Quote]:
    frame, names = load(client, "personas").frame, keys_of(client, "personas")
    if "persona" not in frame or "quote" not in frame:
        return {}
    pairs = zip(texts_of(frame["persona"]), texts_of(frame["quote"]), strict=True)
    return {key: Quote(quote, names[key]) for key, quote in pairs if key and quote}


def _of_motivations(client: Engagement) -> dict[str, Quote]:
    frame = load(client, "motivations").frame
    if not {"motivation", "text", "respondent"} <= set(frame.columns):
        return {}
    cells = {name: texts_of(frame[name]) for name in _ABOUT if name in frame}
    rows = pd.DataFrame(cells).to_dict("records")
    return {
        row["motivation"]: Quote(row["text"], _speaker(client, row))
        for row in rows
        if row["motivation"] and row["text"] and row["respondent"]
    }


def _speaker(client: Engagement, row: dict[Any, str]) -> str:
    """Kind, phase and persona as far as they are known; never who said it."""
    column = TABLES["motivations"].column("kind")
    assert column is not None
    kind = row.get("kind", "")
    said = [said_code(meaning(kind, column) or kind, "kind", client.words)]
    for table in ("phase", "persona"):
        key = row.get(table, "")
        said.append(keys_of(client, f"{table}s").get(key, key))
    return " · ".join(part for part in said if part)


def _static(client: Engagement) -> Shown:
    words = client.words
    approved = client.decisions.quotes.approved
    shown = {key: quote for key, quote in _quotes(client).items() if key in approved}
    if not shown:
        return sentence(words.say("forms.quotes_none"))
    rows = [[quote.speaker, quote.text] for quote in shown.values()]
    headings = [words.say("forms.quotes_persona"), words.say("forms.quotes_quote")]
    values = pd.DataFrame({"key": list(shown), "quote": [quote.text for quote in shown.values()]})
    return show_rows(client, words.say("forms.quotes_title"), headings, rows, values)
