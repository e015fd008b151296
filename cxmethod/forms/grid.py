"""One page of a table as controls: made once, filled anew for every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import ipywidgets as w

from cxmethod.forms.columns import FormColumn
from cxmethod.language import Words

_BLANK = ("—", "")
_NARROWEST, _WIDEST, _LONG = 100, 230, 250
_LETTER, _AROUND = 7, 36
"""Pixels: of a column, of a letter, and of what stands around the text."""

OnEdit = Callable[[int, FormColumn, str], None]


@dataclass(frozen=True)
class ShownRow:
    """One row of a page: its number, the control values, and what is wrong by column."""

    number: int
    values: tuple[str, ...]
    wrong: dict[str, str] = field(default_factory=dict)


class Grid:
    """Controls for the rows of one page.

    Parameters
    ----------
    columns : sequence of FormColumn
    words : Words
    on_edit : callable
        Called with the place on the page, the column, and the control's value.
    on_remove : callable
        Called with the place on the page.
    """

    def __init__(
        self, columns: Sequence[FormColumn], words: Words, on_edit: OnEdit, on_remove: Callable[[int], None]
    ) -> None:
        self._words, self._on_edit, self._on_remove = words, on_edit, on_remove
        self._columns = tuple(columns)
        self._slots: list[_Slot] = []
        self._alike: dict[str, w.Widget] = {}
        self._quiet = False
        self._heads = [_head("#", ""), *(_heading(column, words) for column in columns), _head("", "")]
        for place, kind in ((0, "cx-first"), (1, "cx-second"), (-1, "cx-last")):
            self._heads[place].add_class(kind)
        self.widget = w.GridBox(self._heads)
        self.widget.add_class("cx-grid")

    def show(self, columns: Sequence[FormColumn], rows: Sequence[ShownRow]) -> None:
        """Put `rows` into the controls; `columns` are the same, perhaps with other choices."""
        self._columns = tuple(columns)
        if not self._slots:
            self.widget.layout.grid_template_columns = _widths(columns, rows)
        while len(self._slots) < len(rows):
            self._slots.append(self._slot(len(self._slots)))
        self._quiet = True
        for slot, row in zip(self._slots, rows, strict=False):
            self._fill(slot, row)
        self._quiet = False
        used = [child for slot in self._slots[: len(rows)] for child in slot.children]
        if len(self.widget.children) != len(self._heads) + len(used):
            self.widget.children = (*self._heads, *used)

    def control(self, place: int, column: str) -> w.ValueWidget:
        """The control of one cell of the page."""
        names = [known.name for known in self._columns]
        return self._slots[place].controls[names.index(column)]

    def remove_button(self, place: int) -> w.Button:
        """The button that removes one row of the page."""
        return self._slots[place].remove

    def _slot(self, place: int) -> _Slot:
        number = w.HTML()
        number.add_class("cx-first")
        remove = w.Button(icon="trash-o")
        remove.add_class("cx-icon")
        remove.add_class("cx-last")
        remove.on_click(lambda _: self._on_remove(place))
        controls = []
        for position, column in enumerate(self._columns):
            control = self._control(column)
            control.add_class("cx-cell")
            if position == 0:
                control.add_class("cx-second")
            if column.number:
                control.add_class("cx-numbers")
            control.observe(lambda change, at=position: self._changed(place, at, change.new), "value")
            controls.append(control)
        return _Slot(number, controls, remove)

    def _control(self, column: FormColumn) -> w.ValueWidget:
        """A control; those of one kind share one layout and one style, which halves what a page costs."""
        kinds = {"text": w.Text, "long": w.Textarea, "choice": w.Dropdown, "suggest": w.Combobox}
        kind = kinds[column.control]
        given: dict[str, Any] = {"description_allow_html": True}
        if column.control != "choice":
            given["continuous_update"] = False
        if column.control == "suggest":
            given["ensure_option"] = False
        if (model := self._alike.get(column.control)) is not None:
            given |= {"layout": model.layout, "style": model.style}
        control = kind(**given)
        self._alike.setdefault(column.control, control)
        return control

    def _changed(self, place: int, position: int, value: str | None) -> None:
        if not self._quiet:
            self._on_edit(place, self._columns[position], value or "")

    def _fill(self, slot: _Slot, row: ShownRow) -> None:
        number = self._words.number(row.number, 0)
        slot.number.value = f'<div class="cx-number">{number}</div>'
        slot.remove.tooltip = self._words.say("forms.remove_row", row=number)
        for control, column, value in zip(slot.controls, self._columns, row.values, strict=True):
            _set(control, column, value)
            rule = row.wrong.get(column.name, "")
            label = escape(self._words.say("forms.cell", heading=column.heading, row=number))
            if rule:
                # The label names the control for who cannot see the table, and carries the sentence for everybody.
                control.description = f'<span class="cx-unseen">{label}:</span> ⚠ {escape(rule)}'
                control.add_class("cx-wrong")
            else:
                control.description = label
                control.remove_class("cx-wrong")
            control.tooltip = rule or None


@dataclass(frozen=True)
class _Slot:
    number: w.HTML
    controls: list[w.ValueWidget]
    remove: w.Button

    @property
    def children(self) -> tuple[w.Widget, ...]:
        return (self.number, *self.controls, self.remove)


def _set(control: w.ValueWidget, column: FormColumn, value: str) -> None:
    if column.control == "choice":
        options = (_BLANK, *column.choices)
        if value not in {written for _, written in options}:
            options = (*options, (f"⚠ {value}", value))
        if tuple(control.options) != options:
            control.options = options
    if column.control == "suggest":
        control.options = tuple(written for _, written in column.choices)
    if control.value != value:
        control.value = value


def _widths(columns: Sequence[FormColumn], rows: Sequence[ShownRow]) -> str:
    """Columns as wide as what stands in them, within reason."""
    letters = [max((len(row.values[place]) for row in rows), default=0) for place in range(len(columns))]
    widths = [_width(column, most) for column, most in zip(columns, letters, strict=True)]
    return " ".join(["52px", *(f"{width}px" for width in widths), "40px"])


def _width(column: FormColumn, letters: int) -> int:
    if column.control == "long":
        return _LONG
    letters = max([letters, len(column.heading) * 4 // 5, *(len(shown) for shown, _ in column.choices)])
    return min(max(letters * _LETTER + _AROUND, _NARROWEST), _WIDEST)


def _heading(column: FormColumn, words: Words) -> w.HTML:
    star = f' <abbr title="{escape(words.say("forms.required"))}">*</abbr>' if column.required else ""
    return _head(f"<span>{escape(column.heading)}{star}</span>", column.hint)


def _head(html: str, hint: str) -> w.HTML:
    head = w.HTML(html, tooltip=hint or None)
    head.add_class("cx-head")
    return head
