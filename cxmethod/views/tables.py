"""Result tables for people: headings, codes and numbers in the engagement's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.disclosed import COUNTS
from cxmethod.steps.journey import ALL
from cxmethod.steps.result import StepResult
from cxmethod.views.columns import COLUMNS, Kind
from cxmethod.views.control_words import value_text
from cxmethod.views.durations import duration
from cxmethod.views.left_out import why
from cxmethod.views.markup import Cell, paragraph
from cxmethod.views.sentences import code, display
from cxmethod.views.show import Shown, show_table

_TEXTS = {
    "text",
    "point",
    "points",
    "persona",
    "phase",
    "process",
    "route",
    "code",
    "codes",
    "flag",
    "initiatives",
    "words",
    "quotes",
    "mark",
    "contrast",
    "kano",
    "why",
    "deviation",
}


def table(
    client: Engagement,
    result: StepResult,
    name: str,
    *,
    persona: str = ALL,
    top: int | None = None,
    only: dict[str, Any] | None = None,
) -> Shown:
    """A result table as its readers want it; the values stay with it for machines.

    Parameters
    ----------
    name : str
        A table of `result`, such as ``moments``.
    persona : str
        Whose rows, where the table has a `persona` column that stands for an estimate.
    top : int, optional
        So many rows at most; the caption says how many there are.
    only : dict, optional
        Column → the value that rows must have.
    """
    frame = result.tables()[name]
    if name in _BY_PERSONA and "persona" in frame:
        frame = frame[frame["persona"] == persona]
    for column, value in (only or {}).items():
        frame = frame[frame[column] == value]
    whole = len(frame)
    key = f"{result.spec.name}.{name}"
    caption = _caption(key, client.words, (only or {}).get("source", ""))
    if frame.empty:
        return _nothing(client, caption)
    shown = frame.head(top) if top is not None else frame
    return _show(client, key, shown, whole, caption)


def filled_tables(
    client: Engagement, result: StepResult, *names: str, persona: str = ALL, empty: bool = True
) -> None:
    """Show those of the named tables that hold something; where none does, each is said to be empty.

    Parameters
    ----------
    empty : bool
        Whether to say so; a client who sent none of it needs not read that there is none.
    """
    shown = [table(client, result, name, persona=persona) for name in names]
    filled = [one for one in shown if one.kind == "table"]
    for one in filled or (shown if empty else []):
        display(one)


_TELLING = {"initiatives", "process_name", "owner", "indicator", "target"}
INTERVALS: dict[Kind, Kind] = {
    "interval": "signed",
    "percent_interval": "percent",
    "points_interval": "signed_percent",
    "score_interval": "score",
    "count_interval": "count",
    "number_interval": "number",
    "nps_or_share_interval": "nps_or_share",
    "nps_or_points_interval": "nps_or_points",
}
_BY_PERSONA = {
    "emotions",
    "gaps",
    "drivers",
    "moments",
    "penalty_reward",
    "kano",
    "disconfirmation",
    "transitions",
    "routes",
    "visits",
    "influence",
    "deviations",
    "moves",
    "themes",
}


def _show(client: Engagement, key: str, frame: pd.DataFrame, whole: int, caption: str) -> Shown:
    words, reader = client.words, Reader(client)
    columns = [(column, kind) for column, kind in COLUMNS[key] if _known(frame, column, kind)]
    headings = [
        Cell(_heading(key, _label(column, kind), words), kind not in _TEXTS) for column, kind in columns
    ]
    rows = [
        [Cell(reader.cell(row, column, kind), kind not in _TEXTS) for column, kind in columns]
        for row in frame.to_dict("records")
    ]
    if len(frame) < whole:
        caption = words.say(
            "caption.top", caption=caption, shown=words.number(len(frame), 0), whole=words.number(whole, 0)
        )
    return show_table(_with_note(caption, key, frame, client), headings, rows, frame)


def _with_note(caption: str, key: str, frame: pd.DataFrame, client: Engagement) -> str:
    """The caption, and why numbers of customers are missing where some are."""
    counts = COUNTS[key].columns if key in COUNTS else ("n",) if key == "01_persona.personas" else ()
    shown = {column for column, _ in COLUMNS[key]} & set(counts)
    if not any(frame[name].isna().any() for name in shown if name in frame):
        return caption
    few = client.words.number(client.settings.thresholds.suppress_below, 0)
    return client.words.say("caption.few_hidden", caption=caption, few=few)


def _caption(key: str, words: Words, source: str = "") -> str:
    """The table's caption; of one source's rows alone, its own, so that two such tables are told apart."""
    name = key.split(".")[1]
    codes = [f"caption.{name}_{source}", f"caption.{name}", f"caption.{key}"]
    return words.say(next((code for code in codes if words.knows(code)), codes[-1]))


def _nothing(client: Engagement, caption: str) -> Shown:
    """An empty table is said, not drawn."""
    text = client.words.say("caption.nothing", caption=caption)
    return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})


def _known(frame: pd.DataFrame, column: str, kind: Kind) -> bool:
    """A column in which nothing is known says nothing and is left out, unless that is the very thing to see."""
    name = f"{column}low" if kind.endswith("interval") else column
    if kind in ("words", "mark"):
        return kind == "words" or bool(frame[name].any())
    return name in _TELLING or bool(frame[name].notna().any())


def _heading(key: str, column: str, words: Words) -> str:
    """A column's heading; some tables mean another thing by the same name."""
    own = f"label.{key.split('.')[1]}.{column}"
    return words.say(own if words.knows(own) else f"label.{column}")


def _label(column: str, kind: Kind) -> str:
    if kind == "signed_percent":
        return f"{column}_points"
    return (
        f"{column}{'points_' if kind == 'points_interval' else ''}interval"
        if kind.endswith("interval")
        else column
    )


class Reader:
    """Cells in words: keys become names, codes become words, numbers take the locale's form."""

    def __init__(self, client: Engagement) -> None:
        self._client = client
        self._words = client.words

    def cell(self, row: Mapping[Any, Any], column: str, kind: Kind) -> str:
        """What stands in one cell."""
        if kind.endswith("interval"):
            return self._interval(row, column, kind)
        value = row[column]
        if kind == "share_or_count" and pd.isna(value) and pd.notna(row["mean"]) and pd.notna(row["n"]):
            few = f"<{self._words.number(self._client.settings.thresholds.suppress_below, 0)}"
            return self._words.say("code.so_many_of", part=few, n=self._words.number(row["n"], 0))
        if value is None or pd.isna(value) or value == "":
            return self._words.say("motivations.withheld") if kind == "words" else "—"
        if kind == "percent_limits":
            return self._with_limits(row, column)
        return self._plain(row, value, kind)

    def _plain(self, row: Mapping[Any, Any], value: Any, kind: Kind) -> str:
        words = self._words
        forms: dict[str, Callable[[], str]] = {
            "text": lambda: str(value),
            "point": lambda: self._name("touchpoints", value),
            "points": lambda: words.join(self._name("touchpoints", key) for key in str(value).split(";")),
            "initiatives": lambda: words.join(
                self._name("initiatives", key) for key in str(value).split(";")
            ),
            "route": lambda: " → ".join(self._name("touchpoints", key) for key in str(value).split(" > ")),
            "persona": lambda: words.say("code.all") if value == ALL else self._name("personas", value),
            "phase": lambda: self._name("phases", value),
            "process": lambda: self._name("processes", value),
            "duration": lambda: duration(value, words),
            "count": lambda: words.number(value, 0),
            "number": lambda: words.number(value),
            "signed": lambda: words.signed(value),
            "score": lambda: words.number(value, 3),
            "percent": lambda: words.percent(value),
            "signed_percent": lambda: words.signed(100 * value, 0),
            "share_or_mean": lambda: words.number(value) if pd.isna(row["value"]) else words.percent(value),
            "p": lambda: words.p_value(value),
            "money": lambda: words.money(value),
            "code": lambda: code(str(value), words),
            "codes": lambda: words.join(code(item, words) for item in str(value).split(";")),
            "contrast": lambda: words.say(f"moments.class_{value}"),
            "deviation": lambda: words.say(f"routes.deviation_{value}"),
            "kano": lambda: words.say(f"moments.kano_{value}"),
            "flag": lambda: words.say("code.yes" if value else "code.no"),
            "mark": lambda: words.say("code.yes") if value else "—",
            "words": lambda: words.say("motivations.quote", text=value) if row.get("quoted") else str(value),
            "quotes": lambda: " ".join(words.say("motivations.quote", text=t) for t in value.split("\n")),
            "why": lambda: why(self._client, row),
            "month": lambda: words.number(value + 1, 0),
            "of_people": lambda: self._of_people(row, value),
            "share_or_count": lambda: self._share_or_count(row, value),
            "charted": lambda: value_text(value, row["statistic"], words),
            "nps_or_points": lambda: words.signed(value if row["metric"] == "nps" else 100 * value, 0),
            "nps_or_share": lambda: (
                words.signed(value, 0) if row["metric"] == "nps" else words.percent(value)
            ),
        }
        return forms[kind]()

    def _share_or_count(self, row: Mapping[Any, Any], share: float) -> str:
        """Of few customers it is said how many they are: a percentage of eight people promises too much."""
        words = self._words
        if row["standing"] != "indicative" or pd.isna(row["negative_n"]):
            return words.percent(share)
        return words.say(
            "code.so_many_of", part=words.number(row["negative_n"], 0), n=words.number(row["n"], 0)
        )

    def _with_limits(self, row: Mapping[Any, Any], column: str) -> str:
        """A share and its limits in one cell: a table with three columns for each share fits no page."""
        low, high = (self._words.number(100 * row[f"{column}_{end}"], 0) for end in ("low", "high"))
        return f"{self._words.percent(row[column])} [{low}; {high}]"

    def _of_people(self, row: Mapping[Any, Any], share: float) -> str:
        words, code_ = self._words, "motivations.few_people" if row["indicative"] else "motivations.of_people"
        said, of = (words.number(row[name], 0) for name in ("respondents", "of"))
        return words.say(code_, said=said, of=of, share=words.percent(share))

    def _interval(self, row: Mapping[Any, Any], column: str, kind: Kind) -> str:
        low, high = row[f"{column}low"], row[f"{column}high"]
        if pd.isna(low) or pd.isna(high):
            return "—"
        one = INTERVALS[kind]
        return f"[{self._plain(row, low, one)}; {self._plain(row, high, one)}]"

    def _name(self, table: str, key: Any) -> str:
        return str(self._names[table].get(str(key), key))

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        tables = {
            "touchpoints": "touchpoint",
            "personas": "persona",
            "phases": "phase",
            "processes": "process",
            "initiatives": "initiative",
        }
        return {
            table: dict(zip(frame[key], frame["name"], strict=True))
            for table, key in tables.items()
            if (frame := self._client.table(table)) is not None
        }
