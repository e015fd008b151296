"""Whether a client has changed since its last run: one SHA-256 of all that a run reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import cxmethod
from cxmethod.engagement.folder import DECISIONS, SETTINGS, Engagement
from cxmethod.engagement.saving import fingerprint

_HIDDEN = "."
_READ = (SETTINGS, DECISIONS, "inputs", "notebooks")


def client_fingerprint(engagement: Engagement, formats: Iterable[str], full: bool) -> str:
    """SHA-256 over settings, decisions, inputs, own notebooks, brand files, package version, formats and `full`.

    The state of an engagement that this one is compared with counts too. Names count, times do not.
    """
    parts = [
        cxmethod.__version__,
        sorted(formats),
        full,
        [(name, fingerprint(path)) for name, path in _files(engagement)],
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()


def _files(engagement: Engagement) -> Iterator[tuple[str, Path]]:
    settings = engagement.settings
    yield from _within(engagement.folder, _READ)
    yield from _within(engagement.folder, filter(None, (settings.brand.logo, settings.brand.template)))
    if settings.compare_with is not None:
        earlier = engagement.folder / settings.compare_with
        yield from _within(earlier, (*_READ, "results"))


def _within(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Files by those names, and all below folders by those names; what programs keep beside them (hidden) is left out."""
    for name in names:
        place = folder / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            told = path.relative_to(folder) if path.is_relative_to(folder) else path
            if path.is_file() and not any(part.startswith(_HIDDEN) for part in told.parts):
                yield told.as_posix(), path
