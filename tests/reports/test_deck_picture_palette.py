"""Pictures of a deck keep every dot when they get a palette."""

from __future__ import annotations

import numpy as np
from PIL import Image

from cxmethod.reports.deck_picture import _with_palette


def test_a_picture_of_few_colours_keeps_every_dot() -> None:
    colours = np.random.default_rng(1).integers(0, 256, (256, 3), dtype=np.uint8)
    dots = colours[np.random.default_rng(2).integers(0, 256, (40, 30))]
    picture = _with_palette(Image.fromarray(dots, "RGB"))
    assert picture.mode == "P"
    assert np.array_equal(np.asarray(picture.convert("RGB")), dots)


def test_a_picture_of_many_colours_gets_256() -> None:
    dots = np.random.default_rng(3).integers(0, 256, (40, 30, 3), dtype=np.uint8)
    assert len(_with_palette(Image.fromarray(dots, "RGB")).getcolors(2000)) <= 256
