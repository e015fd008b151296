"""The facilitator's judgement of importance, where customers were not asked."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import Choices, DecisionView, Item
from cxmethod.forms.decisions import judge
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.language import CxError
from cxmethod.views.show import Shown

_GRADES = (1, 2, 3, 4, 5)
_NOT_JUDGED = 0


def judge_importance(client: Engagement) -> Form:
    """A form for how important each touchpoint is, 1 … 5, as the facilitator judges it; blank is not judged."""
    return make_form(lambda: _static(client), lambda: ImportanceView(client))


class ImportanceView(DecisionView):
    """One grade a touchpoint."""

    def __init__(self, client: Engagement) -> None:
        super().__init__(client, "importance")
        say, names = self._words.say, keys_of(client, "touchpoints")
        if not names:
            raise CxError("forms.importance_no_touchpoints", client.words)
        items = [Item(key, name, say("forms.importance_of", name=name)) for key, name in names.items()]
        options = [("—", _NOT_JUDGED), *((str(grade), grade) for grade in _GRADES)]
        self.choices = Choices(
            self, items, options, self._grade, lambda key, grade: judge(client, key, grade or None)
        )
        self.fill(self.choices.widget)

    def _grade(self, key: str) -> int:
        return round(self.client.decisions.importance.get(key, _NOT_JUDGED))


def _static(client: Engagement) -> Shown:
    words, judged = client.words, client.decisions.importance
    if not judged:
        return sentence(words.say("forms.importance_none"))
    names = keys_of(client, "touchpoints")
    rows = [[names.get(key, key), words.number(grade, 0)] for key, grade in judged.items()]
    values = pd.DataFrame({"touchpoint": list(judged), "importance": list(judged.values())})
    headings = [words.say("forms.moment_touchpoint"), words.say("forms.importance_grade")]
    return show_rows(client, words.say("forms.importance_title"), headings, rows, values)
