"""A new engagement: settings that explain themselves, headings to fill in, and notebooks."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
from pathlib import Path
from string import Template

from cxmethod.engagement import TABLES, Engagement, Table, write_atomic
from cxmethod.language import CxError, Words
from cxmethod.runs.notebooks import copy_notebooks

# What a consultant types in or gets in a workshop; the others come from client files through `cxmethod intake`.
TABLES_BY_HAND = (
    "personas",
    "phases",
    "motivations",
    "touchpoints",
    "ratings",
    "processes",
    "touchpoint_processes",
    "initiatives",
    "criteria",
    "owners",
    "theme_cues",
    "alignment",
    "waves",
)

_OURS = (
    "engagement.yaml",
    "decisions.yaml",
    ".lock",
    "inputs",
    "notebooks",
    "results",
    "executed",
    "deliverables",
)


def new_engagement(
    folder: Path, client: str, language: str, *, today: datetime.date, stock: Path | None = None
) -> Engagement:
    """Lay out an engagement in `folder`; a file that is there stays as it is.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    client : str
    language : {"es", "en"}
        Of the settings' comments, the tables' headings and the notebooks' prose.
    today : date
        The first date of the evidence; a setting like any other.
    stock : Path, optional
        As in `copy_notebooks`.

    Raises
    ------
    CxError
        When the folder holds an engagement already, or is not a folder.
    """
    words = Words(language)
    if folder.exists() and not folder.is_dir():
        raise CxError("runs.not_a_folder", words, folder=folder)
    if (folder / "engagement.yaml").exists():
        raise CxError("runs.folder_taken", words, folder=folder)
    for name in TABLES_BY_HAND:
        path = folder / "inputs" / f"{name}.csv"
        if not path.exists():
            write_atomic(path, _headings(TABLES[name], language))
    copy_notebooks(folder, language, stock)
    write_atomic(folder / "engagement.yaml", settings_text(client, language, today).encode())
    return Engagement.open(folder)


def clear_engagement(folder: Path) -> None:
    """Remove an engagement from `folder`, and nothing else that is there."""
    for name in _OURS:
        made = folder / name
        if made.is_dir() and not made.is_symlink():
            shutil.rmtree(made)
        else:
            made.unlink(missing_ok=True)


def settings_text(client: str, language: str, today: datetime.date) -> str:
    """The text of a new ``engagement.yaml``: every main setting, each explained in a line."""
    template = Template((Path(__file__).parent / f"engagement.{language}.yaml").read_text(encoding="utf-8"))
    # A JSON string is a YAML string, whatever the client is called.
    return template.substitute(client=json.dumps(client, ensure_ascii=False), date=today.isoformat())


def _headings(table: Table, language: str) -> bytes:
    file = io.StringIO()
    names = [column.es if language == "es" else column.name for column in table.columns]
    csv.writer(file, lineterminator="\n").writerow(names)
    return file.getvalue().encode()
