"""Overruling the kind of a moment of truth, in writing."""

from __future__ import annotations

from typing import get_args

import ipywidgets as w
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.engagement.decisions import MomentDecision, MomentKind
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import DecisionView, note
from cxmethod.forms.decisions import decide_kind, take_back_kind
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.forms.wording import said_code
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.views.show import Shown


def decide_moment(client: Engagement, moments: MomentResult) -> Form:
    """A form to overrule the kind of a moment of truth, in writing, and to take that back.

    Parameters
    ----------
    client : Engagement
    moments : MomentResult
        Names the touchpoints and the kinds that they have now.
    """
    return make_form(lambda: _static(client), lambda: MomentView(client, moments))


class MomentView(DecisionView):
    """What a decision needs, and the decisions on file."""

    def __init__(self, client: Engagement, moments: MomentResult) -> None:
        super().__init__(client, "moment")
        say = self._words.say
        self._names = keys_of(client, "touchpoints")
        choose = (say("forms.moment_choose"), "")
        kinds = [(said_code(kind, "moment", self._words), kind) for kind in get_args(MomentKind)]
        wide, narrow = w.Layout(width="560px"), w.Layout(width="340px")
        self.touchpoint = w.Dropdown(
            options=[choose, *self._points(moments)], description=say("forms.moment_touchpoint"), layout=wide
        )
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
        self.save.add_class("cx-record")
        self.save.on_click(lambda _: self._save())
        self._on_file = w.VBox()
        self.fill(*fields, self.save)
        self.widget.children = (*self.widget.children, self._on_file)
        self._show()

    def take_back(self, touchpoint: str) -> None:
        """Let the rule decide again."""
        if self.record(lambda: take_back_kind(self.client, touchpoint), "taken_back"):
            self._show()

    def _points(self, moments: MomentResult) -> list[tuple[str, str]]:
        own = moments.moments[moments.moments["persona"] == ALL]
        kinds = [said_code(str(kind), "moment", self._words) for kind in own["kind"]]
        keys = [str(key) for key in own["touchpoint"]]
        return [
            (self._words.say("forms.moment_now", name=self._names.get(key, key), kind=kind), key)
            for key, kind in zip(keys, kinds, strict=True)
        ]

    def _save(self) -> None:
        values = (self.touchpoint.value, self.kind.value, self.reason.value, self.author.value)
        if self.record(lambda: decide_kind(self.client, *values)):
            self.touchpoint.value = self.kind.value = self.reason.value = ""
            self._show()

    def _last_author(self) -> str:
        decided = sorted(self.client.decisions.moments.values(), key=lambda decision: decision.date)
        return decided[-1].author if decided else ""

    def _show(self) -> None:
        say = self._words.say
        rows = [self._row(key, decision) for key, decision in self.client.decisions.moments.items()]
        title = w.HTML(f"<b>{note(say('forms.moment_on_file'))}</b>")
        self._on_file.children = [title, *(rows or [w.HTML(note(say("forms.moment_none")))])]

    def _row(self, key: str, decision: MomentDecision) -> w.HBox:
        words, name = self._words, self._names.get(key, key)
        said = words.say(
            "forms.moment_said", name=name, kind=said_code(decision.kind, "moment", words), reason=decision.reason,
            author=decision.author, date=words.date(decision.date),
        )  # fmt: skip
        back = w.Button(
            description=words.say("forms.moment_back"), icon="undo", layout=w.Layout(width="auto"),
            tooltip=words.say("forms.moment_back_of", name=name),
        )  # fmt: skip
        back.on_click(lambda _: self.take_back(key))
        row = w.HBox([back, w.HTML(note(said))])
        row.add_class("cx-list")
        return row


def _static(client: Engagement) -> Shown:
    words, decided = client.words, client.decisions.moments
    if not decided:
        return sentence(words.say("forms.moment_none"))
    names = keys_of(client, "touchpoints")
    values = pd.DataFrame(
        [{"touchpoint": key, **decision.model_dump(mode="json")} for key, decision in decided.items()]
    )
    rows = [
        [
            names.get(key, key),
            said_code(one.kind, "moment", words),
            one.reason,
            one.author,
            words.date(one.date),
        ]
        for key, one in decided.items()
    ]
    headings = [
        words.say(f"forms.moment_{name}") for name in ("touchpoint", "kind", "reason", "author", "date")
    ]
    return show_rows(client, words.say("forms.moment_title"), headings, rows, values)
