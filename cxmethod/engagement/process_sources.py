"""How what clients send about their processes becomes tables: process logs and models in BPMN."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from cxmethod.engagement.section import Section, Text


class ProcessColumn(Section):
    """The column that says which process a row belongs to."""

    column: Text


class Lifecycle(Section):
    """Starts and ends in rows of their own: the column that tells them apart, and what each is called there."""

    column: Text
    start: Text = "start"
    complete: Text = "complete"
    instance: Text | None = None


class ProcessLogSource(Section):
    """A process log: one row an execution of an activity, or with `lifecycle` one row a start or an end."""

    kind: Literal["process_log"]
    file: str
    process: Text | ProcessColumn
    case: Text
    activity: Text
    start: Text | None = None
    end: Text
    resource: Text | None = None
    lifecycle: Lifecycle | None = None

    @model_validator(mode="after")
    def _one_way(self) -> ProcessLogSource:
        if self.start is not None and self.lifecycle is not None:
            raise PydanticCustomError("lifecycle_ways", "a start column, or a lifecycle")
        return self


class BpmnSource(Section):
    """A process model in BPMN 2.0."""

    kind: Literal["bpmn"]
    file: str
