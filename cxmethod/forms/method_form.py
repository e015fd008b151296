"""Which method the study takes: the first of the ranking, unless somebody decides otherwise."""

from __future__ import annotations

import ipywidgets as w

from cxmethod.engagement import Engagement
from cxmethod.forms.decision_views import Choices, DecisionView, Item
from cxmethod.forms.decisions import choose_method as put
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence
from cxmethod.steps.scope import ScopeResult
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown

_KEY = "method"
_RANKING = ""


def choose_method(client: Engagement, scope: ScopeResult) -> Form:
    """A form for the method of the study; the ranking decides until somebody does.

    Parameters
    ----------
    client : Engagement
    scope : ScopeResult
        Offers its methods in their order.
    """
    return make_form(lambda: _static(client, scope), lambda: MethodView(client, scope))


class MethodView(DecisionView):
    """One choice among the methods."""

    def __init__(self, client: Engagement, scope: ScopeResult) -> None:
        super().__init__(client, "method")
        words = self._words
        names = scope.methods["method"].astype(str)
        first = words.say("forms.method_by_ranking", name=code(names.iloc[0], words))
        options = [(first, _RANKING), *((code(name, words), name) for name in names)]
        about = words.say("forms.method_choice")
        self.choices = Choices(
            self,
            [Item(_KEY, "", about)],
            options,
            lambda _: _decided(client, set(names)),
            lambda _, name: put(client, name or None),
        )
        self.choices.controls[_KEY].layout = w.Layout(width="auto")
        self.fill(self.choices.widget)


def _decided(client: Engagement, known: set[str]) -> str:
    """The decided method; a decision for an unknown one is told as a finding and stands here as the ranking's."""
    method = client.decisions.plan.method
    return method if method in known else _RANKING


def _static(client: Engagement, scope: ScopeResult) -> Shown:
    words, names = client.words, scope.methods["method"].astype(str)
    decided = _decided(client, set(names))
    said = "forms.method_decided" if decided else "forms.method_ranked"
    return sentence(words.say(said, name=code(decided or names.iloc[0], words)))
