"""File names that sources name: one file, or by a star one file a wave."""

from __future__ import annotations

import re
import unicodedata

from cxmethod.engagement.schemas import plain

STAR = "*"


def comparable(file: str) -> str:
    """A file name as it is compared: any case, and accents whichever way the system writes them."""
    return unicodedata.normalize("NFC", file.strip()).casefold()


def star_part(pattern: str, name: str) -> str | None:
    """What stands in `name` where `pattern` has its star, as it is written; blank without a star, None where they differ."""
    written = unicodedata.normalize("NFC", name.strip())
    parts = (re.escape(unicodedata.normalize("NFC", part)) for part in pattern.strip().split(STAR))
    found = re.fullmatch("(.+)".join(parts), written, re.IGNORECASE)
    if found is None:
        return "" if comparable(pattern) == comparable(name) else None
    return found[1].strip() if found.groups() else ""


def fits(pattern: str, name: str) -> bool:
    """Whether a source that names `pattern` reads the file called `name`."""
    return star_part(pattern, name) is not None


def wave_key(wave: str) -> str:
    """What a wave's name is compared by: ``Ola_1``, ``ola 01`` and ``OLA-1`` are one wave."""
    return re.sub(r"\d+", lambda digits: str(int(digits[0])), plain(wave))


def wave_order(wave: str) -> list[tuple[int, str]]:
    """Sorts names as people count: 2 before 10, 2026-09 before 2026-10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", plain(wave))]
