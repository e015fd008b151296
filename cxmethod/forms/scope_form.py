"""What stays in the map: personas and touchpoints."""

from __future__ import annotations

import ipywidgets as w
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import DecisionView, Item, Ticks, note
from cxmethod.forms.decisions import Group, keep_in_scope
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.steps.scope import ScopeResult
from cxmethod.views.show import Shown

GROUPS: tuple[Group, ...] = ("personas", "touchpoints")


def cut_scope(client: Engagement, scope: ScopeResult) -> Form:
    """A form to leave personas and touchpoints out of the map.

    Parameters
    ----------
    client : Engagement
    scope : ScopeResult
        Proposes the personas that stay.
    """
    return make_form(lambda: _static(client), lambda: ScopeView(client, scope))


class ScopeView(DecisionView):
    """A tick for each persona and touchpoint that stays."""

    def __init__(self, client: Engagement, scope: ScopeResult) -> None:
        super().__init__(client, "scope")
        self.ticks = {group: self._ticks(group, scope) for group in GROUPS if keys_of(client, group)}
        parts: list[w.Widget] = []
        for group, ticks in self.ticks.items():
            parts += [w.HTML(f"<b>{note(self._words.say(f'forms.scope_{group}'))}</b>"), ticks.widget]
        self.fill(*parts)

    def _ticks(self, group: Group, scope: ScopeResult) -> Ticks:
        names = keys_of(self.client, group)
        if group == "personas":
            names |= self._proposed(scope)
        items = [Item(key, name) for key, name in names.items()]
        every = tuple(names)
        return Ticks(
            self,
            items,
            lambda: _kept(self.client, group, every),
            lambda key, stays: keep_in_scope(self.client, group, key, stays, every),
        )

    def _proposed(self, scope: ScopeResult) -> dict[str, str]:
        """Each persona's name with its share, and whether the proposal leaves it out."""
        words, names = self._words, {}
        for row in scope.cut.to_dict("records"):
            share = words.percent(row["share"])
            name = (
                words.say("forms.scope_share", name=row["name"], share=share)
                if row["share"] == row["share"]
                else row["name"]
            )
            names[str(row["persona"])] = name if row["kept"] else words.say("forms.scope_out", name=name)
        return names


def _kept(client: Engagement, group: Group, every: tuple[str, ...]) -> set[str]:
    return set(getattr(client.decisions.scope.cut, group) or every)


def _static(client: Engagement) -> Shown:
    words = client.words
    names = {group: keys_of(client, group) for group in GROUPS}
    left = [
        (group, key)
        for group in GROUPS
        for key in names[group]
        if key not in _kept(client, group, tuple(names[group]))
    ]
    if not left:
        return sentence(words.say("forms.scope_whole"))
    rows = [[names[group][key], words.say(f"forms.scope_{group}")] for group, key in left]
    headings = [words.say("forms.scope_item"), words.say("forms.scope_group")]
    values = pd.DataFrame(left, columns=["group", "key"])
    return show_rows(client, words.say("forms.scope_left_out"), headings, rows, values)
