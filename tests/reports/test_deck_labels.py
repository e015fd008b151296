"""Names in charts: none runs over another, a point, an interval or a line; a crowd has one label and a list."""

from __future__ import annotations

from itertools import combinations

import pytest

from cxmethod.reports.deck_axes import Plot, Scale
from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_labels import Names, place_names
from cxmethod.reports.deck_spots import MARK, meet
from tests.reports.deck_help import chart_bundle, charts, deck, labels, words

PLOT = Plot(1.0, 1.0, 8.0, 4.0)
SCALE = (Scale(0, 8, 1), Scale(0, 4, 1))
LONG = "Autorización de la aseguradora para procedimientos"


def place(points: list[tuple[float, float]], *, reach: float | None = None, lines=(), name=LONG) -> Names:
    """Names of points in a plot on which one unit is one inch."""
    x, y = ([point[side] for point in points] for side in (0, 1))
    reaches = [reach] * len(points)
    band = Band("Lived", x, y, reaches, reaches, [None] * len(points))
    named = [{"x": a, "y": b, "text": f"{name} {n}"} for n, (a, b) in enumerate(points)]
    return place_names({"annotations": named, "lines": lines}, [band], PLOT, SCALE)


def at(x: float, y: float) -> tuple[float, float]:
    return PLOT.left + x, PLOT.top + 4 - y


SPREAD = [(1 + n % 4 * 1.8, 0.6 + n // 4 * 0.9 + n % 4 * 0.07) for n in range(16)]


@pytest.mark.parametrize("points", [SPREAD, SPREAD[:6], [(4 + n / 3, 2.0) for n in range(5)]])
def test_no_label_meets_another_or_a_point_or_an_interval(points):
    found = place(points, reach=0.3)
    rectangles = [label.spot.rectangle for label in found.labels]
    assert not any(meet(one, other) for one, other in combinations(rectangles, 2))
    for x, y in (at(*point) for point in points):
        taken = [(x - MARK, y - MARK, x + MARK, y + MARK), (x - 0.01, y - 0.3, x + 0.01, y + 0.3)]
        assert not any(meet(label, own) for label in rectangles for own in taken)


def test_labels_stay_inside_the_plot():
    for x0, y0, x1, y1 in (label.spot.rectangle for label in place(SPREAD).labels):
        assert PLOT.left <= x0 < x1 <= PLOT.left + PLOT.width
        assert PLOT.top <= y0 < y1 <= PLOT.top + PLOT.height


def test_no_name_stands_on_a_line():
    [label] = place([(4.0, 2.05)], lines=[{"axis": "y", "at": 2.0}, {"axis": "x", "at": 4.2}]).labels
    x0, y0, x1, y1 = label.spot.rectangle
    assert not y0 < at(0, 2.0)[1] < y1
    assert not x0 < at(4.2, 0)[0] < x1


def test_a_line_to_a_moved_name_crosses_no_other():
    found = place([(2.0, 2.0), (2.3, 2.1), (2.6, 1.9)], reach=0.4)
    for label in found.labels:
        others = [one.spot.rectangle for one in found.labels if one is not label]
        assert not any(meet(piece, other) for piece in label.spot.leader for other in others)


def test_a_crowd_has_one_label_for_its_numbers_from_left_to_right():
    crowd = [(5 + n * 0.1, 1.0) for n in (3, 1, 0, 2, 4)]
    found = place([(1.0, 3.0), *crowd])
    assert sorted(label.spot.text for label in found.labels if "–" in label.spot.text) == ["1–5"]
    assert found.ranges
    assert list(found.listed) == [f"{LONG} {n}" for n in (3, 2, 4, 1, 5)]


def test_the_same_points_get_the_same_places():
    assert place(SPREAD, reach=0.2) == place(SPREAD, reach=0.2)


def test_no_word_of_a_name_is_broken():
    found = place([(0.5 + n * 0.5, 2 + n % 2) for n in range(14)], reach=0.2)
    for label in found.labels:
        if label.spot.text.startswith("Autorización"):
            assert LONG in " ".join(label.spot.text.split("\n"))


# --- in a deck


@pytest.fixture
def drawn(shown):
    """The slide of a chart, and the chart itself."""

    def made(bundle):
        svg = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"/>'}
        figure = shown.output(
            "figure", {**svg, "application/vnd.cxmethod.chart+json": bundle}, alt="A", caption="B"
        )
        presentation = deck(shown.notebook(shown.code(shown.cover()), shown.code(figure)))
        return presentation.slides[-1], charts(presentation)[0]

    return made


def long_line(count, kind="line"):
    blank = [None] * count
    bundle = chart_bundle(kind, [f"{LONG} en la sede {n}" for n in range(count)])
    bundle["series"][0] |= {"values": [1.0, -1.0] * (count // 2), "low": blank, "high": blank, "n": blank}
    return bundle


def test_twenty_long_names_along_a_line_stand_in_a_list_by_number(drawn):
    bundle = long_line(20)
    bundle["annotations"] = [{"x": bundle["x"]["values"][1], "y": -1.0, "text": "red point"}]
    slide, chart = drawn(bundle)
    assert list(chart.plots[0].categories) == [str(number) for number in range(1, 21)]
    assert all(f"{n + 1} · {name}" in words(slide) for n, name in enumerate(bundle["x"]["values"]))
    assert labels(chart) == ["2"]
    assert chart._chartSpace.xpath("./c:chart/c:plotArea/c:catAx/c:txPr/a:bodyPr/@rot") == ["0"]


def test_the_list_stands_beside_the_chart_and_on_the_slide(drawn):
    slide, _ = drawn(long_line(20))
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    listed = next(
        shape for shape in slide.shapes if shape.has_text_frame and "20 · " in shape.text_frame.text
    )
    assert listed.left >= frame.left + frame.width
    assert listed.left + listed.width <= 12.74 * 914_400


def test_short_names_stay_along_the_axis(drawn):
    bundle = long_line(6)
    bundle["x"]["values"] = [f"Booking {n}" for n in range(6)]
    _, chart = drawn(bundle)
    assert list(chart.plots[0].categories) == bundle["x"]["values"]


def test_every_bar_has_its_name_in_type_that_fits(drawn):
    _, chart = drawn(long_line(26, "bar"))
    assert chart._chartSpace.xpath(".//c:catAx/c:tickLblSkip/@val") == ["1"]
    assert 8 <= chart.category_axis.tick_labels.font.size.pt < 11


def test_a_name_too_long_for_a_bar_breaks_between_words(drawn):
    bundle = long_line(2, "bar")
    bundle["x"]["values"] = [f"{LONG} en todas las sedes y horarios de atención {n}" for n in range(2)]
    _, chart = drawn(bundle)
    for shown, name in zip(chart.plots[0].categories, bundle["x"]["values"], strict=True):
        assert str(shown).split("\n") != [name]
        assert str(shown).split() == name.split()
