"""Portfolios whose clients run in no time: a settings file each, and jobs that only write a file."""

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from cxmethod.engagement import Engagement
from cxmethod.engagement.saving import fingerprint
from cxmethod.runs.batch.fingerprint import client_fingerprint
from cxmethod.runs.batch.job import Job, Outcome
from cxmethod.runs.batch.portfolio import Portfolio, open_portfolio


def client(base: Path, name: str, settings: str = "") -> Path:
    folder = base / name
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(f"client: Client {name}\n{settings}", encoding="utf-8")
    return folder


def clients(base: Path, *names: str) -> Portfolio:
    for name in names:
        client(base, name)
    return open_portfolio(base)


def deliver(job: Job) -> Outcome:
    """What `work` does, less the notebooks."""
    engagement = Engagement.open(job.folder)
    made = job.folder / "deliverables" / "report.html"
    made.parent.mkdir(exist_ok=True)
    made.write_text(engagement.settings.client, encoding="utf-8")
    record = {"size": made.stat().st_size, "sha256": fingerprint(made)}
    return Outcome(
        job.place,
        engagement.settings.client,
        "done",
        fingerprint=client_fingerprint(engagement, job.formats, job.full),
        deliverables={made.name: record},
    )


def lines(base: Path) -> list[dict[str, Any]]:
    """Of all ledgers of a portfolio."""
    files = sorted((base / "ledger").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


class Inline(Executor):
    """Does each call at once; `before` may raise what a pool raises when a worker of it was killed."""

    def __init__(self, before: Callable[[Any], None] = lambda _: None) -> None:
        self.before = before

    def submit(self, call: Any, /, *args: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            self.before(args[0])
            future.set_result(call(*args, **options))
        except BaseException as error:
            if not isinstance(error, Exception):
                raise
            future.set_exception(error)
        return future
