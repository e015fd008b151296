"""The `cxmethod` command. What takes time to import is imported by the command that uses it."""

from __future__ import annotations

import datetime
import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cxmethod.language import CxError, Words

if TYPE_CHECKING:
    from cxmethod.engagement import Engagement

app = typer.Typer(
    name="cxmethod",
    help="Customer-journey mapping, from a client's files to a report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Language = Literal["es", "en"]
Kernels = Literal["fresh", "warm"]
Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="The engagement's folder.", show_default=False)
]
InLanguage = Annotated[Language | None, typer.Option(help="Spanish or English.", show_default=False)]

# Errors that say that the call was wrong; all others are about the work.
WRONG_CALL = frozenset(
    {
        "engagement.not_found",
        "runs.unknown_step",
        "runs.unknown_format",
        "runs.brief_format",
        "runs.not_a_folder",
        "runs.folder_taken",
        "changes.same_folder",
        "changes.other_client",
        "cli.not_the_demo",
        "teaching.folder_taken",
    }
)


@dataclass
class Session:
    """What one call of the command has settled so far: how much to say of a fault, and in which language."""

    debug: bool = False
    words: Words = field(default_factory=lambda: Words(own_language()))


def own_language() -> Language:
    """The language of the person at the terminal, where no engagement says it."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "es" if next(filter(None, names), "").startswith("es") else "en"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code: 0 done, 1 the work found problems, 2 the call was wrong."""
    session = Session()
    try:
        app(args=arguments, prog_name="cxmethod", obj=session)
    except CxError as error:
        _complain(str(error), session)
        sys.exit(2 if error.code in WRONG_CALL else 1)
    except Exception as error:
        _complain(session.words.say("cli.unexpected", kind=type(error).__name__), session)
        sys.exit(1)


@app.callback()
def _options(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Add the traceback to an error.")] = False,
) -> None:
    context.obj.debug = debug


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

    engagement = _open(context, folder)
    taken = take_in(engagement, files, keep_raw)
    _print(taken.sentences(engagement.words))


@app.command()
def check(
    context: typer.Context,
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a machine.")] = False,
) -> None:
    """Check all tables and the thread from persona to indicator; exit code 1 when something blocks."""
    from cxmethod.runs.check import check as check_engagement

    engagement = _open(context, folder)
    found = check_engagement(engagement)
    if as_json:
        typer.echo(json.dumps(found.as_dict(engagement.words), ensure_ascii=False, indent=2))
    else:
        _print(found.lines(engagement.words))
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

    engagement = _open(context, folder, language)
    steps = (match_step(step, engagement.words),) if step is not None else STEPS
    if "09_monitoring" in steps and (engagement.inputs / RAW).is_dir():
        _print(renew(engagement))
        engagement = _open(context, folder, language)
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

    engagement, formats = _open(context, folder), [name.strip() for name in to.split(",") if to]
    if what == "brief":
        _print([str(export_brief(engagement, formats or ["html"]))])
    else:
        if stale := stale_report(engagement):
            typer.echo(stale, err=True)
        _print(map(str, export_report(engagement, formats or FORMATS)))


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

    engagement = _open(context, after, language)
    earlier = _open(context, before, engagement.settings.language if language is None else language)
    found = compare(earlier, engagement, force=force, compute=compute)
    places = (str(before), str(after))
    if as_json:
        typer.echo(json.dumps(as_dict(engagement, found, places), ensure_ascii=False, indent=2))
    else:
        _print(lines(engagement, found, places))
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
    engagement = _open(context, place)
    _print(take_in(engagement, demo_client_files(), False).sentences(engagement.words))
    _run(engagement, STEPS)
    made = export_report(engagement)
    _print(map(str, [*made[1:], *made[:1]]))


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

    engagement = _open(context, folder)
    if not any((engagement.folder / "notebooks").glob("*.ipynb")):
        copy_notebooks(engagement.folder, engagement.settings.language)
    typer.echo(engagement.words.say("cli.lab", folder=engagement.folder))
    open_lab(engagement.folder, options or [])


def _open(context: typer.Context, folder: Path, language: Language | None = None) -> Engagement:
    import cxmethod

    there = (folder / "engagement.yaml").is_file()
    engagement = cxmethod.open(folder, language if there else language or own_language())
    context.obj.words = engagement.words
    return engagement


def _run(
    engagement: Engagement, steps: Sequence[str], *, stock: bool = False, kernels: Kernels = "fresh"
) -> None:
    from rich.console import Console

    from cxmethod.runs.engagement import run_engagement
    from cxmethod.runs.progress import progress

    with progress(steps, engagement.words, Console()) as on_progress:
        done = run_engagement(engagement, steps, stock, on_progress, kernels)
    typer.echo(engagement.words.say("cli.ran", count=len(done), folder=engagement.folder / "executed"))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _complain(sentence: str, session: Session) -> None:
    if session.debug:
        traceback.print_exc()
    typer.echo(sentence, err=True)
