"""The client's logo, from its file in the engagement folder."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from cxmethod.language import CxError, Words
from cxmethod.reports.cover import Cover

TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Logo:
    """A logo as it is set: its bytes, their type, and whose it is."""

    picture: bytes
    mime: str
    alt: str

    @property
    def source(self) -> str:
        """The logo as a ``data:`` address."""
        return f"data:{self.mime};base64,{b64encode(self.picture).decode()}"


def read_logo(cover: Cover | None, folder: str, words: Words) -> Logo | None:
    """The logo that `cover` names; None where it names none.

    Parameters
    ----------
    cover : Cover or None
    folder : str
        Where the executed notebook lies: one below the engagement folder, to which the logo's path is relative.
    words : Words

    Raises
    ------
    CxError
        When the file is not there, lies outside the engagement folder, or is of another type.
    """
    if cover is None or cover.facts.logo is None:
        return None
    engagement = Path(folder or ".").resolve().parent
    file = (engagement / cover.facts.logo).resolve()
    mime = TYPES.get(file.suffix.lower())
    if mime is None or not file.is_file() or not file.is_relative_to(engagement):
        raise CxError("reports.logo_unreadable", words, file=cover.facts.logo, types=words.join(TYPES))
    alt = words.say("reports.logo", client=cover.facts.client)
    return Logo(file.read_bytes(), mime, alt)
