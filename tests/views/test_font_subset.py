"""The figures' fonts, made ready."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from cxmethod.views.font_subset import WEIGHTS, made_font, ready_font


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_ready_font_is_what_the_whole_font_gives(weight):
    ready, made = TTFont(ready_font(weight)), TTFont(io.BytesIO(made_font(weight)))
    assert ready.getBestCmap() == made.getBestCmap()
    assert ready["hmtx"].metrics == made["hmtx"].metrics
    assert ready["GPOS"].table.FeatureList.FeatureRecord[0].FeatureTag == "kern"
