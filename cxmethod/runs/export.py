"""Deliverables, all from the one executed report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.reports.html import export_html

_EXPORTERS = {"html": export_html}

FORMATS = tuple(_EXPORTERS)


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
        One file a format, in the order asked for.

    Raises
    ------
    CxError
        When a format is unknown, or the report was not run yet.
    """
    words = engagement.words
    wanted = list(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in _EXPORTERS]
    if unknown or not wanted:
        raise CxError("runs.unknown_format", words, formats=words.join(unknown), allowed=words.join(FORMATS))
    report = engagement.folder / "executed" / "report.ipynb"
    if not report.is_file():
        raise CxError("runs.no_report", words)
    deliverables = engagement.folder / "deliverables"
    return [_EXPORTERS[name](report, deliverables / f"report.{name}") for name in wanted]
