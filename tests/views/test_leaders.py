from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cxmethod.language import Words
from cxmethod.views import style
from cxmethod.views.labels import place_labels
from cxmethod.views.leaders import Places, straying, tangled
from cxmethod.views.numbered import list_numbered

NAME = "{} Procedimientos administrativos\nde admisión y verificación\ndocumental del paciente"
NONE = np.full((1, 2), np.nan)


def places(point: tuple[float, float], box: tuple[float, ...], start: Any = NONE) -> Places:
    return Places(np.array(point, float), np.array([box], float), np.array(start, float).reshape(1, 2))


def crowd(count: int, number: Any) -> tuple[Any, np.ndarray, list[int]]:
    """So many points close together, with long names."""
    _, axes = style.new_figure(8, 5)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    turn = 2 * np.pi * np.arange(count) / count
    points = np.column_stack([0.5 + 0.06 * np.cos(turn), 0.5 + 0.06 * np.sin(turn)])
    names = [NAME.format(n) for n in range(count)]
    numbered = place_labels(axes, *points.T, names, ["k"] * count, number=number)
    return axes, points, numbered


def test_a_text_strays_that_is_nearer_to_another_point_than_to_its_own():
    mine = places((0, 0), (30, 0, 60, 10))
    assert straying(mine, np.array([[70.0, 5.0]]), 1).tolist() == [True]
    assert straying(mine, np.array([[100.0, 5.0]]), 1).tolist() == [False]


def test_a_line_through_another_point_strays():
    mine = places((0, 0), (50, -5, 90, 5), (50, 0))
    assert straying(mine, np.array([[25.0, 1.0]]), 1).tolist() == [True]


def test_lines_that_cross_are_tangled_and_those_beside_each_other_are_not():
    mine, far = places((0, 0), (50, 50, 90, 60), (50, 50)), np.array([200.0, 200, 240, 210])
    assert tangled(mine, far, np.array([50.0, 0.0]), np.array([0.0, 50.0])).tolist() == [1]
    assert tangled(mine, far, np.array([50.0, 20.0]), np.array([0.0, -20.0])).tolist() == [0]


def test_texts_that_cover_each_other_and_lines_through_texts_are_tangled():
    mine = places((0, 0), (50, -5, 90, 5), (50, 0))
    assert tangled(mine, np.array([60.0, -5, 100, 5]), NONE[0], np.array([60.0, 20.0])).tolist() == [1]
    assert tangled(mine, np.array([20.0, -5, 40, 5]), NONE[0], np.array([30.0, 20.0])).tolist() == [1]


@pytest.mark.parametrize("count", [4, 8, 14])
def test_no_line_crosses_another_and_no_name_is_nearer_to_another_point(count):
    axes, points, numbered = crowd(count, str)
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    own = axes.transData.transform(points)
    texts = [text for text in axes.texts if text.get_text()]
    lines = [text for text in axes.texts if not text.get_text()]
    for place, text in enumerate(texts):
        if place in numbered:
            continue
        box = text.get_window_extent(renderer)
        gaps = np.maximum(np.maximum([box.x0, box.y0] - own, own - [box.x1, box.y1]), 0)
        away = np.hypot(*gaps.T)
        assert away[place] <= away.min() + 8 * axes.figure.dpi / 72, text.get_text()
    ends = [
        (axes.transData.transform(line.xy), np.array(line.xyann) * axes.figure.dpi / 72) for line in lines
    ]
    assert not any(crosses(a, a + b, c, c + d) for (a, b), (c, d) in combinations(ends, 2))


def crosses(a: Any, b: Any, c: Any, d: Any) -> bool:
    def side(p: Any, q: Any, r: Any) -> float:
        return float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def test_where_names_find_no_place_points_carry_numbers_in_their_order():
    axes, _, numbered = crowd(14, str)
    written = [text.get_text() for text in axes.texts if text.get_text()]
    assert numbered == sorted(numbered) != []
    assert [written[place] for place in numbered] == [str(n) for n in range(1, len(numbered) + 1)]


def test_without_numbers_every_name_is_written():
    axes, _, numbered = crowd(14, None)
    assert numbered == []
    assert [text.get_text() for text in axes.texts if text.get_text()] == [NAME.format(n) for n in range(14)]


def test_the_list_of_numbered_names_makes_the_figure_taller_and_leaves_the_plot_as_it_is():
    figure = Figure(figsize=(style.PAGE, 5))
    axes = figure.add_subplot()
    style.frame(figure, left=1, right=0.5, top=1, bottom=1.2)
    before = axes.get_position().height * 5
    list_numbered(figure, [("Desk", "red"), ("Web", "green"), ("A long name " * 11, "red")], 0.7, Words("en"))
    tall = figure.get_size_inches()[1]
    assert tall > 5
    assert axes.get_position().height * tall == pytest.approx(before)
    assert [text.get_text().split(" ·")[0] for text in figure.texts] == ["1", "2", "3"]


def test_without_numbered_names_a_figure_stays_as_it_is():
    figure = Figure(figsize=(8, 5))
    list_numbered(figure, [], 0.7, Words("en"))
    assert figure.get_size_inches().tolist() == [8, 5]
    assert figure.texts == []
