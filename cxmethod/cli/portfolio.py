"""Commands on many engagements."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cxmethod.cli.session import InLanguage, Kernels, app, own_language, print_lines
from cxmethod.language import CxError, Words

if TYPE_CHECKING:
    from cxmethod.runs.batch.portfolio import Portfolio
    from cxmethod.runs.batch.run import How
    from cxmethod.runs.batch.summary import Summary


@app.command()
def batch(
    context: typer.Context,
    portfolio: Annotated[
        Path,
        typer.Argument(
            metavar="PORTFOLIO",
            help="A folder of engagement folders, or a portfolio.yaml that lists them.",
            show_default=False,
        ),
    ],
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes on this machine; one a core without it.", show_default=False),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, whose workers run the clients.")
    ] = None,
    shard: Annotated[
        str, typer.Option(help="Run the i-th of n parts of the portfolio, as in 2/8: for job arrays.")
    ] = "1/1",
    full: Annotated[bool, typer.Option("--full", help="All eleven notebooks, not only the report.")] = False,
    to: Annotated[
        str, typer.Option(help="Formats, parted by commas; the portfolio's, or all, without it.")
    ] = "",
    kernels: Annotated[
        Kernels,
        typer.Option(help="Fork each notebook's Python from one that is warm, or start it from scratch."),
    ] = "warm",
    timeout: Annotated[
        float,
        typer.Option(min=0.01, help="Minutes that a notebook may take; one that takes longer is stuck."),
    ] = 60,
    again: Annotated[bool, typer.Option("--again", help="Also clients that are done and unchanged.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary for a machine.")] = False,
    language: InLanguage = None,
) -> None:
    """Run many engagements: what is new, changed or failed; exit code 1 unless all have their deliverables."""
    from cxmethod.runs.batch.ledger import read_shard
    from cxmethod.runs.batch.portfolio import open_portfolio
    from cxmethod.runs.batch.run import How
    from cxmethod.runs.export import known_formats

    words = context.obj.words = Words(language or own_language())
    context.obj.as_json = as_json
    if workers is not None and scheduler is not None:
        raise CxError("batch.two_places", words)
    how = How(kernels=kernels, minutes=timeout, shard=read_shard(shard, words), again=again)
    formats = known_formats([name.strip() for name in to.split(",")], words) if to else ()
    clients = open_portfolio(portfolio, words)
    clients = replace(clients, formats=formats or clients.formats, full=full or clients.full)
    summary = _run(clients, workers or os.cpu_count() or 1, scheduler, how, words)
    if as_json:
        typer.echo(json.dumps(summary.as_dict(), ensure_ascii=False, indent=2))
    else:
        print_lines(summary.lines(words))
    if not summary.ok:
        raise typer.Exit(1)


def _run(portfolio: Portfolio, workers: int, scheduler: str | None, how: How, words: Words) -> Summary:
    from rich.console import Console

    from cxmethod.runs.batch.progress import watch
    from cxmethod.runs.batch.run import BatchStopped, run_batch
    from cxmethod.runs.batch.scheduler import scheduled_workers
    from cxmethod.runs.batch.workers import local_workers

    place = scheduled_workers(scheduler, words) if scheduler is not None else local_workers(workers)
    watched = watch(words, Console(stderr=True))
    try:
        with _stopped_by_sigterm(), place as crew:
            return run_batch(portfolio, crew=crew, how=how, words=words, watch=watched)
    except BatchStopped as stopped:
        return stopped.summary


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """What ends a job of a cluster or of a container ends a batch as Ctrl+C does."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
