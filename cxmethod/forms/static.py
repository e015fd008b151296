"""Forms as they stand in exports and under papermill: an accessible table, or a sentence where people are meant."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cxmethod.engagement import TABLES, Engagement, problem_lines
from cxmethod.engagement.cells import parse
from cxmethod.forms.cell_text import texts_of
from cxmethod.forms.columns import FormColumn, form_columns
from cxmethod.forms.sheet import Sheet
from cxmethod.forms.table_file import load
from cxmethod.forms.wording import title
from cxmethod.views.markup import Cell, listing, paragraph
from cxmethod.views.show import Shown, show_table

MOST_ROWS = 30
PERSONAL = frozenset(
    {
        "ratings", "respondents", "outcomes", "variables", "kano", "alignment", "scores", "events", "journeys",
        "process_events",
    }
)  # fmt: skip
"""Tables of single people's answers and steps: exports only say how much there is."""

_COUNTED = ("respondent", "touchpoint", "journey", "process", "case", "wave")
_NOT_SHOWN = "respondent"


def sentence(text: str) -> Shown:
    """Plain sentences, one a line."""
    first, *others = text.splitlines()
    html = paragraph(first) + (listing(line.strip(" ·") for line in others) if others else "")
    return Shown({"text/html": html, "text/plain": text}, "text", {})


def static_table(client: Engagement, name: str) -> Shown:
    """The table called `name` as it stands on file."""
    sheet, words = Sheet.of(load(client, name)), client.words
    if sheet.file.problems:
        return sentence("\n".join([title(name, words), *problem_lines(sheet.file.problems, words)]))
    if sheet.base.empty:
        return sentence(words.say("forms.no_rows", table=title(name, words)))
    if name in PERSONAL:
        return sentence(_amounts(client, name, sheet.base))
    return _table(client, sheet)


def rows_caption(client: Engagement, caption: str, shown: int, whole: int) -> str:
    """`caption`, and where only the first rows are shown how many there are."""
    if shown == whole:
        return caption
    words = client.words
    first, all_rows = words.number(shown, 0), words.number(whole, 0)
    return words.say("forms.first_rows", caption=caption, shown=first, whole=all_rows)


def show_rows(
    client: Engagement,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    values: pd.DataFrame,
) -> Shown:
    """Rows of text as a table: the first of them, with how many there are."""
    said = rows_caption(client, caption, min(len(rows), MOST_ROWS), len(rows))
    cells = [[Cell(text) for text in row] for row in rows[:MOST_ROWS]]
    return show_table(said, [Cell(text) for text in headings], cells, values.head(MOST_ROWS))


def _table(client: Engagement, sheet: Sheet) -> Shown:
    words, name = client.words, sheet.file.table.name
    first = _as_approved(client, name, sheet.base.head(MOST_ROWS))
    filled = [str(c) for c in first.columns if c != _NOT_SHOWN and (texts_of(first[c]) != "").any()]
    columns = form_columns(client, sheet.file, tuple(filled))
    texts = {column: texts_of(first[column]).tolist() for column in filled}
    wrong = {(problem.row - 2, problem.column) for problem in client.check_frame(name, sheet.written())}
    rows = [[_cell(column, row, texts, wrong) for column in columns] for row in range(len(first))]
    caption = rows_caption(client, title(name, words), len(first), len(sheet.base))
    if wrong:
        caption = words.say("forms.caption_problems", caption=caption, count=len(wrong))
    return show_table(
        caption, [Cell(column.heading, column.number) for column in columns], rows, first[filled]
    )


def _cell(column: FormColumn, row: int, texts: dict[str, list[str]], wrong: set[tuple[int, str]]) -> Cell:
    text = column.said(texts[column.name][row])
    if (row, column.name) in wrong:
        return Cell(f"⚠ {text}", column.number, "cx-wrong")
    return Cell(text, column.number)


def _as_approved(client: Engagement, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A customer's words leave the house once the client has approved them."""
    approved = set(client.decisions.quotes.approved)
    if name == "personas":
        free = texts_of(frame["persona"]).isin(approved)
        return frame.assign(quote=texts_of(frame["quote"]).where(free, ""))
    return _as_said(client, approved, frame) if name == "motivations" else frame


def _as_said(client: Engagement, approved: set[str], frame: pd.DataFrame) -> pd.DataFrame:
    """Statements as step 3 shows them: `cxmethod.steps.themes.spoken` and `told` say what is withheld, and why."""
    personas = load(client, "personas").frame
    taken = set(texts_of(personas["persona"])) if "persona" in personas else set()
    free = texts_of(frame["motivation"]).isin(approved - taken) | (texts_of(frame["respondent"]) == "")
    column = TABLES["motivations"].column("evidence")
    assert column is not None
    surveyed = (parse(frame["evidence"], column, decimal_comma=False)[0] == "measured").fillna(False)
    single = {name: texts_of(frame[name]).mask(surveyed, "") for name in ("persona", "intensity")}
    waits = client.words.say("motivations.withheld")
    return frame.assign(text=texts_of(frame["text"]).where(free, waits), **single)


def _amounts(client: Engagement, name: str, frame: pd.DataFrame) -> str:
    words = client.words
    known = {column: set(texts_of(frame[column])) - {""} for column in _COUNTED if column in frame}
    counts = [words.say(f"forms.count_{column}", count=len(keys)) for column, keys in known.items() if keys]
    rows = words.say("forms.count_rows", count=len(frame))
    return words.say("forms.personal", table=title(name, words), rows=rows, counts=words.join(counts))
