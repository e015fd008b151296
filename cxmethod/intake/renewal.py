"""Files that were dropped beside the earlier ones: taken in again with them, so that a new wave is only a file."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from cxmethod.engagement import Engagement, InputProblems
from cxmethod.intake.patterns import STAR, comparable, fits
from cxmethod.intake.take_in import take_in

RAW = "raw"


def renew(engagement: Engagement) -> tuple[str, ...]:
    """Take in ``inputs/raw/`` where it holds a file of the sources that no intake has seen yet.

    All of its files are taken in together, because a table is written whole. Where they do not hold, nothing is written and
    the sentences say why: the waves stay as they were.

    Returns
    -------
    tuple of str
        What was taken in, what is wrong, or that nothing is new.
    """
    words = engagement.words
    files = _raw_files(engagement)
    seen = _seen(engagement)
    new = [path.name for path in files if (comparable(path.name), _digest(path)) not in seen]
    if not new:
        patterns = [source.file for source in engagement.settings.sources if STAR in source.file]
        none = words.say("intake.nothing_new", folder=f"inputs/{RAW}")
        how = (
            [words.say("intake.drop_here", file=words.join(patterns), folder=f"inputs/{RAW}")]
            if patterns
            else []
        )
        return (none, *how)
    try:
        taken = take_in(engagement, files)
    except InputProblems as problems:
        return (words.say("intake.not_renewed_yet", files=words.join(new), count=len(new)), str(problems))
    return tuple(taken.sentences(words))


def _raw_files(engagement: Engagement) -> list[Path]:
    """The files of ``inputs/raw/`` that a source reads."""
    sources = engagement.settings.sources
    found = sorted((engagement.inputs / RAW).glob("*"))
    return [
        path for path in found if path.is_file() and any(fits(source.file, path.name) for source in sources)
    ]


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _seen(engagement: Engagement) -> frozenset[tuple[str, str]]:
    try:
        record = json.loads((engagement.inputs / "intake.json").read_text(encoding="utf-8"))
        return frozenset((comparable(file["name"]), file["sha256"]) for file in record["files"])
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()
