"""The forms on decisions: what may be chosen, what is on file, and the table that exports show of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.cell_text import texts_of
from cxmethod.forms.decisions import approve, choose, judge, keep_in_scope
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.forms.wording import said_code
from cxmethod.language import CxError, Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.steps.scope import ScopeResult
from cxmethod.views.show import Shown

if TYPE_CHECKING:
    from cxmethod.forms.decision_views import DecisionView
    from cxmethod.forms.moment_view import MomentView

_GRADES = (1, 2, 3, 4, 5)


def decide_moment(client: Engagement, moments: MomentResult) -> Form:
    """A form to overrule the kind of a moment of truth, in writing.

    Parameters
    ----------
    client : Engagement
    moments : MomentResult
        Names the touchpoints and the kinds that they have now.
    """

    def view() -> MomentView:
        from cxmethod.forms.decision_views import Item
        from cxmethod.forms.moment_view import MomentView

        words, names = client.words, _names(client, "touchpoints")
        own = moments.moments[moments.moments["persona"] == ALL]
        points = []
        for key, kind in zip(own["touchpoint"].astype(str), own["kind"].astype(str), strict=True):
            name = names.get(key, key)
            now = words.say("forms.moment_now", name=name, kind=said_code(kind, "moment", words))
            points.append(Item(key, now, name))
        return MomentView(client, points)

    return make_form(lambda: _static_moments(client), view)


def judge_importance(client: Engagement) -> Form:
    """A form for the facilitator's judgement of importance, where customers were not asked."""

    def view() -> DecisionView:
        from cxmethod.forms.decision_views import Choices, DecisionView, Item

        say, shown = client.words.say, DecisionView(client, "importance")
        names = _names(client, "touchpoints")
        if not names:
            raise CxError("forms.importance_no_touchpoints", client.words)
        items = [Item(key, name, say("forms.importance_of", name=name)) for key, name in names.items()]
        options = [("—", None), *((str(grade), grade) for grade in _GRADES)]
        shown.choices = Choices(
            shown,
            items,
            options,
            lambda key: _grade(client, key),
            lambda key, grade: judge(client, key, grade),
        )
        shown.fill(shown.choices.widget)
        return shown

    return make_form(lambda: _static_importance(client), view)
