"""Names of phases over their bands, whole, however narrow a band is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from cxmethod.views.style import bounded
from cxmethod.views.text_fit import fitted, lines_height

LEADING = 1.1
_SIZES = (8.0, 7.6, 7.2, 6.8, 6.4, 6.0)
_LEAST = 0.74
_LINES = 4
_GAP = 0.06

Band = tuple[float, float]


@dataclass(frozen=True)
class PhaseLabels:
    """The names as they are written.

    Parameters
    ----------
    texts : list of str
        Each on its lines.
    middles : list of float
        Where each stands, in the inches of its band.
    size : float
        Points of the letters, the same for all.
    height : float
        Inches of the tallest.
    """

    texts: list[str]
    middles: list[float]
    size: float
    height: float


def phase_labels(names: Sequence[str], bands: Sequence[Band]) -> PhaseLabels:
    """Letters as large as leave every word whole and no name taller than four lines; then as many lines as it takes.

    Parameters
    ----------
    names : sequence of str
    bands : sequence of (float, float)
        Left and right edge of each, in inches, one beside the other.
    """
    rooms = _rooms(bands)
    bound = [bounded(name) for name in names]
    for size in _SIZES:
        lines = [
            fitted(name, right - left - _GAP, size, "bold")
            for name, (left, right) in zip(bound, rooms, strict=True)
        ]
        kept = all(set(own) <= {*name.split()} for name, own in zip(bound, map(_words, lines), strict=True))
        tallest = max(map(len, lines), default=0)
        if kept and tallest <= _LINES:
            break
    texts = ["\n".join(own) for own in lines]
    middles = [(left + right) / 2 for left, right in rooms]
    return PhaseLabels(texts, middles, size, lines_height(tallest, size, LEADING))


def phases_of(journey: pd.DataFrame, pitch: float) -> PhaseLabels:
    """The names of a journey's phases over their touchpoints; a stretch of no phase has a blank one.

    Parameters
    ----------
    journey : DataFrame
        `position`, `phase_name`.
    pitch : float
        Inches of one touchpoint.
    """
    bands, names = [], []
    for _, phase in journey.groupby("phase_name", sort=False, dropna=False):
        bands.append(((phase["position"].min() - 0.5) * pitch, (phase["position"].max() + 0.5) * pitch))
        name: Any = phase["phase_name"].iloc[0]
        names.append("" if pd.isna(name) else str(name))
    return phase_labels(names, bands)


def _words(lines: Sequence[str]) -> list[str]:
    return " ".join(lines).split()


def _rooms(bands: Sequence[Band]) -> list[Band]:
    """What each name may take: a narrow band's goes beyond it, where its neighbours have room to spare."""
    edges = [list(band) for band in bands]
    for place, (left, right) in enumerate(bands):
        lack = (_LEAST - (right - left)) / 2
        if lack <= 0:
            continue
        inner_left = place > 0 and _spare(bands[place - 1]) > lack
        inner_right = place < len(bands) - 1 and _spare(bands[place + 1]) > lack
        # At either end there is the margin, for what the neighbour cannot give too.
        if place == 0 or inner_left:
            edges[place][0] -= lack if inner_right or place else 2 * lack
        if place == len(bands) - 1 or inner_right:
            edges[place][1] += lack if inner_left or place < len(bands) - 1 else 2 * lack
    for before, after in pairwise(edges):
        if after[0] < before[1]:
            # The narrow one took it; the wide one gives.
            narrow = before if before[1] - before[0] <= after[1] - after[0] else after
            if narrow is before:
                after[0] = before[1]
            else:
                before[1] = after[0]
    return [(left, right) for left, right in edges]


def _spare(band: Band) -> float:
    return band[1] - band[0] - 1.2 * _LEAST
