"""The quotes that may leave the house."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.cell_text import texts_of
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import DecisionView, Item, Ticks
from cxmethod.forms.decisions import approve
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.forms.table_file import load
from cxmethod.language import CxError
from cxmethod.views.show import Shown


def approve_quotes(client: Engagement) -> Form:
    """A form to tick the personas' quotes that the client approved; exports show those alone."""
    return make_form(lambda: _static(client), lambda: QuotesView(client))


class QuotesView(DecisionView):
    """A tick for each quote, under its persona's key."""

    def __init__(self, client: Engagement) -> None:
        super().__init__(client, "quotes")
        quotes, names = _quotes(client), keys_of(client, "personas")
        if not quotes:
            raise CxError("forms.quotes_none_yet", client.words)
        said = {
            key: self._words.say("forms.quotes_said", quote=quote, name=names[key])
            for key, quote in quotes.items()
        }
        self.ticks = Ticks(
            self,
            [Item(key, text) for key, text in said.items()],
            lambda: set(client.decisions.quotes.approved),
            lambda key, approved: approve(client, key, approved),
        )
        self.fill(self.ticks.widget)


def _quotes(client: Engagement) -> dict[str, str]:
    frame = load(client, "personas").frame
    if "persona" not in frame or "quote" not in frame:
        return {}
    pairs = zip(texts_of(frame["persona"]), texts_of(frame["quote"]), strict=True)
    return {key: quote for key, quote in pairs if key and quote}


def _static(client: Engagement) -> Shown:
    words, names = client.words, keys_of(client, "personas")
    approved = client.decisions.quotes.approved
    shown = {key: quote for key, quote in _quotes(client).items() if key in approved}
    if not shown:
        return sentence(words.say("forms.quotes_none"))
    rows = [[names[key], quote] for key, quote in shown.items()]
    headings = [words.say("forms.quotes_persona"), words.say("forms.quotes_quote")]
    values = pd.DataFrame({"persona": list(shown), "quote": list(shown.values())})
    return show_rows(client, words.say("forms.quotes_title"), headings, rows, values)
