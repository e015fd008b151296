"""Pictures sharp enough for a wall: from the drawing itself, at the size of the slide."""

from __future__ import annotations

import io
import re
import tempfile
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmethod.reports.blocks import PNG, SVG, Block
from cxmethod.reports.fonts import font_folders

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS = 200
"""Dots an inch, of a picture as wide as the slide."""
_ACROSS = 12.13
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FLAT = 0.1
"""Height, as a share of the width, of a drawing in which there is nothing but words."""


def figure_picture(block: Block) -> bytes:
    """The figure of `block` as PNG, without the title that the slide itself carries."""
    output: Any = block.output or {}
    data = output.get("data", {})
    share = float(output.get("metadata", {}).get("cxmethod", {}).get("title_share") or 0.0)
    if SVG in data:
        return _cropped(_drawn(str(data[SVG]).encode(), _ACROSS), share)
    return _cropped(b64decode(data[PNG]), share)


def shows(block: Block) -> bool:
    """Whether there is anything to see in the figure of `block`: not where it is its title and a line of words."""
    output: Any = block.output or {}
    found = _VIEW.search(str(output.get("data", {}).get(SVG, "")))
    if found is None:
        return True
    share = float(output.get("metadata", {}).get("cxmethod", {}).get("title_share") or 0.0)
    return (1 - share) * float(found[2]) > _FLAT * float(found[1])


def svg_picture(svg: bytes, across: float) -> bytes:
    """A drawing as PNG, `across` inches wide."""
    return _cropped(_drawn(svg, across), 0.0)


def _drawn(svg: bytes, across: float) -> bytes:
    """By Typst: no system library, and the fonts that the figure was set in."""
    import typst

    fonts = [str(folder) for folder in font_folders()]
    page = f'#set page(width: {across}in, height: auto, margin: 0pt)\n#image("figure.svg", width: 100%)'
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "figure.svg").write_bytes(svg)
        source = Path(folder) / "page.typ"
        source.write_text(page, encoding="utf-8")
        picture = typst.compile(
            str(source), root=folder, format="png", ppi=_DOTS, font_paths=fonts, ignore_system_fonts=True
        )
    return bytes(picture)


def _cropped(png: bytes, share: float) -> bytes:
    """Without the uppermost `share`, and with a palette: figures have few colours, and a third of the bytes will do."""
    from PIL import Image

    whole = Image.open(io.BytesIO(png))
    picture = whole.crop((0, round(share * whole.height), whole.width, whole.height))
    if picture.mode in ("RGB", "RGBA"):
        picture = _with_palette(picture.convert("RGB"))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _with_palette(picture: Image) -> Image:
    """`picture` with a palette of its own colours, or of 256 that stand for them where it has more."""
    from PIL import Image

    colours: Any = picture.getcolors(256)
    if colours is None:
        return picture.quantize(256, dither=Image.Dither.NONE)
    palette = np.array([colour for _, colour in colours], dtype=np.uint32)
    # A table of all colours there are; looking each dot up in it is quicker than Pillow's search.
    numbers = np.zeros(1 << 24, dtype=np.uint8)
    numbers[palette[:, 0] | palette[:, 1] << 8 | palette[:, 2] << 16] = np.arange(len(palette))
    dots = np.frombuffer(picture.convert("RGBA").tobytes(), dtype="<u4") & 0xFFFFFF
    written = Image.fromarray(numbers[dots].reshape(picture.height, picture.width))
    written.putpalette(palette.astype(np.uint8).tobytes())
    return written
