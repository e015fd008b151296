"""A brand's colour, darkened where white paper would swallow it."""

from __future__ import annotations

TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3 (AA)


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
    channels = _linear(colour)
    darker = (1.05 / TEXT_CONTRAST - 0.05) / _luminance(channels)
    return "#" + "".join(f"{_byte(channel * darker):02x}" for channel in channels)


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
