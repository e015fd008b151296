"""Overruling the kind of a moment of truth, in writing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import get_args

import ipywidgets as w

from cxmethod.engagement import Engagement
from cxmethod.engagement.decisions import MomentKind
from cxmethod.forms.decision_views import DecisionView, Item
from cxmethod.forms.decisions import decide_kind, take_back_kind
from cxmethod.forms.wording import said_code


class MomentView(DecisionView):
    """What a decision needs, and the decisions on file.

    Parameters
    ----------
    client : Engagement
    points : sequence of Item
        The touchpoints.
    """

    def __init__(self, client: Engagement, points: Sequence[Item]) -> None:
        super().__init__(client, "moment")
        say = self._words.say
        choose = (say("forms.moment_choose"), "")
        self._names = {point.key: point.about for point in points}
        kinds = [(said_code(kind, "moment", self._words), kind) for kind in get_args(MomentKind)]
        wide, narrow = w.Layout(width="560px"), w.Layout(width="340px")
        self.touchpoint = w.Dropdown(
            options=[choose, *((point.name, point.key) for point in points)],
            description=say("forms.moment_touchpoint"), layout=wide,
        )  # fmt: skip
        self.kind = w.Dropdown(options=[choose, *kinds], description=say("forms.moment_kind"), layout=narrow)
        self.reason = w.Textarea(
            description=say("forms.moment_reason"),
            placeholder=say("forms.moment_reason_hint"),
            layout=wide,
            rows=3,
        )
        self.author = w.Text(self._last_author(), description=say("forms.moment_author"), layout=narrow)
        fields = (self.touchpoint, self.kind, self.reason, self.author)
        for field in fields:
            field.style.description_width = "130px"
        self.save = w.Button(
            description=say("forms.moment_save"), icon="check", layout=w.Layout(width="auto")
        )
        self.save.on_click(lambda _: self._save())
        self._on_file = w.VBox()
        self._show()
        self.fill(*fields, self.save, self._on_file)

    def take_back(self, touchpoint: str) -> None:
        """Let the rule decide again."""
        self.record(lambda: take_back_kind(self.client, touchpoint), "taken_back")
        self._show()

    def _save(self) -> None:
        values = (self.touchpoint.value, self.kind.value, self.reason.value, self.author.value)
        if self.record(lambda: decide_kind(self.client, *values)):
            self.touchpoint.value = self.kind.value = self.reason.value = ""
        self._show()

    def _last_author(self) -> str:
        decided = sorted(self.client.decisions.moments.values(), key=lambda decision: decision.date)
        return decided[-1].author if decided else ""

    def _show(self) -> None:
        words = self._words
        rows: list[w.Widget] = [
            w.HTML(f'<div class="cx-note"><b>{escape(words.say("forms.moment_on_file"))}</b></div>')
        ]
        for key, decision in self.client.decisions.moments.items():
            name = self._names.get(key, key)
            said = words.say(
                "forms.moment_said", name=name, kind=said_code(decision.kind, "moment", words),
                reason=decision.reason, author=decision.author, date=words.date(decision.date),
            )  # fmt: skip
            back = w.Button(
                description=words.say("forms.moment_back"), icon="undo", layout=w.Layout(width="auto"),
                tooltip=words.say("forms.moment_back_of", name=name),
            )  # fmt: skip
            back.on_click(lambda _, key=key: self.take_back(key))
            row = w.HBox([back, w.HTML(f'<span class="cx-note">{escape(said)}</span>')])
            row.add_class("cx-list")
            rows.append(row)
        if len(rows) == 1:
            rows.append(w.HTML(f'<span class="cx-note">{escape(words.say("forms.moment_none"))}</span>'))
        self._on_file.children = rows
