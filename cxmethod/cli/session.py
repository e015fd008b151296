"""One call of the `cxmethod` command: its language, its errors and its exit code."""

from __future__ import annotations

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
        "batch.portfolio_one",
        "batch.portfolio_none",
        "batch.portfolio_pattern",
        "batch.portfolio_wrong",
        "batch.no_scheduler",
        "batch.no_dask",
        "batch.taken",
        "batch.shard",
        "batch.two_places",
        "cli.not_the_demo",
        "teaching.folder_taken",
    }
)


@dataclass
class Session:
    """What one call of the command has settled so far: how much to say of a fault, whether to a machine, and in which language."""

    debug: bool = False
    as_json: bool = False
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
        if session.as_json:
            told = {"ok": False, "error": {"code": error.code, "text": str(error)}}
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
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


def opened(context: typer.Context, folder: Path, language: Language | None = None) -> Engagement:
    """The engagement in `folder`; from now on, what goes wrong is said in its language."""
    import cxmethod

    there = (folder / "engagement.yaml").is_file()
    engagement = cxmethod.open(folder, language if there else language or own_language())
    context.obj.words = engagement.words
    return engagement


def print_lines(lines: Iterable[str]) -> None:
    """Print `lines`."""
    for line in lines:
        typer.echo(line)


def _complain(sentence: str, session: Session) -> None:
    if session.debug:
        traceback.print_exc()
    typer.echo(sentence, err=True)
