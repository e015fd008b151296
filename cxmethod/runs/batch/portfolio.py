"""A portfolio: many engagements that are run as one batch."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from cxmethod.engagement.folder import SETTINGS
from cxmethod.engagement.section import Section
from cxmethod.engagement.settings import read_section
from cxmethod.language import CxError, Words
from cxmethod.runs.split.settings import Split

PORTFOLIO = "portfolio.yaml"
LEDGER = "ledger"
"""The folder, beside the portfolio, of what batches of it write down."""

_UP = frozenset({".", ".."})
_GLOB = frozenset("*?[")
_NAMED = 8

Format = Literal["html", "pdf", "pptx", "xlsx", "poster", "journey"]


class PortfolioSettings(Section):
    """The settings of ``portfolio.yaml``."""

    engagements: tuple[str, ...] = ()
    split: Split | None = None
    formats: tuple[Format, ...] = ()
    full: bool = False

    @model_validator(mode="after")
    def _has_clients(self) -> PortfolioSettings:
        if not self.engagements and self.split is None:
            raise PydanticCustomError("portfolio_clients", "engagements, or split")
        return self


@dataclass(frozen=True)
class Portfolio:
    """Where the clients of a batch are, and what is made for each.

    Parameters
    ----------
    base : Path
        The folder that other paths are seen from, and that holds the ledger.
    name : str
        Name of the ledger's files.
    folders : tuple of Path
        The engagements, in order, each once by its path; whether they hold is not known yet.
    formats : tuple of str
        Of `cxmethod.runs.export.FORMATS`; all of them where it is empty.
    full : bool
        All eleven notebooks, not only the report.
    notices : tuple of str
        What a person should know of how the clients were found.
    """

    base: Path
    name: str
    folders: tuple[Path, ...]
    formats: tuple[str, ...] = ()
    full: bool = False
    notices: tuple[str, ...] = ()

    def place(self, folder: Path) -> str:
        """`folder` as the ledger names it: as seen from the portfolio's, so that both may move together."""
        return folder.relative_to(self.base).as_posix() if folder.is_relative_to(self.base) else str(folder)


def open_portfolio(path: str | Path, words: Words | None = None) -> Portfolio:
    """The portfolio at `path`.

    Parameters
    ----------
    path : str or Path
        A folder that holds engagement folders or a ``portfolio.yaml``, or such a file by any name.
    words : Words, optional
        The language of what is wrong with it.

    Raises
    ------
    CxError
        When there is no portfolio, its settings do not hold, or there is no engagement in it.
    """
    words = words or Words()
    place = Path(path).expanduser().resolve()
    file = place / PORTFOLIO if (place / PORTFOLIO).is_file() else place
    if file.is_file():
        return _of_file(file, words)
    if (place / SETTINGS).is_file():
        raise CxError("batch.portfolio_one", words, folder=path)
    folders = _folders(place) if place.is_dir() else ()
    found = _engagements(folders)
    if not found:
        raise CxError("batch.portfolio_none", words, folder=path, file=SETTINGS, portfolio=PORTFOLIO)
    others = [folder.name for folder in folders if folder not in found and folder.name != LEDGER]
    return Portfolio(place, "portfolio", found, notices=tuple(_passed_over(others, words)))


def _folders(place: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in place.iterdir() if path.is_dir() and not path.name.startswith(".")))


def _passed_over(names: Sequence[str], words: Words) -> Iterator[str]:
    if names:
        more = len(names) - _NAMED
        told = [*names[:_NAMED], *([words.say("batch.and_more", count=more)] if more > 0 else ())]
        yield words.say("batch.passed_over", count=len(names), folders=words.join(told), file=SETTINGS)


def _of_file(file: Path, words: Words) -> Portfolio:
    try:
        settings = read_section(file, PortfolioSettings, words)
    except CxError as error:
        # The same faults in a client's settings are that client's; here nothing can be run.
        raise CxError("batch.portfolio_wrong", words, why=str(error)) from error
    base = file.parent
    listed = [folder for item in settings.engagements for folder in _listed(base, item, words)]
    told: list[str] = []
    if settings.split is not None:
        listed += _split(settings.split, file, words, told.append)
    folders = tuple(dict.fromkeys(listed))
    formats = tuple(dict.fromkeys(settings.formats))
    return Portfolio(base, file.stem, folders, formats, settings.full, tuple(told))


def _split(split: Split, file: Path, words: Words, tell: Callable[[str], None]) -> list[Path]:
    from cxmethod.runs.split.whole import split_engagement

    rooms = file.parent / LEDGER
    rooms.mkdir(exist_ok=True)
    # Shards that begin together split one after the other: the second finds the work done.
    with FileLock(rooms / f"{file.stem}.split.lock"):
        return split_engagement(split, file.parent, words, tell)


def _listed(base: Path, item: str, words: Words) -> Iterable[Path]:
    """A folder as it is named, also where it is not there; of a pattern, the engagements that fit it."""
    path = base / Path(item).expanduser()
    if not _GLOB.intersection(item) or path.exists():
        return (Path(os.path.normpath(path)),)
    start = Path(path.anchor)
    pattern = path.relative_to(start)
    hidden = any(part.startswith(".") for part in Path(item).parts if part not in _UP)
    fits = (found for found in start.glob(str(pattern)) if hidden or not _is_hidden(found, base))
    found = _engagements(fits)
    if not found:
        raise CxError("batch.portfolio_pattern", words, pattern=item, file=SETTINGS)
    return found


def _is_hidden(folder: Path, base: Path) -> bool:
    """As a shell's patterns leave them out; what the portfolio itself lies in does not count."""
    seen = Path(os.path.relpath(folder, base))
    return any(part.startswith(".") and part not in _UP for part in seen.parts)


def _engagements(folders: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(sorted(folder for folder in folders if (folder / SETTINGS).is_file()))
