"""What stays in the map: personas and touchpoints."""

from __future__ import annotations

import ipywidgets as w
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import DecisionView, Item, Ticks, note
from cxmethod.forms.decisions import Group, accept_cut, keep_in_scope
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
        Proposes the personas and touchpoints that stay.
    """
    return make_form(lambda: _static(client, scope), lambda: ScopeView(client, scope))


class ScopeView(DecisionView):
    """A tick for each persona and touchpoint that stays, and a button that takes the proposal over as it is."""

    def __init__(self, client: Engagement, scope: ScopeResult) -> None:
        super().__init__(client, "scope")
        self._scope = scope
        names = {group: self._names(group) for group in GROUPS}
        self.every = {group: tuple(own) for group, own in names.items() if own}
        self.ticks = {group: self._ticks(group, names[group]) for group in self.every}
        self.accept = w.Button(
            description=self._words.say("forms.scope_accept"), layout=w.Layout(width="auto")
        )
        self.accept.on_click(lambda _: self._accepted())
        parts: list[w.Widget] = [self.accept] if self.every else []
        for group, ticks in self.ticks.items():
            parts += [w.HTML(f"<b>{note(self._words.say(f'forms.scope_{group}'))}</b>"), ticks.widget]
        self.fill(*parts)

    def _ticks(self, group: Group, names: dict[str, str]) -> Ticks:
        every = self.every[group]
        return Ticks(
            self,
            [Item(key, name) for key, name in names.items()],
            lambda: _kept(self.client, group, every),
            lambda key, stays: keep_in_scope(self.client, group, key, stays, every),
        )

    def _accepted(self) -> None:
        """The proposal as a decision; the ticks then show it."""
        kept = {
            group: [key for key in every if key not in _left_out(self._scope, group)]
            for group, every in self.every.items()
        }
        if self.record(lambda: accept_cut(self.client, kept, self.every)):
            for ticks in self.ticks.values():
                ticks.show()

    def _names(self, group: Group) -> dict[str, str]:
        """Each name, with its share where it has one, and whether the proposal leaves it out."""
        names = keys_of(self.client, group)
        if group == "personas":
            names |= self._with_shares()
        out = _left_out(self._scope, group)
        return {
            key: self._words.say("forms.scope_out", name=name) if key in out else name
            for key, name in names.items()
        }

    def _with_shares(self) -> dict[str, str]:
        words = self._words
        return {
            str(row["persona"]): words.say(
                "forms.scope_share", name=row["name"], share=words.percent(row["share"])
            )
            if row["share"] == row["share"]
            else row["name"]
            for row in self._scope.cut.to_dict("records")
        }


def _left_out(scope: ScopeResult, group: Group) -> set[str]:
    """What the proposal leaves out."""
    frame, key, stays = (
        (scope.cut, "persona", "kept") if group == "personas" else (scope.points, "touchpoint", "proposed")
    )
    return set(frame.loc[~frame[stays].astype(bool), key].astype(str)) if len(frame) else set()


def _kept(client: Engagement, group: Group, every: tuple[str, ...]) -> set[str]:
    return set(getattr(client.decisions.scope.cut, group) or every)


def _static(client: Engagement, scope: ScopeResult) -> Shown:
    words = client.words
    names = {group: keys_of(client, group) for group in GROUPS}
    left = [
        (group, key)
        for group in GROUPS
        for key in names[group]
        if key not in _kept(client, group, tuple(names[group]))
    ]
    if not left:
        undecided = any(_left_out(scope, group) for group in GROUPS)
        return sentence(words.say("forms.scope_not_decided" if undecided else "forms.scope_whole"))
    rows = [[names[group][key], words.say(f"forms.scope_{group}")] for group, key in left]
    headings = [words.say("forms.scope_item"), words.say("forms.scope_group")]
    values = pd.DataFrame(left, columns=["group", "key"])
    return show_rows(client, words.say("forms.scope_left_out"), headings, rows, values)
