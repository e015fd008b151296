"""Figures as part of the page: their words can be searched and copied, and their font is there once."""

from __future__ import annotations

import re
from html import escape

FONT = re.compile(r'<style class="cx-font">(.*?)</style>', re.DOTALL)
_HEAD = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*)?<svg\b([^>]*)>")
_TAG = re.compile(r"<[^>]*>")
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL)


def font_of(svg: str) -> str | None:
    """The `@font-face` rules that a figure brings; None for one that was not drawn by the views."""
    found = FONT.search(svg)
    return found[1] if found else None


def inline_svg(svg: str, number: int, alt: str) -> str:
    """`svg` as an element of a page that has its font already.

    Parameters
    ----------
    svg : str
        A figure drawn by the views: what stands in its style sheets is in the page's own.
    number : int
        Of the figure, so that names are its own: two figures may call a pattern the same.
    alt : str
        Read aloud in its stead.
    """
    own = _TAG.sub(
        lambda tag: _renamed(tag[0], f"f{number}"), _STYLE.sub("", svg).replace("<defs></defs>", "")
    )
    return _HEAD.sub(
        lambda head: f'<svg role="img" aria-label="{escape(alt)}"{_kept(head[1])}>', own, count=1
    )


def _renamed(tag: str, prefix: str) -> str:
    tag = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", tag)
    return tag.replace("xlink:href", "href")


def _kept(attributes: str) -> str:
    return "".join(f" {name}" for name in re.findall(r'(?:viewBox|preserveAspectRatio)="[^"]*"', attributes))
