"""A figure as SVG that looks the same wherever it is opened, and whose words are words."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from cxmethod.views.font_subset import WEIGHTS, ready_font

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT = "cx-font"
"""Marks the style that holds the font: a page of many figures needs it once."""


def figure_svg(figure: Figure) -> str:
    """`figure` as SVG: text as text, its font inside, and the same bytes each time.

    Letters drawn as outlines would be three times the size, and could be neither searched, nor copied, nor read aloud.
    """
    from matplotlib import rc_context

    svg = io.StringIO()
    # A fixed salt and no date: the same figure gives the same bytes.
    with rc_context({"svg.hashsalt": "cxmethod", "svg.fonttype": "none"}):
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    family = "<style>text{font-family:Inter,'DejaVu Sans',sans-serif}</style>"
    font = f'<style class="{FONT}">{font_css()}</style>'
    return _light(svg.getvalue()).replace("</defs>", f"</defs>{family}{font}", 1)


@cache
def font_css() -> str:
    """The `@font-face` rules of the figures' font, with the letters that they use."""
    return "".join(
        f"@font-face{{font-family:Inter;font-weight:{weight};"
        f"src:url(data:font/woff;base64,{b64encode(ready_font(weight).read_bytes()).decode()})}}"
        for weight in WEIGHTS
    )


def _light(svg: str) -> str:
    """The same picture in fewer letters: coordinates to a hundredth of a point, no names that nobody calls."""
    bare = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<!DOCTYPE[^>]*>", "", svg, flags=re.DOTALL)
    called = set(re.findall(r"(?:url\(|href=\")#([^)\"]+)", bare))
    # Only inside tags: what stands between them is what people read.
    short = re.sub(r"<[^>]*>", lambda tag: _short_tag(tag[0], called), bare)
    return _without_empty_groups(re.sub(r">\s*\n\s*<", "><", short))


def _short_tag(tag: str, called: set[str]) -> str:
    tag = re.sub(r"(?<![\w#])-?\d+\.\d{2,}(?!\w)", _short_number, tag)
    tag = re.sub(r' id="([^"]+)"', lambda name: name[0] if name[1] in called else "", tag)
    tag = re.sub(r'style="[^"]*"', lambda style: _short_style(style[0]), tag)
    return re.sub(r"\s*\n\s*", " ", tag).replace(' "', '"')


def _short_number(number: re.Match[str]) -> str:
    value = float(number[0])
    return f"{value:.{2 if abs(value) >= 1 else 4}f}".rstrip("0").rstrip(".")


def _short_style(style: str) -> str:
    return re.sub(r"font-family:[^;\"]*;? ?", "", style).replace(": ", ":").replace("; ", ";")


def _without_empty_groups(svg: str) -> str:
    while (less := svg.replace("<g/>", "").replace("<g></g>", "")) != svg:
        svg = less
    return svg
