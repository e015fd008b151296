"""Signals in a row: since when, until when, and whether they still hold."""

from __future__ import annotations

import numpy as np
import pandas as pd

_KEYS = ["statistic", "touchpoint"]


def stretches(signals: pd.DataFrame) -> pd.DataFrame:
    """Signals after the baseline, in a row, of one kind and on one side of the centre.

    A wave whose value is not known (too few answers, or none) neither ends a stretch nor begins one: a signal holds until a
    known wave denies it.

    Parameters
    ----------
    signals : DataFrame
        Of `signal_table`.

    Returns
    -------
    DataFrame
        `statistic`, `touchpoint`, `stretch`, `kind` (beyond, run), `side` (1 above the centre, −1 below it; 1 for
        distributions), `since` (the wave in which it began; a run is known at its eighth wave and began at its first),
        `last` (its last wave), `holds`, `at` (place of `last` among the known waves after the baseline).
    """
    known = signals.dropna(subset=["value"])
    rows = known.assign(side=_side(known))
    turned = rows["side"] != rows.groupby(_KEYS)["side"].shift()
    rows = rows.assign(start=rows.groupby([*_KEYS, turned.cumsum()])["wave"].transform("first"))
    rows = rows[~rows["baseline"].astype(bool)]
    kind = rows["signal"].fillna("").astype(str)
    rows = rows.assign(
        kind=kind,
        side=rows["side"].where(rows["statistic"] != "distribution", 1.0),
        start=rows["start"].where(kind == "run", rows["wave"]),
        at=rows.groupby(_KEYS).cumcount(),
    )
    label = rows["kind"] + rows["side"].astype(str)
    began = label != label.groupby([rows[key] for key in _KEYS]).shift()
    final = rows.groupby(_KEYS)["at"].transform("max")
    rows = rows.assign(stretch=began.cumsum(), holds=rows["at"] == final)
    found = rows[kind != ""].groupby([*_KEYS, "stretch"], sort=False, as_index=False)
    return found.agg(
        kind=("kind", "first"), side=("side", "first"), since=("start", "first"), last=("wave", "last"),
        holds=("holds", "last"), at=("at", "last"),
    )  # fmt: skip


def _side(signals: pd.DataFrame) -> pd.Series[float]:
    """Rounded, because equal shares may differ in the last digit."""
    return pd.Series(np.sign(np.round(signals["value"] - signals["centre"], 12)), signals.index)
