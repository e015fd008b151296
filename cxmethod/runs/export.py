"""Deliverables, all from the one executed report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import cast

from cxmethod.engagement import Engagement
from cxmethod.language import CxError, Words

_FILES = {
    "html": ("report.html",),
    "pdf": ("report.pdf",),
    "pptx": ("report.pptx",),
    "xlsx": ("workbook.xlsx",),
    "poster": ("poster.pdf", "poster.svg"),
    "journey": ("journey.json",),
}
"""What each format leaves; its exporter is `export_FORMAT` of the module of its name."""

FORMATS = tuple(_FILES)


def export(engagement: Engagement, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Export ``executed/report.ipynb`` into ``deliverables``.

    Parameters
    ----------
    engagement : Engagement
    formats : iterable of str
        Of `FORMATS`.

    Returns
    -------
    list of Path
        The files of each format, in the order asked for.

    Raises
    ------
    CxError
        When a format is unknown, or the report was not run yet.
    """
    words = engagement.words
    wanted = known_formats(formats, words)
    report = engagement.folder / "executed" / "report.ipynb"
    if not report.is_file():
        raise CxError("runs.no_report", words)
    deliverables = engagement.folder / "deliverables"
    return [_exporter(name)(report, deliverables / file) for name in wanted for file in _FILES[name]]


def known_formats(formats: Iterable[str], words: Words) -> tuple[str, ...]:
    """`formats`, each once.

    Raises
    ------
    CxError
        When one is unknown, or there is none.
    """
    wanted = tuple(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise CxError("runs.unknown_format", words, formats=words.join(unknown), allowed=words.join(FORMATS))
    return wanted


def stale_report(engagement: Engagement) -> str | None:
    """What a reader must know of an executed report whose inputs have changed since; None where they have not."""
    from cxmethod.steps.obtain import stale_steps

    words = engagement.words
    stale = [words.say(f"code.{step}") for step in stale_steps(engagement)]
    return words.say("runs.stale_report", steps=words.join(stale)) if stale else None


def _exporter(name: str) -> Callable[[Path, Path], Path]:
    """Imported when it is asked for: nobody waits for Typst who wants a web page."""
    module = import_module(f"cxmethod.reports.{name}")
    return cast(Callable[[Path, Path], Path], getattr(module, f"export_{name}"))


def export_brief(engagement: Engagement, formats: Iterable[str] = ("html",)) -> Path:
    """Export the one-page brief that the executed scope notebook shows into ``deliverables/brief.html``.

    Parameters
    ----------
    engagement : Engagement
    formats : iterable of str
        HTML is the only one.

    Raises
    ------
    CxError
        When another format is asked for, or the scope was not run yet.
    """
    others = [name for name in formats if name != "html"]
    if others:
        raise CxError("runs.brief_format", engagement.words, formats=engagement.words.join(others))
    scope = engagement.folder / "executed" / "00_scope.ipynb"
    if not scope.is_file():
        raise CxError("runs.no_brief", engagement.words)
    from cxmethod.reports.sheet import export_sheet

    return export_sheet(scope, engagement.folder / "deliverables" / "brief.html")
