"""The columns of a form: what each is called, how it is filled in, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cxmethod.engagement import TABLES, Engagement
from cxmethod.engagement.first_list import begun
from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.schemas import Column
from cxmethod.forms.cell_text import NUMBERS, meaning, said_number, shown_number, texts_of, typed_number
from cxmethod.forms.table_file import TableFile, load
from cxmethod.forms.wording import heading, said_code
from cxmethod.language import Words
from cxmethod.steps.impact import IMPACT

Control = Literal["text", "long", "choice", "suggest"]
Choice = tuple[str, str]
"""What is shown, and what the file gets."""

_LONG = frozenset(
    {
        "description", "goals", "needs", "frustrations", "quote", "customer_goal", "text", "comment", "cue", "activity",
        "indicator", "item",
    }
)  # fmt: skip
_MOST_CHOICES = 300


@dataclass(frozen=True)
class FormColumn:
    """One column of a form.

    Parameters
    ----------
    name : str
    heading : str
        In the engagement's language.
    control : {"text", "long", "choice", "suggest"}
        `choice` takes one of `choices`; `suggest` offers them and takes anything.
    choices : tuple of (shown, written)
    hint : str
        What may stand there.
    """

    name: str
    heading: str
    control: Control
    words: Words
    schema: Column | None = None
    choices: tuple[Choice, ...] = ()
    hint: str = ""

    @property
    def required(self) -> bool:
        """Whether a cell may not be blank."""
        return self.schema is not None and self.schema.required

    @property
    def number(self) -> bool:
        """Whether it holds numbers."""
        return self.schema is not None and self.schema.kind in NUMBERS

    def shown(self, text: str) -> str:
        """What the control holds for the cell `text`."""
        if self.number:
            return shown_number(text, self.words)
        if self.control == "choice" and self.schema is not None and self.schema.kind in ("code", "flag"):
            known = meaning(text, self.schema)
            return text if known is None else self._choice_of(known)
        return text

    def said(self, text: str) -> str:
        """The cell `text` as a reader wants it: a choice by its words."""
        if self.number:
            return said_number(text, self.words)
        value = self.shown(text)
        return {written: shown for shown, written in self.choices}.get(value, value) if value else "—"

    def typed(self, value: str) -> str:
        """The cell that a control's value stands for."""
        return typed_number(value, self.words) if self.number else value.strip()

    def _choice_of(self, known: str) -> str:
        if self.schema is not None and self.schema.kind == "flag":
            return next(
                (written for _, written in self.choices if meaning(written, self.schema) == known), ""
            )
        return known


def form_columns(client: Engagement, file: TableFile, names: tuple[str, ...]) -> tuple[FormColumn, ...]:
    """The columns called `names`, with what may be chosen now."""
    return tuple(_column(client, file, name) for name in names)


def criteria_columns(client: Engagement, table: str) -> tuple[str, ...]:
    """A column for each declared criterion that is typed in, where a table has such columns."""
    families = [family for family, _ in TABLES[table].families]
    known = {column.name for column in TABLES[table].columns}
    typed = [key for key in keys_of(client, "criteria") if key not in known | {IMPACT}] if families else []
    return tuple(f"{family}{key}" for family in families for key in typed)


def keys_of(client: Engagement, table: str) -> dict[str, str]:
    """Key → name of the rows of another table; none where it is absent or cannot be read."""
    frame = load(client, table).frame
    key = TABLES[table].unique[0]
    if table == "touchpoints":
        headings = {str(name): str(name) for name in frame.columns}
        frame = begun(RawTable(frame, table, headings), phases=True).frame
    if key not in frame or frame.empty:
        return {}
    keys = texts_of(frame[key])
    names = texts_of(frame["name"]) if "name" in frame else keys
    return {key: name for key, name in zip(keys, names, strict=True) if key}


def _column(client: Engagement, file: TableFile, name: str) -> FormColumn:
    words, schema = client.words, file.table.column(name)
    control: Control = "long" if name in _LONG else "text"
    choices: tuple[Choice, ...] = ()
    if schema is not None and schema.kind == "flag":
        control, choices = "choice", _flags(file, words)
    elif schema is not None and schema.kind == "code":
        control = "choice"
        choices = tuple((said_code(code, name, words), code) for code in schema.allowed)
    elif refers := _source(file, name):
        choices = _named(keys_of(client, refers))
        if len(choices) > _MOST_CHOICES:
            choices = ()
        control = ("choice" if _binding(client, schema) else "suggest") if choices else control
    hint = (
        words.say(f"forms.hint_{schema.kind}") if schema and words.knows(f"forms.hint_{schema.kind}") else ""
    )
    return FormColumn(name, heading(name, file.table, words), control, words, schema, choices, hint)


def _source(file: TableFile, name: str) -> str:
    """The table whose keys a column takes, or had better take."""
    schema = file.table.column(name)
    if schema is not None and schema.kind == "key" and schema.refers:
        return schema.refers
    return "owners" if name == "owner" and file.table.name != "owners" else ""


def _binding(client: Engagement, schema: Column | None) -> bool:
    """Whether nothing but a key of the other table holds; segments from data need no card."""
    if schema is None or not schema.refers:
        return False
    return schema.refers != "personas" or client.settings.persona is None


def _flags(file: TableFile, words: Words) -> tuple[Choice, ...]:
    yes, no = ("sí", "no") if file.spanish else ("yes", "no")
    return ((words.say("code.yes"), yes), (words.say("code.no"), no))


def _named(names: dict[str, str]) -> tuple[Choice, ...]:
    """Keys by their names; where two rows have one name, with the key beside it."""
    known = list(names.values())
    return tuple((name if known.count(name) == 1 else f"{name} ({key})", key) for key, name in names.items())
