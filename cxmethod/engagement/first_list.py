"""A first list of touchpoints: names, one a row, and nothing else yet."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cxmethod.engagement.reading import RawTable
from cxmethod.engagement.schemas import plain


def begun(raw: RawTable, *, phases: bool) -> RawTable:
    """A list that only names touchpoints, with what follows from the list itself.

    Work starts with names. A column in which no cell is filled is made up for, where the list says enough: the key from
    the name (or the name from the key), the order from the rows. The phase stays unknown, as long as there are no phases
    to choose from. As soon as one cell of a column is filled, the whole column is checked as ever.

    Parameters
    ----------
    raw : RawTable
        The table `touchpoints`.
    phases : bool
        Whether the engagement has phases.

    Returns
    -------
    RawTable
        With `assumed`: the columns that the list did not fill.
    """
    frame, written = raw.frame, dict(raw.written)
    empty = {name for name in ("touchpoint", "name", "order", "phase") if not _filled(frame, name)}
    assumed: list[str] = [
        name for name in ("order", "phase") if name in empty and not (name == "phase" and phases)
    ]
    if "touchpoint" in empty and "name" not in empty:
        keys = frame["name"].astype("string").map(_key, na_action="ignore")
        frame, written["touchpoint"] = frame.assign(touchpoint=keys), raw.written["name"]
        assumed.insert(0, "touchpoint")
    elif "name" in empty and "touchpoint" not in empty:
        frame, written["name"] = frame.assign(name=frame["touchpoint"]), raw.written["touchpoint"]
        assumed.insert(0, "name")
    if "order" in assumed:
        rows = pd.Series(range(1, len(frame) + 1), frame.index).astype(str).astype("string")
        frame = frame.assign(order=rows)
    if "phase" in assumed:
        frame = frame.drop(columns="phase", errors="ignore")
    return replace(raw, frame=frame, written=written, assumed=tuple(assumed))


def _filled(frame: pd.DataFrame, name: str) -> bool:
    if name not in frame:
        return False
    cells = frame[name].astype("string").str.strip()
    return bool((cells.fillna("") != "").any())


def _key(name: str) -> str:
    """``Sala de espera (piso 2)`` → ``sala_de_espera_piso_2``."""
    return plain("".join(letter if letter.isalnum() else " " for letter in name))
