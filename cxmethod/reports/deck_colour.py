"""Colours as python-pptx takes them."""

from __future__ import annotations

from typing import Any


def rgb(colour: str) -> Any:
    """``rrggbb`` or ``#rrggbb`` as a colour of its own, apart from the theme."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())  # type: ignore[no-untyped-call]
