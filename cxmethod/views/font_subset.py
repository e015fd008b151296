"""The figures' fonts with the letters that figures use: kept ready, since making them takes longer than drawing a figure.

After a change of the fonts or of the letters: ``python -m cxmethod.views.font_subset``.
"""

from __future__ import annotations

import io
from pathlib import Path

from cxmethod.assets import asset

WEIGHTS = {400: "Inter-Regular", 700: "Inter-Bold"}
_LETTERS = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2040))
_SIGNS = "€←↑→↓−≤≥≠≈∞″′●○■□▲△▼▽◆◇✓✗χΔσμ²"
"""What European languages and the figures of the method write; any other letter comes from the reader's own fonts."""


def ready_font(weight: int) -> Path:
    """The file of the font of so much weight, with those letters alone."""
    return asset("templates") / "fonts" / f"{WEIGHTS[weight]}.woff"


def made_font(weight: int) -> bytes:
    """What stands in `ready_font`, made anew out of the whole font."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    # Kerning stays, because Matplotlib sets the words with it; a font's own date would change the bytes.
    options = Options(flavor="woff", layout_features=["kern"], hinting=False, notdef_outline=True)
    written = io.BytesIO()
    with load_font(ready_font(weight).with_suffix(".otf"), options) as whole:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[*(code for letters in _LETTERS for code in letters), *map(ord, _SIGNS)])
        subsetter.subset(whole)
        save_font(whole, written, options)
    return written.getvalue()


if __name__ == "__main__":
    for known in WEIGHTS:
        ready_font(known).write_bytes(made_font(known))
