"""Figures as part of the page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from cxmethod.reports.inline_svg import font_of, inline_svg
from cxmethod.views.show import show_figure

HOSTILE = '<b> & "quoted" id="x" 0.98765 ]]>'


@pytest.fixture(scope="module")
def drawn() -> str:
    figure = Figure(figsize=(3, 2))
    axes = figure.subplots()
    axes.fill_between([0, 1], [1, 2], hatch="//", clip_on=True)
    axes.set_title(HOSTILE)
    return str(show_figure(figure, alt="A curve", caption="").data["image/svg+xml"])


def test_a_figure_of_the_views_brings_its_font_and_others_do_not(drawn):
    assert str(font_of(drawn)).count("@font-face") == 2
    assert font_of('<svg xmlns="http://www.w3.org/2000/svg"/>') is None


def test_words_stay_words(drawn):
    texts = [
        "".join(each.itertext()) for each in ElementTree.fromstring(drawn).iter() if each.tag.endswith("text")
    ]
    assert HOSTILE in texts


def test_the_same_figure_is_the_same_in_the_page_but_for_its_font_and_names(drawn):
    one = inline_svg(drawn, 1, 'Called "so" & <so>')
    assert "<style" not in one
    root = ElementTree.fromstring(_whole(one))
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Called "so" & <so>')
    assert root.get("viewBox")
    assert "width" not in root.attrib
    assert HOSTILE in ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("text")]


def test_two_figures_on_a_page_share_no_name(drawn):
    named = [
        {each.get("id") for each in ElementTree.fromstring(_whole(inline_svg(drawn, n, "x"))).iter()} - {None}
        for n in (1, 2)
    ]
    assert named[0]
    assert not named[0] & named[1]


def test_every_name_that_a_figure_calls_is_there(drawn):
    one = inline_svg(drawn, 3, "x")
    called = set(re.findall(r"url\(#([^)]+)\)", one)) | set(re.findall(r'href="#([^"]+)"', one))
    assert called
    assert called <= set(re.findall(r'id="([^"]+)"', one))


def test_the_page_holds_the_font_once(drawn, shown, html_of):
    figure = shown.figure(**{"image/svg+xml": drawn})
    page = html_of(shown.code(figure), shown.code(figure))
    assert page.count("@font-face") == 2
    assert page.count("<svg role") == 2
    assert "data:image/svg" not in page


def test_a_figure_that_would_run_a_script_is_refused(drawn, shown, html_of, refused):
    hostile = drawn.replace("</svg>", "<script>1</script></svg>")
    with refused("not_self_contained"):
        html_of(shown.code(shown.figure(**{"image/svg+xml": hostile})))


def _whole(svg: str) -> str:
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
