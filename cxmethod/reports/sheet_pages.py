"""The pages of a workbook: its contents, a sheet for each table, and the data dictionary."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cxmethod.language import Words
from cxmethod.reports.cover import Cover
from cxmethod.reports.sheet_styles import BAD, BAR, GOOD, SURE, Styles
from cxmethod.reports.sheets import Field, Sheet, cell_text, finite

_LINE = 13.5
"""Points of a line of text in a cell."""
_NARROW, _SHORT, _WIDE, _NUMBER = 9, 40, 52, 16
_PAPER_A4 = 9
_TALLEST = 409
_PAGE = 260
"""Letters that a line of paper takes at the smallest size that can be read."""
Row = tuple[Any, ...]


def add_contents(
    workbook: Any, styles: Styles, name: str, dictionary: str, sheets: Sequence[Sheet], cover: Cover | None, words: Words
) -> None:  # fmt: skip
    """Whose workbook it is, and a link to every sheet; tables in which there is nothing are told as such."""
    page = workbook.add_worksheet(name)
    title = cover.facts.title if cover else name
    lines = [(words.say("sheets.contents_title", title=title), styles.title)]
    lines += [(text, styles.quiet) for text in _prepared(cover, words)]
    if cover and cover.facts.draft:
        lines.append((words.say("sheets.draft"), styles.warning))
    lines.append((words.say("sheets.about"), styles.quiet))
    for row, (text, style) in enumerate(lines):
        page.write_string(row, 0, cell_text(text), style)
    page.set_row(0, 26)
    top = len(lines) + 1
    headings = [words.say(f"sheets.heading_{key}") for key in ("sheet", "shows", "step", "rows")]
    for column, (text, width) in enumerate(zip(headings, (30, 80, 26, 14), strict=True)):
        page.write_string(top, column, text, styles.heading)
        page.set_column(column, column, width)
    _link(page, top + 1, dictionary, styles)
    page.write_string(top + 1, 1, words.say("sheets.dictionary"), styles.text)
    for row, sheet in enumerate(sheets, start=top + 2):
        if sheet.rows:
            _link(page, row, sheet.name, styles)
            page.write_number(row, 3, len(sheet.rows), styles.number({"kind": "number"}))
        else:
            page.write_string(row, 0, sheet.name, styles.text)
            page.write_string(row, 3, words.say("sheets.nothing"), styles.text)
        page.write_string(row, 1, cell_text(sheet.description), styles.text)
        page.write_string(row, 2, cell_text(sheet.step), styles.text)
    page.freeze_panes(top + 1, 0)
    _on_paper(page, top, words)
    page.activate()


def add_sheet(workbook: Any, styles: Styles, sheet: Sheet, words: Words) -> None:
    """One table: headings that stay, a filter, typed cells, and what should catch the eye."""
    page = workbook.add_worksheet(sheet.name)
    widths = [_width(field, [row[n] for row in sheet.rows]) for n, field in enumerate(sheet.fields)]
    _head(page, styles, [field.title for field in sheet.fields], widths)
    last = len(sheet.rows)
    for column, field in enumerate(sheet.fields):
        write = _writer(page, styles, field, words)
        for row, values in enumerate(sheet.rows, start=1):
            write(row, column, values[column])
        _catch(page, styles, field, column, last)
    _tall(page, [_texts(sheet.fields, values) for values in sheet.rows], widths)
    page.freeze_panes(1, 2 if sheet.fields[0].name == "persona" else 1)
    page.autofilter(0, 0, last, len(sheet.fields) - 1)
    _on_paper(page, 0, words, sum(widths))


def add_dictionary(workbook: Any, styles: Styles, name: str, sheets: Sequence[Sheet], words: Words) -> None:
    """Every column of every sheet: what it means, in which unit, from which step."""
    page = workbook.add_worksheet(name)
    widths = [30.0, 34.0, 80.0, 40.0, 26.0]
    headings = [words.say(f"sheets.heading_{key}") for key in ("sheet", "column", "meaning", "unit", "step")]
    _head(page, styles, headings, widths)
    lines = [
        (sheet.name, field.title, field.description, field.unit, sheet.step)
        for sheet in sheets
        if sheet.rows
        for field in sheet.fields
    ]
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            page.write_string(row, column, cell_text(text), styles.text)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(lines), len(headings) - 1)
    _on_paper(page, 0, words)


def _prepared(cover: Cover | None, words: Words) -> list[str]:
    if cover is None:
        return []
    client, day = cover.facts.client, cover.facts.date
    if day is None:
        return [words.say("sheets.prepared", client=client)]
    return [words.say("sheets.prepared_date", client=client, date=words.date(day))]


def _link(page: Any, row: int, name: str, styles: Styles) -> None:
    quoted = name.replace("'", "''")
    page.write_url(row, 0, f"internal:'{quoted}'!A1", styles.link, name)


def _head(page: Any, styles: Styles, titles: Sequence[str], widths: Sequence[float]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        page.write_string(0, column, cell_text(title), styles.heading)
        page.set_column(column, column, width)
    lines = max((_lines(title, width - 3) for title, width in zip(titles, widths, strict=True)), default=1)
    page.set_row(0, _LINE * lines + 6)


def _writer(page: Any, styles: Styles, field: Field, words: Words) -> Callable[[int, int, Any], None]:
    """How the cells of a column are written, by its type; what is unknown stays blank."""
    yes, no = words.say("code.yes"), words.say("code.no")

    def number(row: int, column: int, value: Any) -> None:
        known, form = finite(value), field.format_of(row - 1)
        if known is None:
            page.write_blank(row, column, None, styles.number({}))
            return
        page.write_number(row, column, known, styles.number({**form, "zero": _rounds_to_zero(known, form)}))

    def date(row: int, column: int, value: Any) -> None:
        if value is None:
            page.write_blank(row, column, None, styles.date)
            return
        page.write_datetime(row, column, datetime.date.fromisoformat(str(value)), styles.date)

    def text(row: int, column: int, value: Any) -> None:
        if value is None:
            page.write_blank(row, column, None, styles.text)
            return
        said = (yes if value else no) if isinstance(value, bool) else cell_text(value)
        page.write_string(row, column, said, styles.text)

    return {"number": number, "integer": number, "date": date}.get(field.type, text)


def _rounds_to_zero(value: float, form: Mapping[str, Any]) -> bool:
    """Whether nothing is left of the value at the digits that are shown: then it has no sign either."""
    digits = int(form.get("digits", 0)) + (2 if str(form.get("kind")).endswith("percent") else 0)
    return form.get("kind") != "p" and round(value, digits) == 0


def _catch(page: Any, styles: Styles, field: Field, column: int, last: int) -> None:
    """Conditional formats of a column; sign, word or letters in bold say the same without colour."""
    look = field.look.get("look")
    rules: list[dict[str, Any]] = []
    if look == "sign":
        # What reads 0.0 has no sign, and so no colour.
        least = 0.5 * 10.0 ** -int(field.format_of(0).get("digits", 0))
        rules = [_cell("<=", -least, styles.marked(BAD)), _cell(">=", least, styles.marked(GOOD))]
    elif look == "significant":
        rules = [_blank(styles), _cell("<", field.look["below"], styles.marked(SURE))]
    elif look == "bar":
        bar = {
            "bar_solid": True,
            "bar_color": BAR,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
        }
        rules = [{"type": "data_bar", **bar, "data_bar_2010": True}]
    elif look == "marks":
        marks = {"bad": BAD, "good": GOOD}
        rules = [
            _cell("==", '"' + cell_text(text).replace('"', '""') + '"', styles.marked(marks[as_]))
            for as_, texts in field.look["marks"].items()
            for text in texts
        ]
    for rule in rules:
        page.conditional_format(1, column, last, column, rule)


def _cell(criteria: str, value: Any, style: Any) -> dict[str, Any]:
    return {"type": "cell", "criteria": criteria, "value": value, "format": style}


def _blank(styles: Styles) -> dict[str, Any]:
    """A blank cell counts as zero unless it is told apart first."""
    return {"type": "blanks", "stop_if_true": True, "format": styles.marked({})}


def _width(field: Field, values: Sequence[Any]) -> float:
    """Wide enough for most of what stands there and for the longest word of the heading."""
    heading = max((len(word) for word in field.title.split()), default=0) + 5
    if field.type in ("number", "integer", "boolean"):
        forms = field.format if isinstance(field.format, list) else [field.format or {}]
        wide = _NUMBER if any(form.get("kind") == "money" for form in forms) else _NARROW
        return float(max(wide + 2, heading))
    if field.type == "date":
        return float(max(26, heading))
    lengths = sorted(max(map(len, str(value).split("\n"))) for value in values if value is not None)
    most = lengths[math.ceil(0.9 * (len(lengths) - 1))] if lengths else 0
    usual = lengths[-1] if lengths and lengths[-1] <= _SHORT else most
    return float(max(min(usual + 3, _WIDE), heading, _NARROW))


def _texts(fields: Sequence[Field], values: Row | Sequence[Any]) -> list[str]:
    pairs = zip(fields, values, strict=True)
    return [str(value) if field.type == "string" and value is not None else "" for field, value in pairs]


def _tall(page: Any, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """Rows as tall as their longest text: not every program finds that out by itself."""
    for row, texts in enumerate(rows, start=1):
        lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
        if lines > 1:
            page.set_row(row, min(_LINE * lines + 2, _TALLEST))


def _lines(text: str, width: float) -> int:
    parts = [len(part) / max(width - 2, 1) for part in text.split("\n")]
    # Words do not break where the line ends: several lines need some more than their letters.
    return sum(1 if part <= 1 else math.ceil(1.08 * part) for part in parts)


def _on_paper(page: Any, heading: int, words: Words, width: float = 0) -> None:
    """Printed on A4 lying down, a wide table over several pages, with its headings on every one."""
    page.set_paper(_PAPER_A4)
    page.set_landscape()
    page.fit_to_pages(max(1, math.ceil(width / _PAGE)), 0)
    page.repeat_rows(heading)
    page.hide_gridlines(1)
    page.set_footer(f"&L&A&R{words.say('sheets.page')} &P / &N")
