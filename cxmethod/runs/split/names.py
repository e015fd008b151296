"""A folder for each client: named by its value, the same at every run, safe on every disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

_LONGEST = 40
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that Windows keeps for devices."""


def slug(value: str) -> str:
    """`value` as the name of a folder: ``São Paulo / Norte`` → ``sao-paulo-norte``.

    Letters and digits of any script without case and accents, parted by hyphens. What is left of a long value, of one
    without letters and digits, or of one that Windows reserves, is told apart by eight digits of its SHA-256.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", value).casefold())
    spaced = "".join(
        letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter)
    )
    name = unicodedata.normalize("NFC", "-".join(spaced.split()))
    if len(name) > _LONGEST or not name or name in _RESERVED:
        return told_apart(name[:_LONGEST].rstrip("-") or "client", value)
    return name


def told_apart(name: str, value: str) -> str:
    """`name` with what tells `value` apart from all others that would have it too."""
    return f"{name}-{sha256(value.encode()).hexdigest()[:8]}"


def folder_names(values: Sequence[str], held: Mapping[str, str], taken: Collection[str]) -> dict[str, str]:
    """Value → name of its folder.

    Parameters
    ----------
    values : sequence of str
    held : mapping
        Value → folder of an earlier run, which it keeps.
    taken : collection of str
        Names of folders that are somebody else's.

    Returns
    -------
    dict
        Values that would share a name, among themselves or with `taken`, are each told apart by their own SHA-256, so that
        no name hangs on the order in which values appear.
    """
    new = [value for value in values if value not in held]
    wanted = {value: slug(value) for value in new}
    often = list(wanted.values())
    others = {name.casefold() for name in (*taken, *held.values())}
    names = {
        value: told_apart(name, value) if often.count(name) > 1 or name in others else name
        for value, name in wanted.items()
    }
    return {value: held.get(value) or names[value] for value in values}
