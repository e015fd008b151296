"""Whether a name is seen to belong to its point: the thin lines from names to points, and the points beside names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_CLOSER = 4.0
"""Another point is taken for a name's own where it is nearer by so many points."""
_HIT = 3.0
"""A line runs through a point that is so near to it, in points."""
_STEPS = 16
_COVERED = 0.03
"""The share of a text that another may cover."""


@dataclass(frozen=True)
class Places:
    """Where one text may stand.

    Parameters
    ----------
    point : ndarray, shape (2,)
        Its own point, in pixels as all that follows.
    boxes : ndarray, shape (places, 4)
        Left, bottom, right, top at each place.
    starts : ndarray, shape (places, 2)
        Where the thin line begins; nothing known (NaN) where there is none.
    """

    point: Floats
    boxes: Floats
    starts: Floats


def straying(places: Places, others: Floats, scale: float) -> Flags:
    """At which places another point is nearer to the text than its own, or stands in the way of its line."""
    if not len(others):
        return np.zeros(len(places.boxes), bool)
    nearest = np.min([_distance(places.boxes, other) for other in others], axis=0)
    steps = _along(places.starts, places.point)[:, :, None, :] - others
    hit = (np.hypot(steps[..., 0], steps[..., 1]) < _HIT * scale).any(axis=(1, 2))
    return np.asarray(hit | (nearest < _distance(places.boxes, places.point) - _CLOSER * scale), bool)


def tangled(places: Places, box: Floats, start: Floats, point: Floats) -> Floats:
    """How often each place's line or text meets another's line or text."""
    crossed = _crossing(places.starts, places.point, start, point)
    through = _inside(_along(places.starts, places.point), box[None, None, :])
    under = _inside(_along(start[None, :], point), places.boxes[:, None, :])
    return crossed.astype(float) + through.any(axis=1) + under.any(axis=1) + _overlapping(places.boxes, box)


def _overlapping(boxes: Floats, box: Floats) -> Flags:
    shared = np.clip(np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2]), 0, None).prod(
        axis=1
    )
    return np.asarray(shared > _COVERED * (boxes[:, 2:] - boxes[:, :2]).prod(axis=1), bool)


def _distance(boxes: Floats, point: Floats) -> Floats:
    low, high = boxes[:, :2] - point, point - boxes[:, 2:]
    return np.asarray(np.hypot(*np.maximum(np.maximum(low, high), 0).T), float)


def _along(starts: Floats, end: Floats) -> Floats:
    """Points from each start to the end, without the two."""
    steps = np.linspace(0.02, 0.98, _STEPS)[None, :, None]
    return np.asarray(starts[:, None, :] + (end - starts[:, None, :]) * steps, float)


def _inside(points: Floats, boxes: Floats) -> Flags:
    within = (points >= boxes[..., :2] + 1) & (points <= boxes[..., 2:] - 1)
    return np.asarray(within.all(axis=-1), bool)


def _crossing(starts: Floats, end: Floats, start: Floats, point: Floats) -> Flags:
    """Whether the line from each start to `end` crosses the one from `start` to `point`: each has its ends on both sides."""
    apart = _side(starts, end, start) * _side(starts, end, point) < 0
    return np.asarray(apart & (_side(start, point, starts) * _side(start, point, end) < 0), bool)


def _side(start: Floats, end: Floats, point: Floats) -> Floats:
    """On which side of a line a point lies, by sign; unknown without a line."""
    along, beside = end - start, point - start
    return np.asarray(along[..., 0] * beside[..., 1] - along[..., 1] * beside[..., 0], float)
