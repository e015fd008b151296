"""Brand colours that read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmethod.engagement.colour import APART, Accent, accent, contrast_on_white, distance, readable_on_white


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


RED, GREEN = "#B3261E", "#1B6E4B"


def test_white_and_black_are_as_far_apart_as_lab_says():
    assert distance("#ffffff", ["#000000"]) == pytest.approx(100, abs=0.1)


def test_red_and_green_are_nearer_to_those_who_lack_a_kind_of_cone():
    assert distance(RED, [GREEN]) < distance(RED, ["#0000ff"])


def test_a_colour_apart_from_those_that_mean_something_stays():
    assert accent("#003da5", (RED, GREEN)) == Accent("#003da5", faint=False, alike=False)


def test_the_house_colour_stays():
    assert accent("#0B5C6B", (RED, GREEN)).colour == "#0b5c6b"


@pytest.mark.parametrize("brand", ["#B3261E", "#1B6E4B", "#c8102e"])
def test_a_brand_that_passes_for_red_or_green_is_darkened_until_it_does_not(brand):
    used = accent(brand, (RED, GREEN))
    assert used.alike
    assert distance(used.colour, (RED, GREEN)) >= APART


@settings(derandomize=True, max_examples=60)
@given(st.integers(0, 0xFFFFFF))
def test_every_accent_reads_and_is_told_from_red_and_green(value):
    used = accent(f"#{value:06x}", (RED, GREEN)).colour
    assert contrast_on_white(used) >= 4.5
    assert distance(used, (RED, GREEN)) >= APART
