"""A process model in BPMN 2.0 → its tasks, with the process, the owner and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cxmethod.engagement import TABLES, Problem
from cxmethod.engagement.grid import Grid
from cxmethod.engagement.process_sources import BpmnSource
from cxmethod.engagement.schemas import plain
from cxmethod.intake.bpmn import LARGEST, BpmnError, Model, Node, parse
from cxmethod.intake.files import ClientFile
from cxmethod.intake.parts import Notice, Part

SUFFIX = ".bpmn"
COLUMNS = tuple(column.name for column in TABLES["process_tasks"].columns)


@dataclass(frozen=True)
class ModelFile(ClientFile):
    """A process model as a client sent it.

    Parameters
    ----------
    model : Model
    """

    model: Model


def read_model_file(path: Path) -> ModelFile | list[Problem]:
    """The model in the file `path`, or what keeps it from being read; no more is ever read than a model may weigh."""
    if not path.is_file():
        return [Problem("intake.rule_file_missing", path.name)]
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if not content.strip():
        return [Problem("engagement.rule_empty_file", path.name)]
    try:
        model = parse(content)
    except BpmnError as error:
        return [Problem(error.rule, path.name, limits=dict(error.limits))]
    tasks = _tasks(model, path.stem)
    if tasks.empty:
        return [Problem("intake.rule_bpmn_no_tasks", path.name)]
    numbered = tasks.set_axis(range(2, len(tasks) + 2), axis=0)
    return ModelFile(path, content, Grid(COLUMNS, numbered.set_axis(range(len(COLUMNS)), axis=1)), model)


def read_process_model(source: BpmnSource, file: ClientFile) -> Part:
    """The tasks of a model; tasks without a name are passed through and counted."""
    assert isinstance(file, ModelFile)
    tasks = file.frame.set_axis(list(COLUMNS), axis=1)
    unnamed = len(file.model.tasks) - len(tasks)
    notices = [_notice(file, tasks)]
    if unnamed:
        notices.append(Notice("intake.tasks_unnamed", {"file": file.name}, unnamed))
    return Part(
        file.name,
        source.kind,
        {"process_tasks": tasks},
        frozenset(range(len(COLUMNS))),
        notices=tuple(notices),
    )


def _notice(file: ModelFile, tasks: pd.DataFrame) -> Notice:
    counts = file.model.counts
    counted = {
        "processes": tasks["process"].nunique(),
        "owners": tasks["owner"].nunique(),
        "gateways": sum(n for kind, n in counts.items() if kind.endswith("Gateway")),
        "events": sum(n for kind, n in counts.items() if kind.endswith("Event")),
        "flows": counts["sequenceFlow"],
    }
    return Notice("intake.bpmn", {"file": file.name, **counted}, len(tasks))


def _tasks(model: Model, stem: str) -> pd.DataFrame:
    named = [node for node in model.tasks if node.name]
    following = model.following({node.id for node in named})
    split = _split(model, named)
    rows = [_task(model, node, following[node.id], stem, split) for node in named]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")


def _split(model: Model, named: list[Node]) -> set[str]:
    """Processes whose tasks lie in several lanes: each lane's work is a process of its own, with one owner."""
    lanes = {(node.within[0], model.lane(node)) for node in named}
    processes = [process for process, _ in lanes]
    return {process for process in processes if processes.count(process) > 1}


def _task(model: Model, node: Node, following: list[str], stem: str, split: set[str]) -> list[str | None]:
    process, pool = node.within[0], model.names.get(model.pool(node.within[0]), "")
    lane = model.names.get(model.lane(node), "")
    whole = pool or model.names.get(process, "") or stem
    parts = [whole, lane] if process in split and lane else [whole]
    return [
        _key(stem, node.id),
        node.name,
        "_".join(plain(part) for part in parts),
        " · ".join(parts),
        lane or pool or None,
        node.kind,
        ";".join(name.replace(";", ",") for name in model.meets(node)) or None,
        ";".join(_key(stem, one) for one in following) or None,
        stem,
    ]


def _key(stem: str, node: str) -> str:
    return f"{plain(stem)}.{node}".replace(";", "_")
