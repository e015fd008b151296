"""Brand colours that read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmethod.reports.colour import contrast_on_white, readable_on_white


@pytest.mark.parametrize(
    # Values of the WebAIM contrast checker, against white.
    ("colour", "ratio"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#ff0000", 3.99), ("#0000ff", 8.59)],
)
def test_contrast_agrees_with_published_values(colour, ratio):
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)


def test_a_dark_colour_stays():
    assert readable_on_white("#0B5C6B") == "#0b5c6b"


@settings(derandomize=True)
@given(st.integers(0, 0xFFFFFF))
def test_every_colour_comes_out_readable(value):
    assert contrast_on_white(readable_on_white(f"#{value:06x}")) >= 4.5


def test_a_light_colour_is_darkened_no_more_than_it_must():
    assert contrast_on_white(readable_on_white("#ffcc00")) < 4.7
