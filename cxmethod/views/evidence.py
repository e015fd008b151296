"""What everything rests on: the tables that were read, and the limits that decided."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import TABLES, Engagement
from cxmethod.engagement.saving import fingerprint
from cxmethod.steps.disclosed import is_few
from cxmethod.views.markup import Cell
from cxmethod.views.show import Shown, show_table

_SHORT = 12


def inputs(client: Engagement) -> Shown:
    """Each input table with its rows and the first digits of its SHA-256, so that anyone can tell what was read."""
    words = client.words
    found = {
        name: path for name in TABLES if (path := client.table_path(name)) is not None and client.has(name)
    }
    frame = pd.DataFrame(
        {
            "table": [words.say(f"forms.table_{name}") for name in found],
            "rows": pd.array([_rows(client, name) for name in found], "Int64"),
            "file": [path.name for path in found.values()],
            "sha256": [str(fingerprint(path)) for path in found.values()],
        }
    )
    headings = [
        Cell(words.say("evidence.table")),
        Cell(words.say("evidence.rows"), number=True),
        Cell(words.say("evidence.file")),
        Cell("SHA-256"),
    ]
    rows = [
        [
            Cell(row["table"]),
            Cell(words.number(row["rows"], 0), True),
            Cell(row["file"]),
            Cell(row["sha256"][:_SHORT]),
        ]
        for row in frame.to_dict("records")
    ]
    return show_table(words.say("evidence.inputs"), headings, rows, frame)


def _rows(client: Engagement, name: str) -> int | None:
    """Rows of a table; of what people of the company said none where a role is of few, who would be what is missing."""
    table = client.table(name)
    if name != "alignment":
        return len(table)
    people = table.groupby("role")["respondent"].nunique()
    return None if is_few(people, client.settings.thresholds.suppress_below).any() else len(table)


def thresholds(client: Engagement) -> Shown:
    """Every threshold of the method as it stood for this engagement, and whether it is the method's own."""
    words, limits = client.words, client.settings.thresholds
    fields = type(limits).model_fields
    values = limits.model_dump()
    frame = pd.DataFrame(
        {
            "threshold": list(values),
            "value": [float(value) for value in values.values()],
            "default": [value == fields[name].default for name, value in values.items()],
        }
    )
    headings = [
        Cell(words.say("evidence.threshold")),
        Cell(words.say("evidence.value"), number=True),
        Cell(words.say("evidence.default")),
    ]
    rows = [
        [
            Cell(words.say(f"threshold.{row['threshold']}")),
            Cell(
                words.percent(row["value"]) if 0 < row["value"] < 1 else words.number(row["value"], 0), True
            ),
            Cell(words.say("code.yes" if row["default"] else "code.no")),
        ]
        for row in frame.to_dict("records")
    ]
    return show_table(words.say("evidence.thresholds"), headings, rows, frame)
