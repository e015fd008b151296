"""A file that cannot be read as a table: its text with the rows that keep it from it, to be mended in place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import ipywidgets as w

from cxmethod.engagement import Engagement, Problem, problem_lines, write_atomic
from cxmethod.engagement.grid import decode, delimiter_of
from cxmethod.engagement.reading import read_raw
from cxmethod.engagement.saving import fingerprint, locked
from cxmethod.forms.style import heading_line, lines, state_line, style_sheet
from cxmethod.forms.table_file import TableFile
from cxmethod.forms.wording import title
from cxmethod.language import CxError

_MOST_TEXT = 200_000
_MOST_ROWS = 8


class RawForm:
    """The text of a broken file.

    Parameters
    ----------
    client : Engagement
    file : TableFile
        With problems.
    reopen : callable
        Called once the file can be read.
    """

    def __init__(self, client: Engagement, file: TableFile, reopen: Callable[[], None]) -> None:
        self._client, self._file, self._reopen = client, file, reopen
        words = client.words
        content, _ = decode(file.path.read_bytes())
        mendable = "\0" not in content and len(content) <= _MOST_TEXT and file.path.suffix == ".csv"
        self.text = w.Textarea(
            content if mendable else "",
            description=words.say("forms.raw_label", file=file.path.name),
            rows=12,
            layout=w.Layout(width="100%", height="auto"),
        )
        self.text.add_class("cx-raw")
        self.save = w.Button(
            description=words.say("forms.raw_save"), icon="check", layout=w.Layout(width="auto")
        )
        self.save.on_click(lambda _: self._save())
        self.reload = w.Button(
            description=words.say("forms.reload"), icon="refresh", layout=w.Layout(width="auto")
        )
        self.reload.on_click(lambda _: reopen())
        self._state, self._details = w.HTML(), w.HTML()
        about = heading_line(title(file.table.name, words), f"inputs/{file.path.name}")
        intro = words.say("forms.raw_intro" if mendable else "forms.raw_outside")
        parts = [self.text, w.HBox([self.save, self.reload])] if mendable else [self.reload]
        self.widget = w.VBox(
            [
                w.HTML(style_sheet(), layout=w.Layout(display="none")),
                w.HTML(about),
                w.HTML(f'<span class="cx-note">{escape(intro)}</span>'),
                self._details,
                *parts,
                self._state,
            ]
        )
        self.widget.add_class("cx-form")
        self._show(file.problems, content if mendable else "")

    def _show(self, problems: tuple[Problem, ...], content: str) -> None:
        marked = [f"⚠ {line}" for line in problem_lines(problems, self._client.words)]
        self._details.value = lines([*marked, *self._rows(problems, content)])

    def _rows(self, problems: tuple[Problem, ...], content: str) -> list[str]:
        """The rows that are meant, as they stand in the file."""
        if not content.strip():
            return []
        mark = delimiter_of(content)
        rows = list(csv.reader(io.StringIO(content), delimiter=mark))
        said = self._client.words.say
        meant = sorted({problem.row or 1 for problem in problems})[:_MOST_ROWS]
        return [
            f"{said('forms.raw_row', row=row)} {mark.join(rows[row - 1])}"
            for row in meant
            if row <= len(rows)
        ]

    def _save(self) -> None:
        words, path = self._client.words, self._file.path
        content = self.text.value
        if problems := _problems(content, self._file):
            self._show(problems, content)
            self._state.value = state_line("⚠ " + words.say("forms.state_open", count=len(problems)), "open")
            return
        try:
            with locked(self._client.folder, words):
                if fingerprint(path) != self._file.stamp:
                    self._state.value = state_line("⚠ " + words.say("forms.raw_changed"), "open")
                    return
                write_atomic(path, content.encode())
        except (OSError, CxError) as error:
            reason = words.say("forms.state_failed", reason=str(error))
            self._state.value = state_line("⚠ " + reason, "open")
            return
        self._reopen()


def _problems(content: str, file: TableFile) -> tuple[Problem, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / file.path.name
        path.write_text(content, encoding="utf-8", newline="")
        read = read_raw(path, file.table)
    return tuple(read) if isinstance(read, list) else ()
