"""Two states of the settings, and of the decisions, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement.decisions import Decisions
from cxmethod.engagement.settings import Settings

COLUMNS = ["place", "before", "after"]
_WHOLE = "sources"
"""How the client's files are read is told of as one: its parts say nothing to a reader."""
_POINTER = "compare_with"
"""Which state to compare with is no part of the state."""


def setting_changes(before: Settings, after: Settings) -> pd.DataFrame:
    """Settings that differ.

    Returns
    -------
    DataFrame
        `place` (dotted, as in ``engagement.yaml``), `before`, `after` (missing where there is none). How the client's
        files are read (`sources`) is one row, without values.
    """
    old, new = (state.model_dump(mode="json", exclude={_POINTER}) for state in (before, after))
    sources = old.pop(_WHOLE) != new.pop(_WHOLE)
    found = _differing(_flat(old), _flat(new))
    return pd.concat([found, _frame([(_WHOLE, None, None)])], ignore_index=True) if sources else found


def decision_changes(before: Decisions, after: Decisions) -> pd.DataFrame:
    """Decisions that differ.

    Returns
    -------
    DataFrame
        `place` (as in ``decisions.yaml``; a moment overruled is one place), `before`, `after` (missing where nothing was
        decided).
    """
    return _differing(_decided(before), _decided(after))


def _decided(decisions: Decisions) -> dict[str, str]:
    state = decisions.model_dump(mode="json", exclude={"version"})
    moments = {
        f"moments.{key}": " · ".join(str(value) for value in decision.values())
        for key, decision in state.pop("moments").items()
    }
    return _flat(state) | moments


def _flat(section: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """Dotted place → value as text; what is not said is not there."""
    found: dict[str, str] = {}
    for name, value in section.items():
        place = f"{above}{name}"
        if isinstance(value, Mapping):
            found |= _flat(value, f"{place}.")
        elif isinstance(value, list):
            found |= {place: ", ".join(map(str, value))} if value else {}
        elif value not in (None, ""):
            found[place] = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else _plain(value)
    return found


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> pd.DataFrame:
    places = [place for place in dict.fromkeys([*before, *after]) if before.get(place) != after.get(place)]
    return _frame([(place, before.get(place), after.get(place)) for place in places])


def _frame(rows: list[tuple[str, str | None, str | None]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS, dtype="string")
