"""Ready-made engagements: the demo clinic, and the same clinic with nothing but workshops."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from cxmethod.assets import asset
from cxmethod.engagement.schemas import TABLES
from cxmethod.language import LANGUAGES, CxError, Words
from cxmethod.teaching.files import CLIENT
from cxmethod.teaching.sources import LOG_FILE, STAFF_FILE, SURVEY_FILE

WORKSHOP_TABLES = (
    "personas",
    "phases",
    "motivations",
    "touchpoints",
    "processes",
    "touchpoint_processes",
    "initiatives",
    "criteria",
    "owners",
    "theme_cues",
)
NOT_COSTED = ("chat_booking", "insurer_desk", "authorisation_alerts", "waiting_host", "cost_upfront")
"""Initiatives that came up in the workshop and that nobody has priced yet."""


def write_demo(folder: Path, language: str) -> Path:
    """Lay out the demo engagement in `folder`; the client's files are still to be taken in (`demo_client_files`).

    Parameters
    ----------
    folder : Path
        Made where it does not exist; it must be empty.
    language : {"es", "en"}

    Raises
    ------
    CxError
        When the folder holds something, or there is no demo in that language.
    """
    _ready(folder, language)
    shutil.copytree(
        asset("data") / "clinic" / language, folder, copy_function=shutil.copyfile, dirs_exist_ok=True
    )
    return folder


def make_room(folder: Path, language: str) -> None:
    """Take away an earlier demo in `folder`.

    Raises
    ------
    CxError
        When the folder holds anything else.
    """
    import cxmethod
    from cxmethod.runs.scaffold import clear_engagement

    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    stock = cxmethod.open(asset("data") / "clinic" / language).settings
    there = (folder / "engagement.yaml").is_file() and cxmethod.open(folder).settings
    if not there or there.client != stock.client:
        raise CxError("cli.not_the_demo", Words(language), folder=folder)
    clear_engagement(folder)


def demo_client_files() -> list[Path]:
    """The files that the demo's client sent: patient survey, staff's view, visit log."""
    return [asset("data") / "clinic" / CLIENT / name for name in (SURVEY_FILE, STAFF_FILE, LOG_FILE)]


def write_workshop(folder: Path, language: str) -> Path:
    """Lay out an engagement of the same clinic that rests on workshops only.

    Ten interviews and two internal views: no survey, no outcome, no log, no waves, and initiatives of which some
    have no cost.

    Raises
    ------
    CxError
        As `write_demo`.
    """
    _ready(folder, language)
    data = asset("data")
    shutil.copytree(data / "workshop" / language, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    for name in WORKSHOP_TABLES:
        shutil.copyfile(
            data / "clinic" / language / "inputs" / f"{name}.csv", folder / "inputs" / f"{name}.csv"
        )
    _as_first_proposed(folder / "inputs" / "initiatives.csv", language)
    return folder


def _as_first_proposed(path: Path, language: str) -> None:
    columns = {
        column.name: column.es if language == "es" else column.name
        for column in TABLES["initiatives"].columns
    }
    initiatives = pd.read_csv(path, dtype=str, keep_default_na=False)
    unpriced = initiatives[columns["initiative"]].isin(NOT_COSTED)
    initiatives.loc[unpriced, [columns["cost"], columns["person_days"]]] = ""
    initiatives[columns["done_wave"]] = ""
    initiatives[columns["status"]] = "proposed"
    initiatives.to_csv(path, index=False, lineterminator="\n")


def _ready(folder: Path, language: str) -> None:
    if language not in LANGUAGES:
        raise CxError("teaching.language", value=language, allowed=", ".join(LANGUAGES))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CxError("teaching.folder_taken", Words(language), folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
