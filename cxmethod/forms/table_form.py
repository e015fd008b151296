"""A table in JupyterLab: a page of controls, what is wrong beside its cell, and when it was saved."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from cxmethod.forms.columns import FormColumn, form_columns
from cxmethod.forms.grid import Grid, ShownRow
from cxmethod.forms.status import dangling, details, row_name, state, wrong
from cxmethod.forms.style import heading_line, lines, state_line, style_sheet
from cxmethod.forms.table_model import TableModel
from cxmethod.forms.wording import title
from cxmethod.language import CxError

PAGE = 15
_ICONS = {
    "first": "angle-double-left", "previous": "angle-left", "next": "angle-right", "last": "angle-double-right",
}  # fmt: skip


class TableForm:
    """The controls of one table, and the pages that they go through.

    Parameters
    ----------
    model : TableModel
        Of a file that can be read.
    reopen : callable
        Called when the file can no longer be read as a table.
    """

    def __init__(self, model: TableModel, reopen: Callable[[], None]) -> None:
        self.model, self._reopen = model, reopen
        self._words = model.client.words
        self._page, self._found, self._rows = 0, list[int](), -1
        self._shown: list[int] = []
        self._notes: list[str] = []
        if not model.rows:
            model.add_row()
        self._title, self._state, self._below, self._details = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self._place, self._removed = w.HTML(), w.HTML()
        self.find = w.Text(
            description=self._say("filter"), placeholder=self._say("filter_hint"), continuous_update=False,
            layout=w.Layout(width="180px"),
        )  # fmt: skip
        self.find.add_class("cx-find")
        self.find.observe(lambda _: self._search(), "value")
        self.reload = self._button("reload", model.reload, icon="refresh", tooltip=self._say("reload_hint"))
        self.add = self._button("add_row", self._add, icon="plus")
        self.undo = self._button("undo", self._undo, icon="undo")
        self.discard = self._button("discard", model.discard, icon="times")
        self.go_to = self._button("go_to", self._go_to, icon="arrow-right")
        self.pages = {code: self._turn(code) for code in _ICONS}
        self._build()

    @property
    def widget(self) -> w.Widget:
        """All of it."""
        return self._box

    def control(self, place: int, column: str) -> w.ValueWidget:
        """The control of one cell: its place on the page, counted from 0, and its column."""
        return self._grid.control(place, column)

    def remove_button(self, place: int) -> w.Button:
        """The button that removes one row of the page."""
        return self._grid.remove_button(place)

    @property
    def said(self) -> str:
        """What the form says of itself, as text."""
        return state(self.model)

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self._names = self.model.columns
        self._grid = Grid(self._columns(), self._words, self._edited, self._remove)
        scroll = w.Box([self._grid.widget])
        scroll.add_class("cx-scroll")
        self.find.add_class("cx-push")
        self.pages["first"].add_class("cx-push")
        note = w.HTML(f'<span class="cx-note">{self._say("legend")}</span>')
        self._box = w.VBox(
            [
                w.HTML(style_sheet(), layout=w.Layout(display="none")),
                _bar(self._title, self._state, self.find, self.reload),
                scroll,
                _bar(self.add, self._removed, self.undo, self.pages["first"], self.pages["previous"], self._place,
                     self.pages["next"], self.pages["last"]),
                _bar(self._below, self.go_to, self.discard),
                self._details,
                note,
            ]
        )  # fmt: skip
        self._box.add_class("cx-form")
        self.refresh()

    def _button(self, code: str, does: Callable[[], None], icon: str, tooltip: str | None = None) -> w.Button:
        button = w.Button(
            description=self._say(code), icon=icon, tooltip=tooltip, layout=w.Layout(width="auto")
        )
        button.on_click(lambda _: self._guarded(does))
        return button

    def _turn(self, code: str) -> w.Button:
        button = w.Button(icon=_ICONS[code], tooltip=self._say(code))
        button.add_class("cx-icon")
        button.on_click(lambda _: self._turn_to(code))
        return button

    def _columns(self) -> tuple[FormColumn, ...]:
        return form_columns(self.model.client, self.model.file, self._names)

    def _say(self, code: str) -> str:
        return self._words.say(f"forms.{code}")

    # -- showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the table as it stands now."""
        if self.model.file.problems or self.model.columns != self._names:
            self._reopen()
            return
        try:
            self._show()
        except CxError as error:
            self._state.value = state_line(f"⚠ {error}", "open", spoken=True)

    def _show(self) -> None:
        columns = self._columns()
        rules = wrong(self.model)
        visible = self._visible()
        last = max(0, (len(visible) - 1) // PAGE)
        self._page = min(self._page, last)
        start = self._page * PAGE
        self._shown = list(visible[start : start + PAGE])
        self._grid.show(columns, [self._row(row, columns, rules) for row in self._shown])
        self._show_place(start, len(visible), last)
        self._show_state(rules)

    def _row(self, row: int, columns: tuple[FormColumn, ...], rules: dict[tuple[int, str], str]) -> ShownRow:
        values = tuple(column.shown(self.model.text(row, column.name)) for column in columns)
        return ShownRow(
            row + 1, values, {c.name: rules[row, c.name] for c in columns if (row, c.name) in rules}
        )

    def _show_place(self, start: int, whole: int, last: int) -> None:
        words = self._words
        about = (
            f"inputs/{self.model.file.path.name} · {words.say('forms.count_rows', count=self.model.filled)}"
        )
        if sought := self.find.value.strip():
            about += " · " + words.say("forms.found", count=whole, text=sought)
        self._title.value = heading_line(title(self.model.name, words), about)
        numbers = (start + 1, start + len(self._shown), whole)
        first, end, count = (words.number(number, 0) for number in numbers)
        page = (
            words.say("forms.page", first=first, last=end, whole=count) if whole else self._say("page_empty")
        )
        self._place.value = f'<span class="cx-note">{page}</span>'
        for code in ("first", "previous"):
            self.pages[code].disabled = self._page == 0
        for code in ("next", "last"):
            self.pages[code].disabled = self._page == last

    def _show_state(self, rules: dict[tuple[int, str], str]) -> None:
        kind = self.model.state.kind
        now = kind if kind == "saved" or (kind == "loaded" and not rules) else "open"
        self._state.value = state_line(state(self.model), now, spoken=True)
        self._below.value = state_line(state(self.model), now)
        self._details.value = lines([*self._notes, *details(self.model, rules)])
        seen = {row for row, _ in rules} & set(self._shown)
        _visible(self.go_to, bool(rules) and not seen)
        _visible(self.discard, bool(self.model.edits))
        _visible(self.undo, self.model.can_undo)
        if not self.model.can_undo:
            self._removed.value = ""

    def _visible(self) -> range | list[int]:
        if not self.find.value.strip():
            return range(self.model.rows)
        if self._rows != self.model.rows:
            # Rows that were found stay in sight while they are edited, until rows come or go.
            self._found, self._rows = self.model.matching(self.find.value), self.model.rows
        return self._found

    # -- what a person does -------------------------------------------------------------------

    def _guarded(self, does: Callable[[], None]) -> None:
        self._notes = []
        try:
            does()
        except (CxError, OSError) as error:
            self._notes = str(error).splitlines()
        self.refresh()

    def _edited(self, place: int, column: FormColumn, value: str) -> None:
        def edit() -> None:
            self.model.set_cell(self._shown[place], column.name, column.typed(value))
            if column.name in self.model.table.unique and self.model.state.kind == "saved":
                self._notes = dangling(self.model.client, self.model.name)

        self._guarded(edit)

    def _remove(self, place: int) -> None:
        def remove() -> None:
            row = self._shown[place]
            name = row_name({column: self.model.text(row, column) for column in self._names})
            self.model.remove_row(row)
            self._removed.value = (
                f'<span class="cx-note">{escape(self._words.say("forms.removed", name=name))}</span>'
            )
            self._notes = dangling(self.model.client, self.model.name)
            if not self.model.rows:
                self.model.add_row()

        self._guarded(remove)

    def _undo(self) -> None:
        self._page = self.model.undo_remove() // PAGE
        self._removed.value = ""

    def _add(self) -> None:
        self.find.value = ""
        row = self.model.add_row()
        self._page = row // PAGE
        self.refresh()
        self.control(self._shown.index(row), self._names[0]).focus()

    def _go_to(self) -> None:
        self.find.value = ""
        self._page = min(row for row, _ in self.model.problems) // PAGE

    def _turn_to(self, code: str) -> None:
        last = (len(self._visible()) - 1) // PAGE
        self._page = {"first": 0, "previous": self._page - 1, "next": self._page + 1, "last": last}[code]
        self.refresh()

    def _search(self) -> None:
        self._page, self._rows = 0, -1
        self.refresh()


def _bar(*parts: w.Widget) -> w.HBox:
    bar = w.HBox(parts)
    bar.add_class("cx-bar")
    return bar


def _visible(part: w.Widget, shown: bool) -> None:
    part.layout.display = None if shown else "none"
