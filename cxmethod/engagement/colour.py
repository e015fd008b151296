"""A brand's colour, darkened where white paper would swallow it or where it would pass for red or green."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3 (AA)
APART = 7.0  # CIE76; three times what is just noticeable (2.3; Mahy, Van Eycken, Oosterlinck 1994)

# Linear RGB as seen without one kind of cone (Machado, Oliveira, Fernandes 2009, severity 1.0), and with all of them.
_SEEN = {
    "all": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
_STEP = 0.97
"""How much of a colour's light is left at each try to darken it."""


@dataclass(frozen=True)
class Accent:
    """A brand's colour as it is used, and why it differs from the brand's own."""

    colour: str
    faint: bool
    alike: bool


def accent(brand: str, meaningful: Iterable[str]) -> Accent:
    """The colour of `brand` as deliverables use it: readable on white, and none of the colours that mean something.

    Parameters
    ----------
    brand : str
        ``#rrggbb``.
    meaningful : iterable of str
        Colours that say good or bad. The accent stays at least `APART` from each of them (CIE76), for
        readers with all cones and for those without one kind of them.

    Returns
    -------
    Accent
        Of the brand's own hue, only darker; nearly black where nothing lighter would do.
    """
    readable = readable_on_white(brand)
    kept, others = readable, tuple(meaningful)
    light = 1.0
    while distance(kept, others) < APART and light > 0.01:
        light *= _STEP
        kept = _darkened(readable, light)
    return Accent(kept, faint=readable != brand.lower(), alike=kept != readable)


def distance(colour: str, others: Iterable[str]) -> float:
    """The least difference between `colour` and `others` (CIE76), over all kinds of colour vision."""
    one = np.array(_linear(colour))
    each = [np.array(_linear(other)) for other in others]
    return min(
        (
            float(np.linalg.norm(_lab(seen @ one) - _lab(seen @ other)))
            for seen in _SEEN.values()
            for other in each
        ),
        default=float("inf"),
    )


def contrast_on_white(colour: str) -> float:
    """Contrast ratio of `colour` (``#rrggbb``) on white, 1 to 21, after WCAG 2.2."""
    return 1.05 / (_luminance(_linear(colour)) + 0.05)


def readable_on_white(colour: str) -> str:
    """`colour` itself, or the same hue darkened until text in it reads on white, and white text on it.

    Parameters
    ----------
    colour : str
        ``#rrggbb``.

    Returns
    -------
    str
        ``#rrggbb`` whose contrast on white is at least 4.5 to 1 (WCAG 2.2, 1.4.3).
    """
    if contrast_on_white(colour) >= TEXT_CONTRAST:
        return colour.lower()
    return _darkened(colour, (1.05 / TEXT_CONTRAST - 0.05) / _luminance(_linear(colour)))


def _darkened(colour: str, light: float) -> str:
    return "#" + "".join(f"{_byte(channel * light):02x}" for channel in _linear(colour))


def _lab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """CIE L*a*b* of linear sRGB, white point D65."""
    xyz = _XYZ @ np.clip(linear, 0, 1) / _XYZ.sum(axis=1)
    x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_decoded(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return red, green, blue


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _byte(linear: float) -> int:
    # Rounded down: a rounded-up channel could fall just short of the contrast.
    encoded = linear * 12.92 if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return int(encoded * 255)


def _luminance(channels: tuple[float, float, float]) -> float:
    red, green, blue = channels
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
