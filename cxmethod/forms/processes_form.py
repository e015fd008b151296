"""Which touchpoint each task of the process models stands behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.columns import keys_of
from cxmethod.forms.decision_views import Choices, DecisionView, Item
from cxmethod.forms.decisions import match_task
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.language import CxError
from cxmethod.steps.task_matching import propose
from cxmethod.views.show import Shown

Row = Mapping[Any, Any]
_OPEN, _NONE = "\0", ""
"""Nobody has decided; decided that it stands behind none."""


def match_tasks(client: Engagement) -> Form:
    """A form that proposes a touchpoint for each task by its name, with the score, and records what was decided."""
    return make_form(lambda: _static(client), lambda: ProcessesView(client))


class ProcessesView(DecisionView):
    """One touchpoint a task."""

    def __init__(self, client: Engagement) -> None:
        super().__init__(client, "processes")
        points, tasks = keys_of(client, "touchpoints"), propose(client)
        if tasks.empty:
            raise CxError("processes.form_no_tasks", client.words)
        if not points:
            raise CxError("processes.form_no_touchpoints", client.words)
        say = self._words.say
        options = [
            (say("processes.form_open"), _OPEN),
            (say("processes.form_none"), _NONE),
            *((name, key) for key, name in points.items()),
        ]
        self._allowed = {value for _, value in options}
        self.choices = Choices(
            self,
            [_item(client, row, points) for row in _rows(tasks)],
            options,
            self._decided,
            lambda task, point: match_task(client, task, None if point == _OPEN else point),
        )
        self.fill(self.choices.widget)

    def _decided(self, task: str) -> str:
        decided = self.client.decisions.processes.matched.get(task, _OPEN)
        return decided if decided in self._allowed else _OPEN


def _rows(tasks: pd.DataFrame) -> list[dict[Any, Any]]:
    """Tasks one by one; what is missing is None."""
    return list(tasks.astype(object).where(tasks.notna(), None).to_dict("records"))


def _item(client: Engagement, row: Row, points: dict[str, str]) -> Item:
    words = client.words
    text = words.say(
        "processes.form_item",
        task=row["name"],
        process=_process(row),
        proposed=_proposed(client, row, points),
    )
    return Item(str(row["task"]), text, words.say("processes.form_of", task=row["name"]))


def _process(row: Row) -> str:
    named = [row[name] for name in ("process_name", "owner") if row[name] is not None]
    return " · ".join(dict.fromkeys(str(name) for name in named)) or str(row["process"])


def _proposed(client: Engagement, row: Row, points: dict[str, str]) -> str:
    words, point = client.words, row["proposed"]
    if row["proposed"] is None:
        return words.say("processes.form_no_proposal")
    score = words.percent(row["score"])
    return words.say("processes.form_score", point=points.get(str(point), str(point)), score=score)


def _static(client: Engagement) -> Shown:
    words, points, tasks = client.words, keys_of(client, "touchpoints"), propose(client)
    if tasks.empty:
        return sentence(words.say("processes.form_no_tasks"))
    rows = [
        [str(row["name"]), _process(row), _proposed(client, row, points), _said(client, row, points)]
        for row in _rows(tasks)
    ]
    headings = [words.say(f"processes.form_{name}") for name in ("task", "process", "proposed", "decided")]
    return show_rows(client, words.say("processes.form_title"), headings, rows, tasks)


def _said(client: Engagement, row: Row, points: dict[str, str]) -> str:
    if not row["decided"]:
        return client.words.say("processes.form_open")
    point = row["matched"]
    if row["matched"] is None:
        return client.words.say("processes.form_none")
    return points.get(str(point), str(point))
