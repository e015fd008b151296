"""How many personas to work with, among the numbers of segments that the data support."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.decision_views import Choices, DecisionView, Item, note
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence
from cxmethod.language import CxError
from cxmethod.steps.persona import PersonaResult
from cxmethod.views.show import Shown

PLACE = "persona.classes"
_BY_RULE = 0


def choose_segments(client: Engagement, personas: PersonaResult) -> Form:
    """A form for the number of personas, where they are found in data.

    Parameters
    ----------
    client : Engagement
    personas : PersonaResult
        Says which numbers the data support.
    """
    return make_form(lambda: _static(client, personas), lambda: SegmentsView(client, personas))


def decide_segments(client: Engagement, personas: PersonaResult, classes: int | None) -> None:
    """Put the number of personas on file; None lets the rule decide.

    Raises
    ------
    CxError
        When the data do not support that number.
    """
    allowed = offered(personas)
    if classes is not None and classes not in allowed:
        numbers = client.words.join(str(number) for number in allowed)
        raise CxError("forms.segments_unsupported", client.words, classes=str(classes), allowed=numbers)
    client.decide(PLACE, classes)


def offered(personas: PersonaResult) -> list[int]:
    """One persona, and each number of segments that keeps to every rule."""
    table = personas.choice
    supported = table.loc[table["status"].isin(["one", "supported"]), "classes"]
    return [int(number) for number in supported]


class SegmentsView(DecisionView):
    """One choice among the supported numbers, each with its figures."""

    def __init__(self, client: Engagement, personas: PersonaResult) -> None:
        super().__init__(client, "segments")
        say = self._words.say
        if personas.choice.empty:
            raise CxError("forms.segments_nothing", client.words)
        options = [(say("forms.segments_rule"), _BY_RULE)]
        options += [(self._said(row), int(row["classes"])) for row in self._rows(personas)]
        decided = self._decided("")
        if decided not in [value for _, value in options]:
            options.append((say("forms.segments_lost", n=str(decided)), decided))
        self.choices = Choices(
            self,
            [Item("classes", "", say("forms.segments_number"))],
            options,
            self._decided,
            lambda _, classes: decide_segments(client, personas, classes or None),
        )
        control = self.choices.controls["classes"]
        control.layout = w.Layout(width="560px")
        control.style.description_width = "160px"
        self.fill(self.choices.widget, w.HTML(note(say("forms.segments_how"))))

    def _decided(self, _: str) -> int:
        return self.client.decisions.persona.classes or _BY_RULE

    def _rows(self, personas: PersonaResult) -> list[dict[Any, Any]]:
        table = personas.choice
        return table[table["classes"].isin(offered(personas))].to_dict("records")

    def _said(self, row: dict[Any, Any]) -> str:
        words, classes = self._words, int(row["classes"])
        if classes == 1:
            return words.say("forms.segments_one")
        return words.say(
            "forms.segments_option",
            n=str(classes),
            stability=words.number(row["stability"], 2),
            difference=words.number(row["bic_difference"], 0),
            smallest=words.percent(row["smallest_share"]),
        )


def _static(client: Engagement, personas: PersonaResult) -> Shown:
    words, decided = client.words, client.decisions.persona.classes
    if personas.choice.empty:
        return sentence(words.say("forms.segments_nothing"))
    if decided is None:
        return sentence(words.say("forms.segments_by_rule", n=str(_taken(personas.choice))))
    return sentence(words.say("forms.segments_decided", count=decided))


def _taken(choice: pd.DataFrame) -> int:
    return int(choice.loc[choice["chosen"], "classes"].iloc[0])
