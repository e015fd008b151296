"""The client's brand in deliverables, and what had to change for it to be read by everybody."""

from __future__ import annotations

from pathlib import Path

from cxmethod.engagement import Engagement
from cxmethod.engagement.colour import Accent, accent
from cxmethod.engagement.settings import Settings
from cxmethod.views import style

LOGO_TYPES = (".svg", ".png", ".jpg", ".jpeg")


def brand_accent(settings: Settings) -> Accent:
    """The brand's colour as deliverables use it for text and marks."""
    return accent(settings.brand.colour, (style.RED, style.GREEN))


def brand_notes(client: Engagement) -> tuple[str, ...]:
    """What a reader or the consultant should know of the brand: a colour that was adjusted, a logo that is not there."""
    words, brand = client.words, client.settings.brand
    used = brand_accent(client.settings)
    notes = []
    if used.faint or used.alike:
        why = "both" if used.faint and used.alike else "faint" if used.faint else "alike"
        notes.append(words.say(f"cover.colour_{why}", brand=brand.colour, colour=used.colour))
    if brand.logo is not None and not _is_logo(client.folder, brand.logo):
        notes.append(words.say("cover.logo_missing", file=brand.logo))
    return tuple(notes)


def _is_logo(folder: Path, name: str) -> bool:
    file = (folder / name).resolve()
    return file.is_file() and file.suffix.lower() in LOGO_TYPES and file.is_relative_to(folder.resolve())
