"""Decisions in JupyterLab: what is chosen is on file at once, and a refusal is said in a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets as w

from cxmethod.engagement import Engagement
from cxmethod.forms.style import heading_line, state_line, style_sheet
from cxmethod.language import CxError


@dataclass(frozen=True)
class Item:
    """Something to decide on.

    Parameters
    ----------
    key : str
    name : str
        What a person reads.
    about : str
        The control's description for who cannot see the name beside it.
    """

    key: str
    name: str
    about: str = ""


def note(text: str) -> str:
    """A sentence as markup, escaped."""
    return f'<span class="cx-note">{escape(text)}</span>'


class DecisionView:
    """Title, why, the controls, and whether the last choice is on file."""

    def __init__(self, client: Engagement, form: str, file: str = "decisions.yaml") -> None:
        self.client, self._words = client, client.words
        self._state = w.HTML(layout=w.Layout(min_height="26px"))
        say = self._words.say
        intro = note(say(f"forms.{form}_intro"))
        title = heading_line(say(f"forms.{form}_title"), file)
        self._head = [
            w.HTML(style_sheet(), layout=w.Layout(display="none")),
            w.HTML(title),
            w.HTML(intro),
        ]
        self.widget = w.VBox(self._head)
        self.widget.add_class("cx-form")

    @property
    def said(self) -> str:
        """What the form says of the last choice, as markup."""
        return str(self._state.value)

    def fill(self, *parts: w.Widget) -> None:
        """Put the controls under the head."""
        self.widget.children = (*self._head, *parts, self._state)

    def record(self, does: Callable[[], None], code: str = "state_saved") -> bool:
        """Put a choice on file and say so, or say why it cannot be; whether it is."""
        say = self._words.say
        try:
            does()
        except (CxError, OSError) as error:
            self._state.value = state_line(
                "⚠ " + say("forms.refused", reason=str(error)), "open", spoken=True
            )
            return False
        time = say(f"forms.{code}", time=f"{datetime.datetime.now():%H:%M:%S}")
        self._state.value = state_line(f"✓ {time}. {say('forms.again')}", "saved", spoken=True)
        return True


class Ticks:
    """Items to tick; a tick that is refused is set back."""

    def __init__(
        self,
        view: DecisionView,
        items: Sequence[Item],
        ticked: Callable[[], set[str]],
        put: Callable[[str, bool], None],
    ) -> None:
        self._view, self._ticked, self._put, self._quiet = view, ticked, put, False
        wide = w.Layout(width="auto")
        on = ticked()
        self.boxes = {
            item.key: w.Checkbox(item.key in on, description=item.name, indent=False, layout=wide)
            for item in items
        }
        for key, box in self.boxes.items():
            box.observe(lambda change, key=key: self._changed(key, change.new), "value")
        self.widget = w.VBox(list(self.boxes.values()))
        self.widget.add_class("cx-ticks")

    def _changed(self, key: str, on: bool) -> None:
        if self._quiet:
            return
        saved = self._view.record(lambda: self._put(key, on))
        # What others ticked meanwhile is shown with it; what could not be saved is as it was.
        self._set(
            self._ticked() if saved else {name for name, box in self.boxes.items() if box.value} ^ {key}
        )

    def show(self) -> None:
        """Show what is on file now."""
        self._set(self._ticked())

    def _set(self, now: set[str]) -> None:
        self._quiet = True
        for name, box in self.boxes.items():
            box.value = name in now
        self._quiet = False


class Choices:
    """One choice an item; what is refused is set back."""

    def __init__(
        self,
        view: DecisionView,
        items: Sequence[Item],
        options: Sequence[tuple[str, Any]],
        chosen: Callable[[str], Any],
        put: Callable[[str, Any], None],
    ) -> None:
        self._view, self._put, self._quiet = view, put, False
        self.controls = {
            item.key: w.Dropdown(options=options, value=chosen(item.key), description=item.about)
            for item in items
        }
        rows = []
        for item in items:
            control = self.controls[item.key]
            control.add_class("cx-choice")
            control.observe(lambda change, key=item.key: self._changed(key, change), "value")
            row = w.HBox([control, w.HTML(note(item.name))])
            row.add_class("cx-list")
            rows.append(row)
        self.widget = w.VBox(rows)

    def _changed(self, key: str, change: Any) -> None:
        if not self._quiet and not self._view.record(lambda: self._put(key, change.new)):
            self._quiet = True
            self.controls[key].value = change.old
            self._quiet = False
