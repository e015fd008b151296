"""Commands on one engagement."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cxmethod.cli.session import Folder, InLanguage, Kernels, app, opened, own_language, print_lines

if TYPE_CHECKING:
    from cxmethod.engagement import Engagement


@app.command()
def new(
    folder: Folder,
    client: Annotated[str, typer.Option(help="Name of the client; the folder's without it.")] = "",
    language: InLanguage = None,
) -> None:
    """Lay out an engagement: settings, tables to fill in, and notebooks."""
    from cxmethod.runs.scaffold import new_engagement

    name = client or folder.resolve().name
    engagement = new_engagement(folder, name, language or own_language(), today=datetime.date.today())
    typer.echo(engagement.words.say("cli.created", folder=folder))


@app.command()
def intake(
    context: typer.Context,
    folder: Folder,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="What the client sent.", show_default=False)
    ],
    keep_raw: Annotated[
        bool, typer.Option("--keep-raw", help="Keep copies of the files in the folder.")
    ] = False,
) -> None:
    """Bring the client's files in as tables, as the settings' sources say."""
    from cxmethod.intake import take_in

    engagement = opened(context, folder)
    taken = take_in(engagement, files, keep_raw)
    print_lines(taken.sentences(engagement.words))


@app.command()
def check(
    context: typer.Context,
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a machine.")] = False,
) -> None:
    """Check all tables and the thread from persona to indicator; exit code 1 when something blocks."""
    from cxmethod.runs.check import check as check_engagement

    engagement = opened(context, folder)
    found = check_engagement(engagement)
    if as_json:
        typer.echo(json.dumps(found.as_dict(engagement.words), ensure_ascii=False, indent=2))
    else:
        print_lines(found.lines(engagement.words))
    if found.blocks:
        raise typer.Exit(1)


@app.command()
def run(
    context: typer.Context,
    folder: Folder,
    step: Annotated[str | None, typer.Option(help="One notebook, such as 05.", show_default=False)] = None,
    stock: Annotated[bool, typer.Option("--stock", help="Run the stock notebooks, not own copies.")] = False,
    kernels: Annotated[
        Kernels, typer.Option(help="Start each notebook's Python from scratch, or fork one that is warm.")
    ] = "fresh",
    language: InLanguage = None,
) -> None:
    """Take in files that were dropped into inputs/raw, execute the notebooks, save their results; a failure ends it."""
    from cxmethod.intake.renewal import RAW, renew
    from cxmethod.runs.notebooks import STEPS, match_step

    engagement = opened(context, folder, language)
    steps = (match_step(step, engagement.words),) if step is not None else STEPS
    if "09_monitoring" in steps and (engagement.inputs / RAW).is_dir():
        print_lines(renew(engagement))
        engagement = opened(context, folder, language)
    _run(engagement, steps, stock=stock, kernels=kernels)


@app.command()
def export(
    context: typer.Context,
    folder: Folder,
    to: Annotated[
        str,
        typer.Option(
            help="Formats, parted by commas: html, pdf, pptx, xlsx, poster, journey; all without it."
        ),
    ] = "",
    what: Annotated[
        Literal["report", "brief"], typer.Option(help="The report, or the one-page brief of the scope.")
    ] = "report",
) -> None:
    """Export the executed report, or the brief, into the deliverables."""
    from cxmethod.runs.export import FORMATS, export_brief, stale_report
    from cxmethod.runs.export import export as export_report

    engagement, formats = opened(context, folder), [name.strip() for name in to.split(",") if to]
    if what == "brief":
        print_lines([str(export_brief(engagement, formats or ["html"]))])
    else:
        if stale := stale_report(engagement):
            typer.echo(stale, err=True)
        print_lines(map(str, export_report(engagement, formats or FORMATS)))


@app.command()
def diff(
    context: typer.Context,
    before: Annotated[
        Path, typer.Argument(metavar="BEFORE", help="The engagement as it was: a copy of its folder.")
    ],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The engagement as it is.")],
    language: InLanguage = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a machine.")] = False,
    compute: Annotated[
        bool, typer.Option("--compute", help="Work out what is missing or stale; nothing is saved.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Also where the clients' names differ.")] = False,
) -> None:
    """Say what moved between two states of an engagement, and which evidence changed it; writes nothing."""
    from cxmethod.steps.changes import compare
    from cxmethod.views.changes import as_dict, lines

    engagement = opened(context, after, language)
    earlier = opened(context, before, engagement.settings.language if language is None else language)
    found = compare(earlier, engagement, force=force, compute=compute)
    places = (str(before), str(after))
    if as_json:
        typer.echo(json.dumps(as_dict(engagement, found, places), ensure_ascii=False, indent=2))
    else:
        print_lines(lines(engagement, found, places))
    if not found.whole:
        raise typer.Exit(1)


@app.command()
def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Where to build it; cxmethod-demo-LANGUAGE without it."),
    ] = None,
    language: InLanguage = None,
) -> None:
    """Build the demo engagement, run it and export everything; the last line is the path of the report."""
    from cxmethod.intake import take_in
    from cxmethod.runs.export import export as export_report
    from cxmethod.runs.notebooks import STEPS, copy_notebooks
    from cxmethod.teaching.demo import demo_client_files, make_room, write_demo

    spoken = language or own_language()
    place = folder or Path(f"cxmethod-demo-{spoken}")
    make_room(place, spoken)
    write_demo(place, spoken)
    copy_notebooks(place, spoken)
    engagement = opened(context, place)
    print_lines(take_in(engagement, demo_client_files(), False).sentences(engagement.words))
    _run(engagement, STEPS)
    made = export_report(engagement)
    print_lines(map(str, [*made[1:], *made[:1]]))


@app.command()
def lab(
    context: typer.Context,
    folder: Folder,
    options: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OPTION…", help="After --, what JupyterLab itself takes, such as --no-browser."
        ),
    ] = None,
) -> None:
    """Open the engagement in JupyterLab."""
    from cxmethod.runs.lab import open_lab
    from cxmethod.runs.notebooks import copy_notebooks

    engagement = opened(context, folder)
    if not any((engagement.folder / "notebooks").glob("*.ipynb")):
        copy_notebooks(engagement.folder, engagement.settings.language)
    typer.echo(engagement.words.say("cli.lab", folder=engagement.folder))
    open_lab(engagement.folder, options or [])


def _run(
    engagement: Engagement, steps: Sequence[str], *, stock: bool = False, kernels: Kernels = "fresh"
) -> None:
    from rich.console import Console

    from cxmethod.runs.engagement import run_engagement
    from cxmethod.runs.progress import progress

    with progress(steps, engagement.words, Console()) as on_progress:
        done = run_engagement(engagement, steps, stock, on_progress, kernels)
    typer.echo(engagement.words.say("cli.ran", count=len(done), folder=engagement.folder / "executed"))
