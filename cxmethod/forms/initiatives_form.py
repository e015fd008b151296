"""Initiatives that are kept or dropped whatever their score."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import Choices, DecisionView, Item
from cxmethod.forms.decisions import CHOICES, choose
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.language import CxError
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.views.show import Shown


def choose_initiatives(client: Engagement, opportunities: OpportunityResult) -> Form:
    """A form to keep or drop initiatives, or to let their score decide.

    Parameters
    ----------
    client : Engagement
    opportunities : OpportunityResult
        Gives the ranks and scores.
    """
    return make_form(lambda: _static(client), lambda: InitiativesView(client, opportunities))


class InitiativesView(DecisionView):
    """One choice an initiative, the best ranked first."""

    def __init__(self, client: Engagement, opportunities: OpportunityResult) -> None:
        super().__init__(client, "choose")
        names = keys_of(client, "initiatives")
        if not names:
            raise CxError("forms.choose_no_initiatives", client.words)
        ranked = {
            str(row["initiative"]): (float(row["rank"]), float(row["score"]))
            for row in opportunities.initiatives.dropna(subset=["rank"]).to_dict("records")
        }
        order = [key for key in ranked if key in names]
        items = [
            self._item(key, names[key], ranked) for key in [*order, *(k for k in names if k not in order)]
        ]
        options = [(self._words.say(f"forms.choose_{choice}"), choice) for choice in CHOICES]
        self.choices = Choices(
            self,
            items,
            options,
            lambda key: _choice(client, key),
            lambda key, choice: choose(client, key, choice),
        )
        self.fill(self.choices.widget)

    def _item(self, key: str, name: str, ranked: dict[str, tuple[float, float]]) -> Item:
        words, about = self._words, self._words.say("forms.choose_of", name=name)
        if key not in ranked:
            return Item(key, name, about)
        rank, score = ranked[key]
        said = words.say(
            "forms.choose_ranked", name=name, rank=words.number(rank, 0), score=words.number(score, 3)
        )
        return Item(key, said, about)


def _choice(client: Engagement, key: str) -> str:
    decided = client.decisions.opportunities
    return "keep" if key in decided.keep else "drop" if key in decided.drop else "score"


def _static(client: Engagement) -> Shown:
    words, decided = client.words, client.decisions.opportunities
    chosen = [(key, "keep") for key in decided.keep] + [(key, "drop") for key in decided.drop]
    if not chosen:
        return sentence(words.say("forms.choose_none"))
    names = keys_of(client, "initiatives")
    rows = [[names.get(key, key), words.say(f"forms.choose_{choice}")] for key, choice in chosen]
    headings = [words.say("forms.choose_initiative"), words.say("forms.choose_decision")]
    values = pd.DataFrame(chosen, columns=["initiative", "decision"])
    return show_rows(client, words.say("forms.choose_title"), headings, rows, values)
